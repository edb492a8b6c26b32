"""A good model, with a known share of mistakes: it reads by heart what tests wrote down."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.fake_model.answers import Answer, Persona, says
from tests.fake_model.personas import Hallucinator, made_up_value, propose_nothing
from tests.fake_model.prompts import id_of
from tests.fake_model.requests import ModelRequest
from tests.fake_model.schemas import item_fields


@dataclass(frozen=True)
class Known:
    """One fact that a text states, in which words."""

    fact: str
    value: str
    quote: str


@dataclass(frozen=True)
class KnownText:
    """What a careful reader takes from a text."""

    intent: str
    facts: tuple[Known, ...] = ()


@dataclass(frozen=True)
class Oracle:
    """Reads texts by a table; of the facts, the share `mistakes` is missed, misread, or misquoted.

    The same seed makes the same mistakes, in whatever order texts are read. What is no
    reading of a known text is left to `otherwise`.
    """

    table: Mapping[str, KnownText]
    mistakes: float = 0
    seed: int = 0
    otherwise: Persona = propose_nothing

    def __call__(self, request: ModelRequest) -> Answer:
        fields = item_fields(request.schema or {}, "facts")
        known = [text for text in self.table if id_of(request, text)]
        if not fields or not known:
            return self.otherwise(request)
        facts = [
            # Beside fact, value and quote there is the id of the message, whatever it is called.
            {field: fact.get(field, id_of(request, text)) for field in fields}
            for text in known
            for fact in self._read(text)
        ]
        return says({"intent": self.table[known[-1]].intent, "facts": facts})

    def _read(self, text: str) -> Iterator[dict[str, str]]:
        for known in self.table[text].facts:
            fact = {"fact": known.fact, "value": known.value, "quote": known.quote}
            dice = random.Random(f"{self.seed} {known.fact} {text}")
            if dice.random() >= self.mistakes:
                yield fact
                continue
            mistake = dice.choice(("missed", "misread", "misquoted"))
            if mistake == "misread":
                yield {**fact, "value": made_up_value(known.fact)}
            elif mistake == "misquoted":
                yield {**fact, "quote": Hallucinator().traces[0]}
