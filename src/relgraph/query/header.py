"""Reads `*.cypher` files into queries, and holds each header against its statement."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from relgraph.errors import QueryError
from relgraph.model.files import text_of
from relgraph.model.ontology import load_ontology
from relgraph.query import statement
from relgraph.query.named import Covers, Library, Query
from relgraph.query.parameters import TYPES, BadValue, Parameter, nearest

_NAME_LINE = re.compile(r"//\s*name\s*:", re.ASCII)
_FIELD = re.compile(r"([a-z]+)\s*:\s*(.*)", re.ASCII)
_SIGNATURE = re.compile(r"(\w+)\s*(?:\((.*)\))?", re.ASCII)
_PARAMETER = re.compile(r"(\w+)\s*:\s*(\w+)(?:\s*=\s*(.+))?", re.ASCII)
_COVERS = re.compile(r"([\w|\s]+)\(([\w,\s]*)\)", re.ASCII)
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_FIELDS = ("name", "returns", "covers", "example")


def read_folder(folder: Path) -> Library:
    """Every query of every `*.cypher` file in the folder, files in the order of their names."""
    queries: dict[str, Query] = {}
    topics: dict[str, str] = {}
    for file in sorted(folder.glob("*.cypher")):
        topics[file.stem], found = read_text(_read(file), file)
        for query in found:
            if query.name in queries:
                first = queries[query.name]
                taken = f"is taken by {first.file.name}:{first.line}; rename one of them"
                raise QueryError(f"{file.name}:{query.line}: the name {query.name} {taken}")
            queries[query.name] = query
    return Library(queries, topics)


def _read(file: Path) -> str:
    try:
        return text_of(file)
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file.name}: cannot be read as UTF-8 ({error}); save it as UTF-8") from error


def read_text(text: str, file: Path) -> tuple[str, list[Query]]:
    """What the comment at the top of a file says of its topic, and the file's queries."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if _NAME_LINE.match(line)]
    preamble = lines[: starts[0]] if starts else lines
    for number, line in enumerate(preamble, 1):
        if line.strip() and not line.startswith("//"):
            raise QueryError(f"{file.name}:{number}: this stands under no header; put `// name: …` above it")
    blocks = [_Block(file, a + 1, lines[a:b]) for a, b in pairwise([*starts, len(lines)])]
    return _prose(preamble), [block.query() for block in blocks]


def _prose(lines: Iterable[str]) -> str:
    return " ".join(line.lstrip("/").strip() for line in lines).strip()


@dataclass
class _Block:
    """A header and its statement: the lines from one `// name:` to the next, the first with number `line`."""

    file: Path
    line: int
    lines: list[str]
    name: str = "?"

    def fail(self, problem: str) -> QueryError:
        return QueryError(f"{self.file.name}:{self.line}: {self.name}: {problem}", line=self.line)

    def query(self) -> Query:
        header, cypher = self.parted()
        fields, prose = self.fields(header)
        parameters = self.signature(fields["name"])
        purpose, notes = self.purpose(prose)
        query = Query(
            name=self.name,
            topic=self.file.stem,
            purpose=purpose,
            parameters=parameters,
            returns=self.returns(fields),
            example=fields.get("example") or None,
            cypher=cypher,
            file=self.file,
            line=self.line,
            notes=notes,
            covers=self.covers(fields.get("covers"), parameters),
        )
        self.check(query)
        return query

    def parted(self) -> tuple[list[str], str]:
        """The lines of the header, and the statement without the comments that follow it."""
        length = next((n for n, line in enumerate(self.lines) if not line.startswith("//")), len(self.lines))
        body = self.lines[length:]
        while body and (not body[-1].strip() or body[-1].startswith("//")):
            body.pop()
        return self.lines[:length], "\n".join(body).strip().removesuffix(";").rstrip()

    def fields(self, header: list[str]) -> tuple[dict[str, str], str]:
        """The fields of the header by name, and the text between them."""
        fields: dict[str, str] = {}
        prose: list[str] = []
        latest = ""
        for text in (line.lstrip("/").strip() for line in header):
            field = _FIELD.fullmatch(text)
            if field and not (latest and _is_open(fields[latest])):
                latest = self.known(field[1], fields)
                fields[latest] = field[2]
            elif latest and _is_open(fields[latest]):
                fields[latest] += f" {text}"
            else:
                prose.append(text)
        return fields, " ".join(prose).strip()

    def known(self, field: str, fields: dict[str, str]) -> str:
        if field not in _FIELDS:
            raise self.fail(f"a header has no field {field!r}; its fields are {', '.join(_FIELDS)}")
        if field in fields:
            raise self.fail(f"{field!r} stands twice in its header")
        return field

    def signature(self, text: str) -> tuple[Parameter, ...]:
        matched = _SIGNATURE.fullmatch(text.strip())
        if not matched or not _IDENTIFIER.fullmatch(matched[1]):
            raise self.fail(f"{text.strip()!r} is not of the form name(parameter: type, …), in lower case")
        self.name = matched[1]
        parameters = tuple(self.parameter(item.strip()) for item in _items(matched[2] or ""))
        names = [parameter.name for parameter in parameters]
        for name in names:
            if names.count(name) > 1:
                raise self.fail(f"the parameter {name} is declared twice")
        return parameters

    def parameter(self, text: str) -> Parameter:
        matched = _PARAMETER.fullmatch(text)
        if not matched or not _IDENTIFIER.fullmatch(matched[1]):
            raise self.fail(f"{text!r} is no parameter; write `name: type` or `name: type = default`")
        name, type_, default = matched.groups()
        if keyword.iskeyword(name):
            raise self.fail(f"the parameter {name!r} is a keyword of Python; rename it")
        if type_ not in TYPES:
            raise self.fail(f"{name} has the unknown type {type_!r}; known are {', '.join(sorted(TYPES))}")
        if default is None or default == "null":
            return Parameter(name, type_, None, required=default is None)
        try:
            value = Parameter(name, type_).convert(default.strip("'"))
        except BadValue as error:
            raise self.fail(f"the default of {name}, {default}, {error}") from error
        return Parameter(name, type_, value, required=False)

    def purpose(self, prose: str) -> tuple[str, str]:
        """The first sentence, and what follows it."""
        sentence, dot, notes = re.sub(r"\s+", " ", prose).partition(". ")
        if not sentence or not prose.endswith("."):
            raise self.fail("needs a sentence, with its full stop, that says what it answers")
        return sentence + ("." if dot else ""), notes

    def returns(self, fields: dict[str, str]) -> tuple[str, ...]:
        columns = tuple(column.strip() for column in fields.get("returns", "").split(",") if column.strip())
        if not columns:
            raise self.fail("needs a line `// returns: …` with the names of its columns")
        return columns

    def covers(self, text: str | None, parameters: tuple[Parameter, ...]) -> Covers | None:
        if text is None:
            return None
        matched = _COVERS.fullmatch(text.strip())
        if not matched:
            raise self.fail(f"covers {text!r} is not of the form Label(parameter, …)")
        labels = tuple(label.strip() for label in matched[1].split("|"))
        given = tuple(name.strip() for name in matched[2].split(",") if name.strip())
        for label in labels:
            if not load_ontology().family(label):
                raise self.fail(f"covers {label!r}, which is no label of ontology.toml")
        for name in given:
            if name not in {parameter.name for parameter in parameters}:
                raise self.fail(f"covers names {name!r}, which is not among its parameters")
        return Covers(labels, given)

    def check(self, query: Query) -> None:
        """Hold the header against the statement."""
        if not query.cypher:
            raise self.fail("has no statement under its header")
        if ";" in statement.masked(query.cypher):
            raise self.fail("has more than one statement; give each its own header")
        if word := statement.writes(query.cypher):
            raise self.fail(f"has {word}; a named query only reads")
        self.check_parameters(query)
        if statement.columns(query.cypher) != query.returns:
            found = statement.columns(query.cypher)
            told = f"returns {', '.join(found)}" if found else "has no RETURN that names its columns"
            raise self.fail(f"its header says it returns {', '.join(query.returns)}, its statement {told}")
        if not statement.is_ordered(query.cypher):
            raise self.fail("needs an ORDER BY after its RETURN, so that its rows always come in one order")

    def check_parameters(self, query: Query) -> None:
        used, declared = statement.parameters(query.cypher), [p.name for p in query.parameters]
        for name in used:
            if name not in declared:
                raise self.fail(f"uses ${name}, which its header does not declare{nearest(name, declared)}")
        for name in declared:
            if name not in used:
                raise self.fail(f"declares the parameter {name}, which its statement does not use")


def _is_open(text: str) -> bool:
    """Whether a field goes on in the next line: a bracket is open, or the line ends with a comma."""
    return text.count("(") > text.count(")") or text.rstrip().endswith(",")


def _items(text: str) -> Iterator[str]:
    """What stands between the commas that are not inside quotation marks."""
    return (item for item in re.findall(r"(?:'[^']*'|[^,'])+", text) if item.strip())
