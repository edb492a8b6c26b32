"""What kind of message it is: a decision, a question about a term, abuse, small talk, or something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from bot.understanding.intent_words import (
    ABUSE,
    AI_WORDS,
    ANSWER_AGAIN,
    ANSWER_NOW,
    ASIDE,
    ASKS_IN_GENERAL,
    ASKS_MEANING,
    ASKS_WHY,
    ATTACK,
    DECIDE,
    DEFINES,
    EXPLAIN,
    GENERAL_QUESTION,
    MINE,
    PROBLEM,
    QUESTION_INSIDE,
    SAFE_TOPIC,
    SHORT_TERM,
    SMALL_TALK,
    STARTS_OVER,
    TELLS,
    TERM_SHAPE,
    VERSUS,
    WHETHER,
)
from bot.understanding.learned.likelihoods import likely_intents
from bot.understanding.message import Message

Intent = Literal["decision", "definition", "off_topic", "abuse", "small_talk", "answer", "unclear"]

_MOST_TERM_WORDS = 22
_CLEARLY, _CLEARLY_AN_ERRAND = 0.5, 0.8
"""From here on the learned reading takes a message for a question about a term, and for an errand."""
_SHORT = 6
_MOST_NAMING_WORDS = 9
"""Of a question that asks what something is and says nothing else."""


def wants_answer_now(message: Message) -> bool:
    """Say whether they ask for an answer without further questions."""
    return ANSWER_NOW.search(message.plain) is not None


def starts_over(message: Message) -> bool:
    """Say whether they drop what was said so far for something else."""
    return STARTS_OVER.search(message.plain) is not None


def asks_back(message: Message) -> bool:
    """Say whether all that they say asks what our question means or what it is for."""
    return ASKS_WHY.fullmatch(message.plain) is not None or ASKS_MEANING.fullmatch(message.plain) is not None


def asks_for_term(message: Message) -> bool:
    """Say whether all that they say asks what something is, so that what it names is no answer."""
    plain = message.plain.strip()
    return len(message.sentences) == 1 and plain.endswith("?") and DEFINES.match(plain) is not None


def asks_to_explain(message: Message) -> bool:
    """Say whether all that they say asks to explain a term of ours, with or without a question mark."""
    plain = message.plain.strip()
    asked = EXPLAIN.match(plain) if len(message.sentences) == 1 else None
    return (
        asked is not None and AI_WORDS.search(asked["named"]) is not None and not MINE.search(asked["named"])
    )


def asks_for_it_again(message: Message) -> bool:
    """Say whether all that they say asks for our answer in another form: "a summary for my boss"."""
    return len(message.sentences) == 1 and ANSWER_AGAIN.match(message.plain.strip()) is not None


def may_name_a_term(message: Message) -> bool:
    """Say whether they ask in general what something is: whether that is ours, the glossary knows."""
    plain = message.plain.strip()
    is_short = len(message.sentences) == 1 and len(plain.split()) <= _MOST_NAMING_WORDS
    return is_short and DEFINES.match(plain) is not None and not (MINE.search(plain) or DECIDE.search(plain))


def is_abuse(message: Message) -> bool:
    """Say whether it asks to remove safeguards, leak secrets, ping everybody, or help an attack."""
    said = re.sub(r"<!(channel|here|everyone)[^>]*>", r"@\1", message.said.lower())
    for text in (message.plain, said):
        if any(not _asks_whether(text, match) for match in ABUSE.finditer(text)):
            return True
        if any(not _is_defence(text, match) for match in ATTACK.finditer(text)):
            return True
    return False


def _asks_whether(text: str, match: re.Match[str]) -> bool:
    """Say whether it only asks if something happens ("does tuning remove safety?"), not for it to be done."""
    before = text[max(0, match.start() - 60) : match.start()]
    question = WHETHER.search(before)
    return question is not None and re.search(r"\b(?:you|we|i|please)\b", before[question.end() :]) is None


def _is_defence(text: str, match: re.Match[str]) -> bool:
    """Say whether an attack is named because they defend against it or want to understand it."""
    around = text[max(0, match.start() - 60) : match.end() + 40]
    return SAFE_TOPIC.search(around) is not None


def read_intent(message: Message, *, has_facts: bool, has_kinds: bool) -> Intent:
    """Return the kind of a message that answers no question of ours.

    `has_facts` and `has_kinds` say what was found in it. Kinds are goal, gap and failure: a question in
    general speaks of them as well as a report of one's own case.
    """
    plain = message.plain.strip()
    if is_abuse(message):
        return "abuse"
    if not re.search(r"\w", plain):
        return "unclear"
    if SMALL_TALK.match(plain):
        return "small_talk"
    likely = likely_intents(message)
    if AI_WORDS.search(plain) is not None:
        if not has_facts and _is_an_errand(plain, likely):
            return "off_topic"
        is_case = likely["definition"] < _CLEARLY
        return _about_ai(plain, has_facts=has_facts and is_case, has_kinds=has_kinds and is_case)
    is_ours = likely["decision"] >= max(likely["off_topic"], likely["small_talk"])
    if (is_ours and (has_facts or has_kinds) and not may_name_a_term(message)) or wants_answer_now(message):
        return "decision"
    return "off_topic" if len(plain.split()) > 1 else "unclear"


def _is_an_errand(plain: str, likely: Mapping[str, float]) -> bool:
    """Say whether it is something to be done right now ("summarise this"), though in words of ours."""
    return likely["off_topic"] >= _CLEARLY_AN_ERRAND and DECIDE.search(plain) is None


def _about_ai(plain: str, *, has_facts: bool, has_kinds: bool) -> Intent:
    if _is_definition(plain, has_facts=has_facts) or (not has_facts and _is_general(plain)):
        return "definition"
    if has_facts or has_kinds or _is_decision(plain):
        return "decision"
    is_question = GENERAL_QUESTION.match(plain) or QUESTION_INSIDE.search(plain)
    return "definition" if is_question and not ANSWER_NOW.search(plain) else "decision"


def _is_decision(plain: str) -> bool:
    if DECIDE.search(plain):
        return True
    is_own = MINE.search(plain) is not None
    return is_own and (PROBLEM.search(plain) is not None or len(plain.split()) > _SHORT)


_MOST_GENERAL_WORDS = 16
_ANOTHER_SENTENCE = re.compile(r"[.!?]\s+\w")


def _is_general(plain: str) -> bool:
    """Say whether one short question asks how things are, though it says "we"."""
    is_short = len(plain.split()) <= _MOST_GENERAL_WORDS and not _ANOTHER_SENTENCE.search(plain)
    if TELLS.match(plain):
        return False
    return is_short and ASKS_IN_GENERAL.search(plain) is not None and DECIDE.search(plain) is None


def _is_definition(plain: str, *, has_facts: bool) -> bool:
    words = len(plain.split())
    if words > _MOST_TERM_WORDS or _tells_a_case(plain, has_facts=has_facts):
        return False
    if VERSUS.match(plain) or DEFINES.match(plain) or TERM_SHAPE.search(plain):
        return True
    if SHORT_TERM.match(plain) and not (DECIDE.search(plain) or _ANOTHER_SENTENCE.search(plain)):
        return True
    return not has_facts and bool(GENERAL_QUESTION.match(plain)) and not DECIDE.search(plain)


def _tells_a_case(plain: str, *, has_facts: bool) -> bool:
    """Say whether it describes somebody's own situation, so that a term in it is only its subject."""
    is_personal = re.search(
        r"\b(?:should (?:we|i)|we (?:have|want|need|use|run|built|tried)|our \w+ (?:is|are|"
        r"keeps|hits|ignores|doesnt)|i (?:have|want|tuned|loaded)|weve|finetune\?|"
        r"fine-tune\?)\b",
        plain,
    )
    return bool(is_personal) and (has_facts or DECIDE.search(plain) is not None) and not VERSUS.match(plain)


def find_term_query(message: Message, intent: Intent) -> str:
    """Return the part that asks about a term, as it was said; "" when none does."""
    if ASKS_WHY.fullmatch(message.plain):
        return ""
    if intent == "definition" or (intent == "off_topic" and may_name_a_term(message)):
        return message.said.strip()
    for sentence in message.sentences:
        words = message.plain[sentence.start : sentence.end].strip()
        is_question = message.is_asked(sentence)
        match = ASIDE.search(words)
        if (
            match is not None
            and len(words.split()) <= _MOST_TERM_WORDS
            and AI_WORDS.search(words, match.start("ask"))
            and (is_question or match.start() == 0)
        ):
            offset = message.plain.index(words, sentence.start)
            return message.quote(offset + match.start("ask"), sentence.end)
    return ""
