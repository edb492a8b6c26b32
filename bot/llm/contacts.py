"""Finds how to reach someone, or who someone is: addresses, numbers, cards, mentions."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from phonenumbers import Leniency, PhoneNumberMatch, PhoneNumberMatcher

from bot.llm.spans import Kind, Span

if TYPE_CHECKING:
    from langchain.agents.middleware.pii import PIIMatch

REGIONS = ("US", "GB", "DE", "FR", "IT", "ES", "NL", "CH", "AT", "IN", "AU", "JP", "BR")
"""Whose national ways of writing a phone number are known; with a + before it, any country's is."""

_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>\n]*)?>|\b(?=[A-Z]*[0-9])[UW][A-Z0-9]{8,10}\b")
_IPV6 = re.compile(r"(?<![\w:.])(?=[^\s.]*[0-9])(?:[0-9A-Fa-f]{1,4}:{1,2}){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
# The detector of cards knows groups of four only.
_AMEX = re.compile(r"(?<![\w.])3[47][0-9]{2}([ -]?)[0-9]{6}\1[0-9]{5}(?![\w.])")
_DIGITS = re.compile(r"(?:[0-9][ ().\-/]{0,3}){7}")
_PHONE_WORD = re.compile(
    r"\b(?:tele)?(?:phone|fon|call|tel|mobile|mobil|cell|handy|fax|sms|text|whatsapp|dial)\b[\w.:()\s]{0,8}$",
    re.IGNORECASE,
)
_LOOK_BACK = 24
# 10 000 000, 01.12.2026, and a list such as 821/841/727.
_NO_PHONE = re.compile(
    r"[1-9][0-9]{0,2}(?:[ .][0-9]{3})+|[0-9]{1,2}([./-])[0-9]{1,2}\1(?:19|20)[0-9]{2}|[1-9][0-9]*(?:/[0-9]+)+"
)
_TRUNK_ZERO = re.compile(r"\(?0[0-9]")
_DOTTED_LEAST = 2
"""A number with one dot is a decimal or a time stamp; 415.555.2671 and 01.42.68.53.00 have more."""
_BEFORE_AN_AMOUNT = frozenset(".,$€£¥#")


def find_contacts(text: str) -> Iterator[Span]:
    """Yield what is found in a text that is all ASCII; spans may overlap."""
    for kind, detect in _detectors().items():
        yield from (Span(match["start"], match["end"], kind) for match in detect(text))
    yield from (Span(*match.span(), "PERSON") for match in _MENTION.finditer(text))
    yield from (Span(*match.span(), "IP") for match in _IPV6.finditer(text) if _is_ip(match[0]))
    yield from (Span(*match.span(), "CARD") for match in _AMEX.finditer(text) if _passes_luhn(match[0]))
    yield from _phones(text)


@cache
def _detectors() -> Mapping[Kind, Callable[[str], list[PIIMatch]]]:
    from langchain.agents.middleware import pii  # noqa: PLC0415 - it takes more than a second

    return {
        "EMAIL": pii.detect_email,
        "CARD": pii.detect_credit_card,
        "IP": pii.detect_ip,
        "MAC": pii.detect_mac_address,
    }


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _passes_luhn(text: str) -> bool:
    digits = [int(character) for character in text if character.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _phones(text: str) -> Iterator[Span]:
    """Yield phone numbers.

    Amounts matter more here than numbers that are written in an unusual way: without a + in front, a number
    must begin with 0, be grouped as its country groups it, or follow a word such as "call".
    """
    if not _DIGITS.search(text):
        return
    for match in _matches(text, (None,), Leniency.VALID):
        if match.raw_string.startswith("+"):
            yield Span(match.start, match.end, "PHONE")
    for match in _matches(text, REGIONS, Leniency.VALID):
        if _TRUNK_ZERO.match(match.raw_string) and _is_no_amount(text, match):
            yield Span(match.start, match.end, "PHONE")
    for match in _matches(text, REGIONS, Leniency.STRICT_GROUPING):
        is_plain = match.raw_string.isdigit()
        said_before = text[max(0, match.start - _LOOK_BACK) : match.start]
        if _is_no_amount(text, match) and (not is_plain or _PHONE_WORD.search(said_before)):
            yield Span(match.start, match.end, "PHONE")


def _matches(text: str, regions: tuple[str | None, ...], leniency: int) -> Iterator[PhoneNumberMatch]:
    for region in regions:
        yield from PhoneNumberMatcher(text, region, leniency=leniency)


def _is_no_amount(text: str, match: PhoneNumberMatch) -> bool:
    before = text[match.start - 1] if match.start else ""
    dots = match.raw_string.count(".")
    return (
        before not in _BEFORE_AN_AMOUNT
        and not before.isalnum()
        and (dots == 0 or dots >= _DOTTED_LEAST)
        and not _NO_PHONE.fullmatch(match.raw_string)
    )
