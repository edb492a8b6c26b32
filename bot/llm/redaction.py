"""What is private in a text, replaced before it leaves and put back when the answer comes.

It finds what has a form: addresses, numbers, keys. Names of people and companies have none and stay.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.errors import ModelUnavailable
from bot.llm.contacts import find_contacts
from bot.llm.credentials import find_credentials
from bot.llm.spans import KINDS, Kind, Span, merge, plain_copy

_HIDDEN_WITHIN_S = 5.0
_PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(KINDS)})_[0-9]+\]")
_TELLTALE = re.compile(r"(?=.*[0-9])(?=.*[^\W\d_]).{6,}", re.DOTALL)
"""A key that can be told from a word or an amount, and so may be hidden also where nobody calls it a key."""


class Redaction:
    """The placeholders of one request: the same value has the same one in all of its texts.

    What looks like a placeholder in a text is hidden too, so that every one in what leaves is ours.
    """

    def __init__(self) -> None:
        self._placeholders: dict[tuple[Kind, str], str] = {}
        self._values: dict[str, str] = {}
        self._counts: Counter[Kind] = Counter()

    def hide(self, text: str) -> str:
        """Return the text with placeholders such as [EMAIL_1]. The first call takes a second, for imports."""
        plain = plain_copy(text)
        found = [*find_credentials(plain), *find_contacts(plain)]
        keys = {text[span.start : span.end] for span in found if span.kind == "KEY"}
        keys |= {value for kind, value in self._placeholders if kind == "KEY"}
        found += [*_repeated(text, keys), *(Span(*m.span(), "TEXT") for m in _PLACEHOLDER.finditer(text))]
        parts: list[str] = []
        done = 0
        for start, end, kind in merge(found):
            parts += (text[done:start], self._placeholder(kind, text[start:end]))
            done = end
        return "".join((*parts, text[done:]))

    def restore(self, text: str) -> str:
        """Return the text with what our placeholders stand for; unknown ones are left."""
        return _PLACEHOLDER.sub(lambda match: self._values.get(match[0], match[0]), text)

    def _placeholder(self, kind: Kind, value: str) -> str:
        known = self._placeholders.get((kind, value))
        if known is None:
            self._counts[kind] += 1
            known = self._placeholders[kind, value] = f"[{kind}_{self._counts[kind]}]"
            self._values[known] = value
        return known


async def hide_all(redaction: Redaction, texts: Sequence[str]) -> list[str]:
    """Return the texts without what is private. Raises ModelUnavailable when that takes too long."""

    def hide() -> list[str]:
        # Twice: what gives a key away may stand in the last of them.
        for text in texts:
            redaction.hide(text)
        return [redaction.hide(text) for text in texts]

    try:
        # In a thread, for the longest texts take a second.
        return await asyncio.wait_for(asyncio.to_thread(hide), _HIDDEN_WITHIN_S)
    except TimeoutError:
        raise ModelUnavailable("refused", "it took too long to find what may not leave") from None


def warm_up() -> None:
    """Import what the first redaction needs: better before anybody waits for an answer."""
    Redaction().hide("")


def _repeated(text: str, keys: set[str]) -> Iterator[Span]:
    """Yield every place where a key stands, also without the words that gave it away elsewhere."""
    for key in filter(_TELLTALE.fullmatch, keys):
        yield from (Span(*m.span(), "KEY") for m in re.finditer(rf"(?<!\w){re.escape(key)}(?!\w)", text))
