"""What becomes of a list: in one cell, over many columns, in the columns of a wide table."""

from __future__ import annotations

import pytest
from tests.ingest.making import PACT, make_source, pact, problems, sound, where
from tests.ingest.test_mapping import parties, tied, treaties

WIDE = """
[[tables]]
file = "wide.csv"
missing = [".."]
locator = {{ column = "each column", match = "yr(.*)" }}

[[tables.things]]
label = "Transfer"
each = {{ columns = ["yr*"] }}
when = [{{ column = "each", not_in = ["0"] }}{when}]
id = "{{to|slug}}-{{each column|slug}}"
start = {{ column = "each column", match = "yr([0-9]+)" }}
quantity = "{{each}}"

[[tables.ties]]
type = "RECEIVES"
each = {{ columns = ["yr*"] }}
when = [{{ column = "each", not_in = ["0"] }}{when}]
from = {{ label = "Country", id = "{{to}}", scheme = "cow", on = {{ column = "each column", match = "yr(.*)" }} }}
to = {{ label = "Transfer", id = "{{to|slug}}-{{each column|slug}}" }}
"""
YEARS = "to,yr1990,yr1991,yr2010\n740,5,0,7\n345,..,3,9\n"


def wide(tmp_path, rows=YEARS, when=""):
    return make_source(tmp_path, "wide", WIDE.format(when=when), {"wide.csv": rows})


def test_a_tie_for_each_value_of_a_list(tmp_path):
    source = tied(tmp_path, "id,who\na,JPN; USA;\nb,\n", 'each = { column = "who", split = ";" }')
    assert parties(sound(source)) == {("JPN", "a", "signatory"), ("USA", "a", "signatory")}


def test_a_tie_for_each_of_many_columns(tmp_path):
    rows = "id,state1,state2,state3,x\na,JPN,,USA,FRA\n"
    source = tied(tmp_path, rows, 'each = { columns = ["state*", "x"] }')
    assert {party for party, _, _ in parties(sound(source))} == {"JPN", "USA", "FRA"}


@pytest.mark.parametrize("how", ['{ column = "who", split = ";" }', '{ columns = ["who", "whom"] }'])
def test_the_columns_of_a_list_are_named_where_one_of_its_values_is_wrong(tmp_path, how):
    rows = "id,who\na,Utopia;JPN\n" if "split" in how else "id,who,whom\na,Utopia,JPN\n"
    (issue,) = problems(tied(tmp_path, rows, f"each = {how}"))
    assert where(issue) == ("rows.csv", 2, "who" if "split" in how else "who, whom", "Utopia")


def test_the_value_of_a_list_where_there_is_no_list_is_a_missing_column(tmp_path):
    toml = PACT.replace('id = "{party}"', 'id = "{each}"')
    issues = problems(pact(tmp_path, toml=toml))
    assert ("parties.csv", 1, "each", None) in [where(issue) for issue in issues]


def test_the_names_of_the_columns_of_a_wide_table_are_values(tmp_path):
    claims = sound(wide(tmp_path))
    made = {
        ref.id: (said["start"], said["quantity"], said["locator"])
        for ref, (said,) in claims.citations.items()
        if ref.label == "Transfer"
    }
    assert made == {
        "740-yr1990": ("1990", 5, "1990"),
        "740-yr2010": ("2010", 7, "2010"),
        "345-yr1991": ("1991", 3, "1991"),
        "345-yr2010": ("2010", 9, "2010"),
    }
    receives = {(tie.start.id, tie.end.id) for tie in claims.ties.values()}
    # the code of each tie is that of its column's year
    assert receives == {("JPN", "740-yr1990"), ("JPN", "740-yr2010"), ("YUG", "345-yr1991"), ("SRB", "345-yr2010")}


def test_a_condition_may_name_the_column_of_a_list(tmp_path):
    claims = sound(wide(tmp_path, when=', { column = "each column", matches = "20" }'))
    assert {tie.end.id for tie in claims.ties.values()} == {"740-yr2010", "345-yr2010"}


def test_the_columns_of_a_list_are_named_where_one_of_their_names_is_wrong(tmp_path):
    issues = problems(wide(tmp_path, "to,yr1990,yrs\n740,5,6\n"))
    assert {where(issue)[1:3] for issue in issues if "does not match" in issue.problem} == {(2, "yr*")}


def test_equal_values_of_a_row_without_a_key_are_told_apart_by_their_columns(tmp_path):
    """Whichever column is left out, the others keep their ids."""
    things = WIDE.format(when="").partition("[[tables.ties]]")[0]
    toml = things.replace('id = "{to|slug}-{each column|slug}"', 'name = "to {to}"')
    ids = []
    for folder, more in (("all", ""), ("some", ', { column = "each column", in = ["yr2010"] }')):
        text = toml.replace('["0"] }', f'["0"] }}{more}') + '[coverage]\nlabels = ["Transfer"]\n'
        source = make_source(tmp_path / folder, "wide", text, {"wide.csv": "to,yr1990,yr2010\n740,5,5\n"})
        ids.append({ref.id for ref in sound(source).citations})
    assert len(ids[0]) == 2
    assert ids[1] < ids[0]


def test_a_condition_on_a_list_that_there_is_not_is_a_missing_column(tmp_path):
    (issue,) = problems(treaties(tmp_path, "id\na\n", 'when = [{ column = "each", in = ["a"] }]'))[:1]
    assert where(issue) == ("rows.csv", 1, "each", None)
