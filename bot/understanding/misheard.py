"""Corrections of what it does: "you misheard, it writes code, not texts", "it does use tools, it calls APIs".

They tell the task, and nothing of how it fails. What stands after their "not" is what it is not, and whoever
corrects us answers no question with a nought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.decision.facts import FactValue
from bot.decision.implied import is_complaint
from bot.decision.questions import Question
from bot.decision.statements import Statement, understand
from bot.understanding.as_it_is import sentences_as_it_is
from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.remarks import tells_a_problem

_MISHEARD = re.compile(
    r"\b(?:you|u) (?:(?:have|must have|may have|seem to have|just) )?(?:misheard|misread|misunderstood|"
    r"misunderstand|got (?:that|it|this|me|us) wrong)\b"
    r"|\b(?:thats|that is|this is) (?:wrong|not right|a misunderstanding|not what (?:i|we) (?:said|meant))"
    r"(?=\s*[.,;:!-])"
)
_OUTPUT = r"(?:code|sql|quer(?:y|ies)|scripts?|configs?|formulas?|texts?|prose|essays?|letters?|articles?)"
_MAKES = r"(?:writes|generates|produces|outputs|creates|drafts)"
_NOT = r"(?: ?[,;(-]* ?(?:and )?not|,? (?:rather than|instead of))"
_ITS_TASK = re.compile(
    rf"\bit {_MAKES} (?:\w+ )?(?P<makes>{_OUTPUT})(?: \([^)]*\))?{_NOT} (?:\w+ )?(?P<not_made>{_OUTPUT})\b"
    rf"|\b(?:its|it is) (?:\w+ )?(?P<made>{_OUTPUT})(?: (?:that )?it {_MAKES})?{_NOT} "
    rf"(?:\w+ )?(?P<not_so>{_OUTPUT})\b"
)
_IN_PLACE_OF = re.compile(r"\binstead of\b")
"""What it does instead of what it should is a failure, unless they say that we got it wrong."""
_COMPLAINT = re.compile(
    r"\b(?:(?<!that )(?<!it )(?<!thats )(?<!that is )(?<!this is )(?<!me )(?<!this )wrong\w*|bad|badly|"
    r"tone|facts?|formats?|style|cost|slow\w*|expensive|break\w*|"
    r"broken|invent\w*|hallucinat\w*|mistakes?|errors?|fail\w*|ignor\w*|invalid|parse\w*|reason\w*|compil\w*|"
    r"crash\w*|too)\b"
)
"""Beside it, the correction may be of how it fails."""
_DENIED = re.compile(
    r"\b(?:not|(?:does|is|do)nt|rather than|instead of|no)\b[^.;!?,]*",
)
_IT = r"\b(?:it|the (?:bot|model|agent|assistant)) (?:(?:does|only|just|really|actually|also) )*"
_TASKS: Mapping[str, re.Pattern[str]] = {
    "classification": re.compile(rf"{_IT}(?:sorts?|classif(?:y|ies)|categori[sz]es?|routes?|triages?)\b"),
    "extraction": re.compile(rf"{_IT}(?:extracts?|pulls? (?:out )?(?:\w+ )?(?:fields|values))\b"),
    "summarisation": re.compile(rf"{_IT}summari[sz]es?\b"),
    "translation": re.compile(rf"{_IT}translates?\b"),
    "generation": re.compile(rf"{_IT}(?:writes?|drafts?|generates?)\b"),
    "tool_use": re.compile(
        rf"{_IT}(?:already )?(?:uses?|calls?|has) (?:\w+ ){{0,2}}?(?:tools|apis?|functions|endpoints)\b"
    ),
}
_COUNTS = re.compile(r"\d|\b(?:no|none|zero|any|without|nothing|nobody|havent|dont have)\b")
"""Without these, nobody says that there is none of something."""
_PROBLEMS = frozenset({"failure_mode", "gap", "goal_kind"})


def without_what_is_misheard(
    message: Message, pending: Question | None, found: Sequence[Found], earlier: Sequence[Statement]
) -> list[Found]:
    """Return what was found; of a correction of the task the task that it tells, and no failure or nought.

    Whoever is asked what goes wrong, and has not told it, tells that: "it writes prose, not SQL".
    """
    if not tells_a_problem(earlier):
        return list(found)
    known = understand(earlier).facts
    is_asked = pending is not None and "failure_mode" in pending.facts and not is_complaint(known)
    names_its_task = not is_asked and _names_its_task(message)
    if not (_MISHEARD.search(message.plain) or names_its_task):
        return list(found)
    has_none = _COUNTS.search(message.plain) is not None
    rest = [one for one in found if has_none or type(one.value) is not int or one.value != 0]
    if not _corrects_the_task(message, names_its_task=names_its_task):
        return rest
    return [*(one for one in rest if one.fact not in _PROBLEMS), *_task(message)]


def reaches_systems(message: Message) -> tuple[int, int] | None:
    """Return where they say in a correction that it does use tools; None where they do not."""
    if _MISHEARD.search(message.plain) is None:
        return None
    return next(((one.start, one.end) for one in _task(message) if one.value == "tool_use"), None)


def _names_its_task(message: Message) -> bool:
    """Say whether they name one thing that it makes, and another that it does not."""
    named = _ITS_TASK.search(message.plain)
    if named is None or (_IN_PLACE_OF.search(named[0]) and not _MISHEARD.search(message.plain)):
        return False
    return (named["makes"] or named["made"]) != (named["not_made"] or named["not_so"])


def _corrects_the_task(message: Message, *, names_its_task: bool) -> bool:
    if _COMPLAINT.search(message.plain) or message.plain.rstrip().endswith("?"):
        return False
    if names_its_task:
        return True
    return _MISHEARD.search(message.plain) is not None and next(_task(message), None) is not None


def _task(message: Message) -> Iterator[Found]:
    """Yield the one task that is told and not denied."""
    denied = [one.span() for one in _DENIED.finditer(message.plain)]
    told: list[tuple[FactValue, re.Match[str]]] = [
        (task, said)
        for task, pattern in _TASKS.items()
        for sentence in sentences_as_it_is(message)
        for said in pattern.finditer(message.plain, sentence.start, sentence.end)
        if not any(start <= said.end() - 1 < end for start, end in denied)
    ]
    if len({task for task, _ in told}) == 1:
        task, said = told[0]
        yield Found("goal_kind", task, *said.span())


def with_reach(message: Message, earlier: Sequence[Statement]) -> Iterator[Found]:
    """Yield without a value that it lacks a way to other systems, where a correction says that it has one."""
    place = reaches_systems(message)
    if place is not None and understand(earlier).facts.gap == "interface":
        yield Found("gap", None, *place)
