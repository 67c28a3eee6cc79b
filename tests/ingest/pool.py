"""Three sources that overlap, in two versions each: what they share, and where they differ, is what a merge gets wrong.

Shared agreements with other names, kinds, dates and priorities, lists that unite, numbers with and without decimals,
a thing that only ties name, records that a crosswalk makes another source's thing, things without a key, one thing
cited at several places with a date each.
"""

from __future__ import annotations

from pathlib import Path

from tests.ingest.making import make_source

COVERAGE = """
[coverage]
since = "1945"
until = "{until}"
completely = ["Agreement"]
"""

TREATIES = """
[[tables]]
file = "treaties.csv"

[[tables.things]]
label = "Agreement"
id = "{id}"
name = "{name}"
aliases = { column = "aliases", split = ";" }
kind = "{kind}"
start = "{start}"
end = "{end}"
obligations = { column = "duties", split = ";" }
note = "{note}"

[[tables]]
file = "signatories.csv"

[[tables.ties]]
type = "PARTY_TO"
from = { label = "Actor", id = "{party}" }
to = { label = "Agreement", id = "{treaty}" }
role = "{role}"
start = "{since}"
"""

DATASET = """
[[tables]]
file = "deals.csv"
record = "{deal}"

[[tables.things]]
label = "Agreement"
id = "deal-{deal}"
name = "Deal {deal}"
kind = { value = "memorandum" }
signed = "{signed}"

[[tables.ties]]
type = "PARTY_TO"
each = { columns = ["state*"] }
from = { label = "Country", id = "{each}", scheme = "cow", on = "{signed}" }
to = { label = "Agreement", id = "deal-{deal}" }

[[tables]]
file = "arms.csv"
missing = ["?"]

[[tables.things]]
label = "Transfer"
name = "{what}"
quantity = "{number}"
value = "{price}"
currency = { value = "USD" }
start = "{year}"

[[tables]]
file = "ports.csv"

[[tables.things]]
label = "Place"
id = "{port|slug}"
name = "{port}"
kind = { value = "port" }
lat = "{lat}"
lon = "{lon}"

[[tables.ties]]
type = "LOCATED_IN"
from = { label = "Place", id = "{port|slug}" }
to = { label = "Country", id = "{country}" }
"""

PAPER = """
[[tables]]
file = "things.csv"
locator = "P{paragraph}"

[[tables.things]]
label = "Agreement"
when = [{ column = "label", in = ["Agreement"] }]
id = "{id}"
name = "{name}"
start = "{start}"

[[tables.things]]
label = "Exercise"
when = [{ column = "label", in = ["Exercise"] }]
id = "{id}"
name = "{name}"
kind = { column = "name", match = "^(series|edition)" }
start = "{start}"

[[tables]]
file = "again.csv"
locator = "P{paragraph}"

[[tables.things]]
label = "Engagement"
rows = "cites"
id = "{id}"
name = "{name}"
start = "{start}"
end = "{end}"

[[tables]]
file = "parts.csv"
locator = "P{paragraph}"

[[tables.ties]]
type = "PART_OF"
from = { label = "Exercise", id = "{part}" }
to = { label = "Exercise", id = "{whole}" }
role = { value = "edition" }

[[tables]]
file = "actors.csv"
locator = "P{paragraph}"

[[tables.ties]]
type = "TAKES_PART_IN"
from = { label = "Actor", id = "{actor}" }
to = { label = ["Exercise", "Dialogue"], id = "{exercise}" }
quantity = "{ships}"
unit = { value = "ship" }

[[tables.ties]]
type = "HELD_IN"
when = [{ column = "where", not_in = [""] }]
from = { label = "Exercise", id = "{exercise}" }
to = { label = ["Country", "Place"], id = "{where}" }
"""

TREATY_HEADER = "id,name,aliases,kind,start,end,duties,note\n"
SIGNED_HEADER = "treaty,party,role,since\n"


def treaties(folder: Path, version: int) -> Path:
    """The source `treaties`; the second version has another priority, lacks one party and names the pact otherwise."""
    rows = [
        TREATY_HEADER,
        "anpo,The Pact,Anpo;Ampo,treaty,1952-04-28,..,defense;bases,\n",
        'acsa,ACSA,,acsa,2013-01-31,,"fuel;food","one ""note"", two\nlines"\n',
    ]
    signed = [SIGNED_HEADER, "anpo,JPN,,\n", "anpo,USA,,1953\n", "acsa,JPN,,\n", "acsa,Australia,announced,\n"]
    if version == 2:
        rows[1] = "anpo,Security Treaty,Anpo;日米安保,alliance,1960-06-23,..,defense;consultation,`it's`\n"
        signed.remove("anpo,USA,,1953\n")
    tables = {"treaties.csv": "".join(rows), "signatories.csv": "".join(signed)}
    toml = TREATIES + COVERAGE.format(until="2013" if version == 1 else "2018-12-03")
    return make_source(folder, "treaties", toml, tables, priority=60 if version == 1 else 40)


def dataset(folder: Path, version: int) -> Path:
    """The source `dataset`; two of its deals are treaties of other sources. The second version drops one of them."""
    deals = "deal,signed,state1,state2,state3\n17,1952,740,2,\n18,2013,740,900,2\n19,1955,260,740,\n"
    arms = "what,number,price,year\nTank,5,1.50,1990\nTank,5,1.50,1990\nShip,2.0,?,1991\n"
    ports = "port,country,lat,lon\nYokosuka,JPN,35,139.6667\n"
    crosswalk = "label,id,same_as,reason\nAgreement,deal-17,anpo,same text\nAgreement,deal-18,acsa,\n"
    if version == 2:
        crosswalk = crosswalk.replace("Agreement,deal-18,acsa,\n", "")
        arms = arms.replace("?", "123456789012").replace("5,1.50", "5.0,1.5", 1)
        ports = ports.replace("35,", "35.28,")
    tables = {"deals.csv": deals, "arms.csv": arms, "ports.csv": ports, "crosswalk.csv": crosswalk}
    return make_source(folder, "dataset", DATASET, tables)


def paper(folder: Path, version: int) -> Path:
    """The source `paper`, of equal rank with `dataset`; the second version dates the series and moves it."""
    things = (
        "label,id,name,start,paragraph\nAgreement,anpo,Japan-U.S. Alliance,1951,1\nExercise,keen,series Keen,,2\n"
        "Exercise,keen-2018,edition of 2018,2018-10,10\n"
    )
    again = "id,name,start,end,paragraph\nanpo,,1952,,3\nanpo,,1960,..,3\nkeen,Keen Sword,,,4\nkeen,Big Sword,,,4\n"
    parts = "part,whole,paragraph\nkeen-2018,keen,10\n"
    actors = "exercise,actor,ships,where,paragraph\nkeen,JPN,,yokosuka,2\nkeen,nato,3,JPN,2\nkeen-2018,CAN,2.5,,10\n"
    again = again.replace("keen,Big Sword,,,4\n", "keen,Big Sword,,,5\n")
    actors = actors.replace("yokosuka", "JPN").replace("3,JPN,2", "3,,2")
    if version == 2:
        things = things.replace("series Keen,,2", "series Keen,1986,2")
        parts = parts.replace("10\n", "11\n")
        again = again.replace("anpo,,1952,,3\n", "")
    tables = {"things.csv": things, "again.csv": again, "parts.csv": parts, "actors.csv": actors}
    return make_source(folder, "paper", PAPER, tables)


MAKERS = {"treaties": treaties, "dataset": dataset, "paper": paper}
Version = tuple[str, int]


def pool(folder: Path) -> dict[Version, Path]:
    """The folder of each version of each source."""
    return {
        (name, version): make(folder / str(version), version) for name, make in MAKERS.items() for version in (1, 2)
    }
