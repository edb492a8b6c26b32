"""Who runs a tuned model and tried nothing else: "nothing since then, the tuned model is just running".

The nothing is about the other steps. That they tuned stands, and so does whatever they told of before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.questions import UNTRIED, Question
from bot.decision.statements import Statement, understand
from bot.understanding.found import Found
from bot.understanding.message import Message

_NOTHING = (
    r"(?:(?:no|nope|nah|well|honestly|tbh)\W+)*(?:(?:nothing|not (?:really )?(?:anything|much))"
    r"(?: (?:else|more|besides|new|other|since|since then|yet|really|at all|so far|after that))*|"
    r"(?:no\W+)?(?=(?:only|just)\b))"
)
_ONLY = r"(?:(?:and|but|so|we|we are|its|it is|thats|there is|theres|just|only|simply|now|still) )*"
_TUNED = (
    r"(?:the|our|that|a) (?:fine[- ]?tuned|finetuned|tuned|fine-?tune|finetune)"
    r"(?: (?:\d+b|model|one|version|llm|classifier))*"
)
_RUNS = (
    r"(?:(?: (?:is|has been|runs|just|only|now|still|already|simply))*"
    r"(?: (?:running|live|deployed|in production|in use|runs|there|up))?)"
)
_SINCE = r"(?:[ ,]+(?:since (?:then|\w+)|now|today|right now|every day|(?:and )?thats (?:it|all)))*"
_ONLY_RUNS = re.compile(
    rf"\W*{_NOTHING}\W*{_ONLY}(?:(?:run|running|use|using|have) )?{_ONLY}{_TUNED}{_RUNS}{_SINCE}\W*"
)


def with_tuned_in_use(
    message: Message, pending: Question, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found, in answer to what was tried with nothing beside the tuned model that runs."""
    if not UNTRIED.keys() <= set(pending.facts) or _ONLY_RUNS.fullmatch(message.plain) is None:
        return list(found)
    known = understand(earlier).facts.known()
    kept = [one for one in found if one.fact != "tried_finetune" or one.value != "none"]
    told = known.keys() | {one.fact for one in kept}
    end = len(message.plain)
    return [*kept, *(Found(fact, value, 0, end) for fact, value in UNTRIED.items() if fact not in told)]
