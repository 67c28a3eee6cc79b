// Programs, relief and transfers: who provides, who receives, and whom a source only counts.

// name: recipients_of(provider: actor, domain: domain = null, kind: kind = null, as_of: date = null,
//                     certainty: certainties = 'stated, implied')
// Who receives something that a country provides, groups that a source only counts included.
// A whole of which parts cover the domain says nothing of its own recipients in it: its parts do.
// returns: id, name, label, size, through, in_force, certainty, sources
// covers: Program|Transfer|Deployment(provider, kind, as_of)
// example: -p provider=JPN -p domain=ha-dr -p kind=Program
MATCH (c:Actor {id: $provider})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[p:PROVIDES]->(e:Engagement)<-[t:RECEIVES]-(r)
WHERE p.certainty IN $certainty AND t.certainty IN $certainty
  AND ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
  AND ($domain IS NULL OR (EXISTS { (e)-[:COVERS]->(:Domain {id: $domain}) }
    AND NOT EXISTS { (e)<-[:PART_OF*1..4]-(:Engagement)-[:COVERS]->(:Domain {id: $domain}) }))
OPTIONAL MATCH (r)-[:PART_OF*1..6]->(above:Country)
WHERE r:Unit
WITH DISTINCT coalesce(above, r) AS a, e, t
WITH a, e, t, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
WHERE state IS NULL OR state > 0
WITH a, collect(DISTINCT e.id) AS engagements, max(state) AS held, collect(DISTINCT source) AS found,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
RETURN a.id AS id, a.name AS name, head([l IN labels(a) WHERE l <> 'Actor']) AS label,
       coalesce(a.size, a.sizeAtLeast) AS size,
       COLLECT { UNWIND engagements AS x RETURN x ORDER BY x } AS through,
       ['no', 'undated', 'possibly', 'yes'][held] AS in_force,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty,
       COLLECT { UNWIND found AS x RETURN x ORDER BY x } AS sources
ORDER BY a.id;

// name: providers_to(recipient: actor, domain: domain = null, kind: kind = null, as_of: date = null,
//                    certainty: certainties = 'stated, implied')
// Who provides something that a country, organization or group receives.
// returns: id, name, label, through, in_force, certainty, sources
// covers: Program|Transfer|Deployment(recipient, kind, as_of)
// example: -p recipient=PHL
MATCH (c:Actor {id: $recipient})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[r:RECEIVES]->(e:Engagement)<-[t:PROVIDES]-(p)
WHERE r.certainty IN $certainty AND t.certainty IN $certainty
  AND ($kind IS NULL OR e.kind = $kind OR $kind IN labels(e))
  AND ($domain IS NULL OR EXISTS { (e)-[:COVERS]->(:Domain {id: $domain}) })
OPTIONAL MATCH (p)-[:PART_OF*1..6]->(above:Country)
WHERE p:Unit
WITH DISTINCT coalesce(above, p) AS a, e, t
WITH a, e, t, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
WHERE state IS NULL OR state > 0
WITH a, collect(DISTINCT e.id) AS engagements, max(state) AS held, collect(DISTINCT source) AS found,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
RETURN a.id AS id, a.name AS name, head([l IN labels(a) WHERE l <> 'Actor']) AS label,
       COLLECT { UNWIND engagements AS x RETURN x ORDER BY x } AS through,
       ['no', 'undated', 'possibly', 'yes'][held] AS in_force,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty,
       COLLECT { UNWIND found AS x RETURN x ORDER BY x } AS sources
ORDER BY a.id;

// name: programs_of(country: actor, domain: domain = null, as_of: date = null,
//                   certainty: certainties = 'stated, implied')
// Programs of a country with what it does in each: provides, receives, or a role in it, the newest first.
// returns: id, name, kind, roles, start, end, in_force, domains, sources
// covers: Program(country, as_of)
// example: -p country=JPN
MATCH (c:Actor {id: $country})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[t:PROVIDES|RECEIVES|TAKES_PART_IN]->(e:Program)
WHERE t.certainty IN $certainty
  AND ($domain IS NULL OR EXISTS { (e)-[:COVERS]->(:Domain {id: $domain}) })
WITH e, t, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
WHERE state IS NULL OR state > 0
WITH e, collect(DISTINCT coalesce(t.role, toLower(type(t)))) AS played, max(state) AS held,
     collect(DISTINCT source) AS found
OPTIONAL MATCH (e)-[:COVERS]->(d:Domain)
WITH e, played, held, found, collect(DISTINCT d.name) AS domains
RETURN e.id AS id, e.name AS name, e.kind AS kind,
       COLLECT { UNWIND played AS x RETURN x ORDER BY x } AS roles,
       e.start AS start, e.end AS end, ['no', 'undated', 'possibly', 'yes'][held] AS in_force,
       COLLECT { UNWIND domains AS x RETURN x ORDER BY x } AS domains,
       COLLECT { UNWIND found AS x RETURN x ORDER BY x } AS sources
ORDER BY coalesce(e.startFrom, date('0001-01-01')) DESC, e.id;

// name: transfers_to(recipient: actor = null, provider: actor = null, as_of: date = null,
//                    certainty: certainties = 'stated, implied')
// What was transferred, to whom, by whom and when, the newest first.
// returns: id, name, kind, quantity, unit, providers, recipients, start, end, certainty, sources
// covers: Transfer(recipient, provider, as_of)
// example: -p recipient=PHL
MATCH (e:Transfer)<-[t:PROVIDES|RECEIVES|TAKES_PART_IN]-(u)
WHERE t.certainty IN $certainty
  AND ($as_of IS NULL OR e.startBy IS NULL OR (e.startFrom <= $as_of AND e.endBy >= $as_of))
OPTIONAL MATCH (u)-[:PART_OF*1..6]->(c:Country)
WHERE u:Unit
WITH DISTINCT e, t, coalesce(c.id, u.id) AS party, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY party, source
WITH e, collect(DISTINCT CASE WHEN type(t) = 'PROVIDES' THEN party END) AS providers,
     collect(DISTINCT CASE WHEN type(t) = 'RECEIVES' THEN party END) AS recipients,
     collect(DISTINCT source) AS found,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
WHERE ($recipient IS NULL OR $recipient IN recipients) AND ($provider IS NULL OR $provider IN providers)
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.quantity AS quantity, e.unit AS unit,
       providers, recipients, e.start AS start, e.end AS end,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty,
       COLLECT { UNWIND found AS x RETURN x ORDER BY x } AS sources
ORDER BY coalesce(e.startFrom, date('0001-01-01')) DESC, e.id;

// name: unnamed_in_groups(engagement: engagement = null)
// Groups that a source counts or describes: how many states, which of them are named, how many stay unnamed.
// `unnamed` is empty where no source gives a number; where it says "more than", it is the least that it can
// be.
// returns: id, name, size, at_least, named, unnamed, engagements, sources
// covers: Engagement()
// example: -p engagement=mod-capacity-building
MATCH (g:Group)-[t]->(x)
WHERE type(t) <> 'CITED_IN'
WITH g, x, t, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH g, collect(DISTINCT source) AS sources,
     collect(DISTINCT CASE WHEN x:Engagement THEN x.id END) AS engagements
WHERE $engagement IS NULL OR $engagement IN engagements
OPTIONAL MATCH (m:Country)-[:MEMBER_OF]->(g)
WITH g, sources, engagements, collect(DISTINCT m.id) AS members
RETURN g.id AS id, g.name AS name, g.size AS size, g.sizeAtLeast AS at_least,
       COLLECT { UNWIND members AS x RETURN x ORDER BY x } AS named,
       coalesce(g.size, g.sizeAtLeast) - size(members) AS unnamed,
       COLLECT { UNWIND engagements AS x RETURN x ORDER BY x } AS engagements, sources
ORDER BY g.id;
