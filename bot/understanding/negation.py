"""What is denied, only possible, asked, taken back, or somebody else's: words that undo a cue."""

from __future__ import annotations

import re

from bot.understanding.message import Message, Part

NEGATIVE = (
    r"(?:no|not|never|none|without|nobody|nothing|neither|nor|cant|dont|doesnt|didnt|isnt|"
    r"arent|wasnt|werent|havent|"
    r"hasnt|hadnt|wont|wouldnt|couldnt|shouldnt|aint|lacks?|lacking|zero|yet to|skipped|"
    r"kein|keine|keinen|nicht|nie|"
    r"ohne|sin|nunca|ningun|ninguna|nada de|pas|sans|jamais|aucun|aucune|senza|sem)"
)
_DENIED_BEFORE = re.compile(rf"\b(?P<word>{NEGATIVE}) (?:[\w'&%-]+[ /+&]+){{0,5}}$")
_STOPPERS = re.compile(
    r"\b(?:only|just|but|instead|rather|and (?:its?|is|we|the|it|they|then|now)|we|which|"
    r"that|until|before|because|problem|since|"
    r"so|yet|have|has|issue|longer)\b"
)
_FOREIGN = re.compile(
    r"\b(?:(?:the |an)?other (?:team|project|company|squad|department|product)|"
    r"another (?:team|project|company)|(?:my|our) (?:last|previous|old|former) "
    r"(?:job|company|employer|project|team|place)|at my last|used to work|(?:a |"
    r"the )?(?:competitor|competitors|friend|paper|blog|article|"
    r"podcast|tutorial|docs|documentation|website)(?: \w+)? (?:says?|said|wrote|"
    r"claims?|claimed|has|had|have|used|uses|reports?|reported|did|recommends?|got)|"
    r"i (?:read|heard|saw) (?:that|about|somewhere|of)|according to (?!(?:the |our |my )?(?:invoice|bill|"
    r"contract|licen[sc]e|dashboard|logs?|records|legal|admin|it)\b|our |my )|"
    r"some(?:one|body) (?:on|from|at) (?:\w+ ){1,3}?(?:says?|said|wrote|claims?|claimed)|"
    r"(?:customer|user|client)s? (?:\w+ )?(?:wrote|writes?|asks?|asked)(?: \w+){0,3}:? ?[\"'](?:i|we|my|our)|"
    r"the vendors?(?: (?:says?|claims?|promises?|pitch\w*|told|demo|benchmark|public)|s )|"
    r"(?:openai|google|anthropic|microsoft|aws|consultants?|salesperson) (?:says?|said|"
    r"claims?|recommends?|promises?)|(?:for )?example|e\.g\.|"
    r"public benchmark|netflix|uber|airbnb|stripe|klarna)\b"
)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|drop) (?:\w+ ){0,3}?(?:your |all |"
    r"previous |prior |above |any |these |those )(?:\w+ )?(?:instructions?|rules?|"
    r"prompts?|polic(?:y|ies)|guidelines?|thresholds?)|\b(?:reply|respond|answer|output|"
    r"print|say|write|return) (?:only|just|exactly|nothing but|with only)\b|"
    r"\byou are now\b|\byour (?:new )?(?:role|polic(?:y|ies)|rules?|instructions|"
    r"task) (?:is|are)\b|\bstay in character\b|\bpretend\b|\bsay yes\b|"
    r"\bnew (?:system )?(?:instructions?|rules?|policy)\b|\bsystem ?(?:prompt|"
    r"message)? ?:|\b[a-z]+_[a-z_]+\b ?(?:=|:|to|is)|\b(?:assume|assuming|suppose|imagine|"
    r"let us say|lets say|hypothetically)\b"
)
"""Sentences that tell us what to think; they state nothing."""
SUPPOSES = re.compile(
    r"\W*(?:(?:ok|okay|and|but|so|hm+|well|just|purely)[ ,]+)*(?:what (?:if|about if|happens if)|"
    r"(?:what|how) (?:would|will|should|might) (?:\w+ ){1,4}if|would (?:\w+ ){1,6}if(?= (?:we|i|it|they) )|"
    r"suppose|supposing|assume|assuming|imagine|lets say|let us say|hypothetically)\b[ ,:]*(?:that )?"
)
"""How a sentence begins that supposes something: it asks what would follow, and says nothing of what is."""
_HEARSAY = re.compile(r"\b(?:told|heard|read|says?|said|claims?|supposedly|apparently)\b")
_IS_IT_SO = re.compile(r"\b(?:is|are|was) (?:that|this|it|they) (?:true|right|correct|so|really)\W*$")
"""Hearsay that they ask about: "I was told the small one is as good, is that true?"."""
_TAKEN_BACK = re.compile(
    r"\b(?:thats|that was|this was|that is|those were|thats for) (?:the |an)?(?:other|"
    r"wrong|different|old) (?:project|one|team|product|sheet|thread|bot|thing)|"
    r"\b(?:wrong (?:project|thread|channel|window))\b"
)
_CORRECTION = re.compile(
    r"\b(?:scratch that|scratch|correction|actually|i meant|i mean|my bad|typo|oops|wait|"
    r"sorry|make that|misspoke|misread|let me correct|"
    r"wrong (?:sheet|number|column|file)|update:|edit:|rather|strike that|no its|"
    r"was wrong|i was off|nvm|ignore that|turns out|quiero decir|"
    r"quatsch|korrektur|vergiss,? was|habe? mich (?:geirrt|vertan)|perdon|me equivoque|correccion|"
    r"je me suis trompee?|mi sono sbagliat[oa]|ik heb me vergist|me enganei|"
    r"forget (?:what|that number|the)|recounted|i said .{0,20} but)\b"
)


_FAR = 140
"""No word that far before a match says anything about it; the bound keeps the work small."""


def is_denied_before(message: Message, start: int) -> bool:
    """Say whether a negation earlier in the same segment denies what starts here."""
    before = message.plain[max(message.segment_at(start).start, start - _FAR) : start]
    match = _DENIED_BEFORE.search(before)
    return match is not None and not _is_stopped(before, match)


def _is_stopped(before: str, match: re.Match[str]) -> bool:
    return (
        _STOPPERS.search(before, match.end("word")) is not None
        or before[match.start() - 4 : match.start()] == "not "
    )


def foreign_parts(message: Message) -> tuple[Part, ...]:
    """Return the sentences that speak of somebody else's situation, and those taken back right after."""
    parts = [
        Part(one.start, _own_again(message, one))
        for one in message.sentences
        if _FOREIGN.search(message.plain, one.start, one.end)
    ]
    parts.extend(one for one in message.sentences if _ORDER.search(message.plain, one.start, one.end))
    parts.extend(one for one in message.sentences if SUPPOSES.match(message.plain, one.start, one.end))
    parts.extend(one for one in message.sentences if _asks_if_so(message, one))
    for earlier, later in zip(message.sentences, message.sentences[1:], strict=False):
        match = _TAKEN_BACK.search(message.plain, later.start, later.end)
        if match is not None:
            parts.extend((earlier, Part(later.start, match.end())))
    return tuple(parts)


def _asks_if_so(message: Message, sentence: Part) -> bool:
    """Say whether a sentence asks whether hearsay in it is true; its end is looked at first, to be quick."""
    asked = _IS_IT_SO.search(message.plain, sentence.start, sentence.end)
    if asked is None:
        return False
    begin = max(message.plain.rfind(mark, sentence.start, asked.start()) + 1 for mark in ".;!?")
    return _HEARSAY.search(message.plain, max(begin, sentence.start), asked.start()) is not None


_OWN_AGAIN = re.compile(
    r"\s*(?:and |but |so )?(?:here |in this one |for this one )?"
    r"(?:we(?:ve|re)?|our|ours|ourselves|us|nothing of our|none of our|i(?:ve|m)?|in our case|for us|"
    r"its|it is|there are)\b"
)


def _own_again(message: Message, sentence: Part) -> int:
    """Return where a sentence about others comes back to the speaker, or its end."""
    foreign = _FOREIGN.search(message.plain, sentence.start, sentence.end)
    assert foreign is not None
    for segment in message.segments:
        if foreign.end() <= segment.start < sentence.end and _OWN_AGAIN.match(message.plain, segment.start):
            return segment.start
    return sentence.end


def corrects(message: Message) -> bool:
    """Say whether a word of correction stands anywhere in it."""
    return _CORRECTION.search(message.plain) is not None


def corrects_at(message: Message, start: int, end: int) -> bool:
    """Say whether a word of correction stands in the sentences of a stretch."""
    first, last = message.sentence_at(start), message.sentence_at(max(start, end - 1))
    return _CORRECTION.search(message.plain, first.start, last.end) is not None


def is_correction(message: Message, position: int) -> bool:
    """Say whether a word of correction stands before the position, close enough to be about it."""
    before = message.plain[max(0, position - 90) : position]
    if _CORRECTION.search(before):
        return True
    after = message.plain[position : position + 60]
    return re.match(r"[\w.,$%]+ (?:\w+ )?not \d", after) is not None
