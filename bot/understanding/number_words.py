"""How amounts are written and hedged, in English and a little in five more languages."""

from __future__ import annotations

import re

MULTIPLIERS: dict[str, float] = {
    "k": 1e3,
    "thousand": 1e3,
    "tausend": 1e3,
    "mil": 1e3,
    "mille": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "millionen": 1e6,
    "millones": 1e6,
    "bn": 1e9,
    "billion": 1e9,
    "lakh": 1e5,
    "lakhs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
    "hundred": 1e2,
    "dozen": 12,
}
SUFFIX = (
    r"(?: ?(?P<suffix>thousand|tausend|mille|mil|millions?|millionen|millones|mio|mn|mm|"
    r"billion|bn|lakhs?|crores?|hundred|dozen)\b|(?P<letter>[km])(?![a-z]))?"
)
DIGITS = re.compile(
    r"(?<![\w.#])(?P<money>[$€£] ?)?(?P<number>"
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d{1,3}(?:['_]\d{3})+"
    r"|\d{1,3}(?: 000)+(?!\d)"
    r"|\d+,\d{1,2}(?= ?(?:k\b|m\b|mio|mill|%|prozent|percent))"
    r"|\d*\.?\d+)"
    + SUFFIX
    + r"(?P<after> ?(?:%|percent\b|per cent\b|pct\b|prozent\b|por ciento\b|pour cent\b)|\+|"
    r" ?(?:usd|dollars?|bucks|eur|euros?|€|\$|gbp|pounds)(?!\w))?"
)
NOT_AMOUNTS = re.compile(
    r"\b(?:24 ?[/x] ?7|24 hours|a/b|v\.? ?\d+(?:\.\d+)*(?: ?(?:to|-) ?v?\.? ?\d+)?"
    r"|(?:gpt|claude|opus|sonnet|haiku|gemini|llama|qwen|mistral|mixtral|gemma|phi|nova|o|"
    r"falcon|deepseek|granite"
    r"|command|titan|python|version|policy|level|step|day|top|floor|room|phase|tier|part|"
    r"page|section|chapter|q|h|ticket|option|number|answer|choice|reply|nr|no\.)"
    r"[ -]?v?\d+(?:\.\d+)*(?:[ -]?\d+b)?\b(?! ?[km]\b)"
    r"|\d+(?:\.\d+)? ?b\b(?! ?usd)|\d+ ?-?bit\b|\d+(?:st|nd|rd|th)\b|\d{1,2}:\d{2}|\d{1,2} ?[ap]m\b"
    r"|(?:in|since|by|until|of|from) (?:19|20)\d\d\b|\d{4}-\d\d-\d\d|\d+(?:\.\d+){2,}(?!\d)(?<!\.\d{3})"
    r"|number one|(?<!-)one of|another one|this one|that one|each one|one by one|no one|the one|"
    r"one day|second|42 obviously)"
)
AMBIGUOUS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
VAGUE: tuple[tuple[str, float, float | None], ...] = (
    (r"(?:a )?couple(?: of)? hundred", 150, 250),
    (r"(?:a )?few hundred", 200, 500),
    (r"several hundred", 300, 900),
    (r"(?:a )?couple(?: of)? thousand", 1500, 2500),
    (r"(?:a )?few thousand", 2000, 5000),
    (r"several thousand", 3000, 9000),
    (r"(?:a )?couple(?: of)? dozens?", 24, 30),
    (r"(?:a )?few dozens?", 24, 60),
    (r"several dozens?", 36, 96),
    (r"hundreds of thousands", 200_000, 999_999),
    (r"tens of thousands", 20_000, 99_999),
    (r"hundreds of millions", 200_000_000, 999_999_999),
    (r"tens of millions", 20_000_000, 99_999_999),
    (r"hundreds", 200, 999),
    (r"thousands", 2000, 9999),
    (r"millions", 2_000_000, None),
    (r"billions", 2_000_000_000, None),
    (r"(?:a )?couple(?: of)? million", 1_500_000, 2_500_000),
    (r"(?:a )?few million", 2_000_000, 5_000_000),
    (r"half a million", 500_000, 500_000),
    (r"half a thousand", 500, 500),
    (r"dozens", 24, 99),
    (r"(?:a )?half dozen|half a dozen", 6, 6),
    (r"a dozen", 12, 12),
    (r"a handful(?: of)?", 2, 9),
    (r"(?:un )?par de cientos", 150, 250),
    (r"ein paar hundert", 200, 500),
    (r"quelques centaines", 200, 500),
)
VAGUE_WORDS = re.compile("|".join(rf"(?P<v{i}>\b(?:{row[0]})\b)" for i, row in enumerate(VAGUE)))

HEDGED_BEFORE = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|circa|some|maybe|perhaps|probably|like|"
    r"near|guess|guessing|estimate|"
    r"unos|unas|cerca de|aproximadamente|etwa|ungefahr|rund|zirka|environ|a peu pres|"
    r"circa|quasi|or so|ballpark)"
    r"(?: (?:of|about|at|around|its|is|like|we have|a|an))?|[~≈]) ?$"
)
HEDGED_AFTER = re.compile(
    r" ?(?:-? ?ish\b|or so\b|give or take|roughly\b|approximately\b|\w+ or so\b|mas o menos)|ish\b"
)
MORE_THAN = re.compile(
    r"(?:\b(?:over|more than|above|north of|upwards of|in excess of|mehr als|uber|mas de|"
    r"plus de)|(?<!-)>) ?(?:a |an )?$"
)
SPREAD_OVER = re.compile(
    r"\b(?:tool|bot|assistant|q ?& ?a|qa|search|answers?|questions?|rag|chat|paragraphs|"
    r"spread|works?|docs|examples|across) over $"
)
"""Here "over" says where, not how many."""
AT_LEAST = re.compile(
    r"(?:\b(?:at least|no fewer than|a minimum of|not less than|mindestens|al menos|au moins)|>=) ?(?:a )?$"
)
AT_MOST = re.compile(
    r"(?:\b(?:up to|at most|max|a maximum of|maximum|no more than|not more than|capped at|cap of|"
    r"bis zu|hochstens|maximal|hasta|jusqua|au plus)|<=) ?(?:a )?$"
)
BELOW = re.compile(
    r"(?:\b(?:under|less than|fewer than|below|within|weniger als|unter|menos de|moins de)|<) ?(?:a )?$"
)
NEARLY = re.compile(r"\b(?:almost|nearly|close to|just under|fast|casi|presque) ?$")
BETWEEN = re.compile(r" ?(?:-|to|bis|a|y|and|or|bis zu) ?")
LANGUAGE_MARKS: dict[str, frozenset[str]] = {
    "de": frozenset(
        [
            "und",
            "wir",
            "die",
            "der",
            "das",
            "ist",
            "nicht",
            "von",
            "mit",
            "pro",
            "etwa",
            "seiten",
            "haben",
            "keine",
            "beispiele",
            "ein",
            "am",
        ]
    ),
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "por",
            "con",
            "que",
            "unos",
            "unas",
            "nada",
            "sin",
            "al",
            "dia",
            "tenemos",
            "ejemplos",
            "revisados",
            "de",
        ]
    ),
    "fr": frozenset(
        [
            "le",
            "les",
            "des",
            "par",
            "avec",
            "environ",
            "nous",
            "jour",
            "pas",
            "avons",
            "exemples",
            "une",
            "et",
            "de",
        ]
    ),
    "it": frozenset(
        ["il", "gli", "di", "per", "con", "che", "abbiamo", "esempi", "giorno", "al", "non", "circa"]
    ),
    "pt": frozenset(["o", "os", "por", "com", "que", "temos", "exemplos", "dia", "nao", "cerca", "de"]),
    "nl": frozenset(
        ["het", "een", "en", "wij", "voor", "met", "per", "dag", "niet", "ongeveer", "hebben", "van"]
    ),
}
NOT_COUNTED = frozenset(
    [
        "one",
        "ones",
        "un",
        "una",
        "uno",
        "unos",
        "unas",
        "une",
        "ein",
        "eine",
        "einen",
        "einer",
        "um",
        "uma",
        "een",
        "and",
        "zero",
    ]
)
"""Articles and pronouns that happen to be number words."""

SPOKEN_MULTIPLIER = re.compile(r" (?P<word>lakhs?|crores?|dozen)\b")
"""Multipliers that text2num does not know."""
