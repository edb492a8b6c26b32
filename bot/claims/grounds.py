"""What sentences may rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Grounds:
    """What sentences may rest on. All texts are plain."""

    template: Mapping[int, str]
    """The template's sentences by number, all true; a mark such as [1] in one says which passage it cites."""
    passages: Mapping[int, str]
    """The passages by citation number."""
    facts: tuple[str, ...] = ()
    """What the person said or picked, in our words; nothing that was only inferred."""
