"""Writes COVERAGE.md: how many claims cite each paragraph, and for a paragraph with none, why.

python ingest/csis-hayashi-2020/coverage.py            # writes the page
python ingest/csis-hayashi-2020/coverage.py --check    # exit code 1 when the page is stale
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
REASONS = "coverage.csv"
THINGS = {
    *("agreements", "cooperations", "deployments", "dialogues", "domains", "exercises", "groups"),
    *("organizations", "places", "policies", "programs", "transfers", "units"),
}
HEAD = """# What each paragraph gave

Made by `coverage.py` from the tables; do not edit. *Things* counts the rows that define a thing there,
*named again* the further places of `citations.csv`, *ties* the claims on who does what with whom. The reasons
stand in `coverage.csv`.

| section | paragraph | things | named again | ties | reason for none |
|---|---|--:|--:|--:|---|
"""

Place = tuple[str, str]


def claims() -> dict[Place, Counter[str]]:
    """For each place the number of claims that cite it: things, named again, ties."""
    found: dict[Place, Counter[str]] = {}
    for path in sorted(FOLDER.glob("*.csv")):
        if path.name != REASONS:
            what = "things" if path.stem in THINGS else "again" if path.stem == "citations" else "ties"
            for row in _rows(path):
                if "quote" in row:
                    found.setdefault((row["section"], row["paragraph"]), Counter())[what] += 1
    return found


def reasons() -> dict[Place, str]:
    """Why a place has no claim."""
    return {(row["section"], row["paragraph"]): row["reason"] for row in _rows(FOLDER / REASONS)}


def page() -> str:
    """The whole page, for the tables as they are."""
    counted, excused = claims(), reasons()
    both = sorted(counted.keys() & excused.keys())
    if both:
        raise SystemExit(f"{REASONS}: {' '.join(both[0])} has claims; take its reason out")
    lines = [
        f"| {place[0]} | {place[1]} | {_cells(counted.get(place, Counter()))} | {excused.get(place, '')} |"
        for place in sorted({*counted, *excused}, key=_in_reading_order)
    ]
    whole = sum(counted.values(), Counter())
    lines.append(f"| all | {len(lines)} | {_cells(whole)} | {len(excused)} paragraphs with none |")
    return HEAD + "\n".join(lines) + "\n"


def _cells(counts: Counter[str]) -> str:
    return " | ".join(str(counts[what]) for what in ("things", "again", "ties"))


def _in_reading_order(place: Place) -> tuple[str, int, int]:
    kind, number = re.fullmatch(r"(P|C|fn )(\d+)", place[1]).groups()
    return place[0], ("P", "C", "fn ").index(kind), int(number)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    target = FOLDER / "COVERAGE.md"
    if "--check" not in sys.argv[1:]:
        target.write_text(page(), encoding="utf-8", newline="\n")
    elif not target.is_file() or target.read_text(encoding="utf-8") != page():
        raise SystemExit("COVERAGE.md is stale; run ingest/csis-hayashi-2020/coverage.py")
