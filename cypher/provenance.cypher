// Provenance: which source says what, where, and how surely.

// name: loaded_sources()
// Sources in the graph: what each is, and how far it reaches.
// returns: id, name, date, publisher, coversLabels, coversKinds, coversCountries, coversFrom, coversUntil,
//          coversCompletely, coversCompletelyUntil, ego
MATCH (s:Source)
RETURN s.id AS id, s.name AS name, s.date AS date, s.publisher AS publisher, s.coversLabels AS coversLabels,
       s.coversKinds AS coversKinds, s.coversCountries AS coversCountries, s.coversFrom AS coversFrom,
       s.coversUntil AS coversUntil, s.coversCompletely AS coversCompletely,
       s.coversCompletelyUntil AS coversCompletelyUntil, s.ego AS ego
ORDER BY s.id;

// name: sources_of(thing: thing)
// Sources that cite a thing, each with what it calls it and how many claims it makes about it.
// returns: source, title, date, label, record, name, kind, start, end, claims
// example: -p thing=vientiane-vision
MATCH (n {id: $thing})-[cited:CITED_IN]->(s:Source)
OPTIONAL MATCH (n)-[t]-()
WHERE t.source = s.id AND type(t) <> 'CITED_IN'
WITH n, cited, s, count(DISTINCT t) AS claims
RETURN s.id AS source, s.name AS title, s.date AS date,
       head([l IN labels(n) WHERE NOT l IN ['Actor', 'Engagement']]) AS label, cited.record AS record,
       cited.name AS name, cited.kind AS kind, cited.start AS start, cited.end AS end, claims
ORDER BY s.id, label, coalesce(cited.locator, ''), coalesce(cited.record, ''), coalesce(cited.id, '');

// name: claims_about(thing: thing)
// Every claim about a thing: the tie, its other end, and where the source says it.
// returns: type, direction, other, other_name, role, start, end, signed, certainty, source, locator, quote,
//          said, note, claim
// example: -p thing=vientiane-vision
MATCH (n {id: $thing})-[t]-(other)
WHERE type(t) <> 'CITED_IN' OR other:Source
WITH DISTINCT t, other, CASE WHEN startNode(t).id = $thing THEN 'from it' ELSE 'to it' END AS direction,
     [k IN keys(t) WHERE k STARTS WITH 'said_' | substring(k, 5) + ': ' + t[k]] AS words
RETURN type(t) AS type, direction, other.id AS other, other.name AS other_name, t.role AS role,
       t.start AS start, t.end AS end, t.signed AS signed, t.certainty AS certainty, t.source AS source,
       t.locator AS locator, t.quote AS quote,
       COLLECT { UNWIND words AS x RETURN x ORDER BY x } AS said,
       t.note AS note, t.id AS claim
ORDER BY type, direction, other, source, coalesce(locator, ''), claim;

// name: claims_at(place: text, source: source = null)
// What sources say at a place of theirs: every tie whose locator has all of these words, in any case.
// returns: source, locator, from_name, type, role, to_name, start, end, certainty, quote, note, claim
// example: -p place="S1.3 P5"
WITH split(replace(toLower($place), ',', ' '), ' ') AS wanted
MATCH (a)-[t]->(b)
WHERE type(t) <> 'CITED_IN' AND ($source IS NULL OR t.source = $source)
  AND all(word IN wanted WHERE word = '' OR word IN split(replace(toLower(t.locator), ',', ' '), ' '))
RETURN t.source AS source, t.locator AS locator, a.name AS from_name, type(t) AS type, t.role AS role,
       b.name AS to_name, t.start AS start, t.end AS end, t.certainty AS certainty, t.quote AS quote, t.note AS note,
       t.id AS claim
ORDER BY source, locator, type, from_name, to_name, claim;

// name: uncertain(certainty: certainties = 'implied, ambiguous', country: actor = null,
//          source: source = null)
// Claims that rest on an inference or can be read in two ways, each with its place in the source.
// `stated_in` lists the places where the same is stated outright; a tie without one rests on inference alone.
// returns: certainty, from_name, type, role, to_name, source, locator, quote, note, stated_in, claim
// example: -p certainty=ambiguous
MATCH (a)-[t]->(b)
WHERE t.certainty IN $certainty AND type(t) <> 'CITED_IN' AND ($source IS NULL OR t.source = $source)
  AND ($country IS NULL OR a.id = $country OR b.id = $country
    OR EXISTS { (a)-[:PART_OF*1..6]->(:Actor {id: $country}) })
OPTIONAL MATCH (a)-[same]->(b)
WHERE type(same) = type(t) AND same.certainty = 'stated' AND coalesce(same.role, '') = coalesce(t.role, '')
WITH a, t, b, same.source + coalesce(', ' + same.locator, '') AS place
ORDER BY place
WITH a, t, b, collect(DISTINCT place) AS stated_in
RETURN t.certainty AS certainty, a.name AS from_name, type(t) AS type, t.role AS role, b.name AS to_name,
       t.source AS source, t.locator AS locator, t.quote AS quote, t.note AS note, stated_in, t.id AS claim
ORDER BY source, coalesce(locator, ''), type, claim;

// name: certainties_counted(source: source = null)
// How many claims of each type of tie are stated, implied and ambiguous.
// returns: type, claims, stated, implied, ambiguous
MATCH ()-[t]->()
WHERE type(t) <> 'CITED_IN' AND ($source IS NULL OR t.source = $source)
RETURN type(t) AS type, count(t) AS claims,
       sum(CASE t.certainty WHEN 'stated' THEN 1 ELSE 0 END) AS stated,
       sum(CASE t.certainty WHEN 'implied' THEN 1 ELSE 0 END) AS implied,
       sum(CASE t.certainty WHEN 'ambiguous' THEN 1 ELSE 0 END) AS ambiguous
ORDER BY type;

// name: unsourced()
// What stands in the graph without a source: things cited nowhere, and ties whose source is not loaded.
// There are none in a graph that relgraph loaded; anything here was written by other means.
// returns: what, id, label, problem
OPTIONAL MATCH (s:Source)
WITH collect(s.id) AS sources
MATCH (n)
WHERE NOT n:Source
OPTIONAL MATCH (n)-[t]->()
WHERE t.source IS NULL OR NOT t.source IN sources
WITH n, t, EXISTS { (n)-[:CITED_IN]->(:Source) } AS cited
WHERE t IS NOT NULL OR NOT cited
UNWIND CASE WHEN cited THEN ['tie'] WHEN t IS NULL THEN ['thing'] ELSE ['tie', 'thing'] END AS what
RETURN DISTINCT what, CASE what WHEN 'tie' THEN t.id ELSE n.id END AS id,
       CASE what WHEN 'tie' THEN type(t)
                 ELSE head([l IN labels(n) WHERE NOT l IN ['Actor', 'Engagement']]) END AS label,
       CASE what WHEN 'thing' THEN 'no source cites it'
                 ELSE coalesce('its source ' + t.source + ' is not loaded', 'it names no source')
            END AS problem
ORDER BY what, label, id, problem;

// name: things(label: label = null)
// Everything in the graph that has a name, by label.
// returns: label, id, name, aliases, kind, start, end
// example: -p label=Domain
MATCH (n)
WHERE n.id IS NOT NULL AND ($label IS NULL OR $label IN labels(n))
RETURN head([l IN labels(n) WHERE NOT l IN ['Actor', 'Engagement']]) AS label, n.id AS id, n.name AS name,
       n.aliases AS aliases, n.kind AS kind, n.start AS start, n.end AS end
ORDER BY label, id;

// name: things_named(text: text)
// Things whose id, name or alias is this text, in any case.
// returns: match, label, id, name
// example: -p text=Japan
WITH toLower($text) AS wanted
MATCH (n)
WHERE toLower(n.id) = wanted OR toLower(n.name) = wanted
  OR any(x IN coalesce(n.aliases, []) WHERE toLower(x) = wanted)
RETURN CASE wanted WHEN toLower(n.id) THEN 'id' WHEN toLower(n.name) THEN 'name' ELSE 'alias' END AS match,
       head([l IN labels(n) WHERE NOT l IN ['Actor', 'Engagement']]) AS label, n.id AS id, n.name AS name
ORDER BY match, label, id;

// name: places_of(engagements: texts, actors: texts = null, certainty: certainties = 'stated, implied',
//                 sources: texts = null)
// Where sources say that someone, or one of these actors, takes part in these engagements.
// returns: id, name, sources
// example: -p engagements=malabar,balikatan
MATCH (e:Engagement)<-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]-(a)
WHERE e.id IN $engagements AND t.certainty IN $certainty AND ($sources IS NULL OR t.source IN $sources)
  AND ($actors IS NULL OR EXISTS { MATCH (a)-[:PART_OF*0..6]->(whole:Actor) WHERE whole.id IN $actors })
WITH DISTINCT e, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
RETURN e.id AS id, e.name AS name, collect(source) AS sources
ORDER BY id;

// name: said_by_several(kinds: kinds = null, domains: texts = null, countries: countries = null,
//                       sources: texts = null)
// What each source says of a thing that several cite, or that one dates more than once: its name, kind and dates.
// returns: label, id, name, source, place, called, aliases, kind, start, end, signed, startBasis, startFrom,
//          startBy, endFrom, endBy
MATCH (n)-[cited:CITED_IN]->(s:Source)
WHERE ($sources IS NULL OR s.id IN $sources)
  AND ($kinds IS NULL OR n.kind IN $kinds OR any(l IN labels(n) WHERE l IN $kinds))
  AND ($domains IS NULL OR EXISTS { MATCH (n)-[:COVERS]->(d) WHERE d.id IN $domains OR d.name IN $domains })
  AND ($countries IS NULL OR n.id IN $countries OR EXISTS {
    MATCH (n)<-[:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES|MEMBER_OF]-(a)-[:PART_OF*0..6]->(c:Country)
    WHERE c.id IN $countries })
WITH n, count(DISTINCT s) AS several, count(cited.start) AS starts, count(cited.end) AS ends,
     count(cited.signed) AS signings
WHERE several > 1 OR starts > 1 OR ends > 1 OR signings > 1
MATCH (n)-[c:CITED_IN]->(s:Source)
WHERE $sources IS NULL OR s.id IN $sources
RETURN head([l IN labels(n) WHERE NOT l IN ['Actor', 'Engagement']]) AS label, n.id AS id, n.name AS name,
       s.id AS source, coalesce(c.locator, c.record) AS place, c.name AS called, c.aliases AS aliases,
       c.kind AS kind, c.start AS start, c.end AS end, c.signed AS signed, c.startBasis AS startBasis,
       c.startFrom AS startFrom, c.startBy AS startBy, c.endFrom AS endFrom, c.endBy AS endBy
ORDER BY label, id, source, coalesce(place, ''), coalesce(called, ''), coalesce(c.id, '');

// name: parties_by_source(things: texts, certainty: certainties = 'stated, implied', sources: texts = null)
// Who takes part in these engagements, or is a member of these organizations, as each source has it.
// A unit is shown as the country that it is part of.
// returns: id, party, type, role, source, place, start, end, signed, startFrom, startBy, endFrom, endBy
// example: -p things=malabar,balikatan
MATCH (n)<-[t:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES|MEMBER_OF]-(a)
WHERE n.id IN $things AND t.certainty IN $certainty AND ($sources IS NULL OR t.source IN $sources)
OPTIONAL MATCH (a)-[:PART_OF*1..6]->(c:Country)
WHERE a:Unit
WITH DISTINCT n, t, coalesce(c.id, a.id) AS party
RETURN n.id AS id, party, type(t) AS type, coalesce(t.role, toLower(type(t))) AS role, t.source AS source,
       t.locator AS place, t.start AS start, t.end AS end, t.signed AS signed, t.startFrom AS startFrom,
       t.startBy AS startBy, t.endFrom AS endFrom, t.endBy AS endBy
ORDER BY id, party, source, coalesce(place, ''), t.id;
