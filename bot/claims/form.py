"""The form of a sentence: plain, short, English punctuation, nothing to click and nobody pretending."""

from __future__ import annotations

import re
import string

from bot.claims.citations import without_marks
from bot.claims.words import inner_sentences, words

MOST_WORDS = 60
MOST_SENTENCES = 3
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,80})[\"”]")
_FEWEST_WORDS = 2
_LONGEST_WORD = 28
_PLAIN = frozenset(string.ascii_letters + string.digits + " .,;:?'’\"“”()-–—%$€£/+&…")
_LINK = re.compile(r"://|\bwww\.|\w{2,}\.[a-z]{2,}|\bhttps?\b", re.IGNORECASE)
_ORDER_TO_READER = re.compile(
    r"\b(?:visit|click|download|install|upload|e-?mail|dm|subscribe|purchase|buy|sign up|sign in|log ?in|paste|"
    r"message (?:me|us|the)|passwords?|credentials?|api keys?|secrets?|credit card|reply with|enter your|"
    r"run the command)\b"
    r"|(?:^|[.;:,?] |\b(?:and|then|please|to|now|just|should|must) )(?:send|share|copy|contact|forward|type|scan|post)\b",
    re.IGNORECASE,
)
_OUR_WORDS = re.compile(
    r"\b(?:i would|i'd|i heard|i know|i can tell|tell me|told me|ask me|as far as i)\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(
    r"\b(?:i|i'm|i've|i'll|me|my|mine|myself|we|we're|we've|us|our|ours)\b", re.IGNORECASE
)
_PRETENCE = re.compile(
    r"\bas (?:an?|your|the) (?:ai|language model|assistant|expert|human|person|bot|lawyer|doctor|engineer|"
    r"advis[eo]r|admin\w*)\b|\b(?:trust|believe) (?:me|us)\b|\blorem\b|\bTBD\b|\bXXX+\b|\bN/A\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\b(?:insert|fill in|placeholder|your name here|company name|name here)\b|\.{4,}", re.IGNORECASE
)


def has_form(text: str, template_sentence: str, said: str) -> bool:
    """Say whether a text may stand among our sentences.

    Letters of other alphabets, and orders to send or paste something, pass only when `said` (everything that
    the sentence may rest on) or the template's own sentence has them.
    """
    bare = without_marks(text)
    spoken = bare.replace("’", "'")
    return (
        bare.endswith((".", "?"))
        and all(character == " " for character in text if character.isspace())
        and all(character in _PLAIN or (character.isalpha() and character in said) for character in bare)
        and _is_short(bare)
        and not _LINK.search(bare)
        and not _PRETENCE.search(spoken)
        and not _PLACEHOLDER.search(spoken)
        and _orders(bare) <= _orders(template_sentence)
        and not _FIRST_PERSON.search(_OUR_WORDS.sub("", _without_quotes(spoken, said)))
    )


def _without_quotes(text: str, said: str) -> str:
    """Return the text without what it quotes word for word."""
    return _QUOTED.sub(lambda match: "" if match[1] in said.replace("’", "'") else match[0], text)


def _is_short(bare: str) -> bool:
    said = words(bare)
    return (
        _FEWEST_WORDS <= len(said) <= MOST_WORDS
        and len(bare.split()) <= MOST_WORDS
        and len(inner_sentences(bare)) <= MOST_SENTENCES
        and all(len(word) <= _LONGEST_WORD for word in bare.split())
    )


def _orders(text: str) -> set[str]:
    return {order.lower().split()[-1] for order in _ORDER_TO_READER.findall(text)}
