"""The statements that an analysis reads with, the same on every engine.

They are not in the query library because nobody asks them by hand: their columns are the fields of
`relgraph.analysis.records`. The rows are put in order by who reads them: an engine takes longer to sort a
hundred thousand rows than to find them. Claims come collected by engagement, since the driver's cost is by the row.
"""

THINGS = """
MATCH (thing)
WHERE thing:Engagement OR thing:Actor OR thing:Domain OR thing:Place
RETURN labels(thing) AS labels, thing.id AS id, properties(thing) AS properties
"""

CITATIONS = """
MATCH (thing)-[cited:CITED_IN]->(source:Source)
WHERE source.id IN $sources
RETURN labels(thing) AS labels, thing.id AS id, source.id AS source, properties(cited) AS properties
"""

CLAIMS = """
MATCH (actor:Actor)-[tie:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(engagement:Engagement)
WHERE $sources IS NULL OR tie.source IN $sources
RETURN engagement.id AS engagement, collect([
  labels(actor), actor.id, type(tie), tie.role, tie.id, tie.source, tie.locator, tie.certainty,
  CASE
    WHEN tie.startFrom IS NULL AND tie.start IS NULL AND tie.end IS NULL AND tie.quote IS NULL
      AND tie.note IS NULL AND tie.obligations IS NULL THEN null
    ELSE properties(tie)
  END
]) AS claims
"""

LINKS = """
MATCH (inner)-[tie:PART_OF|MEMBER_OF]->(outer)
WHERE ($sources IS NULL OR tie.source IN $sources)
  AND ($memberships OR type(tie) = 'PART_OF' OR outer:Group)
RETURN type(tie) AS type, labels(inner) AS labels, inner.id AS inner, labels(outer) AS outerLabels,
  outer.id AS outer, tie.id AS tie, properties(tie) AS properties
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
