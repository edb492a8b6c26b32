"""A share of labels that are wrong, which scores no model: "5-10% of the labels are wrong".

It tells of the data, unless the model gives the labels, or somebody was asked how well that does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.decision.questions import Question
from bot.understanding.faulty_labels import BY_THE_MODEL, ITS_LABELS, LABELS, is_of_today
from bot.understanding.found import Found
from bot.understanding.message import Message

_WRONG = (
    r"(?: (?:are|were|is|was)(?: (?:known to be|simply|just|plain|probably|likely|actually))*)? "
    r"(?:wrong|off|incorrect|faulty|mislabell?ed|noise|noisy|outdated)"
    r"(?=\s*(?:[.,;:!?)(]|$)| (?:and|but|so|since)\b)"
)
_OF_LABELS = re.compile(rf"(?: of)?(?: (?:the|our|all|those|these))* {LABELS}{_WRONG}")
_OF_ANNOTATIONS = re.compile(
    rf"(?: of)?(?: (?:the|our|all|those|these|old|existing|past|historical|human|manual))* "
    rf"(?:labels|annotations){_WRONG}"
)
"""Tags and codes are as well what the model gives, where nobody was asked for data."""
_OF_THEM = re.compile(rf" of (?:them|those|these){_WRONG}")
_RECORDED = re.compile(
    rf"\b{LABELS}\b|\b(?:final|last|recorded|stored|closing|historical) "
    r"(?:queue|category|code|label|tag|team|department)s?\b|\bground truth\b"
)
"""What people left behind as labels, by any of its names."""
_THE_ANSWERS = re.compile(
    r"\b(?:answers?|outputs?|repl(?:y|ies)|predictions?|summar(?:y|ies)|results?|suggest\w+|model|bot|classifier|"
    r"llm|gpt\S*|claude\S*|gemini\S*|tagger|router|accuracy|score)\b"
)
_OF_WHAT_IT_DOES = frozenset({"failure_mode", "baseline_score", "small_model_ok", "tried_finetune"})
"""Who is asked for these tells of the model."""
_OF_DATA = frozenset({"examples_n", "raw_examples_n", "data_quality", "data_rights", "corpus_tokens"})
"""And who is asked for these, of the data."""


def without_scores_of_labels(
    message: Message, pending: Question | None, found: Sequence[Found], *, continues: bool
) -> list[Found]:
    """Return what was found; a share of labels that people made is no score; they are of mixed quality."""
    if any(pattern.search(message.plain) for pattern in (BY_THE_MODEL, ITS_LABELS)):
        return list(found)
    is_of_the_model = pending is not None and not _OF_WHAT_IT_DOES.isdisjoint(pending.facts)
    is_on_data = pending is not None and not _OF_DATA.isdisjoint(pending.facts)
    may_be_bare = not is_of_the_model and (is_on_data or not is_of_today(message))
    bare = _OF_LABELS if is_on_data else _OF_ANNOTATIONS
    is_told = any(one.fact == "data_quality" for one in found)
    kept: list[Found] = []
    for one in found:
        if one.fact != "baseline_score" or not _is_of_labels(
            message, one, bare if may_be_bare and (pending is not None or continues) else None
        ):
            kept.append(one)
        elif not is_told:
            kept.append(replace(one, fact="data_quality", value="mixed"))
    return kept


def _is_of_labels(message: Message, one: Found, bare: re.Pattern[str] | None) -> bool:
    if bare is not None and bare.match(message.plain, one.end):
        return True
    if not _OF_THEM.match(message.plain, one.end):
        return False
    sentence = message.sentence_at(one.start)
    is_recorded = _RECORDED.search(message.plain, sentence.start, one.start)
    return is_recorded is not None and not _THE_ANSWERS.search(message.plain, sentence.start, one.start)
