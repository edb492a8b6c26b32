"""Finds how to reach someone, or who someone is: addresses, numbers, cards, mentions."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from phonenumbers import Leniency, PhoneNumberMatch, PhoneNumberMatcher

from bot.llm.spans import Kind, Span

if TYPE_CHECKING:
    from langchain.agents.middleware.pii import PIIMatch

_Detector = tuple[Kind, "Callable[[str], list[PIIMatch]]"]

REGIONS: tuple[str | None, ...] = (
    "US",
    "GB",
    "DE",
    "FR",
    "IT",
    "ES",
    "NL",
    "CH",
    "AT",
    "IN",
    "AU",
    "JP",
    "BR",
)
"""Whose national ways of writing a phone number are known; with a + before it, any country's is."""

_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>\n]*)?>|\b(?=[A-Z]{0,10}[0-9])[UW][A-Z0-9]{8,10}\b")
# The detector of addresses looks back and forth from everywhere; this bounds how far.
_AROUND_AT = re.compile(r"\S{0,128}@\S{0,256}")
_LINE = re.compile(r".+")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:{1,2}){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
# The detector of cards knows groups of four only.
_AMEX = re.compile(r"(?<![\w.])3[47][0-9]{2}([ -]?)[0-9]{6}\1[0-9]{5}(?!\w|\.[0-9])")

_PHONE_LIKE = re.compile(r"(?<![\w.,$#])[+(]{0,2}[0-9](?:[ ().\-/]{0,3}[0-9]){6,29}(?![\w%])")
_PHONE_WORD = re.compile(
    r"\b(?:tele)?(?:phone|fon|call|tel|mobile|mobil|cell|handy|fax|sms|text|whatsapp|dial)\b[\w.:()\s]{0,8}$",
    re.IGNORECASE,
)
_LOOK_BACK = 24
_MOST_DIGITS = 24
"""More on one line, grouped by nothing but spaces, are a table of numbers, and slow to try."""
_TRUNK_ZERO = re.compile(r"\(?0[0-9]")
# 10 000 000 and 10.000.000; 821/841/727; days; and numbers with one dot: decimals and Slack's time stamps.
_NO_PHONE = re.compile(
    r"""[1-9][0-9]{0,2}(?:[ .][0-9]{3})+
    | [1-9][0-9]*(?:[ ]?/[ ]?[0-9]+)+
    | [0-9]{1,2}([./-])[0-9]{1,2}\1(?:19|20)[0-9]{2}(?:[ ].*)?
    | (?:19|20)[0-9]{2}([./-])[0-9]{2}\2[0-9]{2}(?:[ ].*)?
    | [^.]*\.[^.]*""",
    re.VERBOSE,
)


def find_contacts(text: str) -> Iterator[Span]:
    """Yield what is found in a text that is all ASCII; spans may overlap."""
    detect_email, *others = _detectors()
    for around in _AROUND_AT.finditer(text):
        yield from _detected(detect_email, around[0], around.start())
    # By line: the detector of cards takes the end of one line and the next one for a number.
    for line in _LINE.finditer(text):
        for detector in others:
            yield from _detected(detector, line[0], line.start())
    yield from (Span(*match.span(), "PERSON") for match in _MENTION.finditer(text))
    yield from (Span(*match.span(), "IP") for match in _IPV6.finditer(text) if _is_ip(match[0]))
    yield from (Span(*match.span(), "CARD") for match in _AMEX.finditer(text) if _passes_luhn(match[0]))
    yield from _phones(text)


@cache
def _detectors() -> tuple[_Detector, ...]:
    from langchain.agents.middleware import pii  # noqa: PLC0415 - it takes more than a second

    return (
        ("EMAIL", pii.detect_email),
        ("CARD", pii.detect_credit_card),
        ("IP", pii.detect_ip),
        ("MAC", pii.detect_mac_address),
    )


def _detected(detector: _Detector, text: str, offset: int = 0) -> Iterator[Span]:
    kind, detect = detector
    for match in detect(text):
        yield Span(match["start"] + offset, match["end"] + offset, kind)


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
    for like in _PHONE_LIKE.finditer(text):
        said_before = text[max(0, like.start() - _LOOK_BACK) : like.start()]
        for match in _phone_matches(like[0], is_announced=bool(_PHONE_WORD.search(said_before))):
            yield Span(like.start() + match.start, like.start() + match.end, "PHONE")


def _phone_matches(text: str, *, is_announced: bool) -> Iterator[PhoneNumberMatch]:
    if "+" in text:
        regions, leniency = (None, *REGIONS), Leniency.VALID
    elif _NO_PHONE.fullmatch(text):
        return
    elif _TRUNK_ZERO.match(text):
        regions, leniency = REGIONS, Leniency.VALID
    elif (text.isdigit() and not is_announced) or sum(map(str.isdigit, text)) > _MOST_DIGITS:
        return
    else:
        regions, leniency = REGIONS, Leniency.STRICT_GROUPING
    for region in regions:
        yield from PhoneNumberMatcher(text, region, leniency=leniency)
