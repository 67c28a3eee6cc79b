"""What whole datasets need of the mapping language: values that depend on the row, flags, second codes, totals."""

from __future__ import annotations

import pytest
from tests.ingest.making import make_source, problems, read, sound, where
from tests.ingest.test_mapping import said, treaties

LOOKUPS = '[lookups.words]\nT = "treaty"\n[lookups.again]\ntreaty = "Treaty!"\n'
WHEN = 'when = [{ column = "text", in = ["x"] }]'
VALUES = {
    "lookups one after the other": ("text\na,T\n", 'note = "{text|words|again|slug}"', {"note": "treaty"}),
    "lookup of some words": ("text\na,X\n", 'note = "{text|words?}"', {"note": "X"}),
    "lookup of some words that has it": ("text\na,T\n", 'note = "{text|words?}"', {"note": "treaty"}),
    "hash": ("text\na,Sea\n", 'note = "p-{text|hash}"', {"note": "p-a0fa7e91"}),
    "match into": (
        "text\na,v1-7-8\n",
        'note = { column = "text", match = "v(.)-(.)", into = "n{2}-{1}" }',
        {"note": "n7-1"},
    ),
    "days of a range in words": (
        "text\na,3-7 May 2019\n",
        r"""start = { column = "text", match = '^(\d+).* (\w+ \d{4})$', into = "{1} {2}", format = "%d %B %Y" }
        end = { column = "text", match = '(\d+ \w+ \d{4})$', format = "%d %B %Y" }""",
        {"start": "2019-05-03", "end": "2019-05-07"},
    ),
    "when it holds": ("text,b\na,x,yes\n", f'note = {{ column = "b", {WHEN} }}', {"note": "yes"}),
    "when it does not": ("text,b\na,y,yes\n", f'note = {{ column = "b", {WHEN} }}', {}),
    "constant list when": ("text\na,x\n", f'obligations = {{ value = ["fuel"], {WHEN} }}', {"obligations": ["fuel"]}),
    "constant list else": ("text\na,y\n", f'obligations = {{ value = ["fuel"], {WHEN} }}', {}),
    "first of two": ("text,b\na,x,y\n", 'note = { first = ["{text}", "{b}"] }', {"note": "x"}),
    "second of two": ("text,b\na,,y\n", 'note = { first = ["{text}", "{b}"] }', {"note": "y"}),
    "first that is meant": (
        "text,b\na,x,1951\n",
        f'start = {{ first = [{{ template = "../{{b}}", {WHEN} }}, "{{b}}"] }}',
        {"start": "../1951"},
    ),
    "flags": (
        "d,n\na,1,0\n",
        'obligations = { flags = { d = "defense", n = "none of it" } }',
        {"obligations": ["defense"]},
    ),
    "flags that all say no": ("d,n\na,0,0\n", 'obligations = { flags = { d = "x", n = "y" } }', {}),
    "a word for that": (
        "d,n\na,0,0\n",
        'obligations = { flags = { d = "x", n = "y" }, none = "no" }',
        {"obligations": ["no"]},
    ),
    "which needs every no": ("d,n\na,0,\n", 'obligations = { flags = { d = "x", n = "y" }, none = "no" }', {}),
    "flags in words": (
        "d,n\na,yes,no\n",
        'obligations = { flags = { d = "x", n = "y" }, yes = ["yes"], no = ["no"] }',
        {"obligations": ["x"]},
    ),
    "said by the name of its column": ("T.1,b\na,x,y\n", 'said = ["T.1", "b"]', {"said_T_1": "x", "said_b": "y"}),
}


@pytest.mark.parametrize(("rows", "thing", "expected"), VALUES.values(), ids=VALUES)
def test_a_value_depends_on_its_row(tmp_path, rows, thing, expected):
    assert said(sound(treaties(tmp_path, "id," + rows, thing, more=LOOKUPS))) == expected


def test_a_flag_that_is_neither_is_an_issue(tmp_path):
    (issue,) = problems(treaties(tmp_path, "id,d\na,2\n", 'obligations = { flags = { d = "defense" } }'))
    assert (*where(issue), issue.problem) == ("rows.csv", 2, "d", "2", "is neither yes nor no")


BAD = {
    'note = { flags = { text = "x" } }': "flags make a list",
    'note = { first = ["{text}"], column = "text" }': "give exactly one of",
    'note = { column = "text", match = "(a)", into = "{2}" }': "into needs a match",
    'note = "{text|nothing?}"': "is used for rows.csv but not there",
}


@pytest.mark.parametrize(("thing", "problem"), BAD.items())
def test_a_value_that_makes_no_sense_is_an_issue(tmp_path, thing, problem):
    from relgraph.errors import DataError

    try:
        found = problems(treaties(tmp_path, "id,text\na,x\n", thing))
    except DataError as error:
        found = list(error.issues)
    assert problem in found[0].problem


def test_columns_are_ignored_by_how_they_begin(tmp_path):
    sound(treaties(tmp_path, "id,mem1,mem2\na,x,y\n", table='ignore = ["mem*"]'))
    (issue,) = problems(treaties(tmp_path / "none", "id\na\n", table='ignore = ["mem*"]'))
    assert issue.problem == "is to be ignored but is not there"


def test_rows_that_repeat_a_thing_unite_a_list_of_it(tmp_path):
    thing = 'rows = "repeats"\nunite = ["obligations"]\nobligations = "{text}"'
    claims = sound(treaties(tmp_path, "id,text\na,fuel\na,bases\na,fuel\n", thing))
    assert said(claims) == {"obligations": ["bases", "fuel"]}


# --- ends ---

TRAININGS = """
[[tables]]
file = "rows.csv"
{table}
[[tables.things]]
label = "Program"
name = "{{name}}"

[[tables.ties]]
type = "RECEIVES"
from = {{ label = "Actor", id = "{{who}}", scheme = "{scheme}", on = "2000"{more} }}
to = {{ label = "Program" }}
said = ["word"]
"""


def trainings(tmp_path, rows, scheme="name", more="", table="", after=""):
    toml = TRAININGS.format(scheme=scheme, more=more, table=table) + after
    return make_source(tmp_path, "trainings", toml, {"rows.csv": rows})


def test_an_end_without_an_id_is_the_thing_of_its_row(tmp_path):
    claims = read(trainings(tmp_path, "name,who,word\nMedicine,Japan,x\nMedicine,Japan,x\n"))
    (issue,) = claims.issues
    assert (issue.level, issue.row, issue.problem) == ("warning", 3, "is equal to an earlier row, and counted, too")
    programs = [ref.id for ref in claims.citations if ref.label == "Program"]
    assert [tie.end.id for tie in claims.ties.values()] == programs
    assert programs[1] == f"{programs[0]}-2"
    assert {tie.properties["said_word"] for tie in claims.ties.values()} == {"x"}


def test_an_actor_may_be_an_organization_by_its_name(tmp_path):
    claims = sound(trainings(tmp_path, "name,who,word\nMedicine,NATO,\nMedicine,Georgia,\n"))
    assert {tie.start.id for tie in claims.ties.values()} == {"nato", "GEO"}


AGREES = ', agrees = { id = "{word}", scheme = "cowc" }'


def test_two_codes_of_a_country_must_agree(tmp_path):
    sound(trainings(tmp_path, "name,who,word\nMedicine,260,GFR\n".replace("260,GFR", "255,GMY"), "cow", AGREES))
    (issue,) = problems(trainings(tmp_path / "no", "name,who,word\nMedicine,652,EGY\n", "cow", AGREES))
    assert (*where(issue), issue.problem) == ("rows.csv", 2, "who", "652", "is SYR, but EGY in the same row is EGY")


KNOWN = '[[known]]\nrecord = "Medicine"\ncolumn = "who"\nvalue = "652"\nreason = "a slip"\n'


def test_a_known_defect_is_kept_out_though_it_can_be_read(tmp_path):
    source = trainings(
        tmp_path, "name,who,word\nMedicine,652,\nOther,652,\n", "cow", table='record = "{name}"', after=KNOWN
    )
    claims = read(source)
    assert [(*where(issue), issue.level, issue.remedy) for issue in claims.issues] == [
        ("rows.csv", 2, "who", "652", "warning", "known: a slip"),
    ]
    assert [tie.start.id for tie in claims.ties.values()] == ["SYR"]


SAME = """
[[tables]]
file = "rows.csv"
[[tables.things]]
label = "Agreement"
id = "ours-{id}"
same_as = "theirs-{other}"

[[tables.ties]]
type = "PARTY_TO"
from = { label = "Country", id = "JPN" }
to = { label = "Agreement", id = "ours-{id}" }
"""


def test_a_row_may_say_which_thing_of_another_source_it_is(tmp_path):
    claims = sound(make_source(tmp_path, "ours", SAME, {"rows.csv": "id,other\n1,17\n2,\n"}))
    agreements = {ref.id: said for ref, said in claims.citations.items() if ref.label == "Agreement"}
    assert [said[0].get("aliases") for said in agreements.values()] == [["ours-1"], None]
    assert {tie.end.id for tie in claims.ties.values()} == agreements.keys() == {"theirs-17", "ours-2"}


def test_a_crosswalk_that_a_person_wrote_goes_before_what_a_row_says(tmp_path):
    tables = {"rows.csv": "id,other\n1,17\n", "crosswalk.csv": "label,id,same_as,reason\nAgreement,ours-1,theirs-18,\n"}
    claims = sound(make_source(tmp_path, "ours", SAME, tables))
    assert {tie.end.id for tie in claims.ties.values()} == {"theirs-18"}


# --- rows left out ---

SKIP = """
[[tables.skip]]
when = [{ column = "d", in = ["0", ""] }, { column = "n", in = ["0", ""] }]
reason = "promises nothing"
"""


def test_a_row_is_left_out_where_several_conditions_hold(tmp_path):
    rows = "id,d,n\na,0,0\nb,1,0\nc,0,1\nd,-9,0\n"
    thing = 'obligations = { flags = { d = "x", n = "y" } }'
    claims = sound(treaties(tmp_path, rows, thing, 'missing = ["-9"]\n' + SKIP))
    assert {ref.id for ref in claims.citations} == {"b", "c"}
    assert claims.counts["rows.csv"].skipped == {"promises nothing": 2}


def test_a_condition_on_a_word_for_missing_is_told(tmp_path):
    """It would never hold, and the rows would be counted."""
    table = 'missing = ["-9"]\nskip = [{ column = "d", in = ["-9"], reason = "no data" }]'
    issue = problems(treaties(tmp_path, "id,d\na,-9\nb,1\n", 'note = "{d}"', table))[0]
    assert (*where(issue)[2:], issue.problem) == ("d", "-9", "is asked for by a condition, but is empty by missing")
    assert issue.remedy == 'write "" for it in the condition'


# --- rows that sum up others ---

TOTALS = """
[[tables.skip]]
column = "name"
matches = "^Total"
reason = "a sub-total"
totals = { by = ["who"], of = ["word"] }
"""


def test_a_total_must_be_the_sum_of_its_rows(tmp_path):
    rows = 'name,who,word\nMedicine,Japan,"1,000"\nEnglish,Japan,5\nTotal,Japan,"{}"\nEnglish,Chad,7\n'
    claims = sound(trainings(tmp_path, rows.format("1,005"), table=TOTALS))
    assert claims.counts["rows.csv"].skipped == {"a sub-total": 1}
    (issue,) = problems(trainings(tmp_path / "off", rows.format("1,006"), table=TOTALS))
    assert (*where(issue), issue.problem) == (
        *("rows.csv", 4, "word", "1,006"),
        "is to be the sum of rows that add up to 1,005",
    )


def test_what_starts_before_it_was_signed_is_a_warning(tmp_path):
    (issue,) = problems(treaties(tmp_path, "id,s,f\na,2004,2002\n", 'signed = "{s}"\nstart = "{f}"'))
    assert (*where(issue), issue.level) == ("rows.csv", 2, "s, f", "2004, 2002", "warning")
