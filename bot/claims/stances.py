"""What a text says of each lever that it names: it advises it, speaks against it, or only describes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.claims.levers import Lever, Mention, mentions
from bot.claims.words import clauses, fold, inner_sentences

Force = Literal["advises", "denies", "describes"]


@dataclass(frozen=True, slots=True)
class Stance:
    """One lever and what is said of it; `is_deferred` when it is for later or under a condition."""

    lever: Lever
    force: Force
    is_order: bool
    """Advised in so many words, not only spoken well of."""
    is_deferred: bool
    clause: str


NEGATORS = r"(?:not|no|never|without|nor|neither|none|nothing|nobody|[a-z]+n't|cannot|hardly|no longer)"
_DENY_BEFORE = re.compile(
    rf"\b(?:{NEGATORS}|skip\w*|avoid\w*|stop\w*|drop\w*|forget\w*|instead of|rather than|ditch\w*|abandon\w*|cancel\w*|against|omit\w*|"
    r"postpone|delay|pause|remove|replace|do away with|too early|premature|beyond|give up on|free of|spare|needless|unnecessary)"
    r" (?:[\w']+ ){0,5}$"
)
_ORDER_BEFORE = re.compile(
    r"\b(?:should|needs?(?: to)?|must|have to|has to|ought to|recommend\w*|suggest\w*|advis\w+|best to|start(?:ing)? (?:with|by)|begin (?:with|by)|"
    r"go (?:with|for|ahead)|choos\w+|opt for|pick|us(?:e|ing)|try|turn(?:ing)? to|would|let's|time (?:to|for)|ready (?:to|for)|good to|"
    r"worth|consider\w*|why not|how about|what about|might as well|can just|could just|now|please|want to|invest\w* in|mov(?:e|ing) (?:on )?to|jump\w* to|"
    r"adopt\w*|favou?rs?|deserves?|calls? for|(?:answer|cure|lever|fix|solution|step|route|way|remedy|move|choice|option|outcome|advice|path|plan|thing)"
    r" (?:\w+ ){0,2}is|points? (?:to|at)|leads? to|yes|switch\w* to|spend\w*|put\w*|prioriti[sz]e|proceed with|do|run|build|add|get|make|keep|ahead)"
    r" (?:[\w']+ ){0,4}$"
)
_PRAISED_BEFORE = re.compile(r"\b(?:is|means|can|could|may) (?:[\w']+ ){0,4}$")
_WHETHER = re.compile(r"\bwhether (?:[\w']+ ){0,3}$")
_IS = re.compile(r"\b(?:is|are|was|were|been|be) $")
_NOBODY = re.compile(r"\b(?:nobody|no one|cannot|can't)\b")
_PROPERTY = re.compile(r"\b(?:can|cannot|can't|could|may) (?:still |only |not )?be $")
"""A model that "can be tuned" is described."""
_ABSENT = re.compile(r"\b(?:have|has|had|with|is|are|was|were|got|there's) no (?:[\w']+ )?$")
"""Something that is not there is a fact, no advice against it."""
_LEAD = re.compile(
    r"^(?:(?:so|then|first|next|just|simply|instead|and|or|but|please|yes|no|now|once|rather|also|always|finally|therefore|thus|go|ahead|"
    r"second|afterwards|later|today|immediately|only|ok|okay|well|right|sure) )*$"
)
_BASE_FORM = re.compile(
    r"^(?:fine tune|tune|train|retrain|retrieve|distil|distill|collect|gather|clean|hold back|ship|leave|enforce|write|fit|build|"
    r"change nothing|do nothing|keep|move|read|let|stay|stick|use|call|include|insert|add|put|paste|"
    r"(?:index|cache|label|score|measure|place|show|give|start|test|rerank|prompt)(?= (?:the|your|all|it|them|a|an|those|every|each|on|three|"
    r"\d+)\b))\b"
)
_ORDER = re.compile(
    r"^(?:(?:so|then|first|next|just|simply|instead|please|yes|no|now|once|rather|also|finally) )*(?:change|improve|work on|rework|rewrite|"
    r"refine|use|try|build|add|make|get|run|do|start|adopt|choose|pick|set up|switch|replace|extend|set|turn|write|improve|polish|buy|"
    r"deploy|create|prepare|take|put|give|show|teach) (?:[\w']+ ){0,4}$"
)
_ADVISE_AFTER = re.compile(
    r"^(?:'s)?(?: (?:first|now|here|alone|set|today|instead|then|(?:for|on|of|in|with|from|to|by)(?: \w+){1,4}?))*(?:"
    r" (?:is|are|would be|will be|can be|could be|should be|seems?|looks?|remains?|becomes?) (?:\w+ ){0,3}?(?:right|best|better|answer|way|next|worth\w*|justified|sensible|"
    r"reasonable|natural|obvious|ready|needed|necessary|required|cure|lever|solution|good|ideal|step|choice|option|due|called|enough|appropriate|"
    r"advisable|recommended|warranted|fine|safe|suited|fit|key|essential|missing|helpful|useful|effective|promising|attractive|easier|quicker|cheaper|faster|plan|move|remedy|way forward)\b"
    r"| (?:\w+ly )?(?:pays?|helps?|fix(?:es)?|solves?|works?|closes?|improves?|cures?|wins?|beats?|suits?|saves?|fits?)\b"
    r"| (?:will|would|should|can|could|might|must) (?:\w+ ){0,2}?(?:help|fix|solve|pay|work|close|improve|cure|cut|bring|make|save|do|teach|raise|boost|lift|"
    r"remove|end|come|happen|start|give|be|go|follow|win|serve)\b"
    r"| (?:makes? sense|comes? (?:first|next|now)|goes first|first\b|deserves?|now\b|today\b|right away))"
)
_DENY_AFTER = re.compile(
    r"^(?: \w+){0,2}?(?: (?:is|are|was|were|would be|will be|can be|could be|seems?|looks?|remains?)(?:n't| not| never| no| hardly| far too)? ?(?:\w+ ){0,2}?(?:useless|pointless|"
    r"unnecessary|needless|wasted?|optional|overkill|premature|superfluous|redundant|skipped|skippable|dropped|ruled out|off|a waste|left out|avoided|too (?:early|late|soon|much|risky)|no|not|n't)\b"
    r"| (?:will not|won't|would not|wouldn't|cannot|can't|does not|doesn't|do not|don't|did not|didn't|could not|couldn't|should not|shouldn't|need not|"
    r"needn't)\b(?: \w+){0,2}? (?:help|pay|work|fix|solve|matter|be|make|add|bring|improve|do|cure|close|cut|give|gain|change|raise|suit|deserve|come|"
    r"happen|save)\b"
    r"| (?:is|are|was|were)(?: not|n't) (?:\w+ ){0,3}?(?:needed|necessary|worth\w*|right|justified|required|ready|helpful|useful|warranted|sensible|option|"
    r"answer|lever|way|cure|solution|point|needed|advisable|recommended|possible|enough|next|step|first|fix)\b"
    r"| can wait\b| adds? (?:nothing|little)\b| fails?\b| never (?:help|pay|work|fix|solve|improve)\w*| (?:\w+ )?no longer\b| (?:brings?|gains?|changes?|does|helps?) (?:nothing|nobody|little)\b"
    r"| (?:is|are) (?:no|not|hardly|the wrong|a poor|a bad)\b)"
)
_LATER = re.compile(
    r"\b(?:then|once|later|until|unless|if|provided|when|only|eventually|leads?|towards?|whether|comes? back|revisit|afterwards|"
    r"second|next|yet|first|allow|allows|would allow|as soon as|so that|depends?|condition)\b"
)
_NOW = re.compile(
    r"\b(?:right now|now|today|immediately|right away|straight away|at once|go ahead|this week|anyway)\b"
)
_BEFORE = re.compile(r"\b(?:before|ahead of|prior to|until) (?:[\w']+ ){0,6}$")
_AFTER = re.compile(r"\b(?:after|once|as soon as|when) (?:[\w']+ ){0,5}$")


def plain_text(text: str) -> str:
    """Return a text as levers are looked for in it."""
    return " ".join(fold(text).replace("-", " ").split())


def stances(text: str) -> tuple[Stance, ...]:
    """Return what a text says of each lever that it names."""
    return tuple(
        stance
        for sentence in inner_sentences(text)
        for clause in clauses(sentence)
        for stance in _in_clause(plain_text(clause), plain_text(sentence))
    )


def named(texts: Iterable[str]) -> frozenset[Lever]:
    """Return the levers that are named in the texts at all."""
    return frozenset(mention.lever for text in texts for mention in mentions(plain_text(text)))


def _in_clause(clause: str, sentence: str) -> Iterator[Stance]:
    for mention in mentions(clause):
        before, after = clause[: mention.start], clause[mention.end :]
        force, is_order = _force(clause, mention, before, after)
        yield Stance(mention.lever, force, is_order, _is_deferred(before, sentence), clause)


def _force(clause: str, mention: Mention, before: str, after: str) -> tuple[Force, bool]:
    """Return the force, and whether it is an order."""
    if _DENY_AFTER.match(after):
        return "denies", True
    if (
        _PROPERTY.search(before)
        or _ABSENT.search(before)
        or clause.startswith("without ")
        or _WHETHER.search(before)
        or (_IS.search(before) and clause[mention.start : mention.end].endswith(("tuned", "trained")))
        or (before.endswith("without a ") and _NOBODY.search(before))
        or _BEFORE.search(before)
    ):
        return "describes", False
    if _DENY_BEFORE.search(before):
        return "denies", True
    named_as_order = _LEAD.match(before) and _BASE_FORM.match(clause[mention.start :])
    if named_as_order or _ORDER.match(before) or _ORDER_BEFORE.search(before):
        return "advises", True
    if _PRAISED_BEFORE.search(before) or _ADVISE_AFTER.match(after):
        return "advises", False
    return "describes", False


def speaks_of_now(text: str) -> bool:
    """Say whether a folded text wants something done at once."""
    return _NOW.search(text) is not None


def _is_deferred(before: str, sentence: str) -> bool:
    return not _NOW.search(sentence) and bool(_LATER.search(sentence) or _BEFORE.search(before))


def comes_after(text: str) -> frozenset[Lever]:
    """Return the levers that the text puts before what it advises: "… after you train"."""
    return frozenset(
        mention.lever
        for sentence in inner_sentences(text)
        for clause in clauses(sentence)
        for mention in mentions(plain_text(clause))
        if _AFTER.search(plain_text(clause)[: mention.start])
    )
