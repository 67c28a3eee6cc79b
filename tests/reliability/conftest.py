"""What `make reliability` reports beside what passed: how many inputs were fed, and what became of them."""

from __future__ import annotations

from typing import Any

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line for each kind of hostile input, and their sum."""
    reports = terminalreporter.stats.get("passed", ())
    fed = [value for report in reports for name, value in report.user_properties if name == "fed"]
    if fed:
        terminalreporter.section(f"hostile input: {sum(one['inputs'] for one in fed):,} inputs")
        for one in fed:
            terminalreporter.write_line(_line(one))


def _line(fed: dict[str, Any]) -> str:
    became = ", ".join(f"{count:,} {word}" for word, count in sorted(fed["became"].items()))
    return f"{fed['kind']}: {fed['inputs']:,} ({became}), at most {fed['peak'] / 1e6:.0f} MB"
