"""What an outcome takes once it runs, and when to look at it again: told to whoever asks, it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.decision.conditions import all_of, is_in, is_known, misses
from bot.decision.facts import Facts
from bot.decision.options import TRAINING, Option
from bot.decision.policy.shared_phrases import HAS_TEST_SET
from bot.decision.recommendation import Recommendation
from bot.decision.sentences import Phrase, Sentence, fit
from bot.decision.thresholds import BASE_LIFE

MEASURE_AGAIN = Phrase(
    "Collect fifty real cases with their right answers, and score it on them every month and after each change of model, prompt or data; put new cases in as they come.",
    (
        (
            HAS_TEST_SET,
            "Score it on your {eval_set_n} test cases every month and after each change of model, prompt or data; put new cases in as they come.",
        ),
    ),
)
"""Without it nobody notices that anything changed."""
_KEEP_FAILURES = (
    "Keep what it gets wrong, with the right answer beside it: that is what the next round is trained on."
)
_TRAIN_AGAIN = "Reckon with training again when its base model retires, or when what people send has changed."
_INDEX_AGAIN = Phrase(
    "Index again whenever the material changes, and delete what is withdrawn.",
    (
        (
            is_in("knowledge_change", "daily", "realtime"),
            "Let every change of the material reach the index by itself, deletions too: yours changes all the time.",
        ),
        (
            is_in("knowledge_change", "weekly", "monthly"),
            "Index what changed every week, and delete what is withdrawn.",
        ),
    ),
)
_OF_TRAINING: tuple[Sentence, ...] = (_KEEP_FAILURES, _TRAIN_AGAIN)

UPKEEP: Mapping[Option, tuple[Sentence, ...]] = {
    Option.IMPROVE_PROMPT: ("Keep each version of the prompt with its score, as you keep versions of code.",),
    Option.FEW_SHOT: (
        "Exchange an example when what it shows is no longer right, and score the prompt again.",
    ),
    Option.LONG_CONTEXT_CACHE: ("When the material grows, see whether it still fits and what it costs.",),
    Option.STRUCTURED_TOOLS: (
        "When the system behind a tool changes, change the tool's description with it.",
    ),
    Option.SWITCH_MODEL: (
        "Note when the model retires, and try its successor on the same cases in good time.",
    ),
    Option.RAG: (_INDEX_AGAIN,),
    Option.CLASSICAL_ML: (
        "Have some of what it was unsure of labelled each month, and train again with them; that takes minutes.",
    ),
    Option.FINE_TUNE_SFT: _OF_TRAINING,
    Option.PREFERENCE_TUNE: _OF_TRAINING,
    Option.RAG_PLUS_FT: (_INDEX_AGAIN, *_OF_TRAINING),
    Option.DISTIL: _OF_TRAINING,
}
"""By outcome, what is to be done beside measuring."""

OWNER = "One person should own that: what belongs to nobody is not looked at."
LOOK_AGAIN = Phrase(
    "Ask me again when its score falls, or when the traffic, the bill or the task is another one.",
    (
        (
            all_of(is_known("target_score"), misses("base_retire_days", BASE_LIFE)),
            "Ask me again when it scores below {target_score}, and before the base model retires, which is in {base_retire_days} days.",
        ),
        (
            misses("base_retire_days", BASE_LIFE),
            "Ask me again when its score falls, and before the base model retires, which is in {base_retire_days} days.",
        ),
        (
            is_known("target_score"),
            "Ask me again when it scores below {target_score}, or when the traffic, the bill or the task is another one.",
        ),
    ),
)


def find_upkeep(recommendation: Recommendation, facts: Facts) -> Iterator[str]:
    """Yield what is to be done once it runs, who does it, and when to ask again; a sentence each."""
    yield fit(MEASURE_AGAIN, facts)
    lasting = recommendation.direction if recommendation.direction in TRAINING else recommendation.option
    yield from (fit(one, facts) for one in UPKEEP.get(lasting, ()))
    yield OWNER
    yield fit(LOOK_AGAIN, facts)
