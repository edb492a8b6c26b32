"""What is said of where data may go and where the model ran, told from what may be done and where it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.regions import find_region

_NO = r"(?:not|never|no|nothing|none|cannot|(?:ca|must|wo|do|are|is|should)nt)"
_SENT = r"(?:send|sent|share|shared|upload|uploaded|pass|hand|give|move|leave|leaves|go|goes|get out|export)"
_ELSEWHERE = (
    r"(?:out|outside|third part(?:y|ies)|(?:the |any |a )?cloud|vendors?|providers?|openai|anthropic|google|"
    r"anyone else|elsewhere|anywhere|"
    r"(?:the|our) (?:premises|building|house|network|servers?|company|office|site))"
)
_STAYS_INSIDE = re.compile(rf"\b{_NO}\b[^.,;!?]{{0,30}}\b{_SENT}\b[^.,;!?]{{0,30}}\b{_ELSEWHERE}\b")
_ALSO_NO = re.compile(r"\b(?:no|not|nope|never|cannot|[a-z]+nt|forbidden|nda|rights?|allowed|permission)\b")
"""Beside it: then it is not the sending alone that is ruled out."""
_KEPT_IN = re.compile(
    r"\b(?:no|nothing|none of (?:it|our|the)|(?:can|may|must|should|is|are)(?:nt| not| never))\b[^.;!?]{0,24}"
    r"\b(?:leaves?|leaving|go outside|get out of)\b[^.;!?]{0,12}\b(?:our|the) (?:own )?"
    r"(?:network|premises|building|house|servers?|site|data ?cent(?:er|re)s?|infrastructure)\b"
)
"""What may not leave has to run where it is."""
_OTHER_LIMITS = re.compile(
    r"\b(?:train\w*|learn\w*|fine-?tun\w*|tun(?:e|ing)|use[ds]?|using|licen[sc]e\w*|copyright\w*|consent\w*|"
    r"contract\w*|privileged?|personal|gdpr|hipaa|owns?|eu|europe|country|region|state)\b"
)
"""Beside these a "may not leave" is one limit among others."""
_FORMERLY = re.compile(
    r"\b(?:used to (?:be|run|sit|live|host)|formerly|previously|moved (?:it )?(?:from|off|away from|out of)|"
    r"(?:was|were) (?:once )?on)\b"
    r"(?:(?!\b(?:now|must|to|has|have|should|need\w*|but|currently|today|until|till)\b)[^.,;:!?]){0,40}$"
)
"""Before a place: it ran there, and does not any more."""
_OWN_PLACE = re.compile(
    r"\b(?:on[ -]prem(?:ises)?|own (?:\w+ )?"
    r"(?:boxes|servers?|gpus?|machines?|hardware|cluster|data ?cent(?:er|re)s?|racks?)|in-house|"
    r"self[ -]host(?:ed|ing)?)\b"
)


def placed_rightly(message: Message, found: Sequence[Found]) -> Iterator[Found]:
    """Yield what was found; what may only not be sent away may be trained on, and what was left is left."""
    is_placed = any(one.fact == "hosting" for one in found)
    kept_in = None if is_placed else _KEPT_IN.search(message.plain)
    if kept_in is not None:
        yield Found("hosting", "on_prem", *kept_in.span())
        is_placed = True
    region = find_region(message)
    if region is not None and not is_placed:
        yield region
        is_placed = True
    for one in found:
        if one.fact == "hosting" and one.value == "on_prem" and _was_left(message):
            continue
        if region is not None and (one.fact, one.value) == ("hosting", "any_api"):
            yield region
            continue
        if one.fact == "data_rights" and one.value == "restricted" and _only_stays_inside(message, one):
            if not is_placed:
                yield replace(one, fact="hosting", value="on_prem")
            continue
        yield one


def _only_stays_inside(message: Message, one: Found) -> bool:
    sentence = message.sentence_at(one.start)
    words = message.plain[sentence.start : sentence.end]
    inside = _STAYS_INSIDE.search(words)
    if inside is None or _OTHER_LIMITS.search(words):
        return False
    return _ALSO_NO.search(words[: inside.start()] + words[inside.end() :]) is None


def _was_left(message: Message) -> bool:
    """Say whether every own place that is named is one where it ran before."""
    named = list(_OWN_PLACE.finditer(message.plain))
    return bool(named) and all(_FORMERLY.search(message.plain, 0, one.start()) for one in named)
