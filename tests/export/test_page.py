"""The text of the page: its policy, its bytes, what is in it and what is not."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx
import pytest
import pyvis
from tests.analysis.making import engagement, net, reading
from tests.export import networks

from relgraph import export
from relgraph.errors import UsageError
from relgraph.export.dense import dense_script
from relgraph.export.page import FOLDER, SCRIPTS, UNSEEN, VIS, library, script, style


class Blocks(HTMLParser):
    """The scripts and styles of a page as a browser cuts them out, and its Content Security Policy."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.policy = ""
        self.open: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        assert "style" not in said
        assert not [name for name in said if name.startswith("on")]
        assert not {"src", "srcset", "action", "formaction"} & set(said)
        if said.get("http-equiv") == "Content-Security-Policy":
            self.policy = said["content"] or ""
        self.open = tag if tag in ("script", "style") else None
        if self.open:
            self.blocks.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.open = None

    def handle_data(self, data: str) -> None:
        if self.open:
            self.blocks[-1] = (self.open, self.blocks[-1][1] + data)


def text_of(net: networkx.Graph, path: Path, **options: object) -> str:
    return export.html(net, path, **options).read_text("utf-8")  # type: ignore[arg-type]


def test_policy_names_the_hash_of_every_script_and_style(sample: networkx.Graph, tmp_path: Path) -> None:
    page = Blocks(text_of(sample, tmp_path / "page.html"))
    rules = dict(rule.split(" ", 1) for rule in page.policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in page.policy
    for tag, content in page.blocks:
        hashed = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{hashed}'" in rules[f"{tag}-src"].split()


def test_fixed_page_is_small(tmp_path: Path) -> None:
    size = export.html(networkx.Graph(), tmp_path / "empty.html").stat().st_size
    assert size <= 520_000


def test_large_pages_stay_within_their_bounds(tmp_path: Path) -> None:
    ties = networkx.gnm_random_graph(1000, 4000, seed=1)
    assert export.html(ties, tmp_path / "ties.html").stat().st_size <= 1_050_000
    ids = tuple(country.id for country in list(networks.load_countries())[:200])
    assert export.html(networks.sample(3000, ids), tmp_path / "world.html").stat().st_size <= 1_400_000


def test_nothing_can_be_fetched(sample: networkx.Graph, tmp_path: Path) -> None:
    text = text_of(sample, tmp_path / "page.html")
    assert "sourceMappingURL" not in text
    assert not re.search(r"<(link|iframe|object|embed|base|img)\b", text)


MAKE = """
import sys
sys.path.insert(0, {root!r})
from relgraph import export
from tests.export import networks
export.html(networks.sample(40), {path!r}, title="\\u9632\\u885b T\\xfcrkiye \\u0645\\u0635\\u0631")
"""


def test_same_bytes_whatever_locale_and_hash_seed(tmp_path: Path) -> None:
    pages = []
    for n, extra in enumerate(({"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONHASHSEED": "2"})):
        path = tmp_path / f"{n}.html"
        code = MAKE.format(root=str(Path(__file__).parents[2]), path=str(path))
        strict = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning"]  # nothing asks the locale
        subprocess.run([sys.executable, *strict, "-c", code], check=True, env={**os.environ, **extra})
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]
    assert "防衛 Türkiye مصر" in pages[0].decode("utf-8")


def test_written_whole_or_not_at_all(sample: networkx.Graph, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text("before")
    with pytest.raises(UsageError):
        export.html(sample, target, focus="Atlantis")
    with pytest.raises(UsageError, match="two days in full"):
        export.html(sample, target, compare=("2015", "2020"))
    with pytest.raises(UsageError, match="'sinc' is no control of the page; there are focus, since"):
        export.html(sample, target, state={"sinc": 2015})
    assert target.read_text() == "before"
    with pytest.raises(UsageError, match="cannot be written"):
        export.html(sample, tmp_path / "no" / "such" / "folder.html")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    ("focus", "said"),
    [
        ("org:jpn", "opens on one, not on members; give 'jpn' for the organization itself, or .* --country org:jpn$"),
        ("org:nato", "opens on one, not on members; narrow it to these with --country org:nato$"),
        ("Japn", "not in this network; perhaps Japan$"),
        ("zzz", "not in this network; its countries are named by ISO code, name or alias$"),
    ],
)
def test_focus_on_nobody_says_what_to_give(sample: networkx.Graph, focus: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"^focus='{focus}': .*{said}"):
        export.html(sample, focus=focus)


def test_dates_and_sources_are_said_in_words(tmp_path: Path) -> None:
    dated = networks.claim("a", "AUS", start="../2024-07-28", end="..")
    one = networks.engagement("a", ["AUS", "JPN"], start="../2024-07-28", end="2025/2026", claims=[dated])
    sources = (networks.source("s0", coversUntil="2020-06-02"), networks.source("s1", coversFrom="1951-01-01"))
    two = networks.engagement("b", ["AUS", "JPN"], claims=[networks.claim("b", "AUS", source="s1")])
    text = text_of(networks.network([one, two], sources=sources), tmp_path / "page.html")
    assert "<td>by 2024-07-28<td>between 2025 and 2026<td>Australia, Japan<td>[1]\n" in text
    assert '"by 2024-07-28","ongoing"' in text
    assert "Covers up to 2020-06-02." in text
    assert "Covers 1951-01-01 on." in text
    assert "../" not in re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)


def test_only_what_the_network_holds_is_in_the_file(tmp_path: Path) -> None:
    net = networks.network([networks.engagement("kept", ["AUS", "JPN"], start="2019")])
    net.graph["sources"]["unused"] = networks.source("unused", name="An unused source")
    text = text_of(net, tmp_path / "page.html")
    assert "Sample exercise kept" in text
    assert "unused" not in text
    assert "Norway" not in text
    assert "9999-12-31" not in re.sub(r"<script>.*?</script>|<input[^>]*>", "", text, flags=re.DOTALL)


def test_data_is_readable_json(sample: networkx.Graph, tmp_path: Path) -> None:
    blocks = re.findall(
        r'<script type="application/json" id="(\w+)">(.*?)</script>', text_of(sample, tmp_path / "p.html")
    )
    data = {id: json.loads(text) for id, text in blocks}
    data = data["data"]
    assert {node["label"] for node in data["nodes"]} >= {"Japan", "Türkiye"}
    assert data["page"]["policy"]["text"] == "Every two parties are tied."
    assert len(data["record"]["parties"]) == 160


def test_title_and_marking_have_sensible_defaults(sample: networkx.Graph, tmp_path: Path) -> None:
    text = text_of(sample, tmp_path / "page.html")
    assert "<title>Defense relationships of Japan</title>" in text
    assert 'class="marking' not in text


def test_network_too_large_for_a_page_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"20,000 countries and organizations.*--country"):
        export.html(networkx.path_graph(20_000), tmp_path / "page.html")
    assert not list(tmp_path.iterdir())


def test_source_that_may_not_be_redistributed_is_named(tmp_path: Path) -> None:
    net = networks.network(
        [networks.engagement("a", ["AUS", "JPN"])], sources=(networks.source("s0", redistributable=False),)
    )
    assert "May not be redistributed." in text_of(net, tmp_path / "page.html")
    assert export.notices(net) == ["Report s0 (s0) may not be redistributed; the export holds claims of it"]


def test_empty_network_is_told() -> None:
    (said,) = export.notices(networks.network([]))
    assert said.startswith("the network is empty: ")
    assert "--country" in said


def test_a_network_of_one_country_is_told_to_have_no_ties() -> None:
    held = reading(engagement("acsa", "JPN AUS", label="Agreement", when="2016"))
    (said,) = export.notices(net(held, countries="JPN"))
    assert said.startswith("nothing is tied: no engagement has two of the countries that were named; ")
    assert "--focus" in said
    alone = reading(engagement("aid", "JPN", label="Transfer", when="2016"))
    assert export.notices(net(alone)) == [
        "nothing is tied: no engagement has two parties to tie; --mode two-mode ties each to its own"
    ]
    for more in ({"countries": ["JPN", "AUS"]}, {"countries": "JPN", "mode": "two-mode"}, {}):
        assert export.notices(net(held, **more)) == []


@pytest.mark.parametrize(
    ("marking", "accepted"),
    [
        ("SECRET", True),
        ("secret // REL JPN", True),
        ("TOP SECRET", True),
        ("RESTRICTED", False),
        ("UNCLASSIFIED", False),
        ("BLUE", False),
        (None, False),
    ],
)
def test_marking_cannot_be_too_low(marking: str | None, accepted: bool, tmp_path: Path) -> None:
    claims = [networks.claim("a", "AUS", source="s0"), networks.claim("a", "JPN", source="s1")]
    low = networks.source("s0", marking="RESTRICTED", markingLevel=2)
    high = networks.source("s1", marking="SECRET", markingLevel=4)
    net = networks.network([networks.engagement("a", ["AUS", "JPN"], claims=claims)], sources=(low, high))
    for write in (export.html, export.csv, export.json, export.graphml, export.gexf):
        path = tmp_path / write.__name__
        if accepted:
            write(net, path, marking=marking)
        else:
            with pytest.raises(UsageError, match="SECRET"):
                write(net, path, marking=marking)
        assert path.exists() is accepted


def test_modules_are_short_and_write_no_markup() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.js")) == sorted(SCRIPTS)
    for path in FOLDER.glob("*.js"):
        source = path.read_text("utf-8")
        assert len(source.splitlines()) < 400
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function", source)


def test_dense_script_keeps_strings_templates_and_patterns() -> None:
    kept = ['"a  //  b"', "`x  ${ y }  z`", r"/ [/ ]+ /g", "'c : d'"]
    text = "\n".join(f"  call( {part} , 1 ); // why" for part in kept)
    assert dense_script(text) == "".join(f"call({part},1)\n" for part in kept)


def test_nothing_but_unseen_words_are_left_out_of_vis() -> None:
    carried = (Path(pyvis.__file__).parent / VIS).read_text("utf-8")
    cut = UNSEEN.findall(carried)
    assert len(cut) == 11
    assert all("function" not in words and "=>" not in words for words in cut)
    assert len(library()) == len(carried) - sum(map(len, cut))
    assert library().startswith("/**\n * vis-network")
    assert library().count("addDescription:") == 1
    assert "</script" not in library() + script() + style()
