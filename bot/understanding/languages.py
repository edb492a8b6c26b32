"""The languages it has to work in: `languages`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_denied_before

LANGUAGE_CODES: Mapping[str, str] = {
    "english": "en",
    "englisch": "en",
    "ingles": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "francais": "fr",
    "spanish": "es",
    "espanol": "es",
    "italian": "it",
    "portuguese": "pt",
    "dutch": "nl",
    "welsh": "cy",
    "polish": "pl",
    "swedish": "sv",
    "danish": "da",
    "norwegian": "no",
    "finnish": "fi",
    "japanese": "ja",
    "chinese": "zh",
    "mandarin": "zh",
    "korean": "ko",
    "arabic": "ar",
    "hebrew": "he",
    "turkish": "tr",
    "russian": "ru",
    "ukrainian": "uk",
    "czech": "cs",
    "slovak": "sk",
    "hungarian": "hu",
    "romanian": "ro",
    "greek": "el",
    "hindi": "hi",
    "urdu": "ur",
    "tamil": "ta",
    "bengali": "bn",
    "thai": "th",
    "vietnamese": "vi",
    "indonesian": "id",
    "catalan": "ca",
    "basque": "eu",
    "irish": "ga",
    "bulgarian": "bg",
    "croatian": "hr",
    "serbian": "sr",
    "slovenian": "sl",
    "swahili": "sw",
    "icelandic": "is",
    "estonian": "et",
    "latvian": "lv",
    "lithuanian": "lt",
    "farsi": "fa",
    "persian": "fa",
    "malay": "ms",
    "tagalog": "tl",
}
"""Name of a language, plain → ISO 639-1."""

_NAME = re.compile(rf"\b(?P<name>{'|'.join(LANGUAGE_CODES)})\b")
_USED_BEFORE = re.compile(
    r"\b(?:in|into|from|to|formal|informal|only|plain|mostly|mainly|speak|speaks|"
    r"languages?:?|and|plus|or|both|support|supports|handle|handles) (?:\w+ )?$|[+/&,] ?$"
)
_USED_AFTER = re.compile(
    r"(?: |-)?(?:only|language|speaking|texts?|reports?|docs|documents|mails?|emails?|"
    r"tickets|customers|letters|speakers|prompts|queries|content|replies)\b| ?[+/&]|"
    r" and (?:\w+)"
)


_SPOKEN_OF = re.compile(
    r"\b(?:answer|repl|respond|forgot|forget|switch|writes?|speaks? (?:bad|poor)|how to)\w*[^,.;]{0,24}$"
)
"""Then the language is what goes wrong, not what the texts are in."""


def find_languages(message: Message, asked: frozenset[str]) -> Iterator[Found]:
    """Yield the languages that the texts are in; a language that only happens to be named is left out."""
    matches = [
        match
        for match in _NAME.finditer(message.plain)
        if not is_denied_before(message, match.start()) and ("languages" in asked or _is_used(message, match))
    ]
    codes = tuple(dict.fromkeys(LANGUAGE_CODES[match["name"]] for match in matches))
    if codes:
        yield Found("languages", codes, matches[0].start(), matches[-1].end())


def _is_used(message: Message, match: re.Match[str]) -> bool:
    before = message.plain[max(0, match.start() - 24) : match.start()]
    after = message.plain[match.end() : match.end() + 40]
    if _SPOKEN_OF.search(message.plain[max(0, match.start() - 40) : match.start()]):
        return False
    if re.match(r" (?:region|servers?|data ?cent|law|team|office|market|only cloud)", after):
        return False
    is_whole = not before.strip() and not after.strip(" .,!")
    at_start = message.segment_at(match.start()).start >= match.start() - 1
    at_end = message.segment_at(match.start()).end <= match.end() + 1
    return is_whole or (at_start and at_end) or bool(_USED_BEFORE.search(before) or _USED_AFTER.match(after))
