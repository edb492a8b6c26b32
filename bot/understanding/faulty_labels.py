"""Labels that are known to be wrong or out of date: "the inspectors made mistakes in the old codes".

What people labelled badly tells of the data; the same words tell of the model, where it gives the labels. So
in an opening it counts only where people or the data are named. Where the data are asked for, or after a
recommendation, it counts also where nothing tells whose labels they are: "a fifth of the labels are wrong".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.decision.questions import Question
from bot.understanding.found import Found
from bot.understanding.message import Message, Part

LABELS = r"(?:(?:old|existing|past|historical|human|manual) )?(?:labels|annotations|tags|codes)"
_SHARE = r"(?:half|a (?:third|quarter|fifth|sixth|tenth)|[\d.]+ ?(?:%|percent)|some|many|most|lots|a lot)"
_OF_DATA = (
    r"(?:(?:the |our )?(?:training|gold|golden) (?:labels|annotations|tags|codes)|"
    r"(?:labels|annotations|tags|codes) in (?:the|our) (?:training|labeled) (?:data|set|examples))"
)
_ARE_WRONG = (
    r"(?:(?:are|were)(?: (?:often|partly|sometimes|very|quite|all|known to be))? "
    r"(?:wrong|incorrect|faulty|inconsistent|outdated|out of date|noisy|unreliable|contradictory|"
    r"full of (?:errors|mistakes))"
    r"|(?:arent|are not|werent|were not)(?: (?:always|very|all|really))? "
    r"(?:consistent|reliable|correct|accurate|up to date))"
    r"(?=\s*(?:[.,;:!?)(]|$)| (?:and|but|though|since|because|so)\b)"
)
_OLD_RULES = (
    r"(?:the |an? |our )?(?:old|former|previous|outdated|earlier) "
    r"(?:policy|policies|rules?|guidelines?|scheme|taxonomy|code ?book|catalog\w*|law)"
)
_FOLLOW = (
    rf"(?:(?:still )?(?:follow|reflect) {_OLD_RULES}"
    rf"|(?:are|were)(?: (?:still|all|mostly|partly|made))? (?:from|by|under|based on) {_OLD_RULES})\b"
)
_PEOPLE = (
    r"(?:inspectors|annotators|nurses|clerks|interns|coders|reviewers|labell?ers|doctors|examiners|adjusters|"
    r"taggers|moderators|volunteers|contractors|crowd ?workers|staff|we)"
)
_MISTAKES = (
    rf"{_PEOPLE}(?: [a-z]+){{0,2}}? (?:made|make)(?: [a-z]+){{0,3}}? (?:mistakes|errors) "
    rf"(?:in|with) (?:the |their |our )?{LABELS}"
    rf"|{_PEOPLE}(?: often| sometimes| have)? (?:mislabell?ed|miscoded|mistagged)"
)
_THE_LABELS = (
    rf"(?:\b(?:{_SHARE}(?: of)?(?: the| our)?|the|our|but|and|though) |(?<![^.,;:!?(] )(?<![^ \n])){LABELS}"
)
"""Not codes of another kind: "our zip codes"."""
_IN_THE_WRONG = (
    rf"\b{_SHARE} (?:of )?(?:(?:the|our|those|these|them|all) )?(?:[\w,.]+ ){{0,2}}?"
    r"(?:sit|sits|ended up|end up|landed|lie|are filed|were filed|were put|got put) (?:in|into|under) "
    r"the wrong (?:queue|class|category|bucket|folder|kind|code|team|label)s?\b"
)
"""A history in which things lie where they do not belong."""
_OF_PEOPLE = (
    rf"(?:{_IN_THE_WRONG}|\b(?:{_SHARE} (?:of )?)?{_OF_DATA} {_ARE_WRONG}|{_THE_LABELS} {_FOLLOW}"
    rf"|\b(?:{_MISTAKES})\b)"
)
_OF_PEOPLE_ALONE = re.compile(_OF_PEOPLE)
_FAULTY = re.compile(
    rf"{_OF_PEOPLE}|{_THE_LABELS} {_ARE_WRONG}"
    r"|\b(?:there is|theres|known|some|with) (?:label|labeling|annotation) (?:errors|mistakes|noise)\b"
)
_MODEL = (
    r"(?:model|bot|chatbot|classifier|llm|gpt[\w.-]*|claude|gemini|llama|mistral|router|tagger|system|tool|ai|it|"
    r"assistant|agent|extractor|prompt)"
)
_GIVES = (
    r"(?:gives?|assigns?|gets?|tags?|labels?|codes?|outputs?|returns?|writes?|produces?|predicts?|picks?|puts?|"
    r"sets?|adds?|chooses?|sorts?|extracts?|routes?|grades?|classif(?:y|ies))"
)
BY_THE_MODEL = re.compile(
    rf"\b{_MODEL}s?(?: (?!should\b|could\b|to\b|would\b)[a-z]+)?? {_GIVES}\b"
    rf"|\b(?:label|tagg|cod|sort|rout|assign|extract|pick)\w*ed (?:by|with) (?:an? |the |our )?{_MODEL}\b"
    rf"|\b(?:from|let|prompt) (?:an? |the |our )?{_MODEL}\b|\b(?:prompted|auto[ -]?tag\w*|automatic\w*)\b"
    r"|\b(?:predicted|generated|returned|suggested|proposed) (?:labels|tags|codes)\b|\bruns\b"
)
ITS_LABELS = re.compile(
    rf"\b(?:its|{_MODEL}s) (?:labels|tags|codes|annotations)\b"
    rf"|\b(?:labels|tags|codes|annotations) (?:come out\b|(?:that |which )?(?:the |our )?{_MODEL}\b)"
)
_OF_TODAY = re.compile(
    r"\b(?:need\w*|want\w*|target|goal|now|today|currently|prompt\w*|since|after|version|down to|up to)\b"
)
_LEFT_BY_PEOPLE = re.compile(r"\b(?:old|existing|past|historical|human|manual|training)\b")
_ERRORS = r"(?:(?:label|labeling|annotation) (?:errors|mistakes)|errors|mistakes)"
_MENDED = re.compile(
    rf"\b(?:corrected|fixed|removed) all(?: the| our)? {_ERRORS}\b"
    rf"|\ball(?: the| our)? {_ERRORS} (?:(?:were|are|have been|got) )(?:corrected|fixed|removed)\b"
    rf"|\bno {_ERRORS} (?:left|in them)\b"
)
_UNDONE = re.compile(
    r"\b(?:no|never|none|nobody|corrected|fixed|cleaned|repaired|removed|resolved|relabell?ed|redone|used to|"
    r"if|whether|unless|could|might|may|would|until|once|anymore)\b"
)
_REVIEWED = re.compile(
    r"\b(?:reviewed|checked|curated|verified|approved|proofread|corrected|vetted|validated)\b"
)


def is_of_today(message: Message) -> bool:
    """Say whether what is wrong is held against a need, or has changed: so it is what the model gives."""
    return _OF_TODAY.search(message.plain) is not None and not _LEFT_BY_PEOPLE.search(message.plain)


def find_faulty_labels(message: Message, *, may_be_bare: bool) -> Part | None:
    """Return where labels that people made are said to be faulty or out of date; None where not.

    With `may_be_bare`, nothing need tell whose labels they are.
    """
    found = (_FAULTY if may_be_bare else _OF_PEOPLE_ALONE).search(message.plain)
    undoing = (BY_THE_MODEL, ITS_LABELS, _UNDONE)
    if found is None or any(pattern.search(message.plain) for pattern in undoing):
        return None
    return Part(*found.span())


def with_faulty_labels(
    message: Message, pending: Question | None, found: Sequence[Found], *, continues: bool
) -> list[Found]:
    """Return what was found, with labels of mixed quality where they are faulty."""
    kept = [one for one in found if not _is_misheard(message, one)]
    is_on_data = continues if pending is None else "examples_n" in pending.facts
    faulty = find_faulty_labels(message, may_be_bare=is_on_data)
    if faulty is None or not (pending is None or is_on_data):
        return kept
    is_scored = any(one.fact == "baseline_score" and faulty.holds(one.start) for one in kept)
    is_bare = find_faulty_labels(message, may_be_bare=False) is None
    if is_scored and is_bare and pending is None and is_of_today(message):
        return kept
    if _REVIEWED.search(message.plain) and any(one.fact == "data_quality" for one in kept):
        return kept
    # What stands in those words counts what is wrong, and no examples.
    counted = {"examples_n", "raw_examples_n", "baseline_score"}
    others = [
        one
        for one in kept
        if one.fact != "data_quality" and not (one.fact in counted and faulty.holds(one.start))
    ]
    return [*others, Found("data_quality", "mixed", faulty.start, faulty.end)]


def _is_misheard(message: Message, one: Found) -> bool:
    """Say whether mixed quality was heard of labels that the model gives, or of faults that are no more."""
    if (one.fact, one.value) != ("data_quality", "mixed"):
        return False
    return any(pattern.search(message.plain, one.start, one.end) for pattern in (ITS_LABELS, _MENDED))
