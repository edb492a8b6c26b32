"""Free words that pick a quick reply of the question that waits: "2", "the second", "both", "no"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from rapidfuzz import fuzz

from bot.decision.facts import FactValue
from bot.decision.questions import Question, QuickReply
from bot.understanding.found import Found
from bot.understanding.message import Message

_YES = re.compile(
    r"\W*(?:yes|yep|yeah|yup|yea|y|sure|of course|absolutely|correct|indeed|definitely|"
    r"certainly|ja|si|oui|👍|✅)"
    r"(?=\W|$)(?! (?:and no|or no|no|not)\b)"
)
_NO = re.compile(
    r"\W*(?:(?:definitely|absolutely|certainly|of course|clearly|unfortunately) not|"
    r"no way|nope|no|nah|nein|non|n|never(?=\s*(?:[,.;!]|$))|"
    r"not really|👎|❌)(?=\s*(?:[,.;!:)(-]|$|\n)| (?:we|it|i|its|they|most|sadly|"
    r"unfortunately|not|never|because|"
    r"thats|sorry)\b)"
)
_NOT_YET = re.compile(r"\W*(?:no,? )?(?:not yet|never|not so far|noch nicht|todavia no|pas encore)\W*$")
_NOTHING = re.compile(
    r"\W*(?:(?:nope|no|nah|absolutely|literally|well|honestly|tbh|still),? )?(?:nothing|"
    r"nada|nichts|rien|niente|zilch|"
    r"not a thing|nothing at all|none of (?:it|them|those|these|the above))"
    r"(?: (?:yet|so far|really|at all|tbh|much|honestly|tried|to be honest))*\W*$"
)
_BOTH = re.compile(
    r"\W*(?:both|beides?|ambos|les deux|a bit of both|bit of both|all of (?:it|them|that))(?=\W|$)"
)
_NEITHER = re.compile(r"\W*(?:neither|weder noch|ninguno|none of (?:them|the two)|not one of them)(?=\W|$)")
_NONE = re.compile(
    r"\W*(?:none|zero|0|keine?|ninguno?|aucun|none yet|none at all|zero so far|"
    r"no examples(?: yet)?|we have none|dont have any(?: yet)?|we dont have any|"
    r"havent got any|have none|nothing yet|nothing)(?= *(?:[,.;!)]|$|\n| (?:but|yet|"
    r"so far|at|reviewed|of)\b))"
)
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "sixth": 6,
    "6th": 6,
    "last": -1,
}
_ORDINAL = re.compile(
    r"\W*(?:its |id say |probably |maybe |mostly |i think |definitely )*(?:the |option |"
    r"number |no\.? ?|nr\.? ?|answer |#)*(?P<word>"
    + "|".join(_ORDINALS)
    + r")(?: (?:one|option|answer|choice))?\W*$"
)
_INDEX = re.compile(
    r"\W*(?P<mark>(?:option|number|no\.?|nr\.?|answer|#) ?)?(?P<digits>\d(?:\s*(?:,|and|&|"
    r"\+|/|und|y)\s*\d)*)\W*$"
)
_FEW_WORDS = 9
_ALIKE = 86

_YES_MEANS: Mapping[str, str] = {"Q4": "misused", "Q8": "yes"}
_NO_MEANS: Mapping[str, str] = {
    "Q3": "none",
    "Q4": "missing",
    "Q8": "no",
    "Q13": "nobody",
    "Q14": "no",
    "Q16": "no",
}
_BOTH_MEANS: Mapping[str, str] = {"Q1": "both", "Q12": "both"}
_NEITHER_MEANS: Mapping[str, str] = {"Q11": "neither", "Q12": "neither"}
_NOTHING_MEANS: Mapping[str, str] = {"Q2": "nothing", "Q13": "nobody", "Q14": "no"}
_NOT_YET_MEANS: Mapping[str, str] = {"Q2": "nothing", "Q3": "none", "Q13": "nobody", "Q14": "no", "Q16": "no"}
_NONE_MEANS: Mapping[str, str] = {"Q3": "none", "Q5": "none", "Q2": "nothing", "Q14": "no", "Q16": "no"}
"""Question → the reply that a bare word picks. A question that is missing is not answered by that word."""

_NOT_SAID_BY_A_WORD = frozenset({"budget_usd"})
"""Facts that a tap states as well; who says "nobody" has not said that there is no money."""

_TAKES_NUMBERS = frozenset({"Q3", "Q5", "Q6", "Q10", "Q15"})


def takes_numbers(question: Question) -> bool:
    """Say whether a number answers the question, so that it cannot pick a reply by its place."""
    return question.id in _TAKES_NUMBERS


def find_picks(message: Message, question: Question, known: Collection[str] = ()) -> Iterator[Found]:
    """Yield the facts of the quick replies that the words pick; nothing when they pick none for certain.

    Of two that state one fact, the one further down the list counts, as it does where they are tapped. What
    they do not pick of several takes back nothing of what is `known`.
    """
    picked = tuple(_picked(message, question))
    values: dict[str, FactValue] = {}
    for reply in sorted(picked, key=question.replies.index):
        values |= reply.values
    for fact, value in values.items():
        if not (_by_word(message.plain.strip(), question.id) and fact in _NOT_SAID_BY_A_WORD):
            yield Found(fact, value, 0, len(message.plain))
    if picked and question.several and all(_is_listed(message) for _ in picked) and picked[0].id != "nothing":
        yield from (one for one in _unpicked(message, question, picked) if one.fact not in known)


def _picked(message: Message, question: Question) -> Iterator[QuickReply]:
    plain = message.plain.strip()
    indexes = _indexes(plain, question)
    if indexes:
        yield from (question.replies[index] for index in indexes)
        return
    reply_id = _by_word(plain, question.id)
    if reply_id:
        yield question.reply(reply_id)
        return
    alike = _alike(plain, question)
    if alike is not None:
        yield alike


def _indexes(plain: str, question: Question) -> list[int]:
    ordinal = _ORDINAL.match(plain)
    if ordinal is not None:
        position = _ORDINALS[ordinal["word"]]
        return (
            [position - 1 if position > 0 else len(question.replies) - 1]
            if position <= len(question.replies)
            else []
        )
    match = _INDEX.match(plain)
    if match is None or (takes_numbers(question) and not match["mark"]):
        return []
    positions = [int(digit) for digit in re.findall(r"\d", match["digits"])]
    if len(positions) > 1 and not question.several:
        return []
    return (
        [position - 1 for position in positions]
        if all(1 <= one <= len(question.replies) for one in positions)
        else []
    )


def _is_listed(message: Message) -> bool:
    """Say whether they answered by numbers, which is the same as ticking."""
    return _INDEX.match(message.plain.strip()) is not None


def _unpicked(message: Message, question: Question, picked: tuple[QuickReply, ...]) -> Iterator[Found]:
    stated = {fact for reply in picked for fact in reply.values}
    values: Mapping[str, FactValue] = question.unpicked
    for fact, value in values.items():
        if fact not in stated:
            yield Found(fact, value, 0, len(message.plain))


def _by_word(plain: str, question_id: str) -> str:
    for pattern, meanings in (
        (_NOTHING, _NOTHING_MEANS),
        (_NOT_YET, _NOT_YET_MEANS),
        (_NONE, _NONE_MEANS),
        (_BOTH, _BOTH_MEANS),
        (_NEITHER, _NEITHER_MEANS),
        (_YES, _YES_MEANS),
        (_NO, _NO_MEANS),
    ):
        if question_id in meanings and pattern.match(plain):
            return meanings[question_id]
    return ""


def _alike(plain: str, question: Question) -> QuickReply | None:
    """Return the reply whose label they typed, small slips forgiven; None unless it is clear."""
    if len(plain.split()) > _FEW_WORDS:
        return None
    said = plain.strip(" .!?")
    scored = [(fuzz.ratio(said, _label(reply)), index) for index, reply in enumerate(question.replies)]
    ranked = sorted(scored, reverse=True)
    best, index = ranked[0]
    is_clear = len(ranked) == 1 or best - ranked[1][0] >= 1
    return question.replies[index] if best >= _ALIKE and is_clear else None


def _label(reply: QuickReply) -> str:
    return reply.label.lower().replace("'", "").replace("’", "")
