"""Limits to a region: "data must stay in the EU", "no US cloud", "EU only".

Where people, customers or goods may be is no such limit, nor is what a bot reads or is asked about: "it can't
read invoices of US companies". One country that is ruled out ("no Chinese vendors") leaves the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.found import Found
from bot.understanding.message import Message, Part
from bot.understanding.negation import foreign_parts, is_denied_before

_AT_FIRST = r"(?:this (?:year|month|quarter)|first|for now|at first|initially)"
_REGION = (
    r"(?:the )?(?:eu|eea|europe|germany|switzerland|france|austria|uk|canada|india|country|region)\b"
    rf"(?! (?:of|where|they|that|selected|chosen|{_AT_FIRST})\b)"
)
_FOREIGN = r"(?:us|u\.s\.|american|foreign|non-eu|non-european)[ -](?:based )?"
_HOST = r"(?:clouds?|(?:cloud )?providers?|vendors?|servers?|hosting|hosts?|hosters?|apis?|hyperscalers?)"
_OR = rf"(?: (?:or|and|/) (?:\w+ )?{_HOST})?"
_ENDS = (
    r"(?=\s*(?:[.,;:!)(/-]|$)"
    r"| (?:and|or|but|at all|allowed|because|due|please|whatsoever|either|for (?:us|this|that)|so)\b)"
)
_NO_FOREIGN = re.compile(rf"\bno (?:any )?{_FOREIGN}{_HOST}{_OR}{_ENDS}")
_MAY_NOT = (
    r"(?:cannot|cant|mustnt|(?:must|may|can) (?:not|never)|(?:not|isnt|arent) allowed to|forbidden to|"
    r"(?:do|will) not|dont|wont|never)"
)
_SEND = r"(?:send|give|go|upload|leave)(?: (?:it|data|anything|them|our \w+))? to"
_RUN = r"(?:host|run|store|process)(?:ed)?(?: (?:it|data|anything|them))? (?:on|at|with|by|in)"
_UNUSED = re.compile(
    rf"\b{_MAY_NOT} (?:be )?(?:use|{_SEND}|{_RUN}) (?:any |an? |the )?(?P<who>{_FOREIGN}){_HOST}{_OR}{_ENDS}"
)
_RULED_OUT = re.compile(
    rf"\b{_FOREIGN}{_HOST} (?:is|are) (?:ruled out|forbidden|prohibited|not allowed|not an option|no option|"
    r"a no-go|a no go)\b"
)
_MUST = r"(?:must(?: only)?|has to|have to|needs? to|should|may only|can only)"
_STAYS = r"(?:always |all )?(?:stay|remain|(?:be )?(?:kept|hosted|run|stored|processed)|be)"
_KEPT = re.compile(rf"\b{_MUST} (?:only )?{_STAYS}(?: only)? (?:in|inside|within) {_REGION}")
_ONLY = re.compile(
    r"\b(?:eu|europe)[- ](?:only|hosted|hosting)(?: only)?"
    r"(?: (?:cloud|apis?|azure|aws|providers?|hosting|models?|endpoints?|servers?|vendors?))?"
    r"(?=\s*(?:[.,;:!)-]|$)| (?:please|because|due|as|for (?:data|gdpr|legal|privacy))\b)"
)
_RESIDENCY = re.compile(
    r"\b(?:needs?|requires?|required|because of|due to|must \w+|guarantees?|demands?|(?:we|they) have)"
    r"(?: (?:an?|the|our|strict|eu|european|german|swiss|local))* data residency\b"
    r"(?! (?:team|polic\w+|questions?|experts?|for)\b)"
    r"|\bdata residency(?: in (?:the )?\w+)?(?: is|:)? "
    r"(?:required|a must|needed|mandatory|eu|europe|germany|in the eu)\b"
)
_OPENS = r"(?:(?:^|[.,;:!(-]|\b(?:and|but|so|means|say)) ?)"
_ALONE = re.compile(rf"{_OPENS}$")
_ALONE_OR_NEEDED = re.compile(
    rf"(?:{_OPENS}|\b(?:must be|has to be|needs?|only|with|on|an?|use|hosting(?: is)?|it is|its|"
    r"everything is|data is) )$"
)
_PEOPLE_OR_THINGS = re.compile(
    r"\b(?:they|you|who|people|staff|employees|users|customers|clients|patients|visitors|guests|drivers|"
    r"applicants|students|tickets|goods|parcels|cars|trucks|pilots?|campaigns?|ads|meetings?|tests?|shops?|"
    r"stores?|teams?|company|companies|offices?) $"
)
_ANYWHERE = re.compile(r"")
_LIMITS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (_NO_FOREIGN, _ALONE),
    (_UNUSED, _ANYWHERE),
    (_RULED_OUT, _ANYWHERE),
    (_KEPT, _ANYWHERE),
    (_RESIDENCY, _ANYWHERE),
    (_ONLY, _ALONE_OR_NEEDED),
)
"""What limits it, and what has to stand before that."""
_NOT_SO = re.compile(
    r"\b(?:maybe|perhaps|probably|possibly|prefer\w*|nice|both|not sure|unsure|unclear|undecided|dont know|"
    r"might|if|unless|whether|think|guess|hope|not needed|no issue|no problem|does(?:nt| not) matter|"
    r"no longer|used to|formerly|was|until|ask(?:s|ed)?|questions?|says?|claims?|nobody|nothing|"
    r"class(?:es)?|labels?|summari[sz]\w+|extracts?|classif\w+|reads?|invents?|tells?|writes?|lists?|"
    r"suggests?)\b"
)
"""Beside it: nobody is sure of it, it was so, or it is what a bot reads or is asked."""
_OF_CUSTOMERS = re.compile(
    r"\b(?:customers?|clients?|users?|launch\w*|markets?|sales|sell\w*|shops?|support|team|travel\w*|ship\w*|"
    r"deliver\w*|trade|brands?|visitors)\b"
)


def find_region(message: Message) -> Found | None:
    """Return that it has to stay in a region, where they say so."""
    return next(_limits(message), None)


def _limits(message: Message) -> Iterator[Found]:
    foreign = foreign_parts(message)
    for sentence in message.sentences:
        if message.is_asked(sentence):
            continue
        for pattern, before in _LIMITS:
            for said in pattern.finditer(message.plain, sentence.start, sentence.end):
                stands = before.search(message.plain[sentence.start : said.start()]) is not None
                is_foreign = any(part.holds(said.start()) for part in foreign)
                if stands and not is_foreign and not _means_otherwise(message, sentence, said):
                    yield Found("hosting", "region_locked", *said.span())


def _means_otherwise(message: Message, sentence: Part, said: re.Match[str]) -> bool:
    segment = Part(message.segment_at(said.start()).start, message.segment_at(said.end() - 1).end)
    beside = message.plain[segment.start : segment.end]
    before = message.plain[sentence.start : said.start()]
    return bool(
        _NOT_SO.search(before)
        or _NOT_SO.search(beside)
        or (said.re is _ONLY and _OF_CUSTOMERS.search(beside))
        or (said.re is _KEPT and _PEOPLE_OR_THINGS.search(before))
        or (said.re is _UNUSED and _is_pronoun(message, said))
        or is_denied_before(message, said.start())
    )


_WRITTEN = re.compile(r"(?:use|any|an?|the) $")


def _is_pronoun(message: Message, said: re.Match[str]) -> bool:
    """Say whether "us" is a pronoun: "it does not go to us servers first"."""
    if said["who"].strip() != "us" or _WRITTEN.search(message.plain[: said.start("who")]):
        return False
    return message.quote(*said.span("who")) != "US"
