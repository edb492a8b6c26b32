"""What people say that they do not know: that is an answer too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.message import Message, Part, made_of, places_outside
from bot.understanding.restated import Restated

_UNKNOWN = re.compile(
    r"\b(?:i dont know|we dont know|dont (?:really |actually )?know|"
    r"(?<![\"'])(?:i|we) (?:\w+ )?(?:do not (?:\w+ )?know|(?:cannot|could not) (?:say|tell)(?: you)?)|"
    r"no idea|no clue|"
    r"not (?:really |quite |100% |entirely )?sure|unsure|"
    r"(?:no one|nobody) knows(?! (?:any |much )?(?:ml|machine learning|ai|how to train)\b)|"
    r"who knows|(?:cant|couldnt) (?:say|tell)(?: you)?|"
    r"(?:i|we) (?:\w+ )?(?:cant|dont) (?:\w+ )?(?:remember|recall)|"
    r"(?:havent|hasnt|not) (?:a|the) (?:foggiest|faintest|clue)|above my pay ?grade|"
    r"(?:no one|nobody)(?:s| has)? (?:ever )?told (?:me|us)(?: (?:a|the) number)?|"
    r"(?:no one|nobody)(?:s| has)? (?:ever |once )*(?:said|agreed|named|specified)(?: on)?"
    r"(?= (?:what|how|which|any)\b)|"
    r"(?<![a-z] )(?:no one|nobody)(?:s| has)? (?:ever |once )*(?:said|agreed)(?=[,.;!?]|$)|"
    r"has never (?:once )?(?:said|agreed|named|specified)(?: on)?(?= (?:what|how|which|any)\b)|"
    r"(?:not|never) been told|"
    r"(?:budget|target|bar|owner|money)s? (?:isnt|arent|wasnt) (?:set|fixed|agreed|decided|settled)(?: yet)?"
    r"(?=[,.;!?]|$)|"
    r"(?:have|has|got|there are) no (?:\w+ )?(?:numbers?|figures?|stats)(?= (?:on|for|about)\b|[,.;!?]|$)|"
    r"hard to (?:say|tell)|beats me|to be decided|not decided|undecided|"
    r"(?:not|havent|hasnt)(?: \w+)? (?:picked|chosen|settled)(?: yet)?|"
    r"not (?:yet )?(?:been )?(?:checked|measured|counted|clear|known|defined|agreed|"
    r"set)(?= (?:yet|so far|on)|[,.;!?]|$| (?:but|tbh|by))|"
    r"(?:legal|dpo|lawyers?|counsel|compliance|privacy|finance|management|board|client|he|she|they) "
    r"(?:hasnt|havent|has not|have not) (?:\w+ )?(?:answered|replied|responded|got back)|"
    r"(?:havent|hasnt|have not|never|nobody has|no one has) (?:\w+ )?(?:checked|counted|"
    r"looked|measured(?! anything)|asked|decided|defined|thought about)(?: \w+)?|unclear|"
    r"unknown|"
    r"(?:need|have|id have|would have|ill have|ill) to (?:check|ask|look(?: it)? up|"
    r"find out|confirm)|let me (?:check|ask|find out)|will (?:check|ask|find out)|"
    r"waiting (?:on|for) (?:legal|an answer|the|our|them|confirmation)|"
    r"ask (?:(?!(?:for|them|us|me|you)\b|it about)[a-z]+|the \w+|our \w+)"
    r"(?=,|$| (?:he|she|they|who|about|owns|knows))|"
    r"youd have to ask|not my (?:area|department)|(?:couldnt|wouldnt) know|good question|"
    r"keine ahnung|weiss (?:ich |wir |es |das )*nicht|weet (?:ik |het |dat )*niet|"
    r"nicht sicher|no (?:lo )?se|ni idea|"
    r"aucune idee|je ne sais pas|sais pas|non lo so|nao sei|geen idee|"
    r"hm+ not sure|(?:still|currently) (?:being )?(?:\w+ )?(?:looking|chewing|"
    r"mulling|arguing|argued|under discussion|up in the air|checking|discussing|deciding|"
    r"reviewing|debating|negotiating|waiting|pending|open|unclear|being (?:checked|"
    r"reviewed|discussed|decided))|pending|no way to tell|your guess|depends,? not sure|"
    r"🤷)(?!\w)"
)
_WHOLE = re.compile(r"\W*(?:\?+|🤷\S*|idk|n/?a|dk|pass|skip(?: (?:it|this|that|this one))?|no comment)\W*$")

TOPICS: Mapping[str, re.Pattern[str]] = {
    fact: re.compile(rf"\b(?:{words})\b")
    for fact, words in {
        "eval_set_n": r"test (?:set|cases)|eval(?: set)?s?|how many|cases",
        "baseline_score": r"scores?|accuracy|how (?:good|well)|baseline|percent\w*|numbers?",
        "target_score": r"targets?|goal|bar|what we need|good enough|threshold",
        "examples_n": r"how many(?! (?:kinds|classes|types|categories))|count|"
        r"the number(?! of (?:kinds|classes|types|categories))|examples?|"
        r"samples?|pairs|labeled",
        "data_quality": r"quality|how clean",
        "data_rights": r"rights|allowed|legal|license|consent|permission to|contract",
        "tried_prompting": r"(?<!in the )(?<!into the )(?<!in )prompt\w*",
        "tried_few_shot": r"few[ -]shots?|"
        r"(?:examples?|samples?|(?:sample|example) answers) (?:\w+ )?in(?:to)?",
        "tried_rag": r"rag|retrieval",
        "tried_structured": r"schemas?|structured|json|tools",
        "tried_models": r"(?:other|another|bigger|larger|stronger|different) models?",
        "requests_per_day": r"volume|requests?|traffic|calls|how (?:many|often)|usage|load",
        "prompt_tokens": r"prompt(?: length| size)?|tokens?|how long",
        "corpus_tokens": r"pages?|how (?:big|many|much|large)|size|words",
        "knowledge_change": r"how often|change\w*|update\w*",
        "citations_needed": r"cit\w+|sources?|references|footnotes?",
        "access_control": r"permissions?|access|who (?:can|may)|see",
        "base_model": r"model|which (?:one|model)|llm",
        "base_tunable": r"tunable|tuned|can be tuned",
        "base_retire_days": r"retire\w*|deprecat\w*|switched off",
        "hosting": r"host\w*|where (?:it|we|they|this|that)\b|cloud|servers?",
        "team_ml": r"own(?:s|er)?|team|who",
        "budget_usd": r"budget|money|spend",
        "teacher_ok": r"(?:large|big)\w* (?:one|model)s?",
        "tried_small_model": r"small\w* (?:one|model)s?",
        "tried_caching": r"cach\w+",
        "languages": r"languages?",
        "regulated": r"regulat\w+",
        "domain": r"domain",
        "feedback_kind": r"feedback|ratings?",
        "label_count": r"(?:how many|number of) (?:kinds|classes|types|categories)|kinds|classes|categories",
        "pairs_pref_n": r"how many|votes|pairs",
    }.items()
}
"""Words that name what a fact is about, to see what exactly is not known."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What somebody says that they do not know, where they say so, and the message without that."""

    facts: tuple[str, ...]
    start: int
    end: int
    is_named: bool
    """Their words name what it is; else it is whatever was asked."""
    rest: Restated | None
    """What else is said, if anything: it may answer a part of what was asked."""


_CONCLUDES = re.compile(r"\bso (?:yes|no)\W*$")
"""How an answer ends that does know, for all its doubts."""


def find_unknowns(message: Message, asked: tuple[str, ...]) -> Unknown | None:
    """Return the facts they say they do not know; None when they say no such thing.

    When the words name no topic, it is whatever was asked.
    """
    match = _UNKNOWN.search(message.plain) or _WHOLE.match(message.plain)
    if match is None or _CONCLUDES.search(message.plain) or _is_about_the_bot(message, match, asked):
        return None
    parts = [message.segment_at(one.start()) for one in _UNKNOWN.finditer(message.plain)]
    is_of_the_rest = any(_OF_THE_REST.search(message.plain, part.start, part.end) for part in parts)
    named = tuple(
        dict.fromkeys(fact for part in parts if not is_of_the_rest for fact in _topics(message, part, asked))
    )
    # What follows tells why they do not know, where one thing is asked, and of what goes wrong mostly.
    is_all = len(asked) == 1 or ("gap" in asked and parts and parts[0].start == message.segments[0].start)
    rest = None if is_all else _without(message, parts)
    return Unknown(named or asked, match.start(), match.end(), bool(named), rest)


_MERE_TOPIC = re.compile(
    r"\W*(?:(?:as to |as for |regarding )?(?:whether|if|how|which|what|who|where) .*"
    r"|(?!.*(?:\d|\b(?:is|are|was|were|have|has|got|its|we|they|in|done|tried|yes|no|y|n)\b))"
    r"\w++(?:\W++\w++){0,3}+\W*)"
)
"""What stands before "no idea" and tells nothing by itself names what nobody knows ("budget: no idea")."""
_OF_THE_REST = re.compile(r"\b(?:rest|else|others|other(?! (?:llm|model)s?\b))\b")
_ENDED = re.compile(r"(?<!\.)\.(?!\.)|[!;\n]")


def _topics(message: Message, part: Part, asked: Sequence[str]) -> list[str]:
    """Return which of the facts a part names, or else the few words before it."""
    named, start = _named_in(message, part, asked), part.start
    before = [one for one in message.segments if one.end <= start]
    while not named and before:
        last = before.pop()
        is_over = _ENDED.search(message.plain, last.end, start) is not None
        if is_over or not _MERE_TOPIC.fullmatch(message.plain, last.start, last.end):
            break
        named, start = _named_in(message, last, asked), last.start
    return named


def _named_in(message: Message, part: Part, asked: Sequence[str]) -> list[str]:
    words = message.plain[part.start : part.end]
    return [fact for fact in asked if fact in TOPICS and TOPICS[fact].search(words)]


_TELLS = re.compile(r"\d|[a-z]{2,}\W+\w+")
_DOUBTS = re.compile(
    r"\?|\b(?:or|whether|if|unless|might|may|maybe|could|would|should|shall|perhaps|probably|possibly|hopefully|"
    r"believe|think|guess|suppose|assume|plan|want)\b"
)
"""What is said so beside a doubt is as doubtful."""


def _without(message: Message, parts: Sequence[Part]) -> Restated | None:
    places = places_outside(message, parts)
    rest = made_of(message, places)
    tells = parts and _TELLS.search(rest.plain) and not _DOUBTS.search(rest.plain)
    return Restated(rest, places, {}) if tells else None


_OF_OURS = re.compile(
    r" (?:what|who|how|about|of|which) (?:we|our|us|the company|the business)\b"
    r"(?! (?:should|need|want|could|would|are doing|do wrong|(?:\w+ )?(?:bot|chatbot|model|assistant|llm|"
    r"agent|rag|retrieval|search|system|pipeline|prompts?|answers|users|customers)\b))"
)
"""What the person knows all about: who says "no clue what we sell" of what goes wrong speaks of the bot."""
_OURSELVES = re.compile(r"\b(?:i|im|ive|we|were|weve) (?:\w+ )?$")


def _is_about_the_bot(message: Message, match: re.Match[str], asked: tuple[str, ...]) -> bool:
    """Say whether the model does not know, not the person."""
    before = message.plain[max(0, match.start() - 16) : match.start()]
    is_ours = match[0].startswith(("i ", "we ")) or _OURSELVES.search(before) is not None
    if "gap" in asked and not is_ours and _OF_OURS.match(message.plain, match.end()):
        return True
    return re.search(r"\b(?:it|bot|model|assistant|llm|gpt) (?:\w+ )?$", before) is not None and match[
        0
    ].startswith(
        ("no idea", "no clue", "not sure", "unsure", "cant", "dont know", "hard to", "havent", "hasnt")
    )
