"""What may be run as a read where the engine itself does not stop every kind of write."""
from __future__ import annotations
class Guard:
    def __init__(self, plan): self._plan = plan
    def check(self, cypher, parameters): pass
