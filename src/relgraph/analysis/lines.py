"""A line of what is between countries: one thing that they share, or one that they lack."""

from __future__ import annotations

from typing import NamedTuple

BILATERAL, MULTILATERAL, ORGANIZATION, FRAMEWORK, ABSENT = SECTIONS = (
    "bilateral",
    "multilateral",
    "organization",
    "framework",
    "absent",
)


class Line(NamedTuple):
    """One thing between countries, or one that is missing between them.

    `section` is one of `SECTIONS`; `between` the countries concerned, of those asked about; `status` whether it
    was in force then (`yes`, `possibly`, `undated`; None where no day was asked about), or for what is absent
    `none` or `not covered`; `parties` what each is to it; `others` how many more parties it has; `claims` what it
    rests on, or why it is absent.
    """

    section: str
    between: tuple[str, ...]
    id: str | None
    name: str | None
    label: str
    kind: str | None
    start: str | None
    end: str | None
    signed: str | None
    status: str | None
    parties: tuple[str, ...]
    others: int | None
    certainty: str | None
    claims: tuple[str, ...]
