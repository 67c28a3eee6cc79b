"""Takes out of a script or a style what only its editors need: comments, margins, blanks between signs.

Names and lines stay as they were written, so that the page can still be read. vis-network is nine tenths of
an empty page; this pays for a part of it.
"""

from __future__ import annotations

import re

# What must stay as it is: strings, templates, regular expressions (after a sign that no operand ends with).
_KEPT = re.compile(
    r"""(?P<comment>(?m:^)[ ]*//[^\n]*\n | [ ]//[ ][^\n]* | /\*.*?\*/)
    | (?P<whole>"(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | `(?:\\.|[^`\\])*`
        | (?<=[(,=:?!&|;{])[ ]?/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*)
    | (?P<blank>\s+)""",
    re.VERBOSE | re.DOTALL,
)

_FOLD = re.compile(r"(?<=[{(\[,])\n|\n(?=[})\]])")  # an end of a line that says nothing
_STOP = re.compile(r";(?=})|;(?=\n[^(\[`+\-/*])|;(?=\n$)")  # a stop where the end of the line says as much


def dense_script(text: str) -> str:
    """A script without comments and without blanks and semicolons that it does not need.

    >>> dense_script('const a = b / 2; // half\\nwhile (a) {\\n  f("x  y", / +/g);\\n}\\n')
    'const a=b/2\\nwhile(a){f("x  y",/ +/g)}\\n'
    """
    text = text.strip() + "\n"
    short = re.sub(r"\n+", "\n", _KEPT.sub(lambda found: _script_part(text, found), text)).lstrip("\n")
    return _STOP.sub("", _FOLD.sub("", short))


def _script_part(text: str, found: re.Match[str]) -> str:
    if found["comment"]:
        return ""
    if found["whole"]:
        return found["whole"].lstrip(" ")
    if "\n" in found["blank"]:
        return "\n"
    before, after = text[found.start() - 1], text[found.end()]
    words = (before.isalnum() or before in "_$") and (after.isalnum() or after in "_$")
    return " " if words or (before == after and before in "+-") else ""


def dense_style(text: str) -> str:
    """A style sheet without comments, margins, and blanks beside its brackets.

    >>> dense_style('a, b > c {\\n  color: red; /* why */\\n}\\n')
    'a,b>c{color:red}\\n'
    """
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text).replace(": ", ":").replace(";}", "}")
    return text.replace("}", "}\n").replace("}\n}", "}}").strip() + "\n"
