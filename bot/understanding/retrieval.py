"""Whether words say that retrieval finds what it should: then whatever goes wrong goes wrong after it."""

from __future__ import annotations

import re

from bot.understanding.message import Message

_RIGHT = r"(?:right|correct|relevant|proper|good|needed)"
_PASSAGES = (
    r"(?:passages?|chunks?|clauses?|documents?|docs?|pages?|sections?|articles?|paragraphs?|snippets?|context|"
    r"ones?)"
)
ONE = r"(?:passage|clause|section|article|paragraph)"
RIGHT_PASSAGES = rf"(?:(?:the|an?) (?:[a-z-]+ )?)?{_RIGHT} (?:[a-z-]+ )?{_PASSAGES}"
EVER = r"(?:(?:does|already|always|nearly|almost|usually|reliably|consistently|mostly|now|just) )*"
RETRIEVAL = r"(?:retrieval|retriever|rag|search|index|lookup|vector (?:search|store|db)|it|we)"
FINDS = (
    r"(?:finds?|returns?|gets?|pulls?(?: up| in)?|fetch(?:es)?|surfaces?|brings?(?: up| back)?|retrieves?|"
    r"hits?|delivers?)"
)
IS_THERE = (
    r"(?:retrieved|found|returned|fetched|there|in (?:the )?(?:context|prompt|top (?:\d+|three|five|ten)))"
)
_IS_FINE = (
    r"(?:works|is (?:fine|good|great|ok|okay|accurate|solid|not the (?:problem|issue)))"
    r"(?=\s*(?:[,.;:!]|$)| (?:but|and|yet|though|while)\b)"
)
_ONLY_PARTLY = (
    r"(?:,? (?:but|though|only|just))? ?(?:at |in |among )*"
    r"(?:only|just|about|around|roughly|half|some|sometimes|rarely|less|too|late|if|when|on|in|for|by|from|among|"
    r"place|rank|(?:the )?top|(?!9\d\b|100)\d+)"
)
"""After what is found: so often, or so far up. Nine in ten and more is as good as always."""
_FOUND = re.compile(
    rf"\b(?:{RETRIEVAL} {EVER}{FINDS} (?:{RIGHT_PASSAGES}|the {ONE})"
    rf"|{RIGHT_PASSAGES} (?:is|are|was|were|gets?) {EVER}{IS_THERE}"
    rf"|{RIGHT_PASSAGES} (?:do |does )?(?:arrives?|comes? (?:up|back))"
    rf"|retrieval (?:itself )?{_IS_FINE})(?!\w)(?!{_ONLY_PARTLY}\b|\?)"
)
_NOT_SO = re.compile(
    r"\b(?:not|never|rarely|seldom|hardly|sometimes|[a-z]+nt|cannot|if|when|whenever|once|unless|until|should|"
    r"must|to|could|would|says?|whether)\b[^.;,]{0,25}$"
)
"""Before it: it is not said to be so."""
MISSED = re.compile(
    r"\b(?:missing|misses|missed|not (?:among|in|the right)|"
    r"wrong (?:passage|page|chunk|doc|document|section|one)s?|search (?:doesnt|does not|cant))\b"
)
"""Elsewhere in the message: then it is not so simple."""


def finds_what_it_should(message: Message) -> bool:
    """Say whether they tell that the right passages are found, without a condition, a "not" or a share."""
    return not MISSED.search(message.plain) and any(
        not _NOT_SO.search(message.plain, 0, found.start()) for found in _FOUND.finditer(message.plain)
    )
