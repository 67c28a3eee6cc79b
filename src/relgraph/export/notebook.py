"""A page that shows itself in a notebook."""

from __future__ import annotations

import html
import os
from pathlib import Path

from relgraph.model.files import write_whole


class Page:
    """The text of a page; Jupyter, VS Code and nbconvert show it in a frame isolated from the notebook."""

    def __init__(self, text: str, title: str) -> None:
        self.text, self.title = text, title

    def __repr__(self) -> str:
        size = len(self.text.encode("utf-8", "replace"))
        return f"<relgraph page {self.title!r}, {size:,} bytes; .save('brief.html') writes it>"

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the page to a file."""
        return write_whole(path, self.text)

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{html.escape(self.title)}" width="100%" height="720"'
            ' sandbox="allow-scripts allow-downloads allow-popups" style="border:1px solid #d5dae0"'
            f' srcdoc="{html.escape(self.text)}"></iframe>'
        )
