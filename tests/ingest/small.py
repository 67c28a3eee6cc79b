"""The declarations for the field's datasets, each with a few rows of our own that copy what is hard in it.

`small(tmp_path, "mme")` is the folder of such a source, under its own name: the assertions, which are about the
publisher's whole file, are left out.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from relgraph.graph import Graph
from relgraph.settings import resources

Row = dict[str, str]


def _day(prefix: str, day: str, names: str = "{0}_day {0}_month {0}_year") -> Row:
    """A day in three columns: `_day("mem_st", "1951-9-8")`; what is left off at the end is empty."""
    parts = [*day.split("-"), "", ""][:3] if day else ["", "", ""]
    return dict(zip(names.format(prefix).split(), reversed(parts), strict=True))


def _spell(alliance: str, state: str, start: str, end: str, flags: str, **more: str) -> Row:
    flagged = dict(zip(("defense", "neutrality", "nonaggression", "entente"), flags, strict=True))
    censored = {"left_censor": "0", "right_censor": "0" if end else "1"}
    of = {"version4id": alliance, "ccode": state, "ss_type": "Type I: Defense Pact", "version": "4.1"}
    return of | censored | flagged | _day("mem_st", start) | _day("mem_end", end) | more


NATO = _day("all_st", "1949-4-4")
COW = [
    _spell("227", "2", "1949-4-4", "", "1000", **NATO),
    _spell("227", "260", "1954-10-23", "1990-10-2", "1000", **NATO),
    _spell("227", "255", "1990-10-3", "", "1000", **NATO),
    _spell("900", "200", "1816-1-1", "", "1010", left_censor="1", **_day("all_st", "1400-5-9")),
    _spell("900", "235", "1816-1-1", "", "0000", left_censor="1", **_day("all_st", "1400-5-9")),
    _spell("901", "651", "1950-1-1", "1960", "00 1".replace(" ", "") + "0", **_day("all_st", "1950-1-1")),
    _spell("901", "651", "1970-1-1", "", "0010", **_day("all_st", "1950-1-1")),
    _spell("901", "652", "1950-1-1", "", "0010", **_day("all_st", "1950-1-1")),
]


def _dca(number: str, one: str, two: str, signed: str, end: str, force: str = "", **more: str) -> Row:
    codes = dict(zip(("ccode1", "cowName1", "ccode2", "cowName2"), f"{one} {two}".split(), strict=True))
    names = "{0}Day {0}Month {0}Year"
    of = {"DCAid": f"DCADv1.0-{number}", "type": "general", "category1": "DCA", "span": "-77", "terminated": "-88"}
    return of | codes | {"endYearEstimate": end} | _day("sign", signed, names) | _day("EIF", force, names) | more


DCAD = [
    _dca("9001", "2 USA", "740 JPN", "1985-3-1", "2010", "1986-1-1", category2="PROCUREMENT"),
    _dca("9002", "260 FRG", "640 TUR", "1988-5", "1994"),
    _dca("9003", "2 USA", "652 EGY", "1998-2-27", "2010"),
    _dca("9004", "750 IND", "750 IND", "2006-3-8", "2010"),
    _dca("9005", "316 CZR", "290 POL", "1992", "2005", terminated="1", durationActual="13"),
]
DCAD_KNOWN = [
    ("DCADv1.0-9003", "ccode2", "652", "the letters are Egypt's"),
    ("DCADv1.0-9004", "ccode2", "750", "the other party is not known"),
]


def _owed(id: str, flags: str) -> Row:
    return {"atopid": id} | dict(zip(("defense", "offense", "neutral", "nonagg", "consul"), flags, strict=True))


def _until(end: str, names: str) -> Row:
    """The day of an end in three columns; 0 in each is "still"."""
    return dict.fromkeys(names.format("").split(), "0") if end == "0" else _day("", end, names)


def _treaty(id: str, start: str, end: str, flags: str, cow: str = "", **more: str) -> Row:
    days = _day("beg", start, "{0}day {0}mo {0}yr") | _until(end, "endday endmo endyr")
    return _owed(id, flags) | {"cow4id": cow, "ineffect": str(int(end == "0")), "maxphase": "0"} | days | more


def _member(id: str, state: str, start: str, end: str, flags: str, phase: str = "0") -> Row:
    days = _day("ent", start, "day{0} mo{0} yr{0}") | _until(end, "dayexit moexit yrexit")
    return _owed(id, flags) | {"member": state, "phase": phase, "ineffect": str(int(end == "0"))} | days


ATOP_A = [_treaty("3180", "1949-4-4", "0", "10000", "227"), _treaty("9001", "1874-3-15", "1890-1", "00010")]
ATOP_PH = [
    _treaty("3180", "1949-4-4", "1951-6-19", "10000", phase="1", maxphase="2", atopidphase="3180.1"),
    _treaty("3180", "1951-6-19", "0", "10001", phase="2", maxphase="2", atopidphase="3180.2"),
    _treaty("9001", "1874-3-15", "1890-1", "00010", phase="0", atopidphase="9001"),
]
ATOP_M = [
    _member("3180", "2", "1949-4-4", "1951-6-19", "10000", "1"),
    _member("3180", "2", "1951-6-19", "0", "10001", "2"),
    _member("3180", "290", "1997-12-16", "0", "10001", "2"),
    _member("9001", "220", "1874-3-15", "1890-1", "00000"),
    _member("9001", "8152", "1874-3-15", "1890-1", "00010"),
]
ATOP_KNOWN = [("9001", "member", "8152", "no code of the Correlates of War")]


def _exercise(id: str, start: str, end: str, states: str, **more: str) -> Row:
    listed = {f"State{letter}": state for letter, state in zip("ABCD", states.split(";"), strict=False)}
    flags = {**dict.fromkeys(("CPX", "Air", "Land", "Amphibious", "Cyber", "Warfighting"), "0"), "Sea": "1"}
    more = {"Peacekeeping": "0", "Humanitarian": "0", "Location": "Norwegian Sea", "lat": "66.5", "lon": "-1"} | more
    days = _day("s", start, "{0}.day {0}.month {0}.year") | _day("e", end, "{0}.day {0}.month {0}.year")
    return {"MMEID": id, "Ex_Name": id.title(), "StartDate": start, "EndDate": end} | days | listed | flags | more


MME = [
    _exercise(
        "mme9001", "1984-6-1", "1984-6-9", "United States;Federal Republic of Germany;NATO", Series_Name="Spring"
    ),
    _exercise("mme9002", "1985-6-xx", "1985-6-xx", "Russia;Baltic States;Russia", Series_Name="Spring"),
    _exercise("mme3457", "1996-9-30", "1996-10-11", "Denmark;Estonia", Location="norwegian sea"),
    _exercise("mme3457", "2007-5-xx", "2007-5-xx", "-9", Ex_Name="-9", Location="-9", lat="", lon=""),
    _exercise("mme9003", "2010-8-2", "2010-8-1", "South Sudan;Côte d’Ivoire"),
]
MME_KNOWN = [
    ("mme9003", "s.year, s.month, s.day", "2010-08-02", "ends before it starts"),
    ("mme9003", "e.year, e.month, e.day", "2010-08-01", "ends before it starts"),
]


def _training(country: str, course: str, start: str, end: str, trainees: str, cost: str, page: str = "1") -> Row:
    of = {"report": "2019_2020", "country": country, "program": "IMET-1 - Fiscal Year 2019", "course_title": course}
    return of | {"start_date": start, "end_date": end, "quantity": trainees, "total_cost": cost, "page_number": page}


FMTRPT = [
    _training("Korea, Republic of South ", "English", "2/4/2019", "6/21/2019", "1,200", "$12,833"),
    _training("Korea, Republic of South ", "English", "2/4/2019", "6/21/2019", "1,200", "$12,833"),
    _training("Korea, Republic of South ", "Fiscal Year 2019 Program Totals", "", "", "2,400", "$25,666"),
    _training("Burma", "Medicine", "2/18/2109", "3/1/2019", "3", "$0"),
    _training("Burma", "Fiscal Year 2019 Program Totals", "", "", "4", "$0"),
]
FMTRPT_KNOWN = [
    ("2019_2020, Burma, page 1, Medicine, 2/18/2109 to 3/1/2019", "start_date", "2/18/2109", "a year to come"),
    (
        "2019_2020, Burma, IMET-1 - Fiscal Year 2019, Fiscal Year 2019 Program Totals",
        "quantity",
        "4",
        "a corrupted page",
    ),
]


def _membership(two: str, three: str, organization: str, status: str) -> Row:
    named = {"ISO_3166_2": two, "ISO_3166_3": three, "NAME.EN": three, "source": "CIAFactbook"}
    return named | {"org_name": f"{organization} in full ", "org_id": organization, "org_member": status}


FACTBOOK = [
    _membership("NA", "NAM", "AU", "member"),
    _membership("MN", "MNG", "SCO", "observer"),
    _membership("US", "USA", "NATO", "member"),
    _membership("FR", "FRA", "NATO", "member"),
    _membership("HK", "HKG", "ICC", "national committees"),
]

ROWS: dict[str, dict[str, list[Row]]] = {
    "cow-alliances": {"alliance_v4.1_by_member.csv": COW},
    "dcad": {"DCAD-v1.0-main.csv": DCAD},
    "atop": {"atop5_1a.csv": ATOP_A, "atop5_1aph.csv": ATOP_PH, "atop5_1m.csv": ATOP_M},
    "mme": {"mme_v7.csv": MME},
    "us-fmtrpt": {"fmtrpt_2018_2021_flat.csv": FMTRPT},
    "factbook-orgs": {"CountrycodesOrgs.csv": FACTBOOK},
}
KNOWN = {"dcad": DCAD_KNOWN, "atop": ATOP_KNOWN, "mme": MME_KNOWN, "us-fmtrpt": FMTRPT_KNOWN}
_BLOCK = r"\[\[{}\]\]\n(?:(?!\[).+\n?)*\n?"


def small(tmp_path: Path, name: str) -> Path:
    """The folder of one of the sources with the rows above."""
    folder, ours = tmp_path / name, resources("ingest") / name
    folder.mkdir(parents=True)
    text = (ours / "source.toml").read_text("utf-8")
    for block in ("assertions", "known"):
        text = re.sub(_BLOCK.format(block), "", text)
    for record, column, value, reason in KNOWN.get(name, ()):
        entry = f'record = "{record}"\ncolumn = "{column}"\nvalue = "{value}"\nreason = "{reason}"\n'
        text += f"\n[[known]]\n{entry}"
    (folder / "source.toml").write_text(text, "utf-8")
    if (ours / "crosswalk.csv").is_file():
        (folder / "crosswalk.csv").write_text(_crosswalk(ours / "crosswalk.csv"), "utf-8")
    for file, rows in ROWS[name].items():
        _write(folder / file, list(dict.fromkeys(column for row in rows for column in row)), rows)
    for file, rows in ROWS[name].items():
        _write(folder / file, _header(folder, file, rows), rows)
    return folder


def _crosswalk(path: Path) -> str:
    """Its lines about what the rows above have."""
    head, *lines = path.read_text("utf-8").splitlines(keepends=True)
    return head + "".join(line for line in lines if line.split(",")[2] in ("au", "nato", "sco"))


def _header(folder: Path, file: str, rows: list[Row]) -> list[str]:
    """The columns that the rows have, and after them those that the declaration wants."""
    own = dict.fromkeys(column for row in rows for column in row)
    (claims,) = Graph.check(folder)
    wanted = (issue.column for issue in claims.issues if issue.file in (file, "source.toml") and issue.column)
    lacking = [name for name in wanted if not set(name) & set(", ")]
    return [*own, *(name.replace("*", "1") for name in dict.fromkeys(lacking) if name not in own)]


def _write(path: Path, header: list[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)
