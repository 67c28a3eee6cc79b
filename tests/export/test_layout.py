"""Where things are drawn, and that they stay there."""

from __future__ import annotations

from itertools import pairwise

import networkx
import pytest
from tests.export import networks

from relgraph.errors import UsageError
from relgraph.export import atlas, shelf
from relgraph.export.layout import adrift, positions
from relgraph.export.reading import read
from relgraph.model.organizations import load_organizations


def test_no_tie_and_no_country_moves_another() -> None:
    before, squares = positions(read(networks.sample(40)))
    more = networks.sample(40)
    extra = networks.engagement("extra", ["BRA", "JPN", "KEN", "NOR", "USA", "ZAF", "nowhere"])
    more = networks.network([*more.graph["engagements"].values(), extra])
    after, more_squares = positions(read(more))
    assert {id: after[id] for id in before} == before
    assert {id: more_squares[id] for id in squares} == squares


def test_names_of_todays_states_have_room() -> None:
    places = [place for place in atlas.register() if place.present]
    at = atlas.register_positions()
    overlapping = 0
    for n, one in enumerate(places):
        for other in places[:n]:
            (x, y), (u, v) = at[one.id], at[other.id]
            wide = 3.1 * (min(len(one.name), 20) + min(len(other.name), 20))
            overlapping += abs(x - u) < wide and abs(y - v) < 14
    assert overlapping <= 3


def test_map_is_cut_in_the_atlantic() -> None:
    at = atlas.register_positions()
    order = [at[id][0] for id in ("GBR", "IND", "JPN", "USA", "BRA")]
    assert order == sorted(order)
    assert at["NOR"][1] < at["ITA"][1] < at["ZAF"][1]


def test_coast_is_small_and_whole() -> None:
    path = atlas.coast_path()
    assert len(path) < 25_000
    assert path.count("M") == path.count("z") > 20


def test_what_has_no_place_lies_where_its_id_says() -> None:
    assert adrift("nato") == adrift("nato") != adrift("asean")


def test_organizations_lie_in_rows_off_the_land_where_their_names_have_room() -> None:
    at = {one.id: shelf.place(one.id) for one in load_organizations()}
    south = max(y for _, y in atlas.register_positions().values() if y < 400)  # but for islands near Antarctica
    assert south < min(y for _, y in at.values())
    for y in {y for _, y in at.values()}:
        row = sorted(id for id in at if at[id][1] == y)
        assert [at[id][0] for id in row] == sorted(at[id][0] for id in row)
        ends = [(at[id][0], 3.1 * len(shelf.shown(load_organizations().get(id)))) for id in row]
        assert all(x + half < next - other for (x, half), (next, other) in pairwise(ends))


def test_no_organization_and_no_unit_moves_another() -> None:
    net = networks.network([networks.engagement("a", ["JPN", "asean", "nato"])])
    more = networks.network([networks.engagement("a", ["JPN", "asean", "nato", "eu", "un", "institute"])])
    for one in (net, more):
        for id in set(one) - {"JPN"}:
            one.nodes[id].update(label="Organization")
    before, after = (positions(read(one))[0] for one in (net, more))
    assert {id: after[id] for id in before} == before
    assert len(set(after.values())) == len(after)
    assert min(after[id][1] for id in set(after) - {"JPN"}) == shelf.TOP


@pytest.mark.parametrize("layout", ["force", "ego"])
def test_other_layouts_are_the_same_every_time(layout: str, sample: networkx.Graph) -> None:
    found = positions(read(sample), layout, "JPN")
    assert found == positions(read(networks.sample()), layout, "JPN")
    assert len(set(found[0].values())) == len(sample)


def test_ego_has_its_country_in_the_middle(sample: networkx.Graph) -> None:
    at, _ = positions(read(sample), "ego", "JPN")
    assert at["JPN"] == (0, 0)
    with pytest.raises(UsageError, match="focus"):
        positions(read(sample), "ego")
    with pytest.raises(UsageError, match="geographic, force, ego"):
        positions(read(sample), "circle")
