"""A source in two versions that differ in hundreds of ties: what tells a graph before a load from one after it."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.making import PACT, make_source

NAME = "many"
LOCATED = PACT.replace('id = "{id}"', 'id = "{id}"\nlocator = "{id}"').replace(
    'quote = "{quote}"', 'quote = "{quote}"\nlocator = "{agreement}"'
)
AGREEMENTS, FEWER, PARTIES = 120, 20, ("JPN", "USA", "AUS", "GBR", "FRA", "IND", "PHL", "VNM")


def many(folder: Path, version: int, agreements: int = AGREEMENTS) -> Path:
    """A source of a thousand ties; the second version adds, removes and changes some hundred of them."""
    numbers = range(agreements) if version == 1 else range(FEWER, agreements + FEWER)
    changed = "stated" if version == 1 else "implied"
    pacts = "".join(f"a{n},Agreement {n // version},treaty,,{1900 + n // version},\n" for n in numbers)
    parties = "".join(f"a{n},{party},,{'stated' if n % 9 else changed},\n" for n in numbers for party in PARTIES)
    tables = {
        "agreements.csv": f"id,name,kind,signed,start,end\n{pacts}",
        "parties.csv": f"agreement,party,role,certainty,quote\n{parties}",
    }
    return make_source(folder / str(version), NAME, LOCATED, tables)
