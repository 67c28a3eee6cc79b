// Graph: how much of what it holds.

// name: things_counted()
// How many things of each kind of thing the graph holds.
// returns: label, things
MATCH (n)
WITH head([l IN labels(n) WHERE NOT l IN ['Actor', 'Engagement']]) AS label, count(*) AS things
RETURN label, things
ORDER BY label;

// name: ties_counted()
// How many claims of each type of tie the graph holds.
// returns: type, ties
MATCH ()-[t]->()
RETURN type(t) AS type, count(*) AS ties
ORDER BY type;

// name: claims_counted()
// How many things each loaded source cites and how many ties it claims, with how far it reaches.
// returns: id, name, date, covers_until, things, ties, licence, redistributable, citation
MATCH (s:Source)
OPTIONAL MATCH (n)-[c:CITED_IN]->(s)
WITH s, count(DISTINCT n) AS things
OPTIONAL MATCH ()-[t]->() WHERE t.source = s.id AND type(t) <> 'CITED_IN'
RETURN s.id AS id, s.name AS name, s.date AS date, s.coversUntil AS covers_until, things, count(t) AS ties,
       s.licence AS licence, s.redistributable AS redistributable, s.citation AS citation
ORDER BY id;

// name: properties_of(thing: thing)
// What the graph holds of a thing itself: its kind of thing and its properties.
// returns: label, id, properties
// example: -p thing=vientiane-vision
MATCH (n {id: $thing})
RETURN head([l IN labels(n) WHERE NOT l IN ['Actor', 'Engagement']]) AS label, n.id AS id,
       properties(n) AS properties
ORDER BY label, id;
