"""What a mapping would lose, or count twice, without a word: it is told, or can be said."""

from __future__ import annotations

import pytest
from tests.ingest.making import PACT, pact, problems, read, sound, where
from tests.ingest.test_mapping import said, tied, treaties

from relgraph.errors import DataError
from relgraph.model.records import Ref

TOTALS = 'skip = [{ column = "what", in = ["Total"], reason = "sums" }]'


def one_problem(source):
    """Place, level and problem of the only issue."""
    (issue,) = problems(source)
    return *where(issue)[:3], issue.level, issue.problem


def test_a_condition_that_skips_no_row_is_told(tmp_path):
    rows = "id,what\na,Totals\nb,x\n"
    source = treaties(tmp_path, rows, 'note = "{what}"', TOTALS)
    assert one_problem(source) == ("rows.csv", 1, "what", "warning", "is skipped by no row")
    sound(treaties(tmp_path / "met", rows.replace("Totals", "Total"), 'note = "{what}"', TOTALS))


FORMS = """start = { first = [
  { column = "when", format = "%d %B %Y", when = [{ column = "when", matches = "^[0-9]" }] },
  { column = "when", format = "%B %Y", when = [{ column = "when", matches = "^[A-Z]" }] },
] }"""


def test_a_cell_that_none_of_several_forms_reads_is_told(tmp_path):
    source = treaties(tmp_path, "id,when\na,3 May 2019\nb,May 2019\nc,mid-July 2019\nd,\n", FORMS)
    (issue,) = problems(source)
    assert where(issue) == ("rows.csv", 4, "when", "mid-July 2019")
    assert (issue.level, issue.problem) == ("error", "is none of what first tells apart")
    assert said(read(source), "b")["start"] == "2019-05"


def test_the_first_of_several_columns_may_be_none(tmp_path):
    thing = 'note = { first = [{ column = "x", when = [{ column = "y", in = ["1"] }] }, "{y}"] }'
    assert "note" not in said(sound(treaties(tmp_path, "id,x,y\na,word,\n", thing)))


def test_an_end_without_an_id_is_of_a_label_that_the_rows_define(tmp_path):
    source = tied(tmp_path, "id,who\na,JPN\n", "", "{who}")
    toml = (
        (source / "source.toml").read_text().replace('{ label = "Agreement", id = "{id}" }', '{ label = "Exercise" }')
    )
    (source / "source.toml").write_text(toml)
    (issue,) = problems(source)
    assert (issue.level, issue.value) == ("error", "Exercise")
    assert (issue.problem, issue.remedy) == ("is no label of what its rows define", "they define Agreement")


def test_a_column_is_mapped_or_ignored(tmp_path):
    source = treaties(tmp_path, "id,text\na,x\n", 'note = "{text}"', 'ignore = ["text"]')
    assert one_problem(source) == ("rows.csv", 1, "text", "error", "is mapped and ignored at once")


def test_a_column_may_be_needed_of_which_nothing_is_taken(tmp_path):
    table = 'ignore = ["text", "more*"]\nneeded = ["text"]'
    sound(treaties(tmp_path, "id,text,more1,more2\na,x,,y\n", 'note = "{more2}"', table))


def test_what_a_source_covers_ends_after_it_begins(tmp_path):
    (issue,) = problems(pact(tmp_path, toml=PACT + '[coverage]\nsince = "2028"\nuntil = "2019"\n'))
    assert (*where(issue), issue.problem) == ("source.toml", None, "coverage.since", "2028", "is after until, 2019")


MERGED = "id,name,who\na,The Pact,JPN\n,,USA\nb,Accord,JPN\n,..,AUS\n"


def test_an_empty_cell_may_mean_what_stands_above_it(tmp_path):
    table = 'fill = ["id", "name"]\nmissing = [".."]'
    source = tied(tmp_path, MERGED, 'note = "{name}"', "{who}", table=table)
    toml = (source / "source.toml").read_text().replace('id = "{id}"', 'id = "{id}"\nrows = "repeats"', 1)
    (source / "source.toml").write_text(toml)
    ties = {(tie.start.id, tie.end.id): tie.properties.get("note") for tie in sound(source).ties.values()}
    assert ties == {("JPN", "a"): "The Pact", ("USA", "a"): "The Pact", ("JPN", "b"): "Accord", ("AUS", "b"): None}


def test_a_column_to_be_filled_must_be_there(tmp_path):
    issues = problems(treaties(tmp_path, "id\na\n", table='fill = ["nmae"]'))
    assert ("rows.csv", 1, "nmae", "is missing") in [(*where(issue)[:3], issue.problem) for issue in issues]


PAIRS = "id,one,two\na,2,740\nb,740,2\nc,20,100\nd,100,20\ne,9,\nf,b,a\n"


@pytest.mark.parametrize(("above", "left"), [("one", "b d e f"), ("two", "a c e")])
def test_a_pair_that_is_listed_both_ways_is_taken_once(tmp_path, above, left):
    """Codes are compared as numbers: 20 comes before 100."""
    columns = ["one", "two"]
    columns.remove(above)
    skip = f'skip = [{{ column = "{columns[0]}", above = "{above}", reason = "the other way round" }}]'
    claims = sound(treaties(tmp_path, PAIRS, 'name = "{one}"\nnote = "{two}"', skip))
    kept = {ref.id for ref in claims.citations}
    assert kept == set(left.split())
    assert claims.counts["rows.csv"].skipped == {"the other way round": 6 - len(kept)}


@pytest.mark.parametrize("where", ["skip", "when"])
def test_above_is_asked_alone(tmp_path, where):
    """Wherever a condition stands."""
    asked = 'column = "one", above = "two", in = ["1"]'
    skip, when = f'skip = [{{ {asked}, reason = "x" }}]', f"when = [{{ {asked} }}]"
    source = treaties(tmp_path, PAIRS, table=skip) if where == "skip" else treaties(tmp_path, PAIRS, when)
    with pytest.raises(DataError, match="give above alone"):
        read(source)


def test_a_value_may_depend_on_which_of_two_cells_comes_first(tmp_path):
    """Equal cells give equal values once made, whatever they were compared with."""
    rows = "id,who,one,two\na,JPN;USA,1,2\nb,JPN,1,0\n"
    thing = 'note = { column = "one", when = [{ column = "one", above = "two" }] }\nname = "{who}"'
    claims = read(treaties(tmp_path, rows, thing))
    assert [said(claims, id).get("note") for id in "ab"] == [None, "1"]
    how = 'each = { column = "who", split = ";" }\nwhen = [{ column = "each", above = "last" }]'
    listed = tied(tmp_path / "list", "id,who,last\na,JPN;USA,KOR\n", how)
    assert {tie.start.id for tie in sound(listed).ties.values()} == {"USA"}


def test_a_month_may_be_a_word(tmp_path):
    rows = "id,y,m,d\na,2019,May,3\nb,2019,sept.,\nc,2019,December,31\nd,2019,Mai,1\n"
    source = treaties(tmp_path, rows, 'start = { year = "y", month = "m", day = "d" }')
    (issue,) = problems(source)
    assert where(issue) == ("rows.csv", 5, "m", "Mai")
    claims = read(source)
    starts = [claims.citations[Ref("Agreement", id)][0]["start"] for id in "abc"]
    assert starts == ["2019-05-03", "2019-09", "2019-12-31"]
