"""The register of organizations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.errors import UsageError
from relgraph.model.countries import load_countries
from relgraph.model.organizations import Organization, UnknownOrganization, load_organizations

ORGANIZATIONS = load_organizations()


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("nato", "nato"),
        ("North Atlantic Treaty Organisation", "nato"),
        ("ADMM-Plus", "admm-plus"),
        ("ADMM+", "admm-plus"),
        ("ADMM", "admm"),
        ("ASEAN Defense Ministers Meeting-Plus", "admm-plus"),
        ("asean-regional-forum", "arf"),
        ("The Quad", "quad"),
        ("U.N.", "un"),
    ],
)
def test_a_name_finds_its_organization(text: str, id: str) -> None:
    assert ORGANIZATIONS.find(text) is ORGANIZATIONS.get(id)


@given(st.sampled_from(list(ORGANIZATIONS)), st.data())
def test_every_name_finds_its_organization(organization: Organization, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([organization.id, organization.name, *organization.aliases]))
    assert ORGANIZATIONS.find(data.draw(st.sampled_from([name, name.upper(), name.lower()]))) is organization


def test_an_unknown_one_says_the_nearest() -> None:
    with pytest.raises(
        UnknownOrganization, match=r"'Asian Union' is no organization .*African Union"
    ) as caught:
        ORGANIZATIONS.find("Asian Union")
    assert isinstance(caught.value, UsageError)
    assert len(caught.value.nearest) == 3
    assert ORGANIZATIONS.get("asian-union") is None


def test_no_organization_has_the_id_of_a_country() -> None:
    """Both are accepted where an actor is asked for, so an id must not mean either."""
    assert not {organization.id for organization in ORGANIZATIONS} & {
        country.id for country in load_countries()
    }
