from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # a machine that others use is no reason to fail
settings.load_profile("unhurried")
