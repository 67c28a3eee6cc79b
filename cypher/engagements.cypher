// Engagements of every kind: by day, by period, by place, by domain.

// name: in_force_on(day: date, kind: kind = null, country: actor = null, domain: domain = null)
// Engagements in force on a day: first those that certainly were, then those that possibly were.
// A party's own dates go before those of its engagement, and with a country only its own count. What has no
// date at all is left out.
// returns: id, name, label, kind, start, end, attested, in_force, sources
// covers: Engagement(day, kind, country)
// example: -p day=2019-06-01 -p kind=Agreement
OPTIONAL MATCH (:Actor {id: $country})<-[:PART_OF*0..6]-(our)
WITH collect(DISTINCT our) AS ours
MATCH (e:Engagement)
WHERE ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
  AND ($domain IS NULL OR EXISTS { (e)-[:COVERS]->(:Domain {id: $domain}) })
OPTIONAL MATCH (e)<-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]-(u)
WITH e, t, CASE
       WHEN $country IS NOT NULL AND (u IS NULL OR NOT u IN ours) THEN 'not ours'
       WHEN coalesce(t.startFrom, e.startFrom) > $day OR coalesce(t.endBy, e.endBy) < $day THEN 'no'
       WHEN coalesce(t.startBy, e.startBy) <= $day AND coalesce(t.endFrom, e.endFrom) >= $day THEN 'yes'
       WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 'undated' ELSE 'possibly' END AS state
WHERE state IN ['yes', 'possibly']
WITH e, max(state) AS in_force, collect(DISTINCT t.source + coalesce(', ' + t.locator, '')) AS claims
RETURN e.id AS id, e.name AS name, head([l IN labels(e) WHERE l <> 'Engagement']) AS label, e.kind AS kind,
       e.start AS start, e.end AS end, e.attested AS attested, in_force,
       CASE WHEN size(claims) > 0 THEN COLLECT { UNWIND claims AS x RETURN x ORDER BY x }
            ELSE COLLECT {
              MATCH (e)-[cited:CITED_IN]->(s:Source)
              RETURN DISTINCT s.id + coalesce(', ' + coalesce(cited.locator, cited.record), '') AS x
              ORDER BY x } END AS sources
ORDER BY in_force DESC, coalesce(e.startFrom, date('0001-01-01')) DESC, e.id;

// name: began_between(since: first_day, until: last_day, kind: kind = null, country: actor = null,
//                     domain: domain = null)
// Engagements that began in a period: first those that certainly did, then those that possibly did.
// What has no date at all is left out.
// returns: id, name, label, kind, start, end, began, sources
// covers: Engagement(since, until, kind, country)
// example: -p since=2015 -p until=2019
OPTIONAL MATCH (:Actor {id: $country})<-[:PART_OF*0..6]-(our)
WITH collect(DISTINCT our) AS ours
MATCH (e:Engagement)-[cited:CITED_IN]->(s:Source)
WHERE e.startFrom <= $until AND e.startBy >= $since
  AND ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
  AND ($domain IS NULL OR EXISTS { (e)-[:COVERS]->(:Domain {id: $domain}) })
  AND ($country IS NULL OR EXISTS {
    MATCH (e)<-[:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]-(u) WHERE u IN ours })
WITH e, CASE WHEN e.startFrom >= $since AND e.startBy <= $until THEN 'yes' ELSE 'possibly' END AS begun,
     s.id + coalesce(', ' + coalesce(cited.locator, cited.record), '') AS source
ORDER BY source
WITH e, begun, collect(DISTINCT source) AS sources
RETURN e.id AS id, e.name AS name, head([l IN labels(e) WHERE l <> 'Engagement']) AS label, e.kind AS kind,
       e.start AS start, e.end AS end, begun AS began, sources
ORDER BY began DESC, e.startFrom, e.id;

// name: timeline(country: actor = null, since: first_day = null, until: last_day = null, kind: kind = null,
//                domain: domain = null)
// Engagements in order of time, those of one country with its roles; last those whose start is not known.
// `joined` is the start that a claim gives for that country alone.
// returns: id, name, label, kind, start, end, joined, roles, sources
// covers: Engagement(country, since, until, kind)
// example: -p country=JPN -p since=2015
OPTIONAL MATCH (:Actor {id: $country})<-[:PART_OF*0..6]-(our)
WITH collect(DISTINCT our) AS ours
MATCH (e:Engagement)
WHERE ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
  AND ($domain IS NULL OR EXISTS { (e)-[:COVERS]->(:Domain {id: $domain}) })
OPTIONAL MATCH (e)<-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]-(u)
WHERE u IN ours
WITH e, min(t.start) AS joined, collect(DISTINCT coalesce(t.role, toLower(type(t)))) AS played,
     coalesce(min(t.startFrom), e.startFrom) AS startFrom, coalesce(min(t.startBy), e.startBy) AS startBy,
     coalesce(max(t.endBy), e.endBy) AS endBy
WHERE ($country IS NULL OR size(played) > 0)
  AND ($since IS NULL OR endBy >= $since) AND ($until IS NULL OR startFrom <= $until)
RETURN e.id AS id, e.name AS name, head([l IN labels(e) WHERE l <> 'Engagement']) AS label, e.kind AS kind,
       e.start AS start, e.end AS end, joined, COLLECT { UNWIND played AS x RETURN x ORDER BY x } AS roles,
       COLLECT {
         MATCH (e)-[cited:CITED_IN]->(s:Source)
         RETURN DISTINCT s.id + coalesce(', ' + coalesce(cited.locator, cited.record), '') AS x
         ORDER BY x } AS sources
ORDER BY CASE WHEN startFrom > date('0001-01-01') THEN startFrom ELSE coalesce(startBy, date('9999-12-31')) END,
         coalesce(startBy, date('9999-12-31')), e.id;

// name: held_in(place: place, kind: kind = null, year: year = null)
// Engagements held in a country, in a place in it, or aboard a ship or base of its forces, the newest first.
// returns: id, name, label, kind, place, start, end, certainty, sources
// covers: Engagement(kind, year)
// example: -p place=PHL
MATCH (w:Country|Place|Unit {id: $place})<-[:LOCATED_IN|PART_OF*0..6]-(p)<-[t:HELD_IN]-(e:Engagement)
WHERE ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
  AND ($year IS NULL OR (e.startFrom <= date({year: $year, month: 12, day: 31})
    AND e.endBy >= date({year: $year, month: 1, day: 1})))
WITH DISTINCT e, p, t, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH e, p, collect(DISTINCT source) AS sources,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
RETURN e.id AS id, e.name AS name, head([l IN labels(e) WHERE l <> 'Engagement']) AS label, e.kind AS kind,
       p.name AS place, e.start AS start, e.end AS end,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty, sources
ORDER BY coalesce(e.startFrom, date('0001-01-01')) DESC, e.id, p.id;

// name: in_domain(domain: domain, kind: kind = null, country: actor = null,
//                 certainty: certainties = 'stated, implied')
// Engagements that cover a domain, with the countries in them, the newest first.
// returns: id, name, label, kind, countries, start, end, certainty, sources
// covers: Engagement(kind, country)
// example: -p domain=ha-dr
OPTIONAL MATCH (:Actor {id: $country})<-[:PART_OF*0..6]-(our)
WITH collect(DISTINCT our) AS ours
MATCH (e:Engagement)-[t:COVERS]->(:Domain {id: $domain})
WHERE t.certainty IN $certainty AND ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
WITH ours, e, t, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH ours, e, collect(DISTINCT source) AS sources,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
OPTIONAL MATCH (e)<-[:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]-(u)
OPTIONAL MATCH (u)-[:PART_OF*1..6]->(c:Country)
WHERE u:Unit
WITH e, sources, surest, collect(DISTINCT CASE WHEN u:Country THEN u.id ELSE c.id END) AS countries,
     max(CASE WHEN u IN ours THEN 1 ELSE 0 END) AS with_us
WHERE $country IS NULL OR with_us = 1
RETURN e.id AS id, e.name AS name, head([l IN labels(e) WHERE l <> 'Engagement']) AS label, e.kind AS kind,
       COLLECT { UNWIND countries AS x RETURN x ORDER BY x } AS countries, e.start AS start, e.end AS end,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty, sources
ORDER BY coalesce(e.startFrom, date('0001-01-01')) DESC, e.id;
