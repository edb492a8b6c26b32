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
    "dozens": 12,
    "grand": 1e3,
}
SUFFIX = (
    r"(?: ?(?P<suffix>thousand|tausend|mille|mil|millions?|millionen|millones|mio|mn|mm|"
    r"billion|bn|lakhs?|crores?|hundred|dozen|grand)\b|(?P<letter>[km]| k)(?![a-z]))?"
)
UNIT_AFTER = (
    r"(?P<after> ?(?:%|percent\b|per cent\b|pct\b|prozent\b|por ciento\b|pour cent\b)|\+|"
    r" ?(?:(?:us )?dollars?|dolares|usd|us\$|bucks|eur|euros?|€|\$|gbp|pounds|£)(?!\w))?"
)
DIGITS = re.compile(
    r"(?<![\w.#])(?P<money>(?:[$€£]|\b(?:usd|eur|gbp)\b) ?)?(?P<number>"
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d{1,3}(?:['_]\d{3})+"
    r"|(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?! ?\d)"
    r"|(?:\d+(?:\.\d+)? ?[x*×] ?)?10(?:\^|\*\*)\d{1,2}(?!\d)"
    r"|\d+(?:\.\d+)?e\+?\d{1,2}(?!\w)"
    r"|\d+,\d{1,2}(?= ?(?:k\b|m\b|mio|mill|%|prozent|percent|[gm]b\b))"
    r"|\d*\.?\d+)" + SUFFIX + UNIT_AFTER
)
NOT_AMOUNTS = re.compile(
    r"\b(?:24 ?[/x] ?7|24 hours|a/b|v\.? ?\d+(?:\.\d+)*(?: ?(?:to|-) ?v?\.? ?\d+)?"
    r"|(?:gpt|claude|opus|sonnet|haiku|gemini|llama|qwen|mistral|mixtral|gemma|phi|nova|o|"
    r"falcon|deepseek|granite"
    r"|command|titan|python|version|policy|level|step|day|top|floor|room|phase|tier|part|"
    r"page|section|chapter|q|h|ticket|option|answer|choice|reply|nr|no\.)"
    r"[ -]?v?\d+(?:\.\d+)*(?:[ -]?\d+b|[a-jln-z])?\b(?! ?[km]\b|,\d{3})"
    r"|(?<!real )(?<!true )(?<!right )(?<!actual )(?<!correct )(?<!new )(?<!current )number[ -]?\d+\b(?! ?[km]\b)"
    r"|\d+(?:\.\d+)? ?b\b(?! ?usd)|\d+ ?-?bit\b|\d+(?:st|nd|rd|th)\b|\d{1,2}:\d{2}|\d{1,2} ?[ap]m\b"
    r"|(?:in|since|by|until|from|january|summer) (?:19[5-9]\d|20[0-2][1-9]|20[12]0)\b|\d{4}-\d\d-\d\d|\d+(?:\.\d+){2,}(?!\d)(?<!\.\d{3})"
    r"|\d+x\d+b?\b(?!\^)|\d+(?:\.\d+)?e-\d+|(?!10\^)\d+\^\d+|p\d\d\b|(?:macro|micro)?[ -]?f[12]\b|(?:top|bleu|rouge|recall|pass)[-@]\d\b|k=\d+"
    r"|number one|another one|this one|that one|each one|one by one|no one|the one|"
    r"one day|second|42 obviously)"
)
AMBIGUOUS = re.compile(r"(?!(?:[2-9]|\d{2,})\.000)[1-9]\d{0,2}\.\d{3}")
"""A thousand and some, or hardly more than one. Nobody writes 30 as "30.000"; 1 as a score, some do."""
VAGUE: tuple[tuple[str, float, float | None], ...] = (
    *(
        (rf"(?:in the )?{where} {scale}s", low * size, high * size)
        for scale, size in (("hundred", 100), ("thousand", 1000))
        for where, low, high in (("low(?:er)?", 1, 4), ("mid(?:dle)?", 4, 6), ("high(?:er)?", 6, 9.99))
    ),
    *(
        (rf"(?:a|one) {scale} or two", size, 2 * size)
        for scale, size in (("dozen", 12), ("hundred", 100), ("thousand", 1000), ("million", 1e6))
    ),
    (r"(?:low )?single digits", 1, 9),
    *(
        (rf"{many}[ -](?:figures?|digits?)(?: numbers?)?", 10 ** (digits - 1), 10**digits - 1)
        for digits, many in enumerate(("two", "three", "four", "five", "six", "seven"), start=2)
    ),
    (r"a few(?= (?:a|per|each|every) (?:day|hour|week|month)\b)", 2, 8),
    (r"once or twice(?= (?:an?|per|each|every) (?:day|hour|week|month|year|shift|night)\b)", 1, 2),
    *(
        (
            rf"{word}(?= (?:an?|per|each|every) (?:day|hour|week|month|year|shift|night)\b| daily\b)",
            many,
            many,
        )
        for many, word in enumerate(("once", "twice", "thrice"), start=1)
    ),
    (r"(?:a|one) quarter(?: of a)? million", 250_000, 250_000),
    (r"three quarters of a million", 750_000, 750_000),
    (r"(?:a|one)(?= page and a half\b)", 1.5, 1.5),
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
    (r"half a(?= page)", 1 / 2, 1 / 2),
    (r"(?:a )?couple(?: of)? grand", 1500, 2500),
    (r"(?:a )?few grand", 2000, 5000),
    (r"(?<!two )(?<!three )(?<!four )(?<!five )dozens", 24, 99),
    (
        r"(?:(?<=under )|(?<=than )|(?<=within )|(?<=below ))a(?= (?:second|page|megabyte|meg|gigabyte)\b)|sub(?=[- ]?second)",
        1,
        1,
    ),
    (r"(?:a )?half dozen|half a dozen", 6, 6),
    (r"a dozen", 12, 12),
    (r"a handful(?: of)?", 2, 9),
    (r"(?:un )?par de cientos", 150, 250),
    (r"ein paar hundert", 200, 500),
    (r"quelques centaines", 200, 500),
    (r"(?:une )?dizaine", 9, 11),
    (r"(?:une )?vingtaine", 18, 22),
    (r"(?:une )?trentaine", 27, 33),
    (r"(?:une )?cinquantaine", 45, 55),
    (r"(?:une )?centaine", 90, 110),
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
    r"\b(?:rows|tickets|mails|cases|tool|bot|assistant|q ?& ?a|qa|search|answers?|questions?|rag|chat|paragraphs|"
    r"spread|works?|docs|examples|across) over $"
)
"""Here "over" says where, not how many."""
AT_LEAST = re.compile(
    r"(?:\b(?:at least|(?:no|not) (?:fewer|less) than|a minimum of|mindestens|al menos|au moins)|>=) ?(?:a )?$"
)
AT_MOST = re.compile(
    r"(?:\b(?:up to|at most|max|a maximum of|maximum|no more than|not more than|capped at|cap of|"
    r"bis zu|hochstens|maximal|hasta|jusqua|au plus)|<=) ?(?:a )?$"
)
MINUS = re.compile(r"(?:(?<![^\s(:=])(?<![\dkm%] )(?<!\n)-|\bminus )$")
"""A sign before a number, not a dash between two or before the items of a list."""
BELOW = re.compile(
    r"(?:\b(?:under|less than|fewer than|below|within|weniger als|unter|menos de|moins de)|<) ?(?:a )?$"
)
NEARLY = re.compile(
    r"\b(?:almost|nearly|close to|just under|(?:a )?(?:shade|bit|touch|hair|little|tad) (?:under|below|less than|short of)|"
    r"fast|casi|presque) ?$"
)
BETWEEN = re.compile(
    r" ?(?:-|to|bis|a|y|and|or|bis zu|or (?:even|maybe|rather)|,? (?:could|might|may) be|, (?:maybe|perhaps|or)) ?"
)
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
            "insgesamt",
            "kategorien",
            "wird",
            "alle",
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
            "casos",
            "presupuesto",
            "tipos",
            "muestras",
            "personas",
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
            "entre",
            "les",
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
        "o",
        "oh",
    ]
)
"""Articles and pronouns that happen to be number words."""

SPOKEN_MULTIPLIER = re.compile(r" (?P<word>lakhs?|crores?|dozens?|grand)\b")
"""Multipliers that text2num does not know."""

AND_A_HALF = re.compile(r" and a half(?: (?P<word>hundred|thousand|million))?\b")

FRACTIONS: dict[str, float] = {
    "half": 1 / 2,
    "halves": 1 / 2,
    "third": 1 / 3,
    "quarter": 1 / 4,
    "fourth": 1 / 4,
    "fifth": 1 / 5,
    "sixth": 1 / 6,
    "seventh": 1 / 7,
    "eighth": 1 / 8,
    "tenth": 1 / 10,
}
_PART = "|".join(FRACTIONS)
FRACTION = re.compile(
    rf"\b(?:(?<! and )(?<!\d )(?<!\dk )(?<!\dm )(?<!million )(?<!thousand )(?P<count>a|one|two|three|four|five|seven|nine)[ -](?P<part>{_PART})s?"
    rf"|every (?P<nth>other|second|third|fourth|fifth|sixth|tenth)|(?<! and a )(?P<alone>half)|(?P<coin>(?:a )?coin[ -](?:flips?|toss))"
    r"|(?P<where>low|lower|mid|middle|high|upper)[ -](?:the )?"
    r"(?P<decade>[2-9]0s|twenties|thirties|fourties|forties|fifties|sixties|seventies|eighties|nineties))\b"
    r"(?! (?:of )?(?:a |an |the )?(?:(?:hundred|thousand|million|dozen|year|day|hour|page|party|parties|time job))\b)"
)
FRACTION_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
DECADES = ("twe", "thi", "fo", "fi", "six", "sev", "eig", "nin")
"""Beginnings of the names of the decades from twenty on."""
WITHIN_DECADE = {"low": 2, "lower": 2, "mid": 5, "middle": 5, "high": 8, "upper": 8}

RATIO_BETWEEN = re.compile(
    r" ?(?:/|(?:(?:[a-z][\w-]*,? ){0,2}?(?:out of|outta|in every|of every|in|of|from|von|sur|de))"
    r"(?: every| the| our| my| all| a| these| those)?) ?"
)
SHORT_OF = re.compile(
    r" ?(?:(?:points?|pts?|percentage points) ?(?:below|under|behind|off|short of|shy of)|"
    r"behind|off|short of|shy of)"
    r"(?: of)?(?: the| our| their| a| that| those)?(?: target| goal| bar)?(?: of)? "
)
"""Between two scores, of which the first says how much is missing: "2 points short of the 90".

"60 below the 90" says no such thing: there the first is the score.
"""
MOST_LOOSE_WHOLE = 1000
"""Above it, "tickets in 5,000" between two numbers makes no share of them."""

NONE = re.compile(
    r"\b(?:no|none|not (?:a single|one|any|a)|nothing|nobody|no one|noone|never|without|zilch|nada|nil|"
    r"(?:havent|hasnt|dont|didnt|doesnt|isnt|arent|wasnt|werent|cant)|keine?[nrsm]?|nichts|niemand|"
    r"ningun[oa]?|sin|aucune?|rien|pas d|nessun[oa]?)\b(?! (?:wait|way|idea|clue|know|more than|less than|fewer than|longer|sure)\b)"
)
"""Words that count as nought, where they count something."""
