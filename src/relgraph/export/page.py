"""The page: one HTML file with everything inline, made with pyvis through its template environment."""

from __future__ import annotations

import base64
import functools
import hashlib
import html as markup
import json
import re
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError
from relgraph.export.contents import Contents, Row, contents
from relgraph.export.dense import dense_script, dense_style
from relgraph.export.layout import coastline, positions
from relgraph.export.marking import band, check_marking
from relgraph.export.opening import actor_called, opening, period
from relgraph.export.picture import OPTIONS, canvas_class
from relgraph.export.reading import Reading, read
from relgraph.export.text import clean

if TYPE_CHECKING:
    import networkx
    from markupsafe import Markup

FOLDER = Path(__file__).parent / "page"
SCRIPTS = (
    "dates", "data", "state", "lines", "names", "draw", "controls", "details", "table", "figure", "save",
    "main",
)  # fmt: skip
EARLY = 'document.documentElement.classList.add("js")'
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
UNSEEN = re.compile(  # its source map's address, and in ten languages the words of buttons that the page has not
    r'\n//# sourceMappingURL=.*\s*$|,(?!en:)[a-z]{2}:\{addDescription:"[^"]*"(?:,\w+:"[^"]*")*\}'
)
ROOM = 36  # letters for names, with which the header of a small screen keeps to one line
MOST_NODES, MOST_ENGAGEMENTS = 8_000, 40_000


def render(
    net: networkx.Graph,
    *,
    title: str | None = None,
    marking: str | None = None,
    layout: str = "geographic",
    focus: str | None = None,
    as_of: str | None = None,
    compare: tuple[str, str] | None = None,
    state: Mapping[str, Any] | None = None,
) -> str:
    """The text of the page; see `relgraph.export.html` for what the options mean."""
    reading = read(net)
    check_size(reading)
    check_marking(marking, reading.sources.values())
    focus = actor_called(reading, focus) if focus else None
    opens = opening(reading, focus, as_of, compare, state)
    held = contents(reading, *positions(reading, layout, focus or _middle(reading)))
    head = {
        "title": clean(title or _title(reading, focus)),
        "marking": clean(marking) if marking else None,
        "asOf": reading.as_of,
        "hash": held.hash,
        "policy": _policy(reading),
        "state": opens,
        "directed": reading.directed,
        "coast": coastline() if layout == "geographic" else None,
    }
    return _generated(reading, held, head)


def check_size(reading: Reading) -> None:
    """Raises `UsageError` where nobody could open or read the page."""
    nodes, engagements = len(reading.actors), len(reading.engagements)
    if nodes > MOST_NODES or engagements > MOST_ENGAGEMENTS:
        raise UsageError(
            f"the network has {nodes:,} countries and organizations and {engagements:,} engagements; a page"
            f" holds {MOST_NODES:,} and {MOST_ENGAGEMENTS:,}: narrow it with --kind, --country, --since,"
            " --until or --source, or export .graphml or .csv"
        )


def _among(reading: Reading) -> str:
    """What the countries that the network was narrowed to leave of it, in few words."""
    names = reading.called(reading.policy.get("countries") or ())
    if len(names) < 2:
        return f"only engagements of {names[0]}" if names else ""
    few = " and ".join(names if len(names) < 3 else [", ".join(names[:2]), f"{len(names) - 2} more"])
    return f"only ties among {few if len(few) <= ROOM else f'{names[0]} and {len(names) - 1} more'}"


def _middle(reading: Reading) -> str | None:
    return reading.ego[0] if reading.ego and reading.ego[0] in reading.actors else None


def _title(reading: Reading, focus: str | None) -> str:
    who = reading.actors[focus]["name"] if focus else None
    middle = _middle(reading)
    if who or middle:
        return f"Defense relationships of {who or reading.actors[str(middle)]['name']}"
    return "Defense relationships"


def _generated(reading: Reading, held: Contents, head: Mapping[str, Any]) -> str:
    from jinja2 import Environment, FileSystemLoader

    canvas = canvas_class()(directed=reading.directed)
    canvas.templateEnv = Environment(loader=FileSystemLoader(FOLDER, encoding="utf-8"), autoescape=True)
    canvas.path = "page.html"
    canvas.options = OPTIONS
    canvas.nodes = list(held.nodes)
    # Lines depend on the filters, so the page draws them from the engagements; pyvis is given none to write.
    canvas.templateEnv.globals.update(_blocks(held, canvas.nodes, {**head, "options": OPTIONS}))
    canvas.templateEnv.globals.update(_words(reading, held, head))
    return str(canvas.generate_html("page.html"))


def _blocks(held: Contents, nodes: Sequence[Any], head: Mapping[str, Any]) -> dict[str, Markup]:
    """Script, style and data as they stand in the page, and the policy that lets exactly these run."""
    from markupsafe import Markup

    data = script_json({"page": {**head, "sources": held.sources}, "nodes": nodes, "record": held.record})
    scripts = [EARLY, data, library(), script()]
    look = style() + (":root{{--mark:{};--on-mark:{}}}\n".format(*band(head["marking"])) if head["marking"] else "")
    security = "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hashed, scripts)),
            f"style-src {_hashed(look)}",
            "img-src data:",  # the SVG that becomes a PNG
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    own = {"security": security, "style": look, "early": EARLY, "library": library(), "script": script()}
    return {name: Markup(text) for name, text in {**own, "data": data}.items()}


def _words(reading: Reading, held: Contents, head: Mapping[str, Any]) -> dict[str, Any]:
    """What the template writes as text; it is escaped there."""
    return {
        **{name: head[name] for name in ("title", "marking", "hash", "coast")},
        "version": version(),
        "as_of": head["asOf"],
        "reach": max((str(source.get("coversUntil", "")) for source in held.sources), default=""),
        "policy": clean(reading.policy_text),
        "ego": reading.called(reading.ego),
        "among": clean(_among(reading)),
        "pairs": len({pair for pairs in reading.pairs.values() for pair in pairs}),
        "rows": held.rows,
        "table": _table(held.rows),
        "sources": [{**source, "link": _link(source.get("url"))} for source in _cleaned(held.sources)],
    }


def _table(rows: Sequence[Row]) -> Markup:
    """The rows of the table; end tags, which HTML leaves to the parser, would be a fifth of a large page."""
    from markupsafe import Markup

    return Markup(
        "".join(f'<tr data-id="{_escaped(row[0])}"><td>{"<td>".join(map(_escaped, row[1:]))}\n' for row in rows)
    )


def _escaped(value: str) -> str:
    return markup.escape(clean(value))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {_cleaned(key): _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, (list, tuple)) else value


def _policy(reading: Reading) -> dict[str, Any]:
    plain = json.loads(json.dumps(reading.policy, default=str))
    own = {"between": period(reading.policy)} if plain.get("between") else {}
    return {**plain, **own, "text": reading.policy_text}


def _link(url: object) -> str | None:
    """An address that may be a link: http or https, and nothing else."""
    return str(url) if re.match(r"https?://[^\s]+$", str(url or ""), re.IGNORECASE) else None


def script_json(value: Any) -> str:
    """JSON that may stand in a script element: without `<`, and without what a browser would change."""
    text = clean(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    for sign in "<>&\u2028\u2029\r":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


@functools.cache
def version() -> str:
    """The version of relgraph, as installed."""
    try:
        return metadata.version("relgraph")
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


@functools.cache
def style() -> str:
    return dense_style(_file("page.css"))


@functools.cache
def script() -> str:
    """The modules of the page in one scope, without their comments and margins."""
    return f'"use strict";\n(() => {{\n{"".join(dense_script(_file(f"{name}.js")) for name in SCRIPTS)}}})();\n'


@functools.cache
def library() -> str:
    """vis-network as pyvis carries it, without what nobody would see of it (`UNSEEN`)."""
    import pyvis

    text = (Path(pyvis.__file__).parent / VIS).read_text("utf-8")
    return UNSEEN.sub("", text).replace("\r\n", "\n")


def _file(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
