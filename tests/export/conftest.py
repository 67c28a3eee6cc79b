"""A browser with the network off, and pages opened in it from a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx
import pytest
from tests.export import networks

from relgraph import export

pytest.importorskip("playwright")
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CONTEXT = ("color_scheme", "viewport", "is_mobile", "device_scale_factor")
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without one these tests are skipped, but not in CI."""
    if CHROMIUM is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a network, the text of a page, or a file; a request, an error or a breach of the policy fails the test."""
    contexts, faults = [], []

    def opened(what: Any, address: str = "", *, ready: bool = True, js: bool = True, **options: Any) -> Page:
        path = what if isinstance(what, Path) else tmp_path / "page.html"
        context_options = {key: options.pop(key) for key in list(options) if key in CONTEXT}
        if isinstance(what, networkx.Graph):
            export.html(what, path, **options)
        context = browser.new_context(offline=True, java_script_enabled=js, **context_options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("console", lambda said: faults.append(f"{said.type}: {said.text}"))
        page.on("request", lambda request: _note(request.url, faults))
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        page.goto(path.as_uri() + address)
        if ready and js:
            page.wait_for_selector("html[data-ready]", timeout=20_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def _note(url: str, faults: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        faults.append(f"request: {url}")


@pytest.fixture(scope="session")
def sample() -> networkx.Graph:
    return networks.sample()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, which looks for what keeps people from using a page."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
