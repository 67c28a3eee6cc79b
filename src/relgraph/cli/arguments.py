"""Arguments: what single commands take, each with its name and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from relgraph.cli import completion

Text = str | None
Words = list[str] | None
ATTRIBUTES = ("label", "kind", "region")  # of nodes, by which --partition can group them

SourceNames = Annotated[
    Words,
    Argument(metavar="SOURCE", help="Names, or folders with a source.toml.", autocompletion=completion.source_names),
]
LoadedNames = Annotated[
    list[str], Argument(metavar="SOURCE", help="Loaded sources.", autocompletion=completion.source_names)
]
SourceName = Annotated[
    Text, Argument(metavar="SOURCE", help="One source, in full.", autocompletion=completion.source_names)
]
OneSource = Annotated[str, Argument(metavar="SOURCE", help="A loaded source.", autocompletion=completion.source_names)]
OtherSource = Annotated[str, Argument(metavar="SOURCE", help="Another.", autocompletion=completion.source_names)]
Accept = Annotated[Path | None, Option("--accept", metavar="FILE", help="The table with the pairs that you accept.")]
NewName = Annotated[str, Argument(metavar="NAME", help="Name of the source: the folder that is made.")]
From = Annotated[list[Path], Option("--from", metavar="FILE", help="A file of it: CSV, TSV or Excel; may be repeated.")]
Data = Annotated[Path | None, Option("--data", metavar="PATH", help="File or folder of a source's data.")]
DryRun = Annotated[bool, Option("--dry-run", help="Only print the plan: +created ~changed -removed.")]
BibTeX = Annotated[bool, Option("--bibtex", help="Only the citation, as BibTeX.")]
Digest = Annotated[bool, Option("--hash", help="Add a hash of all that the graph holds.")]
Cypher = Annotated[
    Text,
    Argument(metavar="CYPHER|NAME", help="A statement, or a query by name.", autocompletion=completion.query_names),
]
File = Annotated[Path | None, Option("-f", "--file", metavar="FILE", help="Read the statement here (-: stdin).")]
Parameters = Annotated[Words, Option("-p", "--param", metavar="KEY=VALUE", help="A parameter; may be repeated.")]
Write = Annotated[bool, Option("--write", help="Let the statement change the graph.")]
QueryName = Annotated[Text, Argument(metavar="NAME", help="One query, in full.", autocompletion=completion.query_names)]
ThingName = Annotated[list[str], Argument(metavar="ID|NAME", help="An id, a name or an alias.")]
Countries = Annotated[
    list[str],
    Argument(
        metavar="COUNTRY", help="Two or more: ISO codes, names, org:asean, @FILE.", autocompletion=completion.countries
    ),
]
Measure = Annotated[
    str,
    Argument(
        metavar="NAME",
        help="centrality, groups, core_periphery, hub_and_spoke, brokerage or similarity.",
        autocompletion=completion.measure_names,
    ),
]
Only = Annotated[Words, Option("--only", metavar="COLUMN", help="Only this column; may be repeated.")]
Top = Annotated[int | None, Option("--top", metavar="N", min=1, help="Only the first N rows.")]
Partition = Annotated[
    Text,
    Option(
        "--partition",
        metavar="GROUP",
        help="For brokerage: JPN,USA, org:asean, label, kind or region.",
        autocompletion=completion.words(*ATTRIBUTES),
    ),
]
Portfolio = Annotated[
    Text,
    Option(
        "--by",
        metavar="WHAT",
        help="For similarity: strength, label or kind.",
        autocompletion=completion.words("strength", "label", "kind"),
    ),
]
Stability = Annotated[bool, Option("--stability", help="How far ranks move when one thing is left out.")]
Panel = Annotated[Text, Option("--years", metavar="A-B", help="On the last day of each of these years.")]
Years = Annotated[str, Option("--years", metavar="A-B", help="From one year to another, such as 2015-2019.")]
SomeYears = Annotated[Text, Option("--years", metavar="A-B", help="The columns of --by year, such as 2015-2019.")]
Sort = Annotated[
    str,
    Option(
        "--by",
        metavar="WHAT",
        help="What the columns are: kind, domain or year.",
        autocompletion=completion.words("kind", "domain", "year"),
    ),
]
Count = Annotated[
    str,
    Option(
        "--by",
        metavar="WHAT",
        help="What is counted apart: kind or label.",
        autocompletion=completion.words("kind", "label"),
    ),
]
Codes = Annotated[
    Words,
    Option(
        "--code",
        metavar="LIST",
        help="Codes of this list, cow or gw; may be repeated.",
        autocompletion=completion.words("cow", "gw"),
    ),
]
Directed = Annotated[bool, Option("--directed", help="Each pair both ways.")]
FirstDay = Annotated[str, Argument(metavar="DATE", help="The earlier day, such as 2015-12-31.")]
LastDay = Annotated[str, Argument(metavar="DATE", help="The later day.")]
Target = Annotated[Path, Argument(metavar="FILE", help="Its ending says the format.")]
BackupFile = Annotated[Path, Argument(metavar="FILE", help="Such as graph.jsonl, or graph.jsonl.gz.")]
Replace = Annotated[bool, Option("--replace", help="Give up what the graph holds.")]
DrawnQuery = Annotated[
    Text, Option("--query", metavar="NAME|CYPHER", help="Draw what it returns.", autocompletion=completion.query_names)
]
RawCells = Annotated[bool, Option("--raw-cells", help="Leave formulas in CSV as they are.")]
Show = Annotated[bool, Option("--open", help="Open it when it is written.")]
Port = Annotated[int | None, Option("--port", metavar="N", min=1, max=65535, help="Bolt port (else 7687).")]
Host = Annotated[str, Option("--host", metavar="ADDRESS", help="Where to listen.")]
Folder = Annotated[Text, Option("--graph", metavar="DIR", help="Folder of an embedded graph.")]
