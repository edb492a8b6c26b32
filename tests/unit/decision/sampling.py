"""Random situations, with amounts on both sides of every threshold and on it."""

from __future__ import annotations

from random import Random

from bot.decision.facts import FACT_NAMES, choices_of
from tests.unit.decision.plain_policy import Situation

_YES_NO = (True, False)
_FROM_NONE_TO_PLENTY = (0, 20, 49, 50, 99, 100, 299, 300, 3_000)
_VALUES: dict[str, tuple[object, ...]] = {
    "intent": ("decision",) * 30 + ("definition", "off_topic", "abuse"),
    "conflicts": ((),) * 30 + (("gap",),),
    "deterministic": (False,) * 15 + (True,),
    "goal_kind": tuple(goal for goal in choices_of("goal_kind") if goal != "prediction_tabular") * 3
    + ("prediction_tabular",),
    "needs_live_data": (False,) * 9 + (True,),
    "labels_on_demand": (False, False, False, True),
    "tried_finetune": ("none",) * 9 + ("failed", "forgot", "worse", "worked"),
    "feedback_kind": ("none",) * 12 + ("pairs", "unpaired", "clicks"),
    "data_rights": ("ok", "ok", "ok", "restricted"),
    "examples_n": _FROM_NONE_TO_PLENTY,
    "raw_examples_n": (0, 1, 5_000),
    "pairs_pref_n": (0,) * 9 + (35, 36, 199, 200, 600),
    "label_count": (2, 30, 99, 100, 101, 400),
    "corpus_tokens": (0, 50_000, 200_000, 200_001, 9_000_000),
    "eval_set_n": (0, 49, 50, 60, 250),
    "baseline_score": (0.0, 0.5, 0.8, 0.9),
    "target_score": (0.8, 0.95, 0.95, 1.0),
    "agreement": (0.7, 0.8, 0.96, 0.96),
    "requests_per_day": (0, 6_666, 6_667, 500_000),
    "prompt_tokens": (0, 1_023, 1_024, 20_000),
    "latency_budget_ms": (50, 2_000),
    "base_retire_days": (0, 179, 180, 900),
    "budget_usd": (0, 0, 5_000),
    "base_tunable": ("yes", "yes", "yes", "no", "unknown"),
    "hosting": ("any_api",) * 4 + ("region_locked", "vpc", "on_prem", "air_gapped", "edge"),
}
_READ_BY_NO_RULE = frozenset({"base_model", "languages", "output_tokens"})
RANDOM_FACTS = tuple(name for name in FACT_NAMES if name not in _READ_BY_NO_RULE)


def draw_situation(random: Random, share_known: float) -> Situation:
    """Return a situation in which about this share of all facts is known."""
    return {
        fact: random.choice(_VALUES.get(fact) or choices_of(fact) or _YES_NO)
        for fact in RANDOM_FACTS
        if random.random() < share_known
    }
