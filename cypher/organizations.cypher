// Organizations and frameworks: who is a member, what they share, what is done under them.

// name: members_of(organization: organization, as_of: date = null)
// Members of an organization in every role that a source gives, groups that are only counted included.
// returns: id, name, label, size, role, start, end, member, certainty, sources
// covers: Organization(as_of)
// example: -p organization=admm-plus
MATCH (e:Organization {id: $organization})<-[t:MEMBER_OF]-(m)
WITH e, m, t, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
ORDER BY source
WITH m, t.role AS roled, t.start AS began, t.end AS ended, max(state) AS held,
     collect(DISTINCT source) AS sources,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
WHERE held IS NULL OR held > 0
RETURN m.id AS id, m.name AS name, head([l IN labels(m) WHERE l <> 'Actor']) AS label,
       coalesce(m.size, m.sizeAtLeast) AS size,
       roled AS role, began AS start, ended AS end, ['no', 'undated', 'possibly', 'yes'][held] AS member,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty, sources
ORDER BY m.id, roled, coalesce(began, ''), coalesce(ended, '');

// name: organizations_of(country: actor, as_of: date = null)
// Organizations of which a country is a member, with its roles in each.
// returns: id, name, kind, roles, member, certainty, sources
// covers: Organization(country, as_of)
// example: -p country=JPN
MATCH (:Actor {id: $country})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[t:MEMBER_OF]->(e:Organization)
WITH e, t, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
WHERE state IS NULL OR state > 0
WITH e, collect(DISTINCT t.role) AS played, max(state) AS held, collect(DISTINCT source) AS found,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
RETURN e.id AS id, e.name AS name, e.kind AS kind,
       COLLECT { UNWIND played AS x RETURN x ORDER BY x } AS roles,
       ['no', 'undated', 'possibly', 'yes'][held] AS member,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty,
       COLLECT { UNWIND found AS x RETURN x ORDER BY x } AS sources
ORDER BY e.id;

// name: shared_organizations(a: country, b: country, as_of: date = null)
// Organizations in which both countries have a role, with the roles of each.
// returns: id, name, kind, roles_a, roles_b, shared, sources
// covers: Organization(a, b, as_of)
// example: -p a=JPN -p b=USA
MATCH (c:Country)<-[:PART_OF*0..6]-(u)
WHERE c.id IN [$a, $b]
WITH DISTINCT c, u
MATCH (u)-[t:MEMBER_OF]->(e:Organization)
WITH e, c, t, t.source + coalesce(', ' + t.locator, '') AS source,
     CASE WHEN $as_of IS NULL THEN null
          WHEN coalesce(t.startBy, e.startBy) IS NULL THEN 1
          WHEN $as_of < coalesce(t.startFrom, e.startFrom) OR $as_of > coalesce(t.endBy, e.endBy) THEN 0
          WHEN $as_of < coalesce(t.startBy, e.startBy) OR $as_of > coalesce(t.endFrom, e.endFrom) THEN 2
          ELSE 3 END AS state
WHERE state IS NULL OR state > 0
WITH e, count(DISTINCT c) AS countries, collect(DISTINCT source) AS found,
     collect(DISTINCT CASE WHEN c.id = $a THEN t.role END) AS played_a,
     collect(DISTINCT CASE WHEN c.id = $b THEN t.role END) AS played_b,
     max(CASE WHEN c.id = $a THEN state END) AS held_a, max(CASE WHEN c.id = $b THEN state END) AS held_b
WHERE countries = 2
RETURN e.id AS id, e.name AS name, e.kind AS kind,
       COLLECT { UNWIND played_a AS x RETURN x ORDER BY x } AS roles_a,
       COLLECT { UNWIND played_b AS x RETURN x ORDER BY x } AS roles_b,
       ['no', 'undated', 'possibly', 'yes'][CASE WHEN held_a < held_b THEN held_a ELSE held_b END] AS shared,
       COLLECT { UNWIND found AS x RETURN x ORDER BY x } AS sources
ORDER BY e.id;

// name: under_framework(framework: framework)
// What is conducted under an agreement, organization or policy, or announced at a meeting, parts of it
// included.
// returns: id, name, label, kind, framework, start, end, certainty, sources
// covers: Engagement()
// example: -p framework=vientiane-vision
MATCH (f:Agreement|Organization|Policy|Dialogue {id: $framework})<-[t:UNDER]-(w)
MATCH (w)<-[:PART_OF*0..4]-(e)
WHERE e = w OR e:Engagement
WITH DISTINCT e, w, t, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH e, min(CASE WHEN e = w THEN 0 ELSE 1 END) AS distant, collect(DISTINCT source) AS sources,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
RETURN e.id AS id, e.name AS name, head([l IN labels(e) WHERE l <> 'Engagement']) AS label, e.kind AS kind,
       ['itself', 'as a part'][distant] AS framework, e.start AS start, e.end AS end,
       ['stated', 'implied', 'ambiguous'][surest] AS certainty, sources
ORDER BY CASE WHEN e.startFrom > date('0001-01-01') THEN e.startFrom ELSE date('9999-12-31') END, e.id;

// name: frameworks_of(country: actor, certainty: certainties = 'stated, implied')
// Agreements, organizations, policies and meetings under which a country's engagements are conducted, the
// most first.
// returns: id, name, label, kind, engagements, through, sources
// covers: Engagement(country)
// example: -p country=JPN
MATCH (:Actor {id: $country})<-[:PART_OF*0..6]-(u)
WITH DISTINCT u
MATCH (u)-[p:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(e:Engagement)-[t:UNDER]->(f)
WHERE p.certainty IN $certainty AND t.certainty IN $certainty
  AND NOT coalesce(p.role, '') IN ['announced', 'welcomed', 'observer', 'invited', 'planned']
WITH DISTINCT f, e, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH f, collect(DISTINCT e.id) AS engagements, collect(DISTINCT source) AS sources
RETURN f.id AS id, f.name AS name, head([l IN labels(f) WHERE NOT l IN ['Actor', 'Engagement']]) AS label,
       f.kind AS kind, size(engagements) AS engagements,
       COLLECT { UNWIND engagements AS x RETURN x ORDER BY x } AS through, sources
ORDER BY engagements DESC, label, id;

// name: policies_of(country: actor = null)
// Policies that are adopted by one side alone: who issued each, and who supports it.
// returns: id, name, kind, actor, actor_name, role, start, certainty, sources
// covers: Policy(country)
// example: -p country=JPN
MATCH (e:Policy)<-[t:ADOPTS]-(u)
MATCH (u)-[:PART_OF*0..6]->(a:Actor)
WHERE ($country IS NULL AND a = u) OR a.id = $country
WITH DISTINCT e, t, u, t.source + coalesce(', ' + t.locator, '') AS source
ORDER BY source
WITH e, u, t.role AS roled, min(t.start) AS began, collect(DISTINCT source) AS sources,
     min(CASE t.certainty WHEN 'stated' THEN 0 WHEN 'implied' THEN 1 ELSE 2 END) AS surest
RETURN e.id AS id, e.name AS name, e.kind AS kind, u.id AS actor, u.name AS actor_name, roled AS role,
       began AS start, ['stated', 'implied', 'ambiguous'][surest] AS certainty, sources
ORDER BY e.id, roled, u.id;
