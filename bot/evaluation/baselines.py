"""What simple ways of answering score on the same cases: figures mean little without something beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np

from bot.evaluation.cases import (
    ComplicationCase,
    DecisionCase,
    DialogueCase,
    HeardCase,
    MendedCase,
    RemarkCase,
    ReplyCase,
)
from bot.evaluation.scoring import judge_stated, points
from bot.understanding.learned.examples import (
    LabelledComplication,
    LabelledMending,
    LabelledRemark,
    LabelledReply,
    LabelledVerdict,
    Situation,
    advised,
    complications,
    mendings,
    remarks,
    replies,
    situations,
    verdicts,
)
from bot.understanding.learned.features import text_or_no_vector
from bot.understanding.learned.linear import Matrix

Example = TypeVar("Example")


@dataclass(frozen=True)
class _Nearest(Generic[Example]):
    """Finds the labelled example whose word vector is closest (cosine)."""

    examples: Sequence[Example]
    vectors: Matrix

    @classmethod
    def among(cls, examples: Sequence[Example], text_of: Callable[[Example], str]) -> _Nearest[Example]:
        return cls(examples, np.vstack([text_or_no_vector(text_of(one)) for one in examples]))

    def to(self, text: str) -> Example:
        return self.examples[int(np.argmax(self.vectors @ text_or_no_vector(text)))]


@dataclass(frozen=True)
class Baselines:
    """Answers taken from the labelled examples that reading was trained on, without reading or judging."""

    situations: Sequence[Situation] = field(default_factory=lambda: [*situations(), *advised()])
    replies: Sequence[LabelledReply] = field(default_factory=lambda: list(replies()))
    remarks: Sequence[LabelledRemark] = field(default_factory=lambda: list(remarks()))
    verdicts: Sequence[LabelledVerdict] = field(default_factory=lambda: list(verdicts()))
    complications: Sequence[LabelledComplication] = field(default_factory=lambda: list(complications()))
    mendings: Sequence[LabelledMending] = field(default_factory=lambda: list(mendings()))

    @cached_property
    def usual_advice(self) -> str:
        """Return the advice that is right most often among the examples."""
        return Counter(one.expected for one in self.situations).most_common(1)[0][0]

    def same_advice(self, case: DecisionCase | DialogueCase) -> float:
        """Score the usual advice, whatever was said."""
        expected, acceptable = _wanted(case)
        return points(self.usual_advice, expected, acceptable)

    def nearest_advice(self, case: DecisionCase | DialogueCase) -> float:
        """Score the advice of the most similar example."""
        said = (
            case.text
            if isinstance(case, DecisionCase)
            else " ".join(turn.text for turn in case.turns if turn.who == "user")
        )
        expected, acceptable = _wanted(case)
        return points(self._nearest_situation.to(said).expected, expected, acceptable)

    def nothing_read(self, case: ReplyCase | RemarkCase) -> float:
        """Score reading nothing from a reply."""
        return float(judge_stated(case, {}).is_right)

    def nearest_reply(self, case: ReplyCase) -> float:
        """Score the facts of the most similar example reply to the same question."""
        answers = self._nearest_answers.get(case.question)
        stated = answers.to(case.reply).expected if answers else {}
        return float(judge_stated(case, stated).is_right)

    def nearest_remark(self, case: RemarkCase) -> float:
        """Score the facts of the most similar example of a message after a recommendation."""
        return float(judge_stated(case, self._nearest_remark.to(case.remark).expected).is_right)

    def nothing_heard(self, case: HeardCase) -> float:
        """Score hearing neither a question for a verdict, nor a complication, nor that anything is over."""
        return float("" in case.expected)

    def nearest_heard(self, case: HeardCase) -> float:
        """Score what the most similar example asks for, brings or ends."""
        if isinstance(case, ComplicationCase):
            return float(self._nearest_complication.to(case.remark).brings in case.expected)
        if isinstance(case, MendedCase):
            return float(self._nearest_mending.to(case.remark).mends in case.expected)
        return float(self._nearest_verdict.to(case.remark).asks in case.expected)

    @cached_property
    def _nearest_verdict(self) -> _Nearest[LabelledVerdict]:
        words = {one.id: one.remark for one in self.remarks}
        return _Nearest.among(self.verdicts, lambda one: one.remark or words[one.id])

    @cached_property
    def _nearest_complication(self) -> _Nearest[LabelledComplication]:
        return _Nearest.among(self.complications, lambda one: one.remark)

    @cached_property
    def _nearest_mending(self) -> _Nearest[LabelledMending]:
        return _Nearest.among(self.mendings, lambda one: one.remark)

    @cached_property
    def _nearest_remark(self) -> _Nearest[LabelledRemark]:
        return _Nearest.among(self.remarks, lambda one: one.remark)

    @cached_property
    def _nearest_situation(self) -> _Nearest[Situation]:
        return _Nearest.among(self.situations, lambda one: one.text)

    @cached_property
    def _nearest_answers(self) -> dict[str, _Nearest[LabelledReply]]:
        questions = {one.question for one in self.replies}
        return {
            question: _Nearest.among(
                [one for one in self.replies if one.question == question], lambda one: one.reply
            )
            for question in questions
        }


def _wanted(case: DecisionCase | DialogueCase) -> tuple[str, Sequence[str]]:
    if isinstance(case, DecisionCase):
        return case.expected, case.acceptable
    return case.final.expected, case.final.acceptable
