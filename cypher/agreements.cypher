// Agreements: their parties, what binds two countries, what is signed and not in force.
//
// In every query of this library a country stands for its units, too (PART_OF), the claim's own dates go
// before those of the engagement, and `in_force` is yes, possibly, undated (no date at all), or null where
// no day is asked for. `sources` lists "source, place in it" for the claims that a row rests on.

// name: parties_of(agreement: engagement)
// Parties of an agreement or of any other engagement, each with its role and the claims for it.
// A unit is shown with the country that it is part of.
// returns: id, name, label, country, role, start, end, certainty, sources
// covers: Engagement()
// example: -p agreement=acsa-jpn-aus
MATCH (e:Engagement {id: $agreement})<-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]-(a)
OPTIONAL MATCH (a)-[:PART_OF*0..6]->(c:Country)
WITH DISTINCT a, c, t, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH a, c, coalesce(t.role, toLower(type(t))) AS roled, t.start AS began, t.end AS ended,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest,
     collect(DISTINCT source) AS sources
RETURN a.id AS id, a.name AS name, head([l IN labels(a) WHERE l <> 'Actor']) AS label, c.id AS country,
       roled AS role, began AS start, ended AS end, ['stated', 'implied', 'ambiguous'][surest] AS certainty,
       sources
ORDER BY a.id, c.id, roled, coalesce(began, ''), coalesce(ended, '');

// name: agreements_of(country: actor, kind: kind = null, as_of: date = null,
//                     certainty: certainties = 'stated, implied')
// Agreements that a country signed, announced, welcomed or observes, the newest first.
// returns: id, name, kind, roles, start, end, in_force, sources
// covers: Agreement(country, kind, as_of)
// example: -p country=JPN
MATCH (c:Actor {id: $country})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[t:PARTY_TO]->(e:Agreement)
WHERE t.certainty IN $certainty AND ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
WITH e, t, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
WHERE state IS NULL OR state > 0
WITH e, collect(DISTINCT t.role) AS played, max(state) AS held, collect(DISTINCT source) AS found
RETURN e.id AS id, e.name AS name, e.kind AS kind,
       COLLECT { UNWIND played AS x RETURN x ORDER BY x } AS roles,
       e.start AS start, e.end AS end, ['no', 'undated', 'possibly', 'yes'][held] AS in_force,
       COLLECT { UNWIND found AS x RETURN x ORDER BY x } AS sources
ORDER BY coalesce(e.start, e.signed, e.attested, '') DESC, e.id;

// name: agreements_between(a: country, b: country, as_of: date = null,
//                          certainty: certainties = 'stated, implied')
// Agreements to which both countries are party, the newest first.
// Who only announced, welcomed or observes an agreement is no party to it.
// returns: id, name, kind, signed, start, end, in_force, sources
// covers: Agreement(a, b, as_of)
// example: -p a=JPN -p b=AUS
MATCH (c:Country)<-[:PART_OF*0..6]-(u)
WHERE c.id IN [$a, $b]
WITH DISTINCT c, u
MATCH (u)-[t:PARTY_TO]->(e:Agreement)
WHERE t.role = 'signatory' AND t.certainty IN $certainty
WITH e, c, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
ORDER BY source
WITH e, count(DISTINCT c) AS parties, collect(DISTINCT source) AS sources,
     max(CASE WHEN c.id = $a THEN state END) AS held_a, max(CASE WHEN c.id = $b THEN state END) AS held_b
WITH e, parties, sources, CASE WHEN held_a < held_b THEN held_a ELSE held_b END AS held
WHERE parties = 2 AND ($as_of IS NULL OR held > 0)
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.signed AS signed, e.start AS start,
       e.end AS end, ['no', 'undated', 'possibly', 'yes'][held] AS in_force, sources
ORDER BY coalesce(e.start, e.signed, e.attested, '') DESC, e.id;

// name: signed_not_in_force(as_of: date = null, country: actor = null)
// Agreements that are signed and not known to be in force, the newest first.
// Without a day: those for which no source says that they ever came into force, were used, or ended.
// returns: id, name, kind, signed, start, parties, sources
// covers: Agreement(country, as_of)
// example: -p as_of=2020-06-01
MATCH (e:Agreement)-[cited:CITED_IN]->(s:Source)
WHERE e.signed IS NOT NULL AND ($as_of IS NULL OR e.signed <= toString($as_of))
  AND CASE WHEN $as_of IS NULL THEN e.start IS NULL AND e.end IS NULL AND e.attested IS NULL
           ELSE e.startFrom > $as_of OR e.start IS NULL AND coalesce(e.attested > toString($as_of), true) END
  AND ($as_of IS NULL OR e.endBy IS NULL OR e.endBy >= $as_of)
WITH DISTINCT e, s.id + coalesce(', ' + coalesce(cited.locator, cited.record), '') AS source
ORDER BY source
WITH e, collect(DISTINCT source) AS sources
OPTIONAL MATCH (e)<-[:PARTY_TO {role: 'signatory'}]-()-[:PART_OF*0..6]->(c:Actor)
WHERE c:Country OR c:Organization
WITH e, sources, c
ORDER BY c.id
WITH e, sources, collect(DISTINCT c.id) AS parties
WHERE $country IS NULL OR $country IN parties
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.signed AS signed, e.start AS start, parties, sources
ORDER BY e.signed DESC, e.id;

// name: announced_or_welcomed(country: actor = null)
// Agreements that an actor announced, welcomed or observes without being party, with the number of
// signatories.
// returns: id, name, kind, actor, actor_name, role, signatories, certainty, sources
// covers: Agreement(country)
MATCH (e:Agreement)<-[t:PARTY_TO]-(u)
WHERE t.role <> 'signatory'
MATCH (u)-[:PART_OF*0..6]->(a:Actor)
WHERE ($country IS NULL AND a = u) OR a.id = $country
WITH DISTINCT e, t, u, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH e, u, t.role AS roled, collect(DISTINCT source) AS sources,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
OPTIONAL MATCH (e)<-[:PARTY_TO {role: 'signatory'}]-(signatory)
WITH e, u, roled, sources, surest, count(DISTINCT signatory) AS signatories
RETURN e.id AS id, e.name AS name, e.kind AS kind, u.id AS actor, u.name AS actor_name, roled AS role,
       signatories,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty, sources
ORDER BY e.id, u.id, roled;

// name: updates_of(agreement: framework)
// What updates an agreement or policy, and what it updates itself.
// returns: id, name, label, kind, relation, start, certainty, sources
// covers: Agreement|Policy()
// example: -p agreement=vientiane-vision
MATCH (e:Agreement|Policy {id: $agreement})-[t:UPDATES]-(other)
WITH DISTINCT other, t,
     CASE WHEN endNode(t).id = $agreement THEN 'updates it' ELSE 'is updated by it' END AS relation,
     t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH other, relation, collect(DISTINCT source) AS sources,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
RETURN other.id AS id, other.name AS name, head([l IN labels(other) WHERE l <> 'Engagement']) AS label,
       other.kind AS kind, relation, other.start AS start,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty, sources
ORDER BY relation, other.id;
