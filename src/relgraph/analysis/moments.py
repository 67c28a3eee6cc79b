"""Whether a thing counts on the policy's day or in its period: yes, possibly, undated or no."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from relgraph.analysis.policy import Policy
from relgraph.model.dates import Bounds

SURE, POSSIBLY, UNDATED, NO = "yes", "possibly", "undated", "no"  # the best answer first
Spell = tuple[Bounds | None, ...]
"""What must all have been the case at one time (an engagement, and a membership); None: undated."""


class Moment:
    """The day or the period of a policy, and which answers the policy admits.

    Without a day or period time is not asked about: whatever could have been at one time is.
    """

    def __init__(self, policy: Policy) -> None:
        ends = (policy.as_of, policy.as_of) if policy.as_of else policy.between
        self.bounds = Bounds(ends[0], ends[0], ends[1], ends[1]) if ends else None
        self.is_day = bool(policy.as_of)
        extra = ([POSSIBLY] if policy.possibly else []) + ([UNDATED] if policy.undated else [])
        self.admitted = frozenset([SURE, *extra])
        self._known: dict[Spell, str] = {}

    def answer(self, spell: Spell) -> str:
        """Whether all of a spell was in force then, at one time."""
        if self.bounds is None and len(spell) == 1:
            return SURE
        found = self._known.get(spell)
        if found is None:
            found = self._known[spell] = self._ask(spell)
        return found

    def _ask(self, spell: Spell) -> str:
        if len(spell) == 1 and spell[0] and self.bounds:
            return _meet(spell[0], self.bounds)
        dated = {bounds for bounds in spell if bounds is not None}
        answer = common(dated | {self.bounds} if self.bounds else dated)
        if None not in spell or self.bounds is None or answer == NO:
            return answer
        return POSSIBLY if answer == POSSIBLY and UNDATED in self.admitted else UNDATED

    def together(self, ours: Iterable[Spell], theirs: Iterable[Spell]) -> bool:
        """Whether two parties, each with these spells, count as in it at one time in the period."""
        theirs = list(theirs)
        return any(self.answer(a if a == b else a + b) in self.admitted for a in ours for b in theirs)


def common(spells: Iterable[Bounds]) -> str:
    """Whether there was a time at which all of these were in force.

    Intervals of which every two meet have a point in common, so pairs are enough.

    >>> from relgraph.model.dates import bounds
    >>> common([bounds("2017", event=True), bounds("1967", "2020"), bounds("2017-01-05", "2017-01-06")])
    'possibly'
    """
    answers = {_meet(ours, theirs) for ours, theirs in combinations(spells, 2)}
    return next((answer for answer in (NO, POSSIBLY) if answer in answers), SURE)


def _meet(ours: Bounds, theirs: Bounds) -> str:
    if ours.startBy <= theirs.endFrom and theirs.startBy <= ours.endFrom:
        return SURE
    return NO if ours.startFrom > theirs.endBy or theirs.startFrom > ours.endBy else POSSIBLY
