"""Whether they ask us if they should train: "should we fine-tune?", "train a small one or RAG?".

It is no such question where others ask it ("users ask whether to train"), where people are trained or a
threshold is tuned, where it asks how, or where they answer it themselves.
"""

from __future__ import annotations

import re

from bot.understanding.message import Message

_TRAIN = r"(?:fine-?tune|finetune|tune|train|distil\w*)"
_TRAINING = r"(?:fine-?tuning|finetuning|training|tuning|distillation)"
_SOMETHING_ELSE = (
    r"(?! on (?:it|them|that|this|those)\b| (?:(?:my|our|the|new|some|more|your) )*(?:staff|people|employees|"
    r"colleagues|annotators|reviewers|users|agents|team|labell?ers|customers|dogs?|guitar|"
    r"thresholds?|prompts?|"
    r"temperature|parameters?|search|index|queries|alerts?|rules?|knobs)\b)"
)
_WHETHER = re.compile(
    r"\b(?:should|shall|can|could|do|would) (?:we|i) (?:need to |have to |just |rather |better )?"
    rf"(?:{_TRAIN}\b{_SOMETHING_ELSE}|(?:use|build) rag\b)"
    rf"|\b(?:is|would) {_TRAINING}(?: it)? (?:be )?(?:worth|make sense|a good idea|sensible)\b"
    r"|\b(?:is|would|does) (?:it|that|this) (?:be )?(?:worth|make sense|a good idea)"
    rf"(?: it\W*$| it\?|(?: to)?(?: \w+){{0,2}}? (?:{_TRAIN}|{_TRAINING}|rag)\b{_SOMETHING_ELSE})"
    rf"|\b(?:{_TRAIN}|{_TRAINING}|rag)"
    r"(?: (?:it|one|that|a model|a small one|something))?(?: or [\w ]{2,30})? ?\?"
)
_HOW = re.compile(
    r"\b(?:how|why|where|who|whats|what (?:is|are|does|about)|which|means?|meant|explain|did|has|"
    r"have (?:you|they)|does (?!(?:it|that|this) make sense))\b[^.;!?]{0,25}$"
)
"""Before it: not whether."""
_OTHERS_ASK = re.compile(
    r"\b(?:users?|customers?|clients?|people|they|callers?|patients?|students?|employees|agents|"
    r"(?:it|bot|assistant|model)(?= (?:answers?|tells?|says?|writes?)))\b[^.;!?]{0,20}"
    r"\b(?:asks?|asked|asking|answers?|tells?|says?|writes?|wonder)\b[^.,;!?]*$"
)
_ANSWERED = re.compile(r"[^.;!?]*\? ?(?:and (?:we )?said )?(?:no|nope|yes|yeah|yep)\b|[^.;!?]*[\"']")


def asks_whether(message: Message) -> bool:
    """Say whether they ask whether to train, or which of the ways that we advise on to go."""
    return any(_is_ours(message, asked) for asked in _WHETHER.finditer(message.plain))


_WE_SHOULD = re.compile(r"\b(?:should|shall)\b")
_HOW_SHOULD_WE = re.compile(r"\b(?:how|why|where|who)\b[^.,;!?]{0,25}$")
"""Which model we should train asks whether, too; how we should does not."""


def _is_ours(message: Message, asked: re.Match[str]) -> bool:
    before = message.plain[message.sentence_at(asked.start()).start : asked.start()]
    how = _HOW_SHOULD_WE if _WE_SHOULD.search(asked[0]) else _HOW
    if how.search(before) or _OTHERS_ASK.search(before):
        return False
    return _ANSWERED.match(message.plain, asked.end() - 1) is None
