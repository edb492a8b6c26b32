"""A classifier that is a tuned encoder: "we trained a roberta on 4,000 tickets" was a tuning, too.

Whoever tells of it is not to be told to tune a small encoder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.facts import Facts
from bot.decision.statements import Statement, understand
from bot.understanding.found import Found
from bot.understanding.message import Message

_ENCODER = re.compile(
    r"\b(?:(?:modern|distil|camem|mini|tiny|rubert|sci|bio|legal|fin)?bert|(?:xlm-?)?roberta|xlm-?r|deberta|"
    r"electra|setfit)\b"
)
_NO_BETTER = re.compile(
    r"\b(?:no|not|nt|hardly|never) (?:\w+ )?(?:better|gain|improvement)\b|\bno difference\b"
)
_BEFORE_IT = ("", "none", None)


def with_tuned_encoder(message: Message, found: Sequence[Found], earlier: Sequence[Statement]) -> list[Found]:
    """Return what was found, with what came of the tuning of an encoder that was tried as a classifier."""
    tried = next((one for one in found if (one.fact, one.value) == ("tried_classifier", True)), None)
    known = understand(earlier).facts
    named = _ENCODER.search(message.plain)
    is_told = any(one.fact == "tried_finetune" for one in found) or known.tried_finetune not in _BEFORE_IT
    if tried is None or named is None or is_told:
        return list(found)
    return [
        *found,
        Found("tried_finetune", _came_of_it(message, found, known), tried.start, tried.end, "inferred"),
    ]


def _came_of_it(message: Message, found: Sequence[Found], known: Facts) -> str:
    score = next((one.value for one in found if one.fact == "baseline_score"), None)
    before = known.baseline_score
    if isinstance(score, float) and before is not None and score != before:
        return "worked" if score > before else "worse"
    return "failed" if _NO_BETTER.search(message.plain) else "worked"
