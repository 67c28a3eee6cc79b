"""`relgraph.export.html`: the page as a file, or as an object that a notebook shows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from relgraph.export.notebook import Page
from relgraph.model.files import write_whole

if TYPE_CHECKING:
    import networkx


@overload
def html(net: networkx.Graph, path: None = None, **options: Any) -> Page: ...
@overload
def html(net: networkx.Graph, path: str | os.PathLike[str], **options: Any) -> Path: ...
def html(
    net: networkx.Graph,
    path: str | os.PathLike[str] | None = None,
    *,
    title: str | None = None,
    marking: str | None = None,
    layout: str = "geographic",
    focus: str | None = None,
    as_of: str | None = None,
    compare: tuple[str, str] | None = None,
    state: Mapping[str, Any] | None = None,
) -> Page | Path:
    """Writes one interactive HTML file that needs nothing else; without `path`, a `Page` for a notebook.

    `layout` is `geographic`, `force` or `ego` (rings around `focus`). The page opens on `focus`, on the
    day `as_of`, on the two days of `compare`, or on any `state` of its controls (`{"since": 2015, "kinds":
    ["Exercise"]}`); what these hide is still in the file. `marking` stands at top and bottom of every form of
    it; one lower than that of a source in the network is a `UsageError`, as is a network too large for a page.
    """
    from relgraph.export.page import render

    options = {"title": title, "marking": marking, "layout": layout, "focus": focus, "as_of": as_of}
    text = render(net, **options, compare=compare, state=state)  # type: ignore[arg-type]
    return Page(text, title or "relgraph") if path is None else write_whole(path, text)
