from __future__ import annotations

from datetime import UTC, datetime

from bot.earned_trust import REREAD_AFTER_S, EarnedTrust
from bot.errors import StoreUnavailable
from bot.exam import ExamResult, GroupResult
from bot.understanding.witness import GROUPS, NO_TRUST


def result(weight: float) -> ExamResult:
    group = GroupResult(proposals=20, right=19, by_chance=0.2, weight=weight, silence=0.5)
    return ExamResult(
        model="fake:model",
        prompt_version="v1",
        taken_at=datetime(2026, 11, 28, tzinfo=UTC),
        items=100,
        failures=0,
        groups=dict.fromkeys(GROUPS, group),
    )


class Exams:
    def __init__(self) -> None:
        self.kept: ExamResult | None = None
        self.is_away = False
        self.loads = 0
        self.seconds = 0.0

    async def load(self) -> ExamResult | None:
        self.loads += 1
        if self.is_away:
            raise StoreUnavailable("exams")
        return self.kept

    def trust(self) -> EarnedTrust:
        return EarnedTrust(self.load, self.kept, lambda: self.seconds)


async def test_an_exam_taken_meanwhile_counts_without_a_restart() -> None:
    exams = Exams()
    trust = exams.trust()
    assert await trust.now() == NO_TRUST
    exams.kept = result(20.0)
    exams.seconds += REREAD_AFTER_S
    assert (await trust.now()).counts


async def test_an_exam_that_is_gone_counts_no_more() -> None:
    exams = Exams()
    exams.kept = result(20.0)
    trust = exams.trust()
    assert (await trust.now()).counts
    exams.kept = None
    exams.seconds += REREAD_AFTER_S
    assert await trust.now() == NO_TRUST


async def test_it_is_looked_up_once_a_minute_at_most() -> None:
    exams = Exams()
    trust = exams.trust()
    exams.seconds += REREAD_AFTER_S
    for _ in range(5):
        await trust.now()
    assert exams.loads == 1


async def test_while_the_store_is_away_what_was_known_holds() -> None:
    exams = Exams()
    exams.kept = result(20.0)
    trust = exams.trust()
    exams.is_away = True
    exams.seconds += REREAD_AFTER_S
    assert (await trust.now()).counts
