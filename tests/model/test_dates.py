"""Dates in EDTF: what is one, and what looks like one."""

from __future__ import annotations

import pytest

from relgraph.model.dates import BadDate, parse

SHORT = ["5", "17", "201", "20X", "2017/5", "5/2017", "?17"]


@pytest.mark.parametrize("text", [*SHORT, " 2017 ", "2017-05\n", "2017 / 2018"])
def test_a_year_has_four_digits_and_a_date_no_blanks(text):
    with pytest.raises(BadDate, match="is no date in EDTF"):
        parse(text)


@pytest.mark.parametrize("text", ["2017?", "201X", "2017-0X", "2017-05/2018", "2017/..", "../2017", "/2017", "2017/"])
def test_other_forms_are_dates(text):
    assert parse(text).earliest <= parse(text).latest
