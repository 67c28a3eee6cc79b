"""What a source.toml can say of a cell, and what becomes of it: all without a graph."""

from __future__ import annotations

from datetime import date

import pytest
from tests.ingest.making import make_source, problems, read, sound, where

from relgraph.model.records import Ref

TREATY = """
[[tables]]
file = "rows.csv"
{table}

[[tables.things]]
label = "Agreement"
id = "{{id}}"
{thing}
"""


def treaties(tmp_path, rows, thing="", table="", more=""):
    """A source of one table of agreements, with these keys in the table and in its things."""
    toml = TREATY.format(thing=thing, table=table) + more
    return make_source(tmp_path, "treaties", toml, {"rows.csv": rows})


def said(claims, id="a"):
    """What the source says of an agreement, without where and how surely."""
    (citation,) = claims.citations[Ref("Agreement", id)]
    aside = ("source", "locator", "certainty", "startFrom", "startBy", "endFrom", "endBy")
    return {name: value for name, value in citation.items() if name not in aside}


VALUES = {
    "template": ("text\na,x y\n", 'name = "The {text}!"', {"name": "The x y!"}),
    "template of an absent cell": ("text\na,\n", 'name = "The {text}!"', {}),
    "column": ("text\na, x \n", 'name = { column = "text" }', {"name": "x"}),
    "constant": ("text\na,x\n", 'name = { value = "Pact" }\nnote = "{text}"', {"name": "Pact", "note": "x"}),
    "slug": ("text\na,Übung (2019)\n", 'note = "x-{text|slug}"', {"note": "x-ubung-2019"}),
    "split": (
        "text\na,fuel; food ;;\n",
        'obligations = { column = "text", split = ";" }',
        {"obligations": ["fuel", "food"]},
    ),
    "split of nothing": ("text\na,;\n", 'obligations = { column = "text", split = ";" }', {}),
    "list of one": ("text\na,fuel; food\n", 'obligations = "{text}"', {"obligations": ["fuel; food"]}),
    "constant list": (
        "text\na,x\n",
        'obligations = { value = ["fuel"] }\nnote = "{text}"',
        {"obligations": ["fuel"], "note": "x"},
    ),
    "match with a group": ("text\na,v1-DCA-7\n", 'note = { column = "text", match = "DCA-(.*)" }', {"note": "7"}),
    "match without a group": ("text\na,no. 17\n", 'note = { column = "text", match = "[0-9]+" }', {"note": "17"}),
    "match of an absent cell": ("text\na,\n", 'note = { column = "text", match = "[0-9]+" }', {}),
    "lookup": ("text\na,T\n", 'kind = { column = "text", lookup = "kinds" }', {"kind": "treaty"}),
    "lookup in a template": ("text\na,T\n", 'note = "a {text|kinds}"', {"note": "a treaty"}),
    "lookup of each of a list": (
        "text\na,T;A\n",
        'obligations = { column = "text", split = ";", lookup = "kinds" }',
        {"obligations": ["treaty", "alliance"]},
    ),
    "match before lookup": (
        "text\na,type=T\n",
        'kind = { column = "text", match = "=(.)", lookup = "kinds" }',
        {"kind": "treaty"},
    ),
    "format": ("text\na,5/12/2017\n", 'start = { column = "text", format = "%m/%d/%Y" }', {"start": "2017-05-12"}),
    "format without a day": ("text\na,May 17\n", 'start = { column = "text", format = "%b %y" }', {"start": "2017-05"}),
    "format of an early year": (
        "text\na,1/2/0816\n",
        'start = { column = "text", format = "%m/%d/%Y" }',
        {"start": "0816-01-02"},
    ),
    "ongoing": ("text\na,0\n", 'end = { column = "text", ongoing = ["0", "still"] }', {"end": ".."}),
    "ongoing where absent": ("text\na,\n", 'end = { column = "text", ongoing = [""] }', {"end": ".."}),
    "not ongoing": ("text\na,1990\n", 'end = { column = "text", ongoing = ["0"] }', {"end": "1990"}),
    "said": ("text\na,Traité\n", 'said = { type = "{text}" }', {"said_type": "Traité"}),
    "record": ("text\na,17\n", 'record = "{text}"', {"record": "17"}),
}
LOOKUPS = '[lookups.kinds]\nT = "treaty"\nA = "alliance"\n'


@pytest.mark.parametrize(("rows", "thing", "expected"), VALUES.values(), ids=VALUES)
def test_a_value_is_made_from_a_row(tmp_path, rows, thing, expected):
    assert said(sound(treaties(tmp_path, "id," + rows, thing, more=LOOKUPS))) == expected


PARTS = {
    "1951,9,8": "1951-09-08",
    "1951,9,": "1951-09",
    "1951,,": "1951",
    "1951,,8": "1951",
    "1951.0,09,08": "1951-09-08",
    ",9,8": None,
    "0,,": "..",
}


@pytest.mark.parametrize(("cells", "expected"), PARTS.items())
def test_a_date_from_parts_is_as_exact_as_the_parts(tmp_path, cells, expected):
    thing = 'end = { year = "y", month = "m", day = "d", ongoing = ["0"] }'
    assert said(sound(treaties(tmp_path, f"id,y,m,d\na,{cells}\n", thing))).get("end") == expected


NUMBERS = {
    "5": 5,
    "5.0": 5.0,
    "1.50": 1.5,
    "-3": -3,
    "1,234": 1234,
    "$1,234,567.5": 1234567.5,
    "1 200 000": 1200000,
    "12\u202f345.5": 12345.5,
    "1e3": 1000.0,
    "9" * 25: 1e25,
}
NO_NUMBERS = ["1,5", "1 20", "1 2345", "1,234 567", "12,34", "1_000", "nan", "inf", "5 ships", "0x10", "1,2345", "٣"]
ARMS = """
[[tables]]
file = "rows.csv"
[[tables.things]]
label = "Transfer"
id = "{id}"
quantity = "{number}"
"""


@pytest.mark.parametrize(("cell", "expected"), NUMBERS.items(), ids=NUMBERS)
def test_a_number_is_read_as_it_stands(tmp_path, cell, expected):
    claims = sound(make_source(tmp_path, "arms", ARMS, {"rows.csv": f'id,number\na,"{cell}"\n'}))
    ((citation,),) = claims.citations.values()
    assert (citation["quantity"], type(citation["quantity"])) == (expected, type(expected))


@pytest.mark.parametrize("cell", NO_NUMBERS)
def test_what_may_be_two_numbers_is_none(tmp_path, cell):
    (issue,) = problems(make_source(tmp_path, "arms", ARMS, {"rows.csv": f'id,number\na,"{cell}"\n'}))
    assert where(issue) == ("rows.csv", 2, "number", cell)
    assert issue.problem == "is no number"


UNREADABLE = {
    "unknown word": ('kind = "{text|kinds}"', "X", "is not in [lookups.kinds]", "it has T, A; add the word"),
    "unknown word of a list": (
        'obligations = { column = "text", split = ";", lookup = "kinds" }',
        "T;X",
        "is not in [lookups.kinds]",
        "it has T, A; add the word",
    ),
    "no match": ('note = { column = "text", match = "^[0-9]+$" }', "x1", "does not match", "mend the cell or"),
    "another form": ('start = { column = "text", format = "%Y" }', "May", "is no date of the form %Y", "known"),
    "no date": ('start = "{text}"', "soon", "is no date in EDTF", "by format, match or a lookup"),
    "open start": ('start = "{text}"', "..", "is no date in EDTF", "mend"),
    "a flag for a date": ('start = "{text}"', "1", "is no date in EDTF", "mend"),
    "two digits for a year": ('start = "{text}"', "99", "is no date in EDTF", "mend"),
    "two digits for the year of an interval": ('start = "{text}"', "1998/99", "is no date in EDTF", "mend"),
    "two digits for the part": ('start = { year = "text" }', "99", "is no year of four digits", "write all four"),
    "year that is none": ('start = { year = "text" }', "?", "is no number", "missing"),
    "year between two": ('start = { year = "text" }', "1951.5", "is no number", "missing"),
    "year without end": ('start = { year = "text" }', "inf", "is no number", "missing"),
    "year below zero": ('start = { year = "text" }', "-9", "is no number", "missing"),
}


@pytest.mark.parametrize(("thing", "cell", "problem", "remedy"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_cell_that_cannot_be_read_is_an_issue(tmp_path, thing, cell, problem, remedy):
    (issue,) = problems(treaties(tmp_path, f"id,text\na,{cell}\n", thing, more=LOOKUPS))
    assert where(issue) == ("rows.csv", 2, "text", cell)
    assert problem in issue.problem
    assert remedy in issue.remedy


@pytest.mark.parametrize(("thing", "cell", "problem", "_"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_known_defect_is_a_warning_and_kept_in_the_source_s_own_words(tmp_path, thing, cell, problem, _):
    known = f'\n[[known]]\nrecord = "17"\ncolumn = "text"\nvalue = "{cell}"\nreason = "a slip"\n'
    source = treaties(tmp_path, f"id,no,text\na,17,{cell}\n", thing, 'record = "{no}"', LOOKUPS + known)
    claims = read(source)
    (issue,) = claims.issues
    assert (issue.level, where(issue)) == ("warning", ("rows.csv", 2, "text", cell))
    assert issue.remedy == "known: a slip"
    name = thing.partition(" ")[0]
    assert said(claims) == {"record": "17", f"said_{name}": cell}


@pytest.mark.parametrize("change", [('"17"', '"18"'), ('"text"', '"no"'), ('"soon"', '"late"')])
def test_a_defect_is_known_by_record_column_and_value(tmp_path, change):
    known = '\n[[known]]\nrecord = "17"\ncolumn = "text"\nvalue = "soon"\nreason = "a slip"\n'.replace(*change)
    source = treaties(tmp_path, "id,no,text\na,17,soon\n", 'start = "{text}"', 'record = "{no}"', known)
    issue, unmet = problems(source)
    assert issue.level == "error"
    assert (unmet.level, unmet.problem, where(unmet)[0]) == ("warning", "is known of no row", "source.toml")


def test_a_known_formula_is_left_out(tmp_path):
    known = '\n[[known]]\nrecord = "17"\ncolumn = "text"\nvalue = "=A1"\nreason = "a slip"\n'
    source = treaties(tmp_path, "id,no,text\na,17,=A1\n", 'note = "{text}"', 'record = "{no}"', known)
    claims = read(source)
    assert [issue.level for issue in claims.issues] == ["warning"]
    assert said(claims) == {"record": "17"}


def test_the_column_of_the_file_is_named_not_the_property(tmp_path):
    rows = f"no,what,sure,words\nA 1,tready,likely,{'word ' * 13}\nb,treaty,stated,\n"
    toml = """
[[tables]]
file = "rows.csv"
certainty = "{sure}"
quote = "{words}"
[[tables.things]]
label = "Agreement"
id = "{no}"
kind = "{what}"
"""
    issues = problems(make_source(tmp_path, "own-names", toml, {"rows.csv": rows}))
    assert [where(issue)[:3] for issue in issues] == [("rows.csv", 2, "no")]
    issues = problems(make_source(tmp_path, "own-names", toml, {"rows.csv": rows.replace("A 1", "a")}))
    assert [where(issue)[:3] for issue in issues] == [("rows.csv", 2, name) for name in ("what", "sure", "words")]


def test_missing_values_are_absent_and_rows_are_skipped_by_name(tmp_path):
    rows = "id,text,what\na,-9,defense\nb,x,trade\nc,x,-9\n"
    table = 'missing = ["-9"]\nskip = [{ column = "what", in = ["trade"], reason = "no defense" }]'
    claims = sound(treaties(tmp_path, rows, 'note = "{text}"', table))
    assert said(claims) == {}
    assert said(claims, "c") == {"note": "x"}
    assert (claims.counts["rows.csv"].rows, claims.counts["rows.csv"].mapped) == (3, 2)
    table = table.replace('in = ["trade"]', 'not_in = ["defense", ""]')
    assert set(sound(treaties(tmp_path, rows, 'note = "{text}"', table)).citations) == {
        Ref("Agreement", "a"),
        Ref("Agreement", "c"),
    }


def test_columns_are_ignored_by_name(tmp_path):
    source = treaties(tmp_path, "id,text,more\na,x,\n", table='ignore = ["text", "more"]')
    assert said(sound(source)) == {}


PARTIES = """
[[tables.ties]]
type = "PARTY_TO"
{how}
from = {{ label = "Country", id = "{id}"{scheme} }}
to = {{ label = "Agreement", id = "{{id}}" }}
"""


def parties(claims):
    return {(tie.start.id, tie.end.id, tie.properties.get("role")) for tie in claims.ties.values()}


def tied(tmp_path, rows, how, id="{each}", scheme="", table=""):
    more = PARTIES.format(how=how, id=id, scheme=scheme)
    return treaties(tmp_path, rows, table=table, more=more)


def test_a_condition_names_its_rows(tmp_path):
    rows = "id,who,role\na,JPN,party\nb,USA,guest\nc,FRA,\n"
    how = 'when = [{ column = "role", in = ["party", ""] }, { column = "who", matches = "^[JF]" }]'
    source = tied(tmp_path, rows, how, "{who}")
    assert {party for party, _, _ in parties(sound(source))} == {"JPN", "FRA"}


def test_country_codes_mean_what_they_meant_in_their_year(tmp_path):
    scheme = ', scheme = "cow", on = "{year}"'
    source = tied(tmp_path, "id,code,year\na,345,1990\nb,345,2010\nc,345,1900\n", "", "{code}", scheme)
    assert {party for party, _, _ in parties(sound(source))} == {"YUG", "SRB"}


def test_a_code_out_of_its_years_is_a_warning(tmp_path):
    source = tied(tmp_path, "id,code,year\na,260,1950\n", "", "{code}", ', scheme = "cow", on = "{year}"')
    claims = read(source)
    assert {party for party, _, _ in parties(claims)} == {"DEU"}
    (issue,) = claims.issues
    assert (issue.level, where(issue)) == ("warning", ("rows.csv", 2, "code", "260"))
    assert "is Germany from 1955-05-05 until 1990-10-02, not in 1950" in issue.problem


def test_a_code_of_several_countries_needs_a_year(tmp_path):
    (issue,) = problems(tied(tmp_path, "id,code\na,345\n", "", "{code}", ', scheme = "cow"'))
    assert where(issue) == ("rows.csv", 2, "code", "345")
    assert "Yugoslavia" in issue.problem + issue.remedy
    assert "say in which year" in issue.problem + issue.remedy


def test_an_unknown_country_has_the_three_nearest_names_as_remedy(tmp_path):
    (issue,) = problems(tied(tmp_path, "id,who\na,Phillipines\n", "", "{who}"))
    assert issue.problem == "is no country"
    assert issue.remedy.startswith("near it: Philippines, ")
    assert issue.remedy.count(",") == 2
    assert "a lookup can say which is meant" in issue.remedy


def test_a_year_that_is_none_is_an_issue(tmp_path):
    (issue,) = problems(tied(tmp_path, "id,code,year\na,2,soon\n", "", "{code}", ', scheme = "cow", on = "{year}"'))
    assert (issue.file, issue.row) == ("rows.csv", 2)
    assert "soon" in issue.problem + issue.remedy


REPEATS = """
[[tables]]
file = "members.csv"
[[tables.things]]
label = "Agreement"
rows = "repeats"
id = "{alliance}"
name = "{name}"
start = "{since}"
[[tables.ties]]
type = "PARTY_TO"
from = { label = "Country", id = "{member}" }
to = { label = "Agreement", id = "{alliance}" }
"""


def test_rows_that_repeat_a_thing_must_agree(tmp_path):
    rows = "alliance,name,since,member\na,A,1951,JPN\na,A,1951,USA\n"
    claims = sound(make_source(tmp_path, "alliances", REPEATS, {"members.csv": rows}))
    assert len(claims.citations[Ref("Agreement", "a")]) == 1
    assert len(claims.ties) == 2
    rows = rows.replace("A,1951,USA", "A,1952,USA")
    (issue,) = problems(make_source(tmp_path, "alliances", REPEATS, {"members.csv": rows}))
    assert where(issue) == ("members.csv", 3, "alliance", "a")
    assert issue.problem == "differs in start from what an earlier row says of it"


CITES = """
[[tables]]
file = "again.csv"
locator = "P{place}"
[[tables.things]]
label = "Engagement"
rows = "cites"
id = "{id}"
note = "{note}"
"""


def test_a_thing_may_be_cited_at_further_places(tmp_path):
    """The table that cites may come before the one that defines."""
    toml = CITES + TREATY.format(thing='name = "{name}"', table="")
    tables = {"again.csv": "id,note,place\na,x,7\na,y,9\n", "rows.csv": "id,name\na,A\n"}
    claims = sound(make_source(tmp_path, "cites", toml, tables))
    citations = claims.citations[Ref("Agreement", "a")]
    assert {(said["locator"], said.get("note"), "further" in said) for said in citations} == {
        ("rows.csv, row 2", None, False),
        ("P7", "x", True),
        ("P9", "y", True),
    }
    tables["again.csv"] += "b,z,9\n"
    (issue,) = problems(make_source(tmp_path, "cites", toml, tables))
    assert where(issue) == ("again.csv", 4, "id", "b")
    assert issue.problem == "is cited but defined by no row"


def test_a_thing_cited_twice_at_one_place_is_told(tmp_path):
    """In the graph the two would be one, and one of them lost."""
    toml = TREATY.format(thing='name = "{name}"', table="") + CITES
    tables = {"again.csv": "id,note,place\na,x,7\na,y,7\n", "rows.csv": "id,name\na,A\n"}
    (issue,) = problems(make_source(tmp_path, "cites", toml, tables))
    assert where(issue)[:2] == ("again.csv", 3)
    assert issue.problem == "says again what an earlier row says of the same place, with a difference"
    assert issue.level == "error"
    tables["again.csv"] = "id,note,place\na,x,7\na,x,7\n"
    (issue,) = problems(make_source(tmp_path, "cites", toml, tables))
    assert (issue.level, issue.remedy) == ("warning", "it is counted once")


HASHED = """
[[tables]]
file = "rows.csv"
{missing}
[[tables.things]]
label = "Transfer"
name = "{{what}}"
quantity = "{{number}}"
"""


def ids(tmp_path, rows, missing=""):
    toml = HASHED.format(missing=missing)
    claims = read(make_source(tmp_path, "arms", toml, {"rows.csv": rows}))
    assert {issue.problem for issue in claims.issues} <= {"is equal to an earlier row, and counted, too"}
    return [ref.id for ref in claims.citations]


def test_a_record_without_a_key_has_the_hash_of_its_row(tmp_path):
    rows = "what,number\ntank,5\nship,?\ntank,5\n"
    first, second, third = ids(tmp_path, rows, 'missing = ["?"]')
    assert third == f"{first}-2"
    assert first.startswith("arms-")
    again = ids(tmp_path, "what,number\nship,?\ntank,5\n", 'missing = ["?"]')
    assert again == [second, first]
    cleaned = ids(tmp_path, rows, 'missing = ["?", "5"]')
    assert cleaned == [first, second, third], "an id is made from raw values, never from cleaned ones"


def test_the_crosswalk_makes_a_record_a_thing_of_another_source(tmp_path):
    toml = TREATY.format(thing='name = "{name}"', table="") + PARTIES.format(how="", id="{who}", scheme="")
    crosswalk = "label,id,same_as\nAgreement,deal-1,anpo\n"
    tables = {"rows.csv": "id,name,who\ndeal-1,Deal,JPN\n", "crosswalk.csv": crosswalk}
    claims = sound(make_source(tmp_path, "deals", toml, tables))
    assert Ref("Agreement", "anpo") in claims.citations
    assert parties(claims) == {("JPN", "anpo", "signatory")}


def test_a_thing_that_only_ties_name_is_cited_where_the_first_does(tmp_path):
    rows = "id,who\n" + "".join(f"a{n},JPN\n" for n in range(12))
    claims = sound(tied(tmp_path, rows, "", "{who}"))
    (citation,) = claims.citations[Ref("Country", "JPN")]
    assert citation["locator"] == "rows.csv, row 2"


def test_bounds_stand_beside_what_is_dated(tmp_path):
    coverage = '[coverage]\nuntil = "2012"\n'
    source = treaties(tmp_path, "id,start,end\na,1951,..\n", 'start = "{start}"\nend = "{end}"', more=coverage)
    (citation,) = sound(source).citations[Ref("Agreement", "a")]
    assert [citation[name] for name in ("startFrom", "startBy", "endFrom", "endBy")] == [
        date(1951, 1, 1),
        date(1951, 12, 31),
        date(2012, 12, 31),
        date.max,
    ]


def test_two_kinds_of_engagement_with_one_id_in_one_source(tmp_path):
    toml = TREATY.format(thing="", table="").replace("rows.csv", "other.csv").replace("Agreement", "Exercise")
    tables = {"other.csv": "id\na\n", "rows.csv": "id\na\n"}
    (issue,) = problems(make_source(tmp_path, "both", TREATY.format(thing="", table="") + toml, tables))
    assert where(issue) == ("other.csv", 2, "id", "a")
    same_row = TREATY.format(thing="", table="") + '\n[[tables.things]]\nlabel = "Exercise"\nid = "{id}"\n'
    (issue,) = problems(make_source(tmp_path, "both", same_row, tables))
    assert where(issue) == ("rows.csv", 2, "id", "a")
    assert "is the id of another already" in issue.problem
