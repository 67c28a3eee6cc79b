"""The country register: known values with their source, and properties that hold for every row."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.errors import UsageError
from relgraph.model.countries import AmbiguousCountry, Country, Spell, UnknownCountry, load_countries
from relgraph.model.names import fold
from relgraph.model.spells import CODES, Bearing

COUNTRIES = load_countries()

SPELLS = [(country, spell) for country in COUNTRIES for spell in country.spells]
NAMES = [
    (name, country, spell)
    for country, spell in SPELLS
    for name in filter(None, (country.name, spell.era_name, *spell.aliases))
]
BEARINGS = [
    (scheme, code, bearing)
    for scheme in CODES
    for code, bearings in COUNTRIES.codes(scheme).items()
    for bearing in bearings
]
SHARED_BY_TWO = {fold("Korea")}  # by North and South Korea at the same time: asked back, not guessed


def found(text: str, on: str | int | None = None) -> str:
    return COUNTRIES.find(text, on).id


def resolved(scheme: str, code: str, on: str | int | None = None) -> tuple[str, bool]:
    resolution = COUNTRIES.resolve(scheme, code, on)
    assert resolution.exact == (resolution.warning is None)
    return resolution.country.id, resolution.exact


# --- Known values ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "members"), [(1816, 23), (1945, 64), (2016, 195)])
def test_members_of_the_system_as_counted_in_cow_state_system_v2016(year: int, members: int) -> None:
    assert len(COUNTRIES.states_on(year, "cow")) == members


def test_germanys_spells() -> None:
    """COW: 255 to 1945, 260 to 1990, 255 again; Gleditsch-Ward: 255 to 1945, 260 since 1949."""
    spells = [(s.era_name, s.start, s.end, s.cow, s.gw) for s in COUNTRIES.get("DEU").spells]
    assert spells == [
        ("Prussia", "../1816-01-01", "1871-01-17", "255", "255"),
        (None, "1871-01-18", "1945-05-08", "255", "255"),
        ("West Germany", "1949-09-21", "1990-10-02", "260", "260"),
        (None, "1990-10-03", "..", "255", "260"),
    ]
    assert [resolved("gw", "260", year) for year in (1970, 2020)] == [("DEU", True), ("DEU", True)]
    assert resolved("cow", "265", 1970) == ("DDR", True)


@pytest.mark.parametrize(
    ("scheme", "code", "on", "country", "exact"),
    [
        ("cow", "345", 1900, "SRB", True),  # COW lists Serbia, Yugoslavia and Serbia under one code
        ("cow", "345", 1970, "YUG", True),
        ("cow", "345", "2006-06-04", "YUG", True),
        ("cow", "345", "2006-06-05", "SRB", True),
        ("cow", "345", 2006, "SRB", False),  # the year in which it changed hands: the longer, with a warning
        ("gw", "345", 2010, "YUG", False),  # Gleditsch-Ward give Serbia 340
        ("gw", "340", 2010, "SRB", True),
        ("cow", "347", 2010, "XKX", True),
        ("cow", "365", 1900, "RUS", True),
        ("cow", "365", 1923, "SUN", True),
        ("cow", "365", "1991-12-25", "SUN", True),
        ("cow", "365", "1991-12-26", "RUS", True),
        ("cow", "816", 1960, "VNM", True),
        ("cow", "817", 1960, "RVN", True),
        ("gw", "815", 1874, "VNM", True),  # Annam
        ("gw", "815", 2005, "VNM", False),
        ("cow", "678", 1980, "YAR", True),
        ("cow", "680", 1980, "YMD", True),
        ("cow", "679", 2000, "YEM", True),
        ("gw", "678", 1980, "YAR", True),
        ("gw", "678", 2000, "YEM", True),
        ("cow", "315", 1950, "CSK", True),
        ("cow", "316", 1992, "CZE", False),  # in DCAD a year before its state begins
        ("cow", "200", 1815, "GBR", True),  # "by 1816" says nothing against 1815
        ("cow", "730", 1900, "JOS", True),
        ("cowc", "KOR", 1900, "JOS", True),
        ("cowc", "KOR", 1995, "KOR", True),  # DCAD writes KOR for ROK, GER for GMY and FRG for GFR
        ("cowc", "GER", 2000, "DEU", True),
        ("cowc", "FRG", 1988, "DEU", True),
        ("cowc", "ROM", 1990, "ROU", True),
        ("gwc", "RUM", 1990, "ROU", True),
        ("iso3", "ZAR", 1980, "COD", True),
        ("iso3", "GRL", 1950, "GRL", True),  # a territory has no days outside of which it would be doubtful
        ("iso3", "ANT", 2012, "ANT", False),
        ("iso2", "na", 2000, "NAM", True),
        ("name", "South Sudan", 2010, "SSD", False),
        ("name", "Russia", 1985, "SUN", True),
        ("name", "Siam", 1960, "THA", True),
    ],
)
def test_a_code_means_what_it_meant_then(scheme: str, code: str, on: int, country: str, exact: bool) -> None:
    assert resolved(scheme, code, on) == (country, exact)


@pytest.mark.parametrize(
    ("country", "texts"),
    {
        "TUR": ("Türkiye", "turkiye", "TURKEY", "Ottoman Empire", "tr"),
        "CIV": ("Cote d’Ivoire", "Côte d'Ivoire", "Cote D'Ivoire, Republic of", "ivory coast"),
        "COD": ("Congo, Democratic Republic of (Kinshasa)", "Congo - Kinshasa", "Zaire", "DRC"),
        "COG": ("Congo", "Congo, Republic of (Brazzaville)", "Republic of the Congo"),
        "KNA": ("st. christopher", "St Kitts & Nevis", "Saint Kitts and Nevis"),
        "KOR": ("Korea, Republic of South", "ROK", "South Korea", "Korea, South", "Rep. of Korea"),
        "DEU": ("Federal Republic of Germany", "West Germany", "GERMANY"),
        "DDR": ("German Democratic Republic", "East Germany"),
        "VNM": ("Viet Nam", "Việt Nam", "vietnam"),
        "JPN": ("日本", "jpn", "JP"),
        "XKX": ("Kosovo", "xkx"),
        "SRB": ("Serbia", "Serbia, Republic of"),
        "RUS": ("Russia", "Russian Federation"),
        "SUN": ("USSR", "U.S.S.R.", "Soviet Union"),
        "GMB": ("Gambia, The", "The Gambia"),
        "NAM": ("NA", "Namibia"),
        "MMR": ("Burma", "Myanmar (Burma)"),
        "MKD": ("Macedonia",),
        "CZE": ("Czechia", "Czech Republic"),
        "YEM": ("Yemen",),
        "CHN": ("China", "China, People's Republic of"),
        "GBR": ("UK", "u.k.", "GB"),
        "USA": ("USA", "U.S.A.", "U.S."),
        "LCA": ("St Lucia", "Saint Lucia"),
        "PSE": ("Palestinian Authority",),
    }.items(),
)
def test_a_name_finds_its_country_in_any_spelling(country: str, texts: tuple[str, ...]) -> None:
    assert {found(text) for text in texts} == {country}


@pytest.mark.parametrize(
    ("text", "on", "country"),
    [
        ("Austria", 1850, "AUH"),
        ("Russia", 1985, "SUN"),
        ("Russia", "1991-12-26", "RUS"),
        ("Serbia", 2003, "YUG"),
        ("Yugoslavia", date(2004, 5, 1), "YUG"),
        ("Korea", 1890, "JOS"),
        ("Yemen", 1970, "YAR"),
        ("Vietnam", "1967-03", "VNM"),
        ("Germany", 1970, "DEU"),
        ("Republic of China", 1930, "CHN"),
        ("Republic of China", 1960, "TWN"),
    ],
)
def test_a_name_that_several_have_borne_means_the_one_of_that_day(text: str, on: str, country: str) -> None:
    assert found(text, on) == country


def test_what_two_bear_at_once_is_asked_back() -> None:
    message = r"South Korea from 1948-08-15 \(KOR\) and North Korea from .* \(PRK\); give the id instead"
    with pytest.raises(AmbiguousCountry, match=message) as caught:
        COUNTRIES.find("Korea")
    assert {"North Korea", "South Korea"} <= set(caught.value.nearest)
    with pytest.raises(
        AmbiguousCountry, match=r"COW code 365 is Russia .* and Soviet Union .*; say in which year"
    ):
        COUNTRIES.resolve("cow", "365")


@pytest.mark.parametrize(("wrong", "right"), [("Phillipines", "Philippines"), ("Kazakstan", "Kazakhstan")])
def test_an_unknown_name_says_the_nearest(wrong: str, right: str) -> None:
    with pytest.raises(
        UnknownCountry, match=f"'{wrong}' is no country of the register; near it: {right}, "
    ) as caught:
        COUNTRIES.find(wrong)
    assert len(caught.value.nearest) == 3


@pytest.mark.parametrize(
    ("code", "meant"), [("UKG", ["United Kingdom"]), ("740", ["Japan"]), ("365", ["Russia", "Soviet Union"])]
)
def test_a_code_of_another_list_is_no_name_and_answered_with_who_has_it(code: str, meant: list[str]) -> None:
    with pytest.raises(UnknownCountry, match=f"'{code}' is no country of the register") as caught:
        COUNTRIES.find(code)
    assert list(caught.value.nearest[: len(meant)]) == meant
    assert COUNTRIES.find("AUS").name == "Australia"  # and never what only COW means by it


@pytest.mark.parametrize(("scheme", "code"), [("cow", "8152"), ("name", "NATO"), ("name", "Baltic States")])
def test_what_is_no_country_stays_unknown(scheme: str, code: str) -> None:
    with pytest.raises(UnknownCountry):
        COUNTRIES.resolve(scheme, code, 1990)


@pytest.mark.parametrize("on", ["1980-01-xx", "", "soon", "2017-13"])
def test_a_day_that_is_none_is_refused(on: str) -> None:
    with pytest.raises(UsageError, match="is no day: write 2017, 2017-05 or 2017-05-12"):
        COUNTRIES.resolve("cow", "2", on)


def test_an_unknown_scheme_is_refused() -> None:
    for call in (lambda: COUNTRIES.resolve("fips", "US"), lambda: COUNTRIES.code("USA", "name")):
        with pytest.raises(UsageError, match="is no scheme of country codes: use one of id, "):
            call()
    with pytest.raises(UsageError, match="is no list of states: use cow or gw"):
        COUNTRIES.states_on(1990, "un")


def test_the_code_of_a_country_is_that_of_the_day() -> None:
    assert COUNTRIES.code("SRB", "cow", 2010) == "345"
    assert COUNTRIES.code("SRB", "gw", 2010) == "340"
    assert COUNTRIES.code("KOR", "cowc", 2000) == "ROK"
    assert COUNTRIES.code("FRA", "cow", "1943-06-01") is None  # COW does not list France under occupation
    assert COUNTRIES.code("FRA", "gw", "1943-06-01") == "220"
    assert COUNTRIES.code("DEU", "cow") == "255"
    assert COUNTRIES.code("SUN", "cow") is None
    assert COUNTRIES.code("GRL", "cow", 2000) is None


def test_states_of_a_day_are_those_of_either_list_without_territories() -> None:
    states = {country.id for country in COUNTRIES.states_on("2020-01-01")}
    assert {"XKX", "TWN", "PSE", "VAT", "TUV", "SSD"} <= states
    assert not {"GRL", "HKG", "ABK", "SOT", "SUN"} & states
    assert {"ABK", "SOT"} <= {country.id for country in COUNTRIES.states_on("2020-01-01", "gw")}
    assert len(states) == 197  # the 193 members of the United Nations, its two observer states, XKX and TWN


def test_first_and_last_day() -> None:
    assert (COUNTRIES.get("JPN").start, COUNTRIES.get("JPN").end) == ("../1816-01-01", "..")
    assert (COUNTRIES.get("DDR").start, COUNTRIES.get("DDR").end) == ("1949-10-05", "1990-10-02")
    assert (COUNTRIES.get("GRL").start, COUNTRIES.get("GRL").end) == (None, None)
    assert [COUNTRIES.get(id).present for id in ("JPN", "DDR", "GRL", "ANT")] == [True, False, True, False]


@pytest.mark.parametrize(
    ("id", "lat", "lon"),
    [("JPN", 36, 138), ("ZAF", -29, 25), ("FJI", -18, 178), ("GUF", 4, -53), ("YUG", 44, 19)],
)
def test_places_are_where_an_atlas_has_them(id: str, lat: int, lon: int) -> None:
    country = COUNTRIES.get(id)
    assert (country.lat, country.lon) == (pytest.approx(lat, abs=1), pytest.approx(lon, abs=1))


def test_ids_are_iso_codes_or_documented() -> None:
    documented = (Path(__file__).parents[2] / "ingest" / "REGISTER.md").read_text("utf-8")
    own = {country.id for country in COUNTRIES if not any(spell.iso3 for spell in country.spells)}
    assert {id for id in own if f"`{id}`" not in documented} == set()


# --- Properties of every row -----------------------------------------------------------------------------


def a_day(first: int, last: int) -> st.SearchStrategy[date]:
    """A day of these; "by 1816" and "still" are tried over four centuries."""
    low, high = max(first, date(1700, 1, 1).toordinal()), min(last, date(2100, 1, 1).toordinal())
    return st.integers(min(low, last), max(high, first)).map(date.fromordinal)


@given(st.data())
def test_every_name_finds_its_country_on_every_day_of_its_spell(data: st.DataObject) -> None:
    name, country, spell = data.draw(st.sampled_from(NAMES))
    on = data.draw(a_day(*spell.days()))
    written = data.draw(st.sampled_from([name, name.upper(), name.lower(), f" {name.replace(' ', '  ')} "]))
    if fold(name) in SHARED_BY_TWO and country.id != "JOS":
        with pytest.raises(AmbiguousCountry):
            COUNTRIES.find(written, on)
    else:
        assert COUNTRIES.find(written, on) is country
        assert COUNTRIES.resolve("name", written, on) == (country, True, None)


@given(st.data())
def test_every_code_resolves_exactly_to_its_row_on_every_day_of_its_years(data: st.DataObject) -> None:
    scheme, code, bearing = data.draw(st.sampled_from(BEARINGS))
    on = data.draw(a_day(bearing.first, bearing.last))
    assert COUNTRIES.resolve(scheme, code, on) == (bearing.country, True, None)
    assert COUNTRIES.resolve(scheme, code, on.isoformat()) == (bearing.country, True, None)


@given(st.sampled_from(BEARINGS), st.integers(1700, 2100))
def test_outside_of_its_years_a_code_warns_and_never_means_another_country(
    borne: tuple[str, str, Bearing], year: int
) -> None:
    scheme, code, _ = borne
    bearers = [(b.country, b.within((date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())) > 0)
               for b in COUNTRIES.codes(scheme)[code]]  # fmt: skip
    country, exact, warning = COUNTRIES.resolve(scheme, code, year)
    assert country in [bearer for bearer, _ in bearers]
    assert exact == (len({bearer.id for bearer, valid in bearers if valid}) == 1)
    assert exact or f"in {year}" in warning


@given(st.sampled_from(SPELLS), st.integers(1816, 2030), st.sampled_from(CODES))
def test_the_code_of_a_country_means_that_country(
    borne: tuple[Country, Spell], year: int, scheme: str
) -> None:
    country, _ = borne
    on = f"{year}-07-01"
    code = COUNTRIES.code(country.id, scheme, on)
    assert code is None or COUNTRIES.resolve(scheme, code, on) == (country, True, None)


@settings(deadline=None)
@given(st.text())
def test_nearest_is_never_empty(text: str) -> None:
    assert len(COUNTRIES.nearest(text)) == 3


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_country_or_unknown(text: str) -> None:
    with contextlib.suppress(UnknownCountry):
        assert COUNTRIES.find(text) in COUNTRIES


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(text.upper()) == fold(fold(text.upper()))
