"""What a sentence of the policy is made of."""

from __future__ import annotations

from collections.abc import Iterator

from bot.decision.sentences import Phrase, Sentence


def usual_words(sentence: Sentence) -> str:
    """Return what is said unless something is known that asks for other words."""
    if isinstance(sentence, str):
        return sentence
    if isinstance(sentence, tuple):
        return "".join(map(usual_words, sentence))
    return usual_words(sentence.usual)


def phrases_of(sentence: Sentence) -> Iterator[Phrase]:
    """Yield every phrase of a sentence that depends on what is known, those within others too."""
    if isinstance(sentence, tuple):
        for part in sentence:
            yield from phrases_of(part)
    elif isinstance(sentence, Phrase):
        yield sentence
        for words in (sentence.usual, *(words for _, words in sentence.instead)):
            yield from phrases_of(words)
