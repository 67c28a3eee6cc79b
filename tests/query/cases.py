"""What each query of the library answers on the small graph."""

from __future__ import annotations

from typing import Any

JAPAN_AND_AUSTRALIA = ("acsa-aus-jpn", "cope-north", "cope-north-2018", "declaration-aus-jpn")
JAPANS_PARTNERS = [
    ("USA", 5, ("Agreement", "Exercise", "Program")),
    ("PHL", 4, ("Dialogue", "Exercise", "Program", "Transfer")),  # the ambiguous claim to host is left out
    ("AUS", 3, ("Agreement", "Exercise")),  # the series adds nothing to its edition
    ("IND", 2, ("Exercise",)),
    ("asean", 2, ("Dialogue", "Program")),  # to have welcomed a vision is no tie
    ("GBR", 1, ("Agreement",)),
    ("KHM", 1, ("Program",)),
    ("VNM", 1, ("Program",)),
]

# query, what is asked, columns, rows in their order
CASES: list[tuple[str, dict[str, Any], str, list[Any]]] = [
    ("parties_of", {"agreement": "alliance-jpn-usa"}, "id role start sources", [
        ("JPN", "signatory", None, ("paper, S1 P2", "paper, S3 P1")),
        ("JPN", "signatory", "1952-04-28", ("list, row 7",)),
        ("USA", "signatory", None, ("paper, S1 P2",)),
        ("USA", "signatory", "1952-04-28", ("list, row 8",)),
    ]),
    ("parties_of", {"agreement": "vision"}, "id label country role", [
        ("JPN", "Country", "JPN", "announced"),
        ("asean", "Organization", None, "welcomed"),
    ]),
    ("parties_of", {"agreement": "Exercise of four"}, "id label country role certainty", [
        ("IND", "Country", "IND", "participant", "stated"),
        ("PHL", "Country", "PHL", "host", "ambiguous"),
        ("USA", "Country", "USA", "participant", "stated"),
        ("izumo", "Unit", "JPN", "participant", "stated"),
    ]),
    ("agreements_of", {"country": "Japan"}, "id roles in_force", [
        ("vision", ("announced",), None),
        ("declaration-aus-jpn", ("signatory",), None),
        ("alliance-jpn-usa", ("signatory",), None),
        ("alliance-gbr-jpn", ("signatory",), None),
        ("acsa-aus-jpn", ("signatory",), None),
    ]),
    ("agreements_of", {"country": "JPN", "as_of": "2019-06-01"}, "id in_force", [
        ("vision", "yes"),
        ("declaration-aus-jpn", "possibly"),  # signed, its entry into force not known
        ("alliance-jpn-usa", "yes"),
        ("acsa-aus-jpn", "undated"),
    ]),
    ("agreements_of", {"country": "PHL", "as_of": "1980-01-01"}, "id", []),  # its own claim ended in 1975
    ("agreements_of", {"country": "JPN", "kind": "alliance", "certainty": "stated"}, "id sources", [
        ("alliance-jpn-usa", ("list, row 7", "paper, S1 P2", "paper, S3 P1")),
        ("alliance-gbr-jpn", ("list, row 1",)),
    ]),
    ("agreements_between", {"a": "JPN", "b": "AUS"}, "id kind start end in_force sources", [
        ("declaration-aus-jpn", "joint-declaration", None, None, None, ("paper, S4 P1",)),
        ("acsa-aus-jpn", "acsa", None, None, None, ("paper, S4 P1",)),
    ]),
    ("agreements_between", {"a": "JPN", "b": "AUS", "certainty": "stated"}, "id", []),
    ("agreements_between", {"a": "usa", "b": "Japan", "as_of": "2019-06-01"}, "id in_force", [
        ("alliance-jpn-usa", "yes"),
    ]),
    ("agreements_between", {"a": "USA", "b": "PHL", "as_of": "1954-06-01"}, "id in_force", [
        ("pact-treaty", "possibly"),
    ]),
    ("agreements_between", {"a": "USA", "b": "PHL", "as_of": "1980-01-01"}, "id", []),
    ("agreements_between", {"a": "USA", "b": "AUS", "as_of": "2026-01-01"}, "id in_force", [
        ("pact-treaty", "possibly"),  # the list ends in 2012
    ]),
    ("signed_not_in_force", {}, "id signed start parties", [
        ("declaration-aus-jpn", "2007-03-13", None, ("AUS", "JPN")),
    ]),
    ("signed_not_in_force", {"as_of": "1952-01-01"}, "id", [("alliance-jpn-usa",)]),
    ("signed_not_in_force", {"as_of": "2010-01-01", "country": "USA"}, "id", []),
    ("announced_or_welcomed", {}, "id actor role signatories sources", [
        ("vision", "JPN", "announced", 0, ("paper, S5 P2",)),
        ("vision", "asean", "welcomed", 0, ("paper, S5 P2",)),
    ]),
    ("announced_or_welcomed", {"country": "ASEAN"}, "id role", [("vision", "welcomed")]),
    ("updates_of", {"agreement": "vision"}, "id relation start", [("vision-2", "updates it", "2019-11")]),
    ("updates_of", {"agreement": "vision-2"}, "id relation start", [
        ("vision", "is updated by it", "2016-11-16"),
    ]),
    ("exercises_of", {"country": "JPN"}, "id roles series in_force", [
        ("four-in-2019", ("participant",), None, None),
        ("cope-north-2018", ("participant",), "cope-north", None),
        ("malabar-2007", ("participant",), None, None),
        ("balikatan", ("participant",), None, None),
        ("cope-north", ("participant",), None, None),
    ]),
    ("exercises_of", {"country": "JPN", "as_of": "2019-06-01"}, "id in_force", [
        ("four-in-2019", "possibly"),
        ("balikatan", "yes"),  # undated itself: Japan has joined it since 2017
        ("cope-north", "undated"),
    ]),
    ("exercises_of", {"country": "msdf", "domain": "HA/DR"}, "id", []),
    ("exercises_of", {"country": "PHL", "certainty": "ambiguous"}, "id roles", [("four-in-2019", ("host",))]),
    ("exercises_between", {"a": "JPN", "b": "USA"}, "id series parties sources", [
        ("four-in-2019", None, 4, ("paper, S2 P2",)),
        ("cope-north-2018", "cope-north", 4, ("paper, S1 P5",)),
        ("balikatan", None, 3, ("paper, S1 P5",)),
        ("cope-north", None, 3, ("paper, S4 P1",)),
    ]),
    ("exercises_between", {"a": "JPN", "b": "IND", "as_of": "2019-06-01"}, "id in_force", [
        ("four-in-2019", "possibly"),
    ]),
    ("exercises_between", {"a": "AUS", "b": "PHL"}, "id", []),
    ("exercises_in", {"year": 2019}, "id held countries", [
        ("balikatan", "yes", ("JPN", "PHL", "USA")),
        ("four-in-2019", "yes", ("IND", "JPN", "PHL", "USA")),
        ("cope-north", "undated", ("AUS", "JPN", "USA")),
    ]),
    ("exercises_in", {"year": "2025", "undated": "no"}, "id held", [("balikatan", "possibly")]),
    ("exercises_in", {"year": "2007", "country": "IND"}, "id held", [("malabar-2007", "yes")]),
    ("parts_of", {"engagement": "capacity-building"}, "id whole role certainty", [
        ("hadr-training", "capacity-building", "part", "implied"),
        ("road-construction", "capacity-building", "part", "stated"),
    ]),
    ("parts_of", {"engagement": "cope-north"}, "id role start", [("cope-north-2018", "edition", "2018")]),
    ("recipients_of", {"provider": "JPN"}, "id label size through", [
        ("KHM", "Country", None, ("road-construction",)),
        ("PHL", "Country", None, ("hadr-training", "tc-90")),
        ("VNM", "Country", None, ("hadr-training",)),
        ("asean", "Organization", None, ("capacity-building",)),
        ("fifteen-countries", "Group", 15, ("capacity-building",)),
    ]),
    ("recipients_of", {"provider": "JPN", "domain": "HA/DR", "kind": "Program"}, "id through", [
        ("PHL", ("hadr-training",)),
        ("VNM", ("hadr-training",)),
    ]),
    ("recipients_of", {"provider": "JPN", "domain": "maritime-security"}, "id", [
        ("PHL",), ("asean",), ("fifteen-countries",),
    ]),
    ("recipients_of", {"provider": "JPN", "kind": "transfer", "as_of": "2018-06-01"}, "id in_force", [
        ("PHL", "possibly"),
    ]),
    ("providers_to", {"recipient": "PHL"}, "id through sources", [
        ("JPN", ("hadr-training", "tc-90"), ("paper, S1 P5", "paper, S3 P7")),
    ]),
    ("providers_to", {"recipient": "15 countries"}, "id through", [("JPN", ("capacity-building",))]),
    ("programs_of", {"country": "JPN"}, "id roles domains", [
        ("capacity-building", ("provides",), ("HA/DR", "maritime security")),
        ("hadr-training", ("provides",), ("HA/DR",)),
        ("road-construction", ("provides",), ()),
    ]),
    ("programs_of", {"country": "USA", "as_of": "2019-01-01"}, "id roles in_force", [
        ("capacity-building", ("partner",), "yes"),
    ]),
    ("transfers_to", {"recipient": "PHL"}, "id quantity unit providers recipients start end", [
        ("tc-90", 5, "aircraft", ("JPN",), ("PHL",), "2017", "2018"),
    ]),
    ("transfers_to", {"provider": "PHL"}, "id", []),
    ("unnamed_in_groups", {}, "id size named unnamed engagements", [
        ("fifteen-countries", 15, ("PHL", "VNM"), 13, ("capacity-building",)),
        ("invited-militaries", None, (), None, ("cope-north-2018",)),
    ]),
    ("unnamed_in_groups", {"engagement": "capacity-building"}, "id unnamed", [("fifteen-countries", 13)]),
    ("countries", {}, "id engagements agreements exercises sources", [
        ("AUS", 5, 3, 2, ("list", "paper")),
        ("GBR", 1, 1, 0, ("list",)),
        ("IND", 2, 0, 2, ("paper",)),
        ("JPN", 17, 5, 5, ("list", "paper")),
        ("KHM", 1, 0, 0, ("paper",)),
        ("PHL", 6, 1, 2, ("list", "paper")),
        ("USA", 7, 2, 4, ("list", "paper")),
        ("VNM", 1, 0, 0, ("paper",)),
    ]),
    ("partners_of", {"country": "JPN"}, "id engagements kinds", JAPANS_PARTNERS),
    ("partners_of", {"country": "JPN", "as_of": "2019-06-01"}, "id engagements possibly", [
        ("USA", 5, 1), ("AUS", 3, 1), ("PHL", 2, 0), ("IND", 1, 1), ("KHM", 1, 0), ("VNM", 1, 0),
        ("asean", 1, 0),
    ]),
    ("partners_of", {"country": "PHL", "kind": "Program"}, "id engagements sources", [
        ("JPN", 1, ("paper, S1 P5",)),  # not Vietnam, which only receives, too
    ]),
    ("partners_of", {"country": "IND", "domain": "ha-dr"}, "id", []),
    ("path_between", {"a": "AUS", "b": "KHM"}, "steps via first second", [
        (2, "JPN", JAPAN_AND_AUSTRALIA, ("road-construction",)),
    ]),
    ("path_between", {"a": "AUS", "b": "PHL"}, "steps via first", [
        (1, None, ("pact-treaty",)),
        (2, "JPN", JAPAN_AND_AUSTRALIA),
        (2, "USA", ("cope-north", "cope-north-2018", "pact-treaty")),
    ]),
    ("domains_of", {"country": "JPN"}, "id engagements through", [
        ("ha-dr", 2, ("capacity-building", "hadr-training")),
        ("maritime-security", 2, ("capacity-building", "tc-90")),
    ]),
    ("domains_of", {"country": "JPN", "as_of": "2005-01-01"}, "id through", [("ha-dr", ("hadr-training",))]),
    ("engagements_by_kind", {"country": "JPN"}, "label engagements planned", [
        ("Agreement", 5, 0), ("Exercise", 5, 0), ("Program", 3, 0), ("Dialogue", 2, 0), ("Deployment", 1, 0),
        ("Transfer", 1, 0),
    ]),
    ("engagements_by_kind", {"country": "PHL", "certainty": "ambiguous"}, "label engagements", [("Exercise", 1)]),
    ("units_of", {"country": "Japan"}, "id part_of engagements certainty sources", [
        ("izumo", "msdf", 2, "stated", ("paper, S2 P1",)),
        ("msdf", "sdf", 1, "stated", ("paper, S1 P1", "paper, S2 P3")),
        ("sdf", "JPN", 1, "stated", ("paper, S1 P1",)),
    ]),
    ("units_of", {"country": "msdf"}, "id", [("izumo",)]),
    ("units_of", {"country": "VNM"}, "id", []),
    ("only_these_countries", {"countries": "JPN, Australia, usa", "kind": "Exercise"}, "id kind", [
        ("cope-north", "series"),  # not its edition, to which others are invited
    ]),
    ("only_these_countries", {"countries": ["JPN", "USA"]}, "id", [("alliance-jpn-usa",)]),
    ("only_these_countries", {"countries": "IND,JPN,PHL,USA"}, "id", [("four-in-2019",)]),
    ("only_these_countries", {"countries": "org:pact"}, "id", [("pact-treaty",)]),
    ("party_sets", {"most": 2, "kind": "alliance"}, "countries engagements first last", [
        (("GBR", "JPN"), 1, "1902-01-30", "1902-01-30"),
        (("JPN", "USA"), 1, "1952-04-28", "1952-04-28"),
    ]),
    ("party_sets", {"kind": "Exercise"}, "countries through", [
        (("IND", "JPN"), ("malabar-2007",)),
        (("AUS", "JPN", "USA"), ("cope-north",)),
        (("JPN", "PHL", "USA"), ("balikatan",)),
        (("IND", "JPN", "PHL", "USA"), ("four-in-2019",)),
    ]),
    ("members_of", {"organization": "The Pact"}, "id role start end member", [
        ("AUS", "member", "1954", "..", None),
        ("PHL", "member", "1954", "1975", None),
        ("USA", "member", "1954", "..", None),
    ]),
    ("members_of", {"organization": "pact", "as_of": "1980-01-01"}, "id member", [
        ("AUS", "yes"),
        ("USA", "yes"),
    ]),
    ("organizations_of", {"country": "PHL"}, "id roles", [("asean", ("member",)), ("pact", ("member",))]),
    ("organizations_of", {"country": "PHL", "as_of": "2020-01-01"}, "id member", [("asean", "undated")]),
    ("shared_organizations", {"a": "USA", "b": "PHL", "as_of": "1960-01-01"}, "id roles_a roles_b shared", [
        ("pact", ("member",), ("member",), "yes"),
    ]),
    ("shared_organizations", {"a": "USA", "b": "PHL", "as_of": "1990-01-01"}, "id", []),
    ("under_framework", {"framework": "vision"}, "id framework certainty", [
        ("hadr-training", "itself", "stated"),
    ]),
    ("under_framework", {"framework": "foip"}, "id label certainty", [
        ("deployment-2019", "Deployment", "implied"),
    ]),
    ("under_framework", {"framework": "Ministers' meeting"}, "id label", [("vision", "Agreement")]),
    ("frameworks_of", {"country": "JPN"}, "id label through", [
        ("vision", "Agreement", ("hadr-training",)),
        ("asean", "Organization", ("ministers-2016",)),
        ("foip", "Policy", ("deployment-2019",)),
    ]),
    ("policies_of", {}, "id actor role start certainty sources", [
        ("foip", "JPN", "issuer", None, "stated", ("paper, S2 P1",)),
        ("foip", "USA", "supporter", None, "stated", ("paper, S2 P1",)),
    ]),
    ("policies_of", {"country": "USA"}, "id role", [("foip", "supporter")]),
    ("policies_of", {"country": "AUS"}, "id", []),
    ("in_force_on", {"day": "2019-06-01", "kind": "Agreement"}, "id in_force", [
        ("vision", "yes"),
        ("alliance-jpn-usa", "yes"),
        ("declaration-aus-jpn", "possibly"),
        ("pact-treaty", "possibly"),
    ]),
    ("in_force_on", {"day": "2019-06-01", "kind": "Exercise"}, "id in_force", [
        ("balikatan", "yes"),
        ("four-in-2019", "possibly"),
    ]),
    ("in_force_on", {"day": "2020-05-13", "country": "PHL"}, "id", []),  # the call was over the day before
    ("in_force_on", {"day": "2020-05-12", "country": "PHL"}, "id in_force", [("call-2020", "yes")]),
    ("in_force_on", {"day": "1980-01-01", "country": "PHL"}, "id", []),
    ("in_force_on", {"day": "1960-01-01", "country": "PHL"}, "id sources", [
        ("pact-treaty", ("list, row 5",)),
    ]),
    ("began_between", {"since": "2016", "until": "2018"}, "id began", [
        ("ministers-2016", "yes"),
        ("vision", "yes"),
        ("tc-90", "yes"),
        ("cope-north-2018", "yes"),
        ("declaration-aus-jpn", "possibly"),
    ]),
    ("began_between", {"since": "2007-06", "until": "2007-07", "kind": "Exercise"}, "id began", [
        ("malabar-2007", "possibly"),
    ]),
    ("timeline", {"country": "PHL"}, "id start joined roles", [
        ("pact-treaty", "1954", "1954", ("signatory",)),
        ("tc-90", "2017", None, ("receives",)),
        ("four-in-2019", "2019", None, ("host",)),
        ("call-2020", "2020-05-12", None, ("participant",)),
        ("balikatan", None, None, ("participant",)),
        ("hadr-training", None, None, ("receives",)),
    ]),
    ("timeline", {"country": "JPN", "since": "2017", "until": "2017", "kind": "Exercise"}, "id joined", [
        ("balikatan", "2017"),
    ]),
    ("timeline", {"kind": "alliance", "until": "1950"}, "id roles sources", [
        ("alliance-gbr-jpn", (), ("list, 3154",)),
    ]),
    ("held_in", {"place": "Philippines"}, "id place certainty", [("balikatan", "Port of Subic", "implied")]),
    ("held_in", {"place": "JPN"}, "id place", [("deployment-2019", "Izumo")]),
    ("held_in", {"place": "south-sea", "year": 2019}, "id", [("four-in-2019",)]),
    ("in_domain", {"domain": "ha-dr"}, "id countries", [
        ("capacity-building", ("JPN", "USA")),
        ("hadr-training", ("JPN", "PHL", "VNM")),
    ]),
    ("in_domain", {"domain": "ha-dr", "country": "PHL", "certainty": "ambiguous"}, "id certainty", [
        ("balikatan", "ambiguous"),
    ]),
    ("loaded_sources", {}, "id coversLabels coversUntil ego", [
        ("list", ("Agreement",), "2012-12-31", None),
        ("paper", None, "2020-06-02", ("JPN",)),
    ]),
    ("sources_of", {"thing": "the Alliance"}, "source record start claims", [
        ("list", "3316", "1952-04-28", 2),
        ("paper", None, None, 3),
    ]),
    ("claims_about", {"thing": "declaration-aus-jpn"}, "type direction other certainty locator quote", [
        ("CITED_IN", "from it", "paper", "stated", None, None),
        ("PARTY_TO", "to it", "AUS", "stated", "S4 P1", "signed with Australia in 2007"),
        ("PARTY_TO", "to it", "JPN", "implied", "S4 P1", None),
    ]),
    ("claims_at", {"place": "s1 p2"}, "from_name type to_name certainty", [
        ("Capacity building program", "COVERS", "HA/DR", "stated"),
        ("Capacity building program", "COVERS", "maritime security", "stated"),
        ("Philippines", "MEMBER_OF", "15 countries", "implied"),
        ("Vietnam", "MEMBER_OF", "15 countries", "implied"),
        ("Japan", "PARTY_TO", "Alliance of Japan and the United States", "stated"),
        ("United States", "PARTY_TO", "Alliance of Japan and the United States", "stated"),
        ("Road construction training", "PART_OF", "Capacity building program", "stated"),
        ("Japan", "PROVIDES", "Road construction training", "stated"),
        ("15 countries", "RECEIVES", "Capacity building program", "stated"),
        ("ASEAN", "RECEIVES", "Capacity building program", "stated"),
        ("Cambodia", "RECEIVES", "Road construction training", "stated"),
    ]),
    ("claims_at", {"place": "row 7", "source": "list"}, "locator to_name start end", [
        ("row 7", "Alliance of Japan and the United States", "1952-04-28", ".."),
    ]),
    ("claims_at", {"place": "row 7", "source": "paper"}, "claim", []),
    ("claims_at", {"place": "FN 12,  S5"}, "from_name to_name", [("The Vision, updated", "The Vision")]),
    ("claims_at", {"place": "fn 1"}, "claim", []),  # whole words
    ("certainties_counted", {}, "type claims stated implied ambiguous", [
        ("ADOPTS", 2, 2, 0, 0), ("COVERS", 5, 4, 0, 1), ("HELD_IN", 3, 2, 1, 0), ("LOCATED_IN", 1, 0, 1, 0),
        ("MEMBER_OF", 7, 4, 3, 0), ("PARTY_TO", 16, 14, 2, 0), ("PART_OF", 8, 5, 3, 0), ("PROVIDES", 4, 4, 0, 0),
        ("RECEIVES", 6, 6, 0, 0), ("TAKES_PART_IN", 22, 20, 1, 1), ("UNDER", 4, 2, 2, 0), ("UPDATES", 1, 0, 1, 0),
    ]),
    ("certainties_counted", {"source": "list"}, "type stated", [("MEMBER_OF", 3), ("PARTY_TO", 7)]),
    ("places_of", {"engagements": "vision, alliance-jpn-usa"}, "id sources", [
        ("alliance-jpn-usa", ("list, row 7", "list, row 8", "paper, S1 P2", "paper, S3 P1")),
        ("vision", ("paper, S5 P2",)),
    ]),
    ("places_of", {"engagements": ["alliance-jpn-usa"], "sources": "list"}, "id sources", [
        ("alliance-jpn-usa", ("list, row 7", "list, row 8")),
    ]),
    ("places_of", {"engagements": "alliance-jpn-usa, four-in-2019", "actors": "JPN"}, "id sources", [
        ("alliance-jpn-usa", ("list, row 7", "paper, S1 P2", "paper, S3 P1")),
        ("four-in-2019", ("paper, S2 P2",)),  # its ship
    ]),
    ("said_by_several", {"kinds": "Agreement"}, "label id source place called start", [
        ("Agreement", "alliance-jpn-usa", "list", "3316", None, "1952-04-28"),
        ("Agreement", "alliance-jpn-usa", "paper", None, "Alliance of Japan and the United States", None),
    ]),
    ("said_by_several", {"kinds": "alliance", "countries": "AUS"}, "id", []),
    ("said_by_several", {"domains": "ha-dr"}, "id", []),
    ("parties_by_source", {"things": "vision, four-in-2019"}, "id party role source place", [
        ("four-in-2019", "IND", "participant", "paper", "S2 P2"),
        ("four-in-2019", "JPN", "participant", "paper", "S2 P2"),  # its ship
        ("four-in-2019", "USA", "participant", "paper", "S2 P2"),
        ("vision", "JPN", "announced", "paper", "S5 P2"),
        ("vision", "asean", "welcomed", "paper", "S5 P2"),
    ]),
    ("parties_by_source", {"things": ["pact"]}, "party type start end", [
        ("AUS", "MEMBER_OF", "1954", ".."), ("PHL", "MEMBER_OF", "1954", "1975"), ("USA", "MEMBER_OF", "1954", ".."),
    ]),
    ("uncertain", {"certainty": "ambiguous"}, "from_name type to_name locator", [
        ("Balikatan", "COVERS", "HA/DR", "S1 P5"),
        ("Philippines", "TAKES_PART_IN", "Exercise of four", "S2 P2"),
    ]),
    ("uncertain", {"country": "JPN"}, "certainty from_name to_name source locator stated_in", [
        ("implied", "Maritime Self-Defense Forces", "Self-Defense Forces", "paper", "S1 P1", ("paper, S2 P3",)),
        ("implied", "Japan", "Joint Declaration", "paper", "S4 P1", ()),
    ]),
    ("uncertain", {"source": "list"}, "claim", []),
    ("unsourced", {}, "id", []),
    ("things_counted", {}, "label things", [
        ("Agreement", 6), ("Country", 8), ("Deployment", 1), ("Dialogue", 2), ("Domain", 2), ("Exercise", 5),
        ("Group", 2), ("Organization", 2), ("Place", 2), ("Policy", 2), ("Program", 3), ("Source", 2),
        ("Transfer", 1), ("Unit", 4),
    ]),
    ("ties_counted", {}, "type ties", [
        ("ADOPTS", 2), ("CITED_IN", 45), ("COVERS", 5), ("HELD_IN", 3), ("LOCATED_IN", 1), ("MEMBER_OF", 7),
        ("PARTY_TO", 16), ("PART_OF", 8), ("PROVIDES", 4), ("RECEIVES", 6), ("TAKES_PART_IN", 22), ("UNDER", 4),
        ("UPDATES", 1),
    ]),
    ("claims_counted", {}, "id things ties", [("list", 9, 10), ("paper", 36, 69)]),
    ("properties_of", {"thing": "tc-90"}, "label id", [("Transfer", "tc-90")]),
    ("things", {"label": "Domain"}, "id name aliases", [
        ("ha-dr", "HA/DR", ("humanitarian assistance and disaster relief",)),
        ("maritime-security", "maritime security", None),
    ]),
    ("things_named", {"text": "THE ALLIANCE"}, "match label id", [
        ("alias", "Agreement", "alliance-jpn-usa"),
    ]),
]  # fmt: skip
