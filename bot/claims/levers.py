"""Levers: what can be done about a model, how they are named, and which outcome pulls which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.decision.options import TRAINING, Option


class Lever(StrEnum):
    """One thing to do."""

    TUNE = "tune"
    PREFER = "prefer"
    DISTIL = "distil"
    CLASSIC = "classic"
    RETRIEVE = "retrieve"
    CACHE = "cache"
    EXAMPLES = "examples"
    PROMPT = "prompt"
    STRUCTURE = "structure"
    SMALLER = "smaller"
    STRONGER = "stronger"
    OTHER_BASE = "other base"
    TEST = "test"
    DATA = "data"
    KEEP = "keep"


TRAINS = frozenset({Lever.TUNE, Lever.PREFER, Lever.DISTIL})
"""The levers that change weights."""

ANYWHERE = frozenset({Lever.TEST, Lever.DATA, Lever.KEEP})
"""What goes with many outcomes: a cited passage may advise it, under its condition."""

LEVERS_OF: dict[Option, frozenset[Lever]] = {
    Option.NO_CHANGE: frozenset({Lever.KEEP}),
    Option.IMPROVE_PROMPT: frozenset({Lever.PROMPT}),
    Option.FEW_SHOT: frozenset({Lever.EXAMPLES}),
    Option.LONG_CONTEXT_CACHE: frozenset({Lever.CACHE}),
    Option.STRUCTURED_TOOLS: frozenset({Lever.STRUCTURE}),
    # Which other model is meant only the template says: a smaller, a stronger, or one that can be tuned.
    Option.SWITCH_MODEL: frozenset(),
    Option.RAG: frozenset({Lever.RETRIEVE}),
    Option.EVALS_DATA_FIRST: frozenset({Lever.TEST, Lever.DATA}),
    Option.CLASSICAL_ML: frozenset({Lever.CLASSIC}),
    Option.FINE_TUNE_SFT: frozenset({Lever.TUNE}),
    Option.PREFERENCE_TUNE: frozenset({Lever.PREFER}),
    Option.RAG_PLUS_FT: frozenset({Lever.RETRIEVE, Lever.TUNE}),
    Option.DISTIL: frozenset({Lever.DISTIL}),
}


def pulled_by(option: Option | None) -> frozenset[Lever]:
    """Return the levers that an outcome stands for."""
    return LEVERS_OF.get(option, frozenset()) if option else frozenset()


def is_training(option: Option | None) -> bool:
    """Say whether an outcome changes weights."""
    return option in TRAINING


_FEW = r"(?:\w+ ){0,3}?"
_NAMES: tuple[tuple[Lever, str], ...] = (
    # Nouns that hold another lever's word come first; what they cover is not read again.
    (Lever.DATA, r"training (?:examples?|data|set|material)|(?:collect|gather|label|clean|relabel)\w*(?= )|reviewed examples"
                 r"|read(?:ing)? (?:a hundred|fifty|100|50|through)"),
    (Lever.CLASSIC, rf"(?:(?:train|fit|tun|build|start)\w* (?:a |an |the |your |with )?{_FEW})?(?:classifiers?|predictors?|"
                    r"gradient boosted \w+|decision trees?|logistic regression)|regex\w*|classical (?:models?|ml|machine learning)|"
                    r"(?:write|use|writing) (?:a |the )?(?:rules?|quer(?:y|ies))|rules? or (?:a )?quer(?:y|ies)|rules (?:and|or) \w+|"
                    r"small trained models?"),
    (Lever.PREFER, r"preference (?:tun\w+|pairs|train\w+)|reinforcement\w*(?: (?:fine )?(?:tuning|learning))?|dpo|rlhf|grpo|"
                   rf"tun(?:e|ing) {_FEW}(?:on|with|against) {_FEW}(?:preferences?|prefer|verdicts?|pairs|graders?|clicks|feedback)"
                   r"|tun(?:e|ing) on what people prefer"),
    (Lever.DISTIL, r"distil\w*|(?:fine )?tun\w* (?:a|the) small(?:er)? model (?:on|from) (?:them|it|its|their|these|those)\b|teachers?(?: models?)?|(?:learn|train|tun)\w* (?:\w+ ){0,5}(?:from|on) (?:the |a |its |their )?"
                   r"(?:checked )?(?:large|larger|big|bigger|outputs?)\b(?: models?(?:'s)?)?(?: outputs?)?|"
                   r"let the large(?:r)? model (?:show|teach|solve)"),
    (Lever.CACHE, r"cach(?:e|es|ed|ing)|long context|(?:all|whole|entire|everything|full)(?: \w+){0,5} (?:in|into) (?:the|one|a|your) prompt"
                  r"|paste"),
    (Lever.RETRIEVE, r"retriev\w*(?: augmented generation)?|rag|(?:vector|semantic|keyword|hybrid) (?:search|stores?|databases?)|"
                     r"rerank\w*|index(?:es|ed|ing)?(?= )|search index|look(?:ing)? (?:it|them|facts|things) up"),
    (Lever.EXAMPLES, r"few shot\w*|in context (?:examples|learning)|(?:examples?|answers|demonstrations?|samples)(?: \w+){0,4}? "
                     r"(?:in|into|inside|to|within) (?:the|your|its|each|a) prompts?|(?:put|place|add|insert)\w* (?:\w+ ){0,8}?into the prompt|"
                     r"(?:show|giv|includ|add|put|plac)\w* (?:\w+ ){0,5}examples|prompt examples"),
    (Lever.STRUCTURE, r"schemas?|structured outputs?|json mode|constrained decoding|(?:tool|function) (?:call\w*|use|definitions?)|"
                      r"(?:call|calling|use|using|give|giving)(?: \w+){0,4} (?:tools?|functions?)|enforc\w+|tools?|grammars?"),
    (Lever.OTHER_BASE, r"another one|(?:another|other|different|new|newer|open|open weight) (?:base |language )?(?:models?|base)|"
                       r"(?:a |the )?base (?:model )?(?:that|which) (?:can|lives)|mov(?:e|ing) to a (?:base|model)"),
    (Lever.SMALLER, r"(?:small|smaller|cheap|cheaper|fast|faster|smallest|mini|lighter)(?: or \w+)? (?:language |open |base )?models?|small one"),
    (Lever.STRONGER, r"(?:large|larger|big|bigger|strong|stronger|strongest|largest|reasoning|frontier|better)"
                     r"(?: or \w+)? (?:language |open |base )?models?|large one"),
    (Lever.TUNE, r"fine tun\w*|tun(?:e|es|ed|ing)|(?:re)?train(?:s|ed|ing)?|sft|lora|adapters?|weights|custom models?|"
                 r"models? of your own|pilots?"),
    (Lever.TEST, r"test sets?|test cases?|evals?|evaluations?(?: sets?)?|held out \w+|(?:hold|holding|held) back|benchmarks?|golden sets?|"
                 r"(?:measur|scor)(?:e|es|ing)\b|tests?"),
    (Lever.PROMPT, r"prompt(?:ing|s)?|instructions?"),
    (Lever.KEEP, r"leav\w+ (?:it|things|everything|that|the \w+) (?:as (?:it is|is|they are)|alone)|ship(?:ping)? (?:it|what you have)|ship|"
                 r"chang\w+ nothing|nothing (?:needs|has) to change|no change|do(?:ing)? nothing|keep(?:ing)? (?:it|things|what you have) as|"
                 r"good enough|(?:stay|stick)\w* (?:with|on) (?:what you have|the|your)"),
)  # fmt: skip
_PATTERN = re.compile(
    "|".join(rf"(?P<l{at}>\b(?:{pattern})(?![\w]))" for at, (_, pattern) in enumerate(_NAMES))
)
_BY_GROUP = {f"l{at}": lever for at, (lever, _) in enumerate(_NAMES)}


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a lever is named in a text."""

    lever: Lever
    start: int
    end: int


def mentions(plain: str) -> Iterator[Mention]:
    """Yield the levers named in a folded text without hyphens, in order; no two overlap."""
    for match in _PATTERN.finditer(plain):
        yield Mention(_BY_GROUP[str(match.lastgroup)], match.start(), match.end())
