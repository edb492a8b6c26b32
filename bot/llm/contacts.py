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

WITHOUT_ZERO: tuple[str | None, ...] = ("US", "IN", "BR", "ES", "IT")
REGIONS = (*WITHOUT_ZERO, "GB", "DE", "FR", "NL", "CH", "AT", "AU", "JP")
"""Whose national ways of writing a phone number are known; with a + before it, any country's is. All but the
first ones begin their numbers with 0."""

_MENTION = re.compile(r"<[@#][UWCG][A-Z0-9]+(?:\|[^>\n]*)?>|\b(?=[A-Z]{0,10}[0-9])[UWCDGT][A-Z0-9]{8,10}\b")
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
_WORD = re.compile(r"\S+")
_MOST_DROPPED = 2
_MOST_TRIED = 40
"""After so many, what looks like a phone number is taken for one: trying is slow."""
_LEAST_DIGITS = 7
# 10 000 000; not the end of +61 412 345 678, and not the beginning of 2 415 555 2671.
_GROUPED_AMOUNT = re.compile(
    r"(?<![0-9+])(?<!\+[0-9] )(?<!\+[0-9]{2} )(?<!\+[0-9]{3} )"
    r"[1-9][0-9]{0,2}(?: [0-9]{3}){2,}(?! ?[0-9]{4})(?![0-9])"
)
_DECIMAL = re.compile(r"(?<![0-9])0\.[0-9]")
_MOST_DIGITS = 24
"""More on one line, grouped by nothing but spaces, are a table of numbers, and slow to try."""
_TRUNK_ZERO = re.compile(r"\(?0[0-9]")
# 10 000 000 and 10.000.000; 821/841/727; numbers with one dot: decimals and Slack's time stamps.
_NO_PHONE = re.compile(r"[1-9][0-9]{0,2}(?:[ .][0-9]{3})+|[1-9][0-9]*(?: ?/ ?[0-9]+)+|[^.]*[0-9]\.[0-9][^.]*")
_DAY = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}([./-])[0-9]{2}\1[0-9]{2}|[0-9]{1,2}([./-])[0-9]{1,2}\2(?:19|20)[0-9]{2})"
    r"(?![0-9])"
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
        ("LINK", pii.detect_url),
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
    text = _GROUPED_AMOUNT.sub(lambda match: "x" * len(match[0]), text)
    for tried, like in enumerate(_PHONE_LIKE.finditer(text)):
        if tried >= _MOST_TRIED:
            yield Span(*like.span(), "PHONE")
            continue
        said_before = text[max(0, like.start() - _LOOK_BACK) : like.start()]
        is_announced = bool(_PHONE_WORD.search(said_before))
        for start, part in _parts(like[0]):
            if matches := list(_phone_matches(part, is_announced=is_announced)):
                offset = like.start() + start
                yield from (Span(offset + match.start, offset + match.end, "PHONE") for match in matches)
                break


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield what may be a phone number: the text, then less of it, since others may stand beside it."""
    is_sure = "+" in text or _TRUNK_ZERO.match(text)
    if not is_sure and (_DECIMAL.search(text) or _digits(text) > _MOST_DIGITS):
        return
    words = list(_WORD.finditer(text))
    for dropped in range(min(_MOST_DROPPED + 1, len(words))):
        for first in range(dropped + 1):
            start, end = words[first].start(), words[len(words) - 1 - dropped + first].end()
            part = text[start:end]
            if _digits(part) >= _LEAST_DIGITS:
                yield start, part


def _phone_matches(text: str, *, is_announced: bool) -> Iterator[PhoneNumberMatch]:
    if "+" in text:
        yield from _matches(text, (None, *REGIONS), Leniency.VALID)
    elif _NO_PHONE.fullmatch(text) or _DAY.search(text):
        return
    elif _TRUNK_ZERO.match(text):
        yield from _matches(text, REGIONS, Leniency.VALID)
    elif is_announced or not text.isdigit():
        yield from filter(_is_national, _matches(text, WITHOUT_ZERO, Leniency.STRICT_GROUPING))


def _matches(text: str, regions: tuple[str | None, ...], leniency: int) -> Iterator[PhoneNumberMatch]:
    for region in regions:
        yield from PhoneNumberMatcher(text, region, leniency=leniency)


def _is_national(match: PhoneNumberMatch) -> bool:
    """Say whether no digits but its own and America's 1 are in it: 9198 2651 1925 is none of India's."""
    own = str(match.number.national_number)
    return "".join(filter(str.isdigit, match.raw_string)) in (own, f"1{own}")


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
