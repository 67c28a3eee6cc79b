"""Drafts: a person who has never seen the code gets from a file to a source, whatever its shape."""

from __future__ import annotations

import re

import openpyxl
import pytest
from tests.ingest.making import problems, sound

from relgraph.errors import UsageError
from relgraph.graph import Graph
from relgraph.model.ontology import load_ontology

LISTS = "nr,title,signatories,when\n1,Pact,Japan; Viet Nam; France,3 May 1951\n2,Accord,Chile; Peru,14 June 1960\n"
DYADS = "ccode1,ccode2,year,ally\n2,740,1960,1\n200,220,1960,0\n255,325,1961,-9\n"
STAR = "partner,exercises,year\nPhilippines,3,2015\nMalaysia,2,2015\nPalau,1,2016\n"
LATIN = "état;organisation;année\nCôte d’Ivoire;OTAN;1999\nFrance;OTAN;1999\nÉgypte;OTAN;2000\n"
ARMS = (
    "supplier,recipient,weapon,number,delivered\nUSA,JPN,F-15,12,1985\nFRA,EGY,Mirage,20,1986\nRUS,IND,T-90,30,2001\n"
)
WIDE = "name,Part1,Part2,Part3\nKeen Edge,JPN,USA,\nMalabar,IND,USA,JPN\nRIMPAC,CHL,PER,KOR\n"
YEARS = "recipient,1999,2000,2001,total\nJapan,5,0,,5\nFrance,,7,8,15\nIndia,1,2,3,6\n"
YEARS_OF_TWO = "donor,to,tiv_1999,tiv_2000,tiv_2001\nUSA,JPN,5,2,\nFRA,EGY,,7,8\nRUS,IND,1,2,3\n"


def drafted(tmp_path, text, name="list.csv", encoding="utf-8"):
    """The draft for a file with this text, and the folder where both are."""
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    path = Graph.new_source(str(tmp_path / "mine"), [file])
    return path.read_text("utf-8"), path.parent


GUESSES = {
    "signatories": (LISTS, 'a list of countries: split = ";"'),
    "when": (LISTS, "dates: format = %d %B %Y"),
    "nr": (LISTS, "a key?"),
    "ccode1": (DYADS, 'countries: scheme = "cow"'),
    "year": (DYADS, "years"),
    "ally": (DYADS, "flags"),
    "partner": (STAR, 'countries: scheme = "name"'),
    "supplier": (ARMS, 'countries: scheme = "iso3"'),
    "number": (ARMS, "numbers"),
    "Part3": (WIDE, 'countries: scheme = "iso3"'),
}


@pytest.mark.parametrize(("column", "text", "guess"), [(c, t, g) for c, (t, g) in GUESSES.items()], ids=GUESSES)
def test_a_column_is_listed_with_examples_and_a_guess(tmp_path, column, text, guess):
    draft, _ = drafted(tmp_path, text)
    (line,) = [line for line in draft.splitlines() if re.match(rf"#   {column} ", line)]
    assert guess in line
    assert text.splitlines()[1].split(",")[text.splitlines()[0].split(",").index(column)].split(";")[0] in draft


@pytest.mark.parametrize(
    "text", [LISTS, DYADS, STAR, ARMS, WIDE, YEARS], ids=["lists", "dyads", "star", "arms", "wide", "years"]
)
def test_a_draft_is_checked_and_says_what_is_to_be_done(tmp_path, text):
    _, folder = drafted(tmp_path, text)
    found = problems(folder, tmp_path)
    assert {issue.problem for issue in found} == {"is handled by nothing", "has rows that become nothing"}
    assert len(found) == len(text.splitlines()[0].split(",")) + 1


DONE = {
    "lists": (LISTS, 5),
    "star": (STAR, 3),
    "arms": (ARMS, 6),
    "wide": (WIDE, 8),
    "years": (YEARS, 7),
    "years of two": (YEARS_OF_TWO, 14),
}


@pytest.mark.parametrize(("text", "ties"), DONE.values(), ids=DONE)
def test_with_its_skeleton_taken_in_and_the_rest_ignored_by_name_a_draft_is_a_source(tmp_path, text, ties):
    draft, folder = drafted(tmp_path, text)
    head, skeleton = re.split("# What a (?:row|cell) is", draft)
    taken = "\n".join(line.removeprefix("# ") for line in skeleton.splitlines()[1:])
    (folder / "source.toml").write_text(head + taken, "utf-8")
    left = [issue.column for issue in problems(folder, tmp_path)]
    ignored = ", ".join(f'"{column}"' for column in left)
    (folder / "source.toml").write_text(head.replace("ignore = []", f"ignore = [{ignored}]") + taken, "utf-8")
    assert len(sound(folder, tmp_path).ties) == ties


def test_directed_transfers_have_a_side_that_provides(tmp_path):
    draft, _ = drafted(tmp_path, ARMS)
    assert re.findall(r'type = "(.*)"', draft) == ["PROVIDES", "RECEIVES"]
    assert '# quantity = "{number}"' in draft


def test_dyads_with_numbers_are_no_transfers_unless_one_side_gives(tmp_path):
    draft, _ = drafted(tmp_path, "ccode1,ccode2,version\n2,740,4\n200,220,4\n255,325,4.1\n")
    assert re.findall(r'type = "(.*)"', draft) == ["PARTY_TO", "PARTY_TO"]
    assert "quantity =" not in draft


def test_the_cells_of_a_wide_table_have_an_id_of_their_row_and_column(tmp_path):
    draft, _ = drafted(tmp_path, "to,2000,2001,2002\nNarnia,1,2,3\nOz,4,5,6\n")
    assert '# id = "mine-{to|slug}-{each column|slug}"' in draft


def told(draft, name):
    """What a draft tells of a label or a type of tie: the text, and its properties."""
    flat = re.sub(r"\n# {7}", " ", draft)
    (line,) = re.findall(rf"^#   (?:.*, )?{name}(?:, .*)?: (.*)$", flat, flags=re.MULTILINE)
    text, _, properties = line.partition("[")
    return text.strip(), [name for name in properties.rstrip("]").split(", ") if name]


def test_a_draft_tells_what_may_be_named_so_that_no_error_has_to(tmp_path):
    draft, _ = drafted(tmp_path, DYADS)
    ontology = load_ontology()
    labels = {name: label for name, label in ontology.labels.items() if name not in ("Country", "Source")}
    assert {name: told(draft, name) for name in labels} == {
        name: (", ".join(label.kinds) or ("" if label.properties else "no kinds"), [*label.properties])
        for name, label in labels.items()
    }
    types = {name: type_ for name, type_ in ontology.ties.items() if name != "CITED_IN"}
    for name, type_ in types.items():
        text, properties = told(draft, name)
        joins, _, roles = text.partition(" (")
        assert (roles.rstrip(")"), properties) == (", ".join(type_.roles), [*type_.properties])
        runs = [run.split(" → ") for run in joins.split("; ")]
        pairs = [(a, b) for starts, ends in runs for a in starts.split(", ") for b in ends.split(", ")]
        assert {(x, y) for a, b in pairs for x in ontology.family(a) for y in ontology.family(b)} == type_.ends
    words = draft.split("# Labels of things:")[1].split("[[tables]]")[0]
    assert max(map(len, words.splitlines())) < 100


def test_a_tie_between_the_wrong_things_is_told_which_it_joins(tmp_path):
    _, folder = drafted(tmp_path, DYADS)
    path = folder / "source.toml"
    tie = """
[[tables.things]]
label = "Agreement"
[[tables.ties]]
type = "COVERS"
from = { label = "Agreement" }
to = { label = "Country", id = "{ccode1}", scheme = "cow", on = "{year}" }
"""
    path.write_text(path.read_text("utf-8").replace("ignore = []", 'ignore = ["ccode2", "ally"]') + tie, "utf-8")
    wrong = {(issue.value, issue.remedy) for issue in problems(folder, tmp_path) if issue.level == "error"}
    assert wrong == {("Agreement → Country", "it runs Engagement, Actor, Policy → Domain")}


def test_encoding_delimiter_and_missing_values_are_guessed_and_stated(tmp_path):
    draft, folder = drafted(tmp_path, LATIN, encoding="cp1252")
    assert 'encoding = "cp1252"  # a guess' in draft
    assert 'delimiter = ";"' in draft
    assert {issue.column for issue in problems(folder, tmp_path)} == {"état", "organisation", "année", None}
    other = tmp_path / "other"
    other.mkdir()
    assert '# missing = ["-9"]' in drafted(other, DYADS)[0]


ABOVE = {
    "notes, one with a semicolon": "A list, of treaties; invented\nSource: ours\n\n",
    "a title": "A list\n",
    "nothing": "",
}


@pytest.mark.parametrize("above", ABOVE.values(), ids=ABOVE)
def test_the_row_with_the_names_of_the_columns_is_guessed_and_stated(tmp_path, above):
    draft, folder = drafted(tmp_path, above + LATIN)
    stated = re.findall(r"header = (\d+)  # a guess", draft)
    assert stated == ([str(above.count("\n") + 1)] if above else [])
    assert {issue.column for issue in problems(folder, tmp_path)} == {"état", "organisation", "année", None}


def test_each_sheet_of_a_workbook_is_a_table(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "treaties"
    book.active.append(["id", "signed"])
    book.active.append(["1", 1951])
    book.create_sheet("parties").append(["treaty", "party"])
    book.create_sheet("empty")
    book.create_sheet("about").append(["A list of treaties, made by hand"])
    book.save(tmp_path / "list.xlsx")
    draft = Graph.new_source(str(tmp_path / "mine"), [tmp_path / "list.xlsx"]).read_text("utf-8")
    assert re.findall(r'sheet = "(.*)"', draft) == ["treaties", "parties"]


def test_what_is_there_is_not_overwritten_and_what_is_not_is_asked_for(tmp_path):
    drafted(tmp_path, LISTS)
    with pytest.raises(UsageError, match="is there already"):
        drafted(tmp_path, LISTS)
    with pytest.raises(UsageError, match="there is no such file"):
        Graph.new_source(str(tmp_path / "other"), [tmp_path / "nothing.csv"])
    with pytest.raises(UsageError, match="is no id of a source"):
        Graph.new_source(str(tmp_path / "My List"), [tmp_path / "list.csv"])
