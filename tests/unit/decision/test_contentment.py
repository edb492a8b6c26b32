from __future__ import annotations

import pytest

from bot.decision.contentment import ended_by_contentment
from bot.decision.facts import Facts
from bot.decision.options import Option
from bot.decision.recommendation import recommend

STYLE = Facts(
    goal_kind="style_tone",
    gap="behaviour",
    failure_mode="inconsistent_style",
    baseline_score=0.7,
    target_score=0.9,
)


@pytest.mark.parametrize(
    ("told", "ended"),
    [
        (Facts(satisfied=True), {"gap", "failure_mode", "target_score"}),
        (Facts(satisfied=True, baseline_score=0.85), {"gap", "failure_mode", "target_score"}),
        (Facts(satisfied=True, baseline_score=0.95), {"gap", "failure_mode"}),
        (Facts(satisfied=True, failure_mode="too_slow"), set()),
        (Facts(satisfied=True, gap="cost_latency"), set()),
        (Facts(satisfied=True, target_score=0.8), set()),
        (Facts(satisfied=False), set()),
        (Facts(baseline_score=0.85), set()),
    ],
)
def test_what_contentment_ends(told: Facts, ended: set[str]) -> None:
    assert set(ended_by_contentment(STYLE, told)) == ended


def test_whoever_is_content_is_advised_to_leave_it() -> None:
    told = Facts(satisfied=True)
    ended = ended_by_contentment(STYLE, told)
    after = STYLE.with_values({**dict.fromkeys(ended), **told.known()})
    assert recommend(STYLE).option is not Option.NO_CHANGE
    assert recommend(after).option is Option.NO_CHANGE
    assert after.goal_kind == "style_tone"
