// Countries: with whom, in which domains, through what.

// name: countries()
// Countries in the graph with the number of engagements in which each has a role.
// returns: id, name, kind, engagements, agreements, exercises, sources
// covers: Country()
MATCH (c:Country)-[:CITED_IN]->(s:Source)
WITH c, s
ORDER BY s.id
WITH c, collect(DISTINCT s.id) AS sources
OPTIONAL MATCH (c)<-[:PART_OF*0..6]-()-[:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(e:Engagement)
WITH c, sources, count(DISTINCT e) AS engagements,
     count(DISTINCT CASE WHEN e:Agreement THEN e END) AS agreements,
     count(DISTINCT CASE WHEN e:Exercise THEN e END) AS exercises
RETURN c.id AS id, c.name AS name, c.kind AS kind, engagements, agreements, exercises, sources
ORDER BY c.id;

// name: partners_of(country: country, kind: kind = null, domain: domain = null, as_of: date = null,
//                   certainty: certainties = 'stated, implied')
// Countries and organizations tied to a country, with the number of engagements that tie them, the most
// first.
// A whole adds nothing to its parts, two that only receive are not tied, and who announced, welcomed,
// observes, is invited or planned does not count. `possibly` is how many of them are only possibly in force
// on the day.
// returns: id, name, label, engagements, possibly, kinds, sources
// covers: Engagement(country, kind, as_of)
// example: -p country=JPN -p kind=Exercise
MATCH (:Country {id: $country})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[o:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(e:Engagement)
WHERE o.certainty IN $certainty
  AND NOT coalesce(o.role, '') IN ['announced', 'welcomed', 'observer', 'invited', 'planned']
  AND ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
  AND ($domain IS NULL OR EXISTS { (e)-[:COVERS]->(:Domain {id: $domain}) })
WITH e, o, CASE WHEN $as_of IS NULL THEN 3
                WHEN coalesce(o.startBy, e.startBy) IS NULL THEN 1
                WHEN $as_of < coalesce(o.startFrom, e.startFrom) OR $as_of > coalesce(o.endBy, e.endBy) THEN 0
                WHEN $as_of < coalesce(o.startBy, e.startBy) OR $as_of > coalesce(o.endFrom, e.endFrom) THEN 2
                ELSE 3 END AS ours
WHERE ours > 0
MATCH (e)<-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]-(v)
WHERE t.certainty IN $certainty
  AND NOT coalesce(t.role, '') IN ['announced', 'welcomed', 'observer', 'invited', 'planned']
  AND NOT (type(o) = 'RECEIVES' AND type(t) = 'RECEIVES')
WITH e, o, ours, t, v, CASE WHEN $as_of IS NULL THEN 3
                WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
                WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
                WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
                ELSE 3 END AS theirs
WHERE theirs > 0
OPTIONAL MATCH (v)-[:PART_OF*1..6]->(above:Country)
WHERE v:Unit
WITH e, o, ours, t, theirs, coalesce(above, v) AS p
WHERE p.id <> $country AND (p:Country OR p:Organization)
WITH p, e, max(CASE WHEN ours < theirs THEN ours ELSE theirs END) AS held,
     collect(DISTINCT o.source + coalesce(', ' + o.locator, ''))
       + collect(DISTINCT t.source + coalesce(', ' + t.locator, '')) AS found
OPTIONAL MATCH (e)<-[:PART_OF*1..4]-(part:Engagement)
WITH p, e, held, found, collect(DISTINCT part.id) AS parts
WITH p, collect({id: e.id, label: head([l IN labels(e) WHERE l <> 'Engagement']), held: held, parts: parts,
                 sources: found}) AS every
WITH p, [x IN every WHERE x.parts = [] OR none(y IN every WHERE y.id IN x.parts)] AS counted
RETURN p.id AS id, p.name AS name, head([l IN labels(p) WHERE l <> 'Actor']) AS label,
       size(counted) AS engagements,
       CASE WHEN $as_of IS NULL THEN null ELSE size([x IN counted WHERE x.held = 2]) END AS possibly,
       COLLECT { UNWIND counted AS x RETURN DISTINCT x.label AS y ORDER BY y } AS kinds,
       COLLECT { UNWIND counted AS x UNWIND x.sources AS y RETURN DISTINCT y ORDER BY y } AS sources
ORDER BY engagements DESC, id;

// name: path_between(a: country, b: country, certainty: certainties = 'stated, implied')
// How two countries are tied: directly (1 step), and through one third country or organization (2 steps).
// `first` and `second` are the engagements of each step.
// returns: steps, via, via_name, first, second, sources
// covers: Engagement(a, b)
// example: -p a=AUS -p b=PHL
MATCH (c:Country)<-[:PART_OF*0..6]-(u)
WHERE c.id IN [$a, $b]
WITH DISTINCT c, u
MATCH (u)-[o:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(e:Engagement)
      <-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]-(v)
WHERE o.certainty IN $certainty
  AND NOT coalesce(o.role, '') IN ['announced', 'welcomed', 'observer', 'invited', 'planned']
  AND t.certainty IN $certainty
  AND NOT coalesce(t.role, '') IN ['announced', 'welcomed', 'observer', 'invited', 'planned']
  AND NOT (type(o) = 'RECEIVES' AND type(t) = 'RECEIVES')
OPTIONAL MATCH (v)-[:PART_OF*1..6]->(above:Country)
WHERE v:Unit
WITH c, o, e, t, coalesce(above, v) AS p
WHERE p <> c AND (p:Country OR p:Organization)
WITH p, c.id AS side, e.id AS engagement,
     collect(DISTINCT o.source + coalesce(', ' + o.locator, ''))
       + collect(DISTINCT t.source + coalesce(', ' + t.locator, '')) AS found
ORDER BY engagement
WITH p, collect(DISTINCT CASE WHEN side = $a THEN engagement END) AS first,
     collect(DISTINCT CASE WHEN side = $b THEN engagement END) AS second, collect(found) AS founds
WHERE p.id = $b OR (p.id <> $a AND size(first) > 0 AND size(second) > 0)
RETURN CASE WHEN p.id = $b THEN 1 ELSE 2 END AS steps, CASE WHEN p.id <> $b THEN p.id END AS via,
       CASE WHEN p.id <> $b THEN p.name END AS via_name, first, second,
       COLLECT { UNWIND founds AS x UNWIND x AS y RETURN DISTINCT y ORDER BY y } AS sources
ORDER BY steps, p.id;

// name: domains_of(country: actor, as_of: date = null, certainty: certainties = 'stated, implied')
// Domains in which a country is engaged, with the engagements that cover each, the most first.
// returns: id, name, engagements, through, sources
// covers: Engagement(country, as_of)
// example: -p country=JPN
MATCH (:Actor {id: $country})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[p:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(e:Engagement)-[t:COVERS]->(d:Domain)
WHERE p.certainty IN $certainty AND t.certainty IN $certainty
  AND NOT coalesce(p.role, '') IN ['announced', 'welcomed', 'observer', 'invited', 'planned']
  AND ($as_of IS NULL OR coalesce(p.startBy, e.startBy) IS NULL
    OR (coalesce(p.startFrom, e.startFrom) <= $as_of AND coalesce(p.endBy, e.endBy) >= $as_of))
WITH DISTINCT d, e, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH d, collect(DISTINCT e.id) AS engagements, collect(DISTINCT source) AS sources
RETURN d.id AS id, d.name AS name, size(engagements) AS engagements,
       COLLECT { UNWIND engagements AS x RETURN x ORDER BY x } AS through, sources
ORDER BY engagements DESC, id;

// name: only_these_countries(countries: countries, kind: kind = null)
// Engagements whose parties, named or counted, in any role and at any certainty, are exactly these
// countries.
// returns: id, name, label, kind, start, end, sources
// covers: Engagement(countries, kind)
// example: -p countries=JPN,AUS,USA -p kind=Exercise
MATCH (c:Country)<-[:PART_OF*0..6]-()-[:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(e:Engagement)
WHERE c.id IN $countries AND ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
WITH e, count(DISTINCT c) AS ours
WHERE ours = size($countries)
MATCH (e)<-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]-(u)
OPTIONAL MATCH (u)-[:PART_OF*1..6]->(c:Country)
WHERE u:Unit
WITH e, coalesce(c.id, u.id) AS party, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH e, collect(DISTINCT party) AS parties, collect(DISTINCT source) AS sources
WHERE size(parties) = size($countries) AND all(x IN parties WHERE x IN $countries)
RETURN e.id AS id, e.name AS name, head([l IN labels(e) WHERE l <> 'Engagement']) AS label, e.kind AS kind,
       e.start AS start, e.end AS end, sources
ORDER BY coalesce(e.startFrom, date('0001-01-01')) DESC, e.id;

// name: party_sets(most: integer = 5, kind: kind = null, as_of: date = null)
// Exact sets of two to `most` countries that are all the parties of an engagement, the most frequent first.
// Parties count in any role and at any certainty; an engagement with an organization or a group among them
// has no such set. `first` and `last` are the starts of the earliest and the latest that are dated.
// returns: countries, engagements, first, last, through, sources
// covers: Engagement(kind, as_of)
// example: -p most=3 -p kind=Exercise
MATCH (u:Actor)
OPTIONAL MATCH (u)-[:PART_OF*0..6]->(c:Country)
WITH DISTINCT u, c
MATCH (u)-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(e:Engagement)
WHERE ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
  AND ($as_of IS NULL OR e.startBy IS NULL OR (e.startFrom <= $as_of AND e.endBy >= $as_of))
WITH e, collect(DISTINCT c.id) AS parties, max(CASE WHEN c IS NULL THEN 1 ELSE 0 END) AS others,
     collect(DISTINCT t.source + coalesce(', ' + t.locator, '')) AS found
WHERE others = 0 AND size(parties) >= 2 AND size(parties) <= $most
WITH e, COLLECT { UNWIND parties AS x RETURN x ORDER BY x } AS countries, found
ORDER BY CASE WHEN e.startFrom > date('0001-01-01') THEN e.startFrom ELSE date('9999-12-31') END, e.id
WITH countries, collect(e.start) AS starts, collect(e.id) AS through, collect(found) AS founds
RETURN countries, size(through) AS engagements, head(starts) AS first, last(starts) AS last, through,
       COLLECT { UNWIND founds AS x UNWIND x AS y RETURN DISTINCT y ORDER BY y } AS sources
ORDER BY engagements DESC, size(countries), countries;

// name: engagements_by_kind(country: actor, certainty: certainties = 'stated, implied')
// How many engagements of each kind of thing a country has, and how many more that are only planned, the most
// first.
// returns: label, engagements, planned
// covers: Engagement(country)
// example: -p country=JPN
MATCH (:Actor {id: $country})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(e:Engagement)
WHERE t.certainty IN $certainty
WITH e, min(CASE coalesce(t.role, '') WHEN 'planned' THEN 1 ELSE 0 END) AS only_planned
WITH head([l IN labels(e) WHERE l <> 'Engagement']) AS label, count(e) AS every, sum(only_planned) AS planned
RETURN label, every - planned AS engagements, planned
ORDER BY engagements DESC, label;

// name: units_of(country: actor)
// Ministries, forces and ships that stand for a country, with the number of engagements in which each has a role.
// returns: id, name, kind, part_of, engagements, certainty, sources
// example: -p country=JPN
MATCH (:Actor {id: $country})<-[:PART_OF*0..5]-(whole)<-[t:PART_OF]-(u:Unit)
WITH DISTINCT whole, u, t, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH whole, u, collect(DISTINCT source) AS sources,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
OPTIONAL MATCH (u)-[:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(e:Engagement)
WITH whole, u, sources, surest, count(DISTINCT e) AS engagements
RETURN u.id AS id, u.name AS name, u.kind AS kind, whole.id AS part_of, engagements,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty, sources
ORDER BY engagements DESC, id, part_of;
