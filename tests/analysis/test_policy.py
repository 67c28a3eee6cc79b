"""A policy refuses what contradicts itself, and names what it does not know."""

from __future__ import annotations

from datetime import date

import pytest

from relgraph.analysis.policy import Policy
from relgraph.errors import UsageError


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mode": "country "}, "mode"),
        ({"weight": "sum"}, "weight='sum'"),
        ({"kinds": ["Exercices"]}, "perhaps Exercise"),
        ({"roles": "hosts"}, "host"),
        ({"certainty": "sure"}, "stated"),
        ({"certainty": []}, "certainty"),
        ({"as_of": "2019"}, "write it in full"),
        ({"as_of": "2019-02-30"}, "not a day"),
        ({"between": ("2019", "2015")}, "ends before it begins"),
        ({"between": "2015"}, "two ends"),
        ({"between": ("2015", "2015-13")}, "not a year or month"),
        ({"as_of": "2019-01-01", "between": ("2015", "2019")}, "exclude each other"),
        ({"population": "system"}, "needs as_of or between"),
        ({"directed": True, "mode": "two-mode"}, "exclude each other"),
        ({"parties_at_most": 1}, "2 or more"),
        ({"sources": 3}, "list of words"),
        ({"sources": [3]}, "not a word"),
        ({"colour": "red"}, "no such option"),
    ],
    ids=str,
)
def test_a_wrong_option_is_named(options, message):
    with pytest.raises(UsageError, match=message):
        Policy.of(**options)


def test_options_in_any_form_are_one_policy():
    ours = Policy.of(kinds="Exercise", as_of="2019-05-12", sources=["a", "a", "b"])
    theirs = Policy.of(kinds=["Exercise"], as_of=date(2019, 5, 12), sources=("a", "b"))
    assert ours == theirs
    assert Policy.of(**vars(ours)) == ours


def test_a_policy_in_plain_words():
    plain = Policy.of(between=("2015", "2019-06"), kinds="Exercise").as_dict()
    assert plain["between"] == ["2015-01-01", "2019-06-30"]
    assert plain["kinds"] == ["Exercise"]
    assert plain["sources"] is None


def test_a_period_may_end_in_february():
    assert Policy.of(between=("2016", "2016-02")).between[1] == date(2016, 2, 29)
