"""Questions: the library of named queries, what an answer holds, and the formats it is written in."""
