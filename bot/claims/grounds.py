"""What sentences may rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.claims.words import inner_sentences
from bot.decision.options import Option


@dataclass(frozen=True)
class Grounds:
    """What sentences may rest on. All texts are plain."""

    option: Option | None
    """The outcome: what to do first; None for a definition."""
    direction: Option | None
    """Where that leads; the same as `option` when nothing stands in the way."""
    template: Mapping[int, str]
    """The template's sentences by number, all true; a mark such as [1] in one says which passage it cites."""
    passages: Mapping[int, str]
    """The passages by citation number."""
    facts: tuple[str, ...]
    """What the person said: our words and their quotes."""
    vendors: tuple[str, ...] = ()
    """Names of vendors and models, as `vendor_names` collects them."""

    @property
    def is_definition(self) -> bool:
        """Say whether a term is explained and nothing is recommended."""
        return self.option is None

    @cached_property
    def passage_sentences(self) -> Mapping[int, tuple[str, ...]]:
        """The sentences of each passage."""
        return {number: tuple(inner_sentences(text)) for number, text in self.passages.items()}
