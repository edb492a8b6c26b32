"""What a second reader brings, good and bad: simulated language models, examined like any other.

Each knows the labels of the cases and gives a part of them wrong; what it says goes through the same checks
and the same exam as a real one. A real model stands somewhere between these lines.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

from bot.app import open_reference
from bot.assisting import Assistant
from bot.decision.facts import choices_of
from bot.dialogue import Dialogue
from bot.evaluation.cases import DecisionCase, ReplyCase, load_cases
from bot.evaluation.scoring import score_decision, score_reply
from bot.exam import examine, labels_of_exam
from bot.explaining import Writer
from bot.hearing import SecondReader
from bot.language_model import ProposedFact, ReadingRequest, Spender
from bot.settings import Settings
from bot.understanding.proposals import WITNESSED_FACTS
from tests.bench.measuring import print_table
from tests.fakes.language_model import FakeLanguageModel
from tests.unit.test_replay import NOW

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = ("decisions.jsonl", "blind_decisions.jsonl", "replies.jsonl", "blind_replies.jsonl")
ACCURACIES = (1.0, 0.9, 0.75, 0.5, 0.0)
SEEDS = (1, 2, 3)
_QUOTED_CHARS = 500


@dataclass
class Reader:
    """Gives each label with this chance, else another value or nothing; makes facts up as often."""

    labels: Mapping[str, Mapping[str, Any]]
    accuracy: float
    dice: Random
    asked: int = field(default=0)

    def __call__(self, request: ReadingRequest) -> Sequence[ProposedFact]:
        self.asked += 1
        told = request.texts[-1]
        quote = told.text[:_QUOTED_CHARS]
        facts = {fact: value for fact, value in self.labels[told.text].items() if fact in WITNESSED_FACTS}
        said = [
            ProposedFact(fact, self._value(fact, value), quote, told.id)
            for fact, value in facts.items()
            if value is not None and (self.dice.random() < self.accuracy or self.dice.random() < 1 / 2)
        ]
        if self.dice.random() >= self.accuracy:
            made_up = self.dice.choice(WITNESSED_FACTS)
            said.append(ProposedFact(made_up, self._other(made_up, ""), quote, told.id))
        return said

    def _value(self, fact: str, value: object) -> str:
        if self.dice.random() >= self.accuracy:
            return self._other(fact, str(value))
        if isinstance(value, dict):
            value = value.get("min", value.get("max"))
        return str(value).lower()

    def _other(self, fact: str, value: str) -> str:
        others = [one for one in choices_of(fact) or ("true", "false", "100") if one != value.lower()]
        return self.dice.choice(others)


async def scores(dialogue: Dialogue, cases: Sequence[object]) -> tuple[float, float]:
    """Return how well replies and decisions are read."""
    replies = [(await score_reply(one, dialogue)).is_right for one in cases if isinstance(one, ReplyCase)]
    decisions = [
        (await score_decision(one, dialogue)).points for one in cases if isinstance(one, DecisionCase)
    ]
    return fmean(replies), fmean(decisions)


async def measure() -> None:
    """Print the table."""
    cases = load_cases([GOLDEN / name for name in FILES])
    labels: dict[str, Mapping[str, Any]] = labels_of_exam()
    for one in cases:
        if isinstance(one, ReplyCase):
            labels[one.reply] = {**one.also_ok, **one.expected}
        elif isinstance(one, DecisionCase):
            facts = one.facts.model_dump(mode="json", exclude_none=True) if one.facts else {}
            labels[one.text] = facts
    rows = []
    with (
        tempfile.TemporaryDirectory() as directory,
        open_reference(Settings(data_dir=Path(directory)), lambda _: None) as reference,
    ):
        alone = await scores(Dialogue(reference), cases)
        rows.append(("none", "", *(f"{score:.3f}" for score in alone)))
        for accuracy in ACCURACIES:
            found = []
            weights = []
            for seed in SEEDS:
                model = FakeLanguageModel(Reader(labels, accuracy, Random(seed)))
                exam = await examine(model, Spender("bench", "bench", "bench"), NOW, lambda _: None)
                weights.append(exam.trust.weights)
                assistant = Assistant(SecondReader(model, exam.trust), Writer(model))
                found.append(await scores(Dialogue(reference, assistant), cases))
            counted = fmean(sum(weight > 1 for weight in one.values()) for one in weights)
            rows.append(
                (
                    f"{accuracy:.0%}",
                    f"{counted:.1f} of {len(weights[0])}",
                    *(f"{fmean(column):.3f}" for column in zip(*found, strict=True)),
                )
            )
    print_table(
        "Simulated second readers",
        ("gives labels right", "kinds of facts that count", "replies entirely right", "decisions"),
        rows,
    )


if __name__ == "__main__":
    asyncio.run(measure())
