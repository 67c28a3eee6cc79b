"""How data gets in: read, map, check, plan, load."""
