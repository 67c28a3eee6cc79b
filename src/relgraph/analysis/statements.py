"""The statements that an analysis reads with, the same on every engine.

They are not in the query library because nobody asks them by hand: their columns are the fields of
`relgraph.analysis.records`. The rows are put in order by who reads them: an engine takes longer to sort a
hundred thousand rows than to find them. The driver's cost is by the row and by the value, and highest for dates: what
many things or claims have alike comes once for all of them, and bounds come as text.
"""

from __future__ import annotations

from relgraph.model.dates import Bounds


def _dated(variable: str) -> str:
    """All properties of a thing or a tie, its bounds as text."""
    return f"{variable} {{.*, {', '.join(f'{name}: toString({variable}.{name})' for name in Bounds._fields)}}}"


THINGS = f"""
MATCH (thing)
WHERE thing:Actor OR thing:Domain OR thing:Place
RETURN labels(thing) AS labels, collect({_dated("thing")}) AS things
"""

ENGAGEMENTS = f"""
MATCH (engagement:Engagement)
RETURN labels(engagement) AS labels, collect({_dated("engagement")}) AS things
"""

NEAR = """
MATCH (actor:Actor)
WHERE actor.id IN $actors OR actor:Unit OR actor:Organization
MATCH (actor)-[tie:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(engagement:Engagement)
RETURN DISTINCT engagement.id AS id
"""

CITATIONS = """
MATCH (thing)-[cited:CITED_IN]->(source:Source)
WHERE source.id IN $sources
RETURN labels(thing) AS labels, thing.id AS id, source.id AS source, properties(cited) AS properties
"""

CLAIMS = f"""
MATCH (actor:Actor)-[tie:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(engagement:Engagement)
WHERE $sources IS NULL OR tie.source IN $sources
RETURN labels(actor) AS labels, actor.id AS actor, type(tie) AS type, tie.role AS role, tie.source AS source,
  tie.certainty AS certainty, collect([
    engagement.id, tie.id, tie.locator,
    CASE
      WHEN tie.startFrom IS NULL AND tie.start IS NULL AND tie.end IS NULL AND tie.quote IS NULL
        AND tie.note IS NULL AND tie.obligations IS NULL THEN null
      ELSE {_dated("tie")}
    END
  ]) AS claims
"""

LINKS = f"""
MATCH (inner)-[tie:PART_OF|MEMBER_OF]->(outer)
WHERE ($sources IS NULL OR tie.source IN $sources)
  AND ($memberships OR type(tie) = 'PART_OF' OR outer:Group)
RETURN type(tie) AS type, labels(inner) AS labels, inner.id AS inner, labels(outer) AS outerLabels,
  outer.id AS outer, tie.id AS tie, {_dated("tie")} AS properties
"""

SETTINGS = """
MATCH (engagement:Engagement)-[tie:COVERS|HELD_IN]->(thing)
WHERE $sources IS NULL OR tie.source IN $sources
RETURN engagement.id AS engagement, type(tie) AS type, labels(thing) AS labels, thing.id AS id,
  tie.certainty AS certainty
"""

SOURCES = """
MATCH (source:Source)
RETURN source.id AS id, properties(source) AS properties
ORDER BY id
"""


def nearby(statement: str) -> str:
    """The same statement for the engagements alone whose ids are `$near`.

    They are found first: in one pattern with the actors, the embedded engine would go through all ties for each.
    """
    found = "UNWIND $near AS near MATCH (engagement:Engagement {id: near})"
    return found + statement.replace("(engagement:Engagement)", "(engagement)")
