"""The kinds of hostile input: what each begins from, and what is done with it."""

from __future__ import annotations

import io
import os
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.reliability.fuzzing import Kind, Unlawful, check_sentence

from relgraph.settings import resources

_SIGNS = ("", " ", "\n", "..", *",;\"'`\\{}[]()|$@=/-")
_NUMBERS = ("0", "-1", "1e400", "nan", "9" * 25, "0" * 5_000 + "1", "9" * 5_000, "0x1", "1_000", "1,000", "-9", "1.5")
_PATHS = ("../secret.csv", "/etc/passwd", "/dev/zero", "~/x", "a\x00b", "..\\x", "C:\\x", "x" * 300, "./", "\u202ecsv")

_DATES = (
    "2017", "2017-05", "2017-05-12", "../1816-01-01", "..", "2017?", "2017~", "2017-05%", "201X", "2017/2018",
    "2017-05/..", "2017-21", "Y17000", "-0044-03-15", "[1667,1668]", "{1667..1670}", "2017-05-12T10:00:00Z", "9999-12",
)  # fmt: skip
_DATE_WORDS = (*"0123456789XuU?~%-/.[]{},:TZY", "..", "0000", "9999", "00", "13", "31", "unknown", "open", *_NUMBERS)

_HEADER = """// What this topic is about.

// name: agreements_between(a: country, b: country = 'JPN', as_of: date = null, kinds: kinds = 'treaty')
// Agreements to which both are party, the newest first. And a note
// of two lines.
// returns: id, name
// covers: Agreement(a, b, as_of)
// example: -p a=JPN -p b=AUS
MATCH (a:Country {id: $a})-[p:PARTY_TO]->(e:Agreement)<-[:PARTY_TO]-({id: $b}) // a remark
WHERE ($as_of IS NULL OR e.startBy <= $as_of) AND e.kind IN $kinds AND e.name <> '$no "one"'
RETURN e.id AS id, e.name AS name ORDER BY id;

// name: second
// It says one.
// returns: one
RETURN 1 AS one ORDER BY one
"""
_HEADER_WORDS = (
    "// name:", "// returns:", "// covers:", "// example:", "name", "RETURN", "ORDER BY", "UNION", "WITH", "CALL {",
    "country", "date", "= null", "class", "$a", "/*", "*/", "//", "MERGE", *_SIGNS, *_NUMBERS,
)  # fmt: skip

_SOURCE = """[source]
title = "My list"
authors = ["A. Author"]
date = "2019-05"
licence = "CC0-1.0"
redistributable = true
citation = "@misc{mylist}"
priority = 40
[coverage]
since = "1950"
until = "2018-12-31"
labels = ["Agreement"]
completely = ["*"]
ego = ["JPN"]
[[tables]]
file = "a.csv"
encoding = "utf-8"
missing = ["-9"]
ignore = ["rem*"]
needed = ["id"]
fill = ["id"]
locator = "row of {id}"
skip = [
  { column = "type", in = ["total"], reason = "sums", totals = { by = ["type"], of = ["n"] } },
  { column = "m", above = "y", reason = "the other way round" },
]
[[tables.things]]
label = "Agreement"
id = "mine-{id|slug}"
name = { first = ["{title}", "{type} of {y}"] }
kind = "{type|kinds?}"
signed = { year = "y", month = "m", day = "d" }
start = { column = "date", format = "%d/%m/%Y" }
end = { column = "end", ongoing = ["0"] }
aliases = { column = "names", split = ";" }
obligations = { flags = { def = "defense", non = "aid" }, none = "-", when = [{ column = "y", matches = "^1" }] }
said = { type = "{type}" }
[[tables.ties]]
type = "PARTY_TO"
each = { columns = ["State*"] }
when = [{ column = "each column", above = "each" }]
from = { label = "Actor", id = "{each}", scheme = "any", on = "{y}", agrees = { id = "{each}", scheme = "any" } }
to = { label = "Agreement", id = { column = "id", match = "^(\\\\w+)-?(\\\\w*)$", into = "mine-{1}{2}" } }
role = "{role}"
quote = "{quote}"
[lookups.kinds]
"Type I" = "alliance"
[[known]]
record = "1"
column = "y"
value = "9"
reason = "a slip"
[[assertions]]
things = "Agreement"
at_least = 1
"""
_TABLE = """id,title,type,y,m,d,date,end,names,def,non,State1,State2,role,quote,n,remark
1,The Pact,treaty,1951,9,8,08/09/1951,..,a;b,1,0,JPN,USA,signatory,they agree,5,x
2,,Type I,1960,,,19/01/1960,0,,0,0,740,Republic of Korea,,,"1,000",
3,"A ""quoted"", one",alliance,-9,-9,,,1991-07,,1,1,Philippines,AUS,observer,"two
lines",2.5,
4,sum,total,,,,,,,,,,,,,5,
"""
_SOURCE_WORDS = (
    "[[tables]]", "[[tables.things]]", "[lookups.x]", 'reader = "read.py"', 'format = "excel"', 'encoding = "utf-16"',
    'encoding = "punycode"', 'encoding = "unicode_escape"', 'delimiter = "\\n"', "delimiter = '\"'", 'sheet = "x"',
    "true", "1979-05-27", "07:32:00", "[" * 2_000, "{a=" * 900, '"' * 3, "'" * 3, "(a+)+$", "(?P<a>", "\\\\u0000",
    "{each}", "{each column}", 'above = "each"', 'fill = ["y", "y", "State*"]',
    'format = "%d%d"', 'format = "%q"', "{1}", "{9}", "|slug", "|hash", "|kinds", '"*"', 'label = "Actor"', "CITED_IN",
    '["Agreement", "Actor"]', 'rows = "cites"', 'rows = "repeats"', 'unite = ["aliases"]', 'same_as = "cow-{id}"',
    'scheme = "cow"', "optional = true", "[text]\nfile = \"a.csv\"\nlocator = \"{id}\"\ntext = \"{quote}\"\n", *_SIGNS,
    *_NUMBERS,
    *_PATHS,
)  # fmt: skip
_CELLS = (
    "JPN", "740", "Vietnam", "Congo", "=1+1", "#REF!", "@SUM(1)", "+A(", "1951-02-30", "0000", "`) DETACH DELETE n //",
    "'}) MATCH (n) DELETE n", "$a", "\\u0027", "\x00", '""', '"', "\r", "\u2028", "org:asean", *_SIGNS, *_NUMBERS,
    *_PATHS,
    *_DATES,
)  # fmt: skip

_ONTOLOGY_WORDS = (
    "[labels.X]", "[ties.X]", "[properties]", "[certainties]", "caption", "event = 1", 'second = "Actor"',
    "ends = [[1]]",
    'ends = "ab"', "roles = 5", 'roles = "ab"', "counts = [[]]", "dash = 5", 'dash = ["a"]', "kinds = 5",
    "kinds = { a = 5 }",
    "properties = 7", "properties = [[1]]", "second = []", "event = {}", "true", "1.5", "[]", "{}", "[[]]", '""', '"`"',
    "[" * 2_000, *_SIGNS, *_NUMBERS,
)  # fmt: skip
_ONTOLOGY = """[properties]
name = "text"
start = "date"
n = "number"
list = "list"
[certainties]
stated = "Stated"
[labels.Country]
second = "Actor"
caption = "country"
plural = "countries"
colour = "#0072B2"
dash = [4, 2]
event = false
properties = ["n"]
kinds.state = { caption = "state", event = true }
[labels.Source]
caption = "source"
plural = "sources"
event = false
[ties.PARTY_TO]
caption = "is party to"
ends = [["Actor", "Country"]]
roles = ["signatory", "observer"]
counts = ["signatory"]
properties = ["list"]
[ties.CITED_IN]
caption = "is cited in"
ends = [["Country", "Source"]]
"""

_BACKUP = """{"relgraph": "backup", "format": 1, "schemaVersion": 1}
{"thing": ["Agreement", "Engagement"], "id": "a", "properties": {"n": [1, 2.5]}, "days": {"x": "2017-05-12"}}
{"thing": ["Country", "Actor"], "id": "JPN", "properties": {"name": "Japan"}}
{"source": "s", "tie": "PARTY_TO", "from": ["Country", "JPN"], "to": ["Agreement", "a"], "id": "t", "properties": {}}
{"things": 2, "ties": 1, "content_hash": "x"}
"""
_BACKUP_WORDS = (
    "null", "true", "NaN", "1e999", "{}", "[]", '"\\ud800"', '"\\u0000"',
    '"relgraph"', '"thing"', '"tie"', '"from": 1', '"days"',
    '"days": []', '"schemaVersion": 99', '"format": "1"', "\x1f\x8b", "[" * 2_000, "`", *_SIGNS, *_NUMBERS, *_DATES,
)  # fmt: skip

_STATEMENTS = (
    "MATCH (n:Country {id: $a}) WHERE n.a <> 'CREATE (x)' RETURN n.id AS id, [x IN [1] | x] AS l ORDER BY id LIMIT 1",
    "CALL db.labels() YIELD label RETURN label // a remark\nORDER BY label",
    "CYPHER 25 PROFILE MATCH (a)-[t]->(b) WITH a, count(*) AS `a``b` RETURN COLLECT { MATCH (c) RETURN c }, \"it's\"",
    "/* MERGE (n) */ MATCH (n) SET n.x = '\\'' REMOVE n:X FOREACH (i IN [1] | CREATE (:A))",
    "LOAD CSV WITH HEADERS FROM 'file:///x' AS line CALL { CREATE (n) } IN TRANSACTIONS OF 1 ROWS RETURN 1",
)
_STATEMENT_WORDS = (
    "RETURN ", "CREATE (n)", "DELETE n", " SET n.x = 1", "REMOVE n.x", "CALL a.b()", "LOAD CSV ", "CYPHER 5 ",
    "PROFILE ",
    "\\u0043", "\\u0027", "/*", "*/", "//", "\r", "AS ", "ORDER BY", "CYPHER a=b ", "CALL", "`", *_SIGNS, *_NUMBERS,
)  # fmt: skip

_VALUES = (
    "JPN", "Republic of Korea", "JPN, 'Korea, Republic of'", '"Korea, Republic of", AUS', "org:asean", "@{file}",
    "2015",
    "2015-06-30", "true", "stated, implied", "Exercise", "treaty", "12", "malabar", "[1, 2, {\"a\": null}]",
    "@/dev/zero",
)  # fmt: skip
_LINES = (
    "query 'RETURN $a AS a' -p a=1", "query parties_of -p agreement=acsa-jpn-aus --format json",
    "query agreements_of --country JPN",
    "ties JPN PHL --as-of 2019-05-01 --kind Exercise", "matrix JPN USA --by year --years 2015-2016", "show malabar",
    "diff 2015-12-31 2016-06-30 --country JPN", "measure groups --as-of 2019 --top 3", "check ./mine --data a.csv",
    "status --format json -o out.json", "queries agreements_between", "sources mine --bibtex", "load ./mine --dry-run",
    "new-source drafted --from a.csv", "reconcile mine other --accept pairs.csv -o cross.csv",
    "dyads --years 2015-2016 --code cow",
    "query -f q.cypher", "matrix @names.txt", "conflicts --kind treaty", "measure brokerage --partition org:asean",
)  # fmt: skip
_LINE_WORDS = (
    "--uri", "--format", "csv", "jsonl", "markdown", "table", "-o", "-p", "a=", "--data", "--years", "--by", "--help",
    "--version", "-f", "@", "@names.txt", "@/dev/zero", "/dev/zero", "/dev/full", "/", ".", "..", "-", "--", "--as-of",
    "--since",
    "2017", "bolt://a:b@127.0.0.1:1", "x://a:b@c", "org:", "org:asean", "''", "\udcff", "--debug", "--write",
    "--top 99999999999999999999", *_SIGNS, *_NUMBERS, *_PATHS, *_VALUES,
)  # fmt: skip


def kind(name: str, folder: Path) -> Kind:
    """The kind of that name; what it has to write goes to `folder`."""
    return KINDS[name](folder)


def _dates(folder: Path) -> Kind:
    from relgraph.model.dates import BadDate, bounds, parse

    def feed(text: str) -> str:
        span = parse(text)
        assert span.earliest <= span.latest
        bounds(text, "2017", attested=text)
        return "read"

    return Kind(_DATES, _DATE_WORDS, feed, (BadDate,))


def _headers(folder: Path) -> Kind:
    from relgraph.query.header import read_text

    own = tuple(file.read_text("utf-8") for file in sorted(resources("cypher").glob("*.cypher")))
    return Kind((*[_HEADER] * 25, *own), _HEADER_WORDS, lambda text: _read(read_text(text, Path("hostile.cypher"))))


def _declarations(folder: Path) -> Kind:
    from relgraph.ingest.declaration import read_declaration

    file = folder / "source.toml"

    def feed(text: str) -> str:
        file.write_text(text, "utf-8", newline="")
        return _read(read_declaration(file))

    own = (file.read_text("utf-8")[:6_000] for file in sorted(resources("ingest").glob("*/source.toml")))
    return Kind((_SOURCE, _SOURCE, _SOURCE, *own), _SOURCE_WORDS, feed)


def _sources(folder: Path) -> Kind:
    return Kind((_SOURCE,), _SOURCE_WORDS, _checking(folder, "source.toml"))


def _tables(folder: Path) -> Kind:
    return Kind((_TABLE,), _CELLS, _checking(folder, "a.csv"))


def _checking(folder: Path, changed: str) -> Callable[[str], str]:
    """Checks a source of which one file is hostile."""
    from relgraph.ingest.check import check_source
    from relgraph.ingest.source import open_source

    source = folder / "mine"
    source.mkdir(exist_ok=True)
    for name, text in {"source.toml": _SOURCE, "a.csv": _TABLE}.items():
        (source / name).write_text(text, "utf-8")

    def feed(text: str) -> str:
        (source / changed).write_bytes(text.encode("utf-8", "surrogateescape"))
        issues = check_source(open_source(source)).issues
        for issue in issues[:50]:
            check_sentence(issue.sentence())
        return "issues" if issues.errors else "sound"

    return feed


def _workbooks(folder: Path) -> Kind:
    """Workbooks of which one part is hostile: the text is its name, a line end, and what it holds."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(_TABLE.split("\n")[0].split(","))
    book.active.append([1, "The Pact", "treaty", 1951, 9, 8.5, None, "..", "=A1", True, 0, "JPN", "USA"])
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    check = _checking(folder, "ignored")
    declared = _SOURCE.replace('"a.csv"', '"a.xlsx"').replace('encoding = "utf-8"\n', "")
    (folder / "mine" / "source.toml").write_text(declared, "utf-8")

    def feed(text: str) -> str:
        name, _, content = text.partition("\n")
        with zipfile.ZipFile(folder / "mine" / "a.xlsx", "w") as archive:
            for part, held in {**parts, name: content}.items():
                archive.writestr(part[:200] or "x", held.encode("utf-8", "replace"))
        return check("")

    seeds = tuple(f"{name}\n{content}" for name, content in parts.items() if "sheet" in name or "book" in name)
    return Kind(seeds, _BOOK_WORDS, feed)


_BOOK_WORDS = (
    'r="A1048577"', 'r="ZZZ1"', 'r="XFE1"', '<row r="99999999">', '<row r="0">', '<row r="-5">',
    "<c t=\"s\"><v>99</v></c>",
    '<c t="d"><v>2017-99</v></c>', '<c t="b"><v>x</v></c>', "<f>1+1</f>", '<f t="shared" si="0"/>',
    "<is><t>_xD800_</t></is>",
    't="inlineStr"', "_x0000_", "<v>1e400</v>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<!--", "]]>", "<row/>" * 500,
    's="1"',
    "sheetData", "sheet", "<", ">", "/", *_SIGNS, *_NUMBERS,
)  # fmt: skip


def _ontologies(folder: Path) -> Kind:
    from relgraph.model.ontology import load_ontology

    file, load = folder / "ontology.toml", load_ontology.__wrapped__

    def feed(text: str) -> str:
        file.write_text(text, "utf-8", newline="")
        return _read(load(file).engagements)

    own = (resources("ingest") / "ontology.toml").read_text("utf-8")
    return Kind((*[_ONTOLOGY] * 9, own), _ONTOLOGY_WORDS, feed)


def _backups(folder: Path) -> Kind:
    from relgraph.backup.reading import Reading

    file = folder / "backup"

    def feed(text: str) -> str:
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        return _read(list(Reading(file)))

    return Kind((_BACKUP,), _BACKUP_WORDS, feed)


def _statements(folder: Path) -> Kind:
    from relgraph.query import statement
    from relgraph.store import readonly

    def feed(text: str) -> str:
        statement.parameters(text)
        statement.columns(text)
        statement.is_ordered(text)
        statement.writes(text)
        readonly._PROFILE.sub(r"\1 ", text)
        readonly.check_words(text)
        readonly.check_writes(text)
        return "passed"

    return Kind(_STATEMENTS, _STATEMENT_WORDS, feed)


def _values(folder: Path) -> Kind:
    """What `-p` and options give: a type, a line end, a value."""
    from relgraph.query.parameters import TYPES, BadValue, Parameter

    (folder / "names").write_text("JPN\nUSA\n", "utf-8")
    values = [value.format(file=folder / "names") if "{file}" in value else value for value in _VALUES]
    seeds = tuple(f"{type_}\n{value}" for type_ in sorted(TYPES) for value in values)

    def feed(text: str) -> str:
        type_, _, value = text.partition("\n")
        Parameter("a", type_ if type_ in TYPES else "countries").convert(value)
        return "converted"

    return Kind(seeds, (*_CELLS, *_VALUES, "org:", "@"), feed, (BadValue,))


def _lines(folder: Path) -> Kind:
    """Command lines, run in this process on a graph that another has open: `RELGRAPH_GRAPH` says where."""
    from contextlib import redirect_stderr, redirect_stdout

    from relgraph import cli

    os.chdir(folder)
    _checking(folder, "ignored")
    pairs = "accepted,label,id,same_as\nyes,Agreement,mine-1,x\n"
    files = {"a.csv": _TABLE, "names.txt": "JPN\nUSA\n", "q.cypher": "RETURN 1 AS a", "pairs.csv": pairs}
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")

    def feed(text: str) -> str:
        try:
            arguments = shlex.split(text)
        except ValueError:
            arguments = text.split(" ")
        arguments = [argument.replace("\0", "") for argument in arguments]  # which no system passes on
        if {"serve", "demo", "--open", "--install-completion", "--show-completion"} & set(arguments):
            return "left out"
        err = io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
        try:
            with redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")), redirect_stderr(err):
                code = cli._run([argument for argument in arguments if argument != "--debug"])
        except Unlawful:  # a place that the line itself names is the user's to name, and ours to stop
            return "names a place elsewhere"
        err.flush()
        told = err.buffer.getvalue().decode()  # type: ignore[attr-defined]
        assert code in (0, 1, 2, 3), (code, told)
        assert "fault of relgraph" not in told, told
        assert "Traceback" not in told, told
        return f"ended with {code}"

    return Kind(_LINES, _LINE_WORDS, feed)


def _read(_: object) -> str:
    return "read"


KINDS: dict[str, Callable[[Path], Kind]] = {
    "dates in EDTF": _dates,
    "values of parameters": _values,
    "statements": _statements,
    "query headers": _headers,
    "source.toml, read": _declarations,
    "source.toml, with tables": _sources,
    "tables in CSV": _tables,
    "workbooks": _workbooks,
    "ontology.toml": _ontologies,
    "backups": _backups,
    "command lines": _lines,
}
