from __future__ import annotations

from datetime import date

import pytest
from tests.analysis.making import claim, engagement, reading, spell
from tests.analysis.storing import store

from relgraph.analysis.matrix import matrix, matrix_of
from relgraph.analysis.policy import Policy, period
from relgraph.errors import UsageError
from relgraph.model.dates import bounds

SOURCES = {
    "paper": {"id": "paper", "ego": ["JPN"], "coversUntil": date(2020, 6, 2)},
    "list": {
        "id": "list",
        "coversFrom": date(1816, 1, 1),
        "coversUntil": date(2012, 12, 31),
        "coversLabels": ["Agreement"],
        "coversCompletely": ["alliance"],
    },
}
WHOLE = reading(
    engagement("alliance", "JPN USA", label="Agreement", kind="alliance", when="1952-04-28 / 2030"),
    engagement("acsa", "JPN AUS", label="Agreement", kind="acsa", when="2013"),
    engagement("raa", "JPN AUS", label="Agreement", kind="raa")._replace(
        signed="2016-01-06", bounds=bounds(signed="2016-01-06")
    ),
    engagement("m", "JPN USA AUS", kind="series", covers=["HA/DR"]),
    engagement("help", "JPN:provides USA:receives AUS:receives", label="Program", kind="education"),
    sources=SOURCES,
)
THREE = ("JPN", "USA", "AUS")


def answers(by="kind", years=None, read=WHOLE, **options) -> dict[str, dict[str, str]]:
    found = matrix_of(read, Policy.of(**options), THREE, by, period(years) if years else None)
    return {
        "-".join(pair): {column: found.cells[pair, column].answer for column in found.columns} for pair in found.pairs
    }


def test_by_kind_at_any_time():
    found = answers()
    assert found["JPN-USA"] == {
        "acsa": "not covered", "alliance": "yes", "education": "yes", "raa": "not covered", "series": "yes",
    }  # fmt: skip
    assert found["JPN-AUS"] == {
        "acsa": "yes", "alliance": "none", "education": "yes", "raa": "signed", "series": "yes",
    }  # fmt: skip
    assert found["USA-AUS"]["education"] == "not covered"


@pytest.mark.parametrize(
    ("day", "alliance", "acsa", "raa"),
    [
        ("1950-01-01", "none", "not covered", "not covered"),
        ("2012-06-30", "none", "not covered", "not covered"),
        ("2013-06-30", "not covered", "possibly", "not covered"),
        ("2016-01-06", "not covered", "possibly", "signed"),
        ("2020-01-01", "not covered", "possibly", "signed"),
    ],
)
def test_by_kind_on_a_day(day, alliance, acsa, raa):
    ours = answers(as_of=day)["JPN-AUS"]
    assert [ours.get(kind, "not covered") for kind in ("acsa", "raa")] == [acsa, raa]
    assert ours.get("alliance", alliance) == alliance
    assert ours["series"] == "possibly"
    assert answers(as_of=day)["JPN-USA"].get("alliance", "absent") == ("absent" if day < "1952" else "yes")


def test_by_domain():
    assert answers("domain") == {pair: {"HA/DR": "yes"} for pair in ("JPN-USA", "JPN-AUS", "USA-AUS")}


def test_by_year():
    found = answers("year", ("1951", "1953"), kinds="alliance")
    assert found["JPN-USA"] == {"1951": "none", "1952": "yes", "1953": "yes"}
    assert set(found["USA-AUS"].values()) == {"none"}
    assert answers("year", ("2019", "2020"), kinds="alliance")["USA-AUS"] == dict.fromkeys(
        ["2019", "2020"], "not covered"
    )


def test_two_that_were_never_in_it_together():
    read = reading(
        engagement("pact", "", label="Agreement", kind="alliance", claims=[
            claim("pact", "USA", label="Agreement", bounds=spell("1950 / 1960")),
            claim("pact", "JPN", label="Agreement", n=1, bounds=spell("1970 / 1980")),
            claim("pact", "AUS", label="Agreement", n=2, bounds=spell("1950 / 1980")),
        ]),
        sources=SOURCES,
    )  # fmt: skip
    assert answers(read=read)["JPN-USA"]["alliance"] == "none"
    assert answers(read=read)["JPN-AUS"]["alliance"] == "yes"


def test_the_evidence_behind_an_answer():
    found = matrix_of(WHOLE, Policy(), THREE, "kind")
    assert found.cells[("JPN", "AUS"), "raa"].evidence == ("raa",)
    assert found.cells[("JPN", "AUS"), "alliance"].why.startswith("None: list covers this completely")


@pytest.mark.filterwarnings(r"ignore:(.|\n)*(does not exist|parameter missing)")
def test_on_an_engine(connection):
    store(connection.write, WHOLE)
    found = matrix(connection, ["Japan", "US", "AUS"], as_of="2020-01-01", kinds="Agreement")
    table = found.table()
    assert list(table) == ["a", "name_a", "b", "name_b", "acsa", "alliance", "raa"]
    assert table.loc[0].tolist() == ["JPN", "Japan", "USA", "United States", "not covered", "yes", "not covered"]
    assert table.attrs["policy"].startswith("Claims of list")
    assert found.rows().title == "By kind on 2020-01-01"
    for options, message in (
        ({"by": "size"}, "use kind, domain, year"),
        ({"by": "year"}, "belong together"),
        ({"years": ("2010", "2012")}, "belong together"),
        ({"by": "year", "years": ("2010", "2012"), "as_of": "2011-01-01"}, "exclude each other"),
    ):
        with pytest.raises(UsageError, match=message):
            matrix(connection, ["JPN", "USA"], **options)
    with pytest.raises(UsageError, match="matrix of JPN: name two"):
        matrix(connection, ["JPN"])
