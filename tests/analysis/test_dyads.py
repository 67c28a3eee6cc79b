from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from tests.analysis.making import engagement, reading
from tests.analysis.storing import store

from relgraph.analysis.dyads import dyads, dyads_of
from relgraph.analysis.policy import Policy
from relgraph.errors import UsageError
from relgraph.model.countries import load_countries

LIST = {
    "id": "list",
    "coversFrom": date(1816, 1, 1),
    "coversUntil": date(2012, 12, 31),
    "coversLabels": ["Agreement"],
    "coversCompletely": ["alliance"],
}
PAPER = {"id": "paper", "ego": ["JPN"], "coversUntil": date(2020, 6, 2)}
WHOLE = reading(
    engagement("jpn-usa", "JPN USA", label="Agreement", kind="alliance", when="1952-04-28 / 2030"),
    engagement("other", "JPN USA", label="Agreement", kind="alliance", when="1960-06-23 / 1960-12-31"),
    engagement("perhaps", "JPN AUS", label="Agreement", kind="alliance", when="1950"),
    engagement("m", "JPN IND USA", kind="series", when="2007 / 2030"),
    engagement("talks", "JPN GBR", label="Dialogue"),
    sources={"list": LIST, "paper": PAPER},
)


def made(*years, codes=("cow", "gw"), read=WHOLE, **options) -> pd.DataFrame:
    return dyads_of(read, Policy(), years, list(codes), **options)


def pair(table, year, a, b) -> pd.Series:
    ids = {a, b}
    return table[(table["year"] == year) & table["id1"].isin(ids) & table["id2"].isin(ids)].iloc[0]


def test_a_row_for_every_pair_of_the_system():
    table = made(1960, codes=["cow"])
    n = len(load_countries().states_on(1960, "cow"))
    assert len(table) == n * (n - 1) / 2
    assert not table[["ccode1", "ccode2", "year"]].isna().any(axis=None)
    assert not table.duplicated(["ccode1", "ccode2", "year"]).any()
    assert (table["ccode1"] < table["ccode2"]).all()
    both = made(1960, codes=["cow"], directed=True)
    assert len(both) == 2 * len(table)
    assert not both.duplicated(["ccode1", "ccode2", "year"]).any()


def test_columns():
    assert list(made(2010)) == [
        "year", "id1", "id2", "ccode1", "ccode2", "gwcode1", "gwcode2", "agreement_alliance", "dialogue",
        "exercise_series",
    ]  # fmt: skip
    assert list(made(2010, by="label", codes=["gw"]))[5:] == ["agreement", "dialogue", "exercise"]


def test_counts_and_codes():
    row = pair(made(1960), 1960, "JPN", "USA")
    assert (row["ccode1"], row["ccode2"], row["id1"], row["agreement_alliance"]) == (2, 740, "USA", 2)
    assert pair(made(1961), 1961, "JPN", "USA")["agreement_alliance"] == 1


def test_iso_codes_stand_beside_those_of_the_lists():
    table = made(1960, codes=["cow", "iso3"])
    row = pair(table, 1960, "JPN", "USA")
    assert (row["iso3c1"], row["iso3c2"]) == ("USA", "JPN")
    assert len(table) == len(made(1960, codes=["cow"]))
    assert made(1850, codes=["gw", "iso3"]).query("id1 == 'BAD'")["iso3c1"].isna().all()
    assert table.attrs["policy"].endswith("stated and implied claims of list, paper.")


def test_it_merges_one_to_one_with_a_dyad_year_file():
    theirs = pd.DataFrame({"ccode1": [2, 2], "ccode2": [740, 200], "year": [1960, 1960], "mid": [0, 1]})
    merged = theirs.merge(made(1960), on=["ccode1", "ccode2", "year"], how="left", validate="one_to_one")
    assert merged["agreement_alliance"].tolist() == [2, 0]
    assert merged["mid"].tolist() == [0, 1]


def test_none_and_not_covered():
    table = made(1951, 2012, 2013)
    assert pair(table, 1951, "USA", "GBR")["agreement_alliance"] == 0
    assert pair(table, 2012, "USA", "GBR")["agreement_alliance"] == 0
    assert pair(table, 2013, "USA", "GBR")["agreement_alliance"] is pd.NA
    assert pair(table, 2013, "USA", "JPN")["agreement_alliance"] == 1
    assert pair(table, 2012, "USA", "JPN")["exercise_series"] == 1
    assert pair(table, 2012, "USA", "GBR")["exercise_series"] is pd.NA


def test_what_was_possibly_in_force_is_not_zero():
    table = made(1949, 1950, 1955, codes=["gw", "cow"])  # COW has no Japan before 1952
    assert [pair(table, year, "AUS", "JPN")["agreement_alliance"] for year in (1949, 1950)] == [0, 1]
    assert pair(table, 1955, "AUS", "JPN")["agreement_alliance"] is pd.NA
    assert pair(table, 1955, "GBR", "JPN")["dialogue"] is pd.NA


def test_a_source_covers_its_countries_and_ego_alone():
    some = {**LIST, "coversCountries": ["JPN", "USA", "AUS"]}
    table = made(2000, read=reading(*WHOLE.engagements, sources={"list": some}))
    assert pair(table, 2000, "USA", "AUS")["agreement_alliance"] == 0
    assert pair(table, 2000, "USA", "GBR")["agreement_alliance"] is pd.NA
    table = made(2000, read=reading(*WHOLE.engagements, sources={"list": {**LIST, "ego": ["JPN"]}}))
    assert pair(table, 2000, "JPN", "GBR")["agreement_alliance"] == 0
    assert pair(table, 2000, "USA", "GBR")["agreement_alliance"] is pd.NA


def test_who_was_no_state_is_not_there():
    assert "IND" not in set(made(1900)["id1"])
    assert {"DEU", "DDR"} <= set(made(1980)["id1"]) | set(made(1980)["id2"])


@pytest.mark.filterwarnings(r"ignore:(.|\n)*(does not exist|parameter missing)")
def test_on_an_engine(connection):
    store(connection.write, WHOLE)
    table = dyads(connection, ("1959", "1960"), "cow", kinds="alliance")
    assert table["year"].unique().tolist() == [1959, 1960]
    assert list(table) == ["year", "id1", "id2", "ccode1", "ccode2", "agreement_alliance"]
    for options, message in (
        ({"codes": "iso"}, "codes='iso': use cow, gw or iso3"),
        ({"by": "size"}, "use kind or label"),
        ({"as_of": "1960-01-01"}, "no option of dyads"),
    ):
        with pytest.raises(UsageError, match=message):
            dyads(connection, ("1959", "1960"), **options)


def test_of_a_domain_nothing_is_known_to_be_absent():
    """A list that is complete for a kind may not say what each thing on it is about."""
    about = engagement("r", "JPN USA", label="Agreement", kind="alliance", when="1952 / 2030", covers=["HA/DR"])
    read = reading(about, sources={"list": LIST})
    assert pair(made(1960, read=read), 1960, "GBR", "USA")["agreement_alliance"] == 0
    table = dyads_of(read, Policy(domains=("HA/DR",)), [1960], ["cow"])
    assert pair(table, 1960, "JPN", "USA")["agreement_alliance"] == 1
    assert pair(table, 1960, "GBR", "USA")["agreement_alliance"] is pd.NA


def test_who_bears_one_code_after_the_other_in_a_year_is_one_state():
    """In 2006 COW's 345 was Yugoslavia until June, then Serbia: one row for it with each other state, as COW has it."""
    pact = engagement("pact", "YUG SRB RUS", label="Agreement", kind="alliance", when="2000 / 2030")
    other = engagement("other", "YUG RUS", label="Agreement", kind="alliance", when="2000 / 2006-03-01")
    table = made(2006, codes=["cow"], read=reading(pact, other, sources={"list": LIST}))
    assert not table.duplicated(["ccode1", "ccode2", "year"]).any()
    found = table[(table["ccode1"] == 345) & (table["ccode2"] == 365)]
    assert found[["id1", "id2", "agreement_alliance"]].values.tolist() == [["SRB", "RUS", 2]]
    assert "YUG" in set(made(2006, codes=["gw"])["id1"])
