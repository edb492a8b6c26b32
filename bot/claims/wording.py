"""Whether a sentence keeps the words of its ground, and adds nothing but what the person said.

Words that mean the same, another order, one word less or more: each can turn a sentence round, and no list of
dangerous words is ever complete. So what may differ is what is listed here, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:['-][^\W\d_]+)*|[^\s]")
_PAUSES = frozenset(",;:.–—")
_PAUSE = ","
_IRREGULAR = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "it's": ("it", "is"),
}
_CLAIMS_NOTHING = frozenset({"a", "an", "the", "your", "so", "here"})
"""May be added or left out anywhere."""
_LEADS_IN = (
    ("as", "you", "said"),
    ("you", "said", "that"),
    ("you", "said"),
    ("you", "told", "me", "that"),
    ("you", "told", "me"),
    ("given", "that"),
    ("because",),
    ("since",),
    ("as",),
    ("and",),
    (),
)
"""What may stand before something that the person said."""
_THEIRS = ("bot", "model", "assistant", "system", "tool")
"""What "it" is called in their facts: "your bot gets facts wrong"."""


def keeps_wording(text: str, ground: str, facts: Iterable[str]) -> bool:
    """Say whether a text is its ground word for word, perhaps with facts of the person before or after it."""
    wanted = _bare(_tokens(ground))
    known = [form for fact in facts for form in _forms(_tokens(fact))]
    return any(_bare(core) == wanted for core in _without_facts(_tokens(text), known))


def _tokens(text: str) -> list[str]:
    """Return words, numbers and marks; all pauses are one, and a short form is written out."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text.replace("’", "'").lower()):
        if token in _IRREGULAR:
            tokens += _IRREGULAR[token]
        elif token.endswith("n't"):
            tokens += (token.removesuffix("n't"), "not")
        else:
            tokens.append(_PAUSE if token in _PAUSES else token)
    while tokens and tokens[-1] == _PAUSE:
        tokens.pop()
    return tokens


def _bare(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if token not in _CLAIMS_NOTHING]


def _forms(fact: Sequence[str]) -> Iterable[list[str]]:
    """Yield a fact as we put it, and with what "it" is called."""
    yield list(fact)
    if fact and fact[0] == "it":
        yield from (["your", name, *fact[1:]] for name in _THEIRS)


def _without_facts(tokens: list[str], facts: Sequence[list[str]]) -> list[list[str]]:
    """Return the tokens in every way in which facts can be taken off their ends, each set off by a pause."""
    found, todo = [tokens], [tokens]
    while todo:
        current = todo.pop()
        for fact in facts:
            for lead in _LEADS_IN:
                said = [*lead, *fact]
                length = len(said)
                if current[:length] == said and current[length : length + 1] == [_PAUSE]:
                    todo.append(current[length + 1 :])
                if current[-length:] == said and current[-length - 1 : -length] == [_PAUSE]:
                    todo.append(current[: -length - 1])
        found += [one for one in todo if one not in found]
        todo = [one for one in todo if len(one) < len(current)]
    return found
