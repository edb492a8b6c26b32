"""Vendors and prices: what is said of them ages, so it needs its date, and their future is not ours to tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.claims.numbers import figures, has_date, has_money
from knowledge.providers import Providers

_GENERIC = frozenset(
    """
    open weight weights model models source local self hosted various foundation fine tuning service own
    original families and the not named image embeddings small
    """.split()  # noqa: SIM905 - a list of quoted words would be unreadable
)
_MONEY = ("money", "share", "times")
_AS_OF = re.compile(r"\bas of\b|\bat (?:[a-z]+ )?20\d\d prices\b", re.IGNORECASE)
_SOMEONE_ELSE = re.compile(r"\b(?:vendors?|providers?|prices?|api|cloud|lab|labs)\b", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|won't|plans?|planned|planning|is going to|are going to|about to|soon|upcoming|next (?:year|month|quarter)|"
    r"expected to|promises?|promised|roadmap|intends?|later this year|shall|is set to|may start|announced)\b",
    re.IGNORECASE,
)


def vendor_names(providers: Providers) -> tuple[str, ...]:
    """Return the names of vendors and models in the table, without generic ones such as "open weights"."""
    names = {
        re.sub(r"\s*\([^)]*\)", "", name)
        for row in providers.models
        for name in (row.name, row.vendor, *row.aliases)
    }
    return tuple(sorted(name for name in names if not set(re.findall(r"[a-z]+", name.lower())) <= _GENERIC))


def names_vendor(text: str, vendors: Sequence[str]) -> bool:
    """Say whether the text names a vendor or a model."""
    return bool(vendors) and _pattern(tuple(vendors)).search(_squeezed(text)) is not None


@lru_cache(maxsize=8)
def _pattern(vendors: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted({_squeezed(name) for name in vendors}, key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest_first))})(?:'s|s)?(?![\w]|\.\d)")


def _squeezed(text: str) -> str:
    return re.sub(r"[\s_\-‐‑–]+", " ", text.lower().replace("’", "'")).strip()


def vendors_are_dated(text: str, vendors: Sequence[str], facts: Iterable[str]) -> bool:
    """Say whether a text that names a vendor, a model or money says as of when, and foretells nothing.

    Money that the person named themselves needs no date. That the date is right, the numbers' check says.
    """
    is_about_vendor = names_vendor(text, vendors)
    if (is_about_vendor or _SOMEONE_ELSE.search(text)) and _FUTURE.search(text):
        return False
    if is_about_vendor or (has_money(text) and not _is_their_money(text, facts)):
        return _AS_OF.search(text) is not None and (
            has_date(text) or re.search(r"\b20\d\d\b", text) is not None
        )
    return True


def _is_their_money(text: str, facts: Iterable[str]) -> bool:
    named = {(figure.kind, figure.value) for figure in figures(text) if figure.kind in _MONEY}
    return named <= {(figure.kind, figure.value) for fact in facts for figure in figures(fact)}
