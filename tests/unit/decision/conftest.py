"""Properties here are about answers, never about how fast a loaded machine gives them."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("decision", deadline=None)
settings.load_profile("decision")
