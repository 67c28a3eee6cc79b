// Exercises: who takes part in them, when they were held, what belongs to a series.

// name: exercises_of(country: actor, domain: domain = null, as_of: date = null,
//                    certainty: certainties = 'stated, implied')
// Exercises in which a country has a role, observers and those invited included, the newest first.
// returns: id, name, kind, roles, series, start, end, in_force, sources
// covers: Exercise(country, as_of)
// example: -p country=JPN
MATCH (c:Actor {id: $country})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[t:TAKES_PART_IN]->(e:Exercise)
WHERE t.certainty IN $certainty
  AND ($domain IS NULL OR EXISTS { (e)-[:COVERS]->(:Domain {id: $domain}) })
WITH e, t, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
WHERE state IS NULL OR state > 0
WITH e, collect(DISTINCT t.role) AS played, max(state) AS held, collect(DISTINCT source) AS found
OPTIONAL MATCH (e)-[:PART_OF]->(whole:Engagement)
WITH e, played, held, found, min(whole.id) AS series
RETURN e.id AS id, e.name AS name, e.kind AS kind,
       COLLECT { UNWIND played AS x RETURN x ORDER BY x } AS roles,
       series, e.start AS start, e.end AS end, ['no', 'undated', 'possibly', 'yes'][held] AS in_force,
       COLLECT { UNWIND found AS x RETURN x ORDER BY x } AS sources
ORDER BY coalesce(e.startFrom, date('0001-01-01')) DESC, e.id;

// name: exercises_between(a: country, b: country, as_of: date = null,
//                         certainty: certainties = 'stated, implied')
// Exercises in which both countries take part, the newest first.
// Who only observes, is invited or planned does not take part.
// returns: id, name, kind, series, parties, start, end, in_force, sources
// covers: Exercise(a, b, as_of)
// example: -p a=JPN -p b=USA
MATCH (c:Country)<-[:PART_OF*0..6]-(u)
WHERE c.id IN [$a, $b]
WITH DISTINCT c, u
MATCH (u)-[t:TAKES_PART_IN]->(e:Exercise)
WHERE t.certainty IN $certainty AND NOT t.role IN ['announced', 'welcomed', 'observer', 'invited', 'planned']
WITH e, c, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
ORDER BY source
WITH e, count(DISTINCT c) AS countries, collect(DISTINCT source) AS sources,
     max(CASE WHEN c.id = $a THEN state END) AS held_a, max(CASE WHEN c.id = $b THEN state END) AS held_b
WITH e, countries, sources, CASE WHEN held_a < held_b THEN held_a ELSE held_b END AS held
WHERE countries = 2 AND ($as_of IS NULL OR held > 0)
MATCH (e)<-[:TAKES_PART_IN]-(party)
OPTIONAL MATCH (party)-[:PART_OF*1..6]->(of:Country)
WHERE party:Unit
WITH e, sources, held, coalesce(of, party) AS party
OPTIONAL MATCH (e)-[:PART_OF]->(whole:Engagement)
WITH e, sources, held, count(DISTINCT party) AS parties, min(whole.id) AS series
RETURN e.id AS id, e.name AS name, e.kind AS kind, series, parties, e.start AS start, e.end AS end,
       ['no', 'undated', 'possibly', 'yes'][held] AS in_force, sources
ORDER BY coalesce(e.startFrom, date('0001-01-01')) DESC, e.id;

// name: exercises_in(year: year, country: actor = null, undated: boolean = true)
// Exercises held or in force in a year: first those that certainly were, then those that possibly were.
// Last come the undated ones, of which no source gives any date, unless they are not wanted.
// returns: id, name, kind, start, end, held, countries, sources
// covers: Exercise(country, year)
// example: -p year=2019
OPTIONAL MATCH (:Actor {id: $country})<-[:PART_OF*0..6]-(our)
WITH collect(DISTINCT our) AS ours, date({year: $year, month: 1, day: 1}) AS first,
     date({year: $year, month: 12, day: 31}) AS last
MATCH (u)-[t:TAKES_PART_IN]->(e:Exercise)
WITH e, t, u, CASE WHEN u IN ours THEN 1 ELSE 0 END AS is_ours,
     CASE WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN last < coalesce(t.startFrom, e.startFrom) OR first > coalesce(t.endBy, e.endBy) THEN 0
          WHEN last < coalesce(t.startBy, e.startBy) OR first > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
WHERE state > 1 OR (state = 1 AND $undated)
OPTIONAL MATCH (u)-[:PART_OF*1..6]->(c:Country)
WHERE u:Unit
WITH e, max(is_ours) AS with_us, max(state) AS held,
     collect(DISTINCT CASE WHEN u:Country THEN u.id ELSE c.id END) AS countries,
     collect(DISTINCT t.source + coalesce(', ' + t.locator, '')) AS found
WHERE $country IS NULL OR with_us = 1
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.start AS start, e.end AS end,
       ['no', 'undated', 'possibly', 'yes'][held] AS held,
       COLLECT { UNWIND countries AS x RETURN x ORDER BY x } AS countries,
       COLLECT { UNWIND found AS x RETURN x ORDER BY x } AS sources
ORDER BY CASE held WHEN 'yes' THEN 1 WHEN 'possibly' THEN 2 ELSE 3 END, id;

// name: parts_of(engagement: engagement)
// Editions and parts of a series, program or other engagement, parts of parts included, in order of time.
// returns: id, name, label, kind, whole, role, start, end, certainty, sources
// covers: Engagement()
// example: -p engagement=cope-north-guam
MATCH (:Engagement {id: $engagement})<-[:PART_OF*0..4]-(whole:Engagement)<-[t:PART_OF]-(e:Engagement)
WITH DISTINCT whole, e, t, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH whole, e, t.role AS roled, collect(DISTINCT source) AS sources,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
RETURN e.id AS id, e.name AS name, head([l IN labels(e) WHERE l <> 'Engagement']) AS label, e.kind AS kind,
       whole.id AS whole, roled AS role, e.start AS start, e.end AS end,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty, sources
ORDER BY CASE WHEN e.startFrom > date('0001-01-01') THEN e.startFrom ELSE date('9999-12-31') END, e.id, whole.id, roled;
