"""Finds keys, tokens and passwords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from detect_secrets.plugins.artifactory import ArtifactoryDetector
from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.azure_storage_key import AzureStorageKeyDetector
from detect_secrets.plugins.base import RegexBasedDetector
from detect_secrets.plugins.basic_auth import BasicAuthDetector
from detect_secrets.plugins.cloudant import CloudantDetector
from detect_secrets.plugins.discord import DiscordBotTokenDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.high_entropy_strings import Base64HighEntropyString
from detect_secrets.plugins.ibm_cloud_iam import IbmCloudIamDetector
from detect_secrets.plugins.ibm_cos_hmac import IbmCosHmacDetector
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.keyword import DENYLIST
from detect_secrets.plugins.mailchimp import MailchimpDetector
from detect_secrets.plugins.openai import OpenAIDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.sendgrid import SendGridDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.softlayer import SoftlayerDetector
from detect_secrets.plugins.square_oauth import SquareOAuthDetector
from detect_secrets.plugins.stripe import StripeDetector
from detect_secrets.plugins.telegram_token import TelegramBotTokenDetector
from detect_secrets.plugins.twilio import TwilioKeyDetector

from bot.llm.spans import Span

_VENDORS: tuple[type[RegexBasedDetector], ...] = (
    ArtifactoryDetector,
    AWSKeyDetector,
    AzureStorageKeyDetector,
    CloudantDetector,
    DiscordBotTokenDetector,
    GitHubTokenDetector,
    GitLabTokenDetector,
    IbmCloudIamDetector,
    IbmCosHmacDetector,
    JwtTokenDetector,
    MailchimpDetector,
    OpenAIDetector,
    PypiTokenDetector,
    SendGridDetector,
    SlackDetector,
    SoftlayerDetector,
    SquareOAuthDetector,
    StripeDetector,
    TelegramBotTokenDetector,
    TwilioKeyDetector,
)
# The patterns themselves and not `analyze_string`, which returns no positions and, of a pattern with a group
# such as (ghp|gho)_…, nothing but the group.
_PATTERNS = tuple(pattern for vendor in _VENDORS for pattern in vendor().denylist)
# The second one for a password without a user's name before it, as Redis has them.
_SIGN_IN = (*BasicAuthDetector().denylist, re.compile(r"://:([^\s/@]+)@"))

# Prefixes of vendors that detect-secrets 1.5 does not know, or knows in an older form.
_PREFIXED = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:sk|pk|rk|hf|gsk|r8|npm|glsa|glc|pplx|xai|tvly|nvapi|pcsk|whsec|ntn|figd|dckr_pat|"
    r"github_pat|lsv2_[a-z]{2}|dop_v1|shp[a-z]{2}|lin_api|sbp|xapp|xox[a-z]|ATATT3|PMAK|NRAK|CFPAT|hvs|ya29|"
    r"SG|key)[-_.]|AIza|dapi|EAAC)(?=[A-Za-z_.-]*[0-9A-Z])[A-Za-z0-9_.-]{16,}"
)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----(?:.*?-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----|.*)"
    r"|PuTTY-User-Key-File-[0-9].*",
    re.DOTALL,
)
_AUTHORIZATION = re.compile(
    r"\b(?i:bearer|basic|authorization:\s*\w+)\s+(?=[a-z._~+/=-]*[0-9A-Z])([A-Za-z0-9._~+/=-]{12,})"
)

# The library's own detector for these words takes all that follows on the line for the secret.
_WORDS = "|".join(
    (
        *DENYLIST,
        r"(?:api|auth|access|account|client|service|signing|encryption)[ _-]?(?:key|token)",
        "_authToken",  # in an .npmrc
        r"pass[ _-]?(?:word|phrase|code)",
        "passwort|kennwort|mot de passe|parola|senha",
    )
)
_NAMED = re.compile(
    rf"(?:{_WORDS})\w*[\"'\]]{{0,2}}\s{{0,3}}(?P<sign>:=|=>|={{1,3}}|:|\b(?:is|was|lautet|ist|es|est)\b:?|->)\s{{0,3}}"
    r"(?:(?P<quote>[\"'`])(?P<quoted>(?:(?!(?P=quote))[^\n]){3,}?)(?P=quote)|(?P<word>[^\s\"'`]{4,}))",
    re.IGNORECASE,
)
_CLOSING = ".,;:!?)]}>"
_AT_LINE_END = re.compile(r"[.,;:!?)\]}>]*\s*(?:\n|$)")

_TOKEN = re.compile(r"[A-Za-z0-9+/_%-]{20,}={0,2}")
_RUN = re.compile(r"[A-Za-z0-9]+")
_PATH = re.compile(r"(?:[a-z]{2,}/)*")
"""The words of an address before a token, such as com/documents/."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LONG_RUN = 20
_TELLING_RUN = 8
_MIXED = 0.3
"""Share of neighbours of different kinds (large, small, digit): of random letters and digits 0.4 to 0.6, of
random hexadecimal digits nearly 0.5, of names such as MiniLM or Qwen2 mostly less than 0.3."""
_MIXED_LETTERS = 0.4
"""The same of letters alone, which names such as CallbackManagerForLLMRun mix more."""
_DIGITS = re.compile(r"[0-9]+")
_SEVERAL = 2
"""Groups of digits in a long run. Small letters with few digits in between are drawn by lot, too."""
_LEAST_ENTROPY = 3.0
"""Bits a character. Random hexadecimal digits have 3.3 to 3.8, other random text more."""
_MOSTLY = 0.6
_SHANNON = Base64HighEntropyString()

_REST_OF_TOKEN = re.compile(r"(?:[A-Za-z0-9_+/=~-]|\.(?=[A-Za-z0-9_+/=~-]{10}))*")
_START_OF_TOKEN = re.compile(r"[A-Za-z0-9_+~-]*$")
_LOOK_BACK = 64


def find_credentials(text: str) -> Iterator[Span]:
    """Yield what is found in a text that is all ASCII; spans may overlap."""
    for pattern in (*_PATTERNS, _PREFIXED):
        yield from (_whole_token(text, *_trimmed(match)) for match in pattern.finditer(text))
    for pattern in (*_SIGN_IN, _AUTHORIZATION):
        yield from (Span(*match.span(1), "KEY") for match in pattern.finditer(text))
    yield from (Span(*match.span(), "KEY") for match in _PRIVATE_KEY.finditer(text))
    yield from _named(text)
    yield from _random(text)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Return the match without white space and quotes around it, which some patterns take along."""
    found = match[0]
    start = match.start() + len(found) - len(found.lstrip(" \t\n\"'=:"))
    return start, match.start() + len(found.rstrip(" \t\n\"'"))


def _whole_token(text: str, start: int, end: int) -> Span:
    """Return the token in which something stands: a pattern may know the beginning of a longer form."""
    before = text[max(0, start - _LOOK_BACK) : start]
    beginning = _START_OF_TOKEN.search(before)
    rest = _REST_OF_TOKEN.match(text, end)
    return Span(start - len(beginning[0] if beginning else ""), rest.end() if rest else end, "KEY")


def _named(text: str) -> Iterator[Span]:
    """Yield what is called a password or a key where it stands."""
    for match in _NAMED.finditer(text):
        if match["quoted"]:
            yield Span(*match.span("quoted"), "KEY")
            continue
        value = match["word"].rstrip(_CLOSING)
        start, end = match.start("word"), match.start("word") + len(value)
        is_assigned = "=" in match["sign"]
        is_last = match["sign"] == ":" and bool(_AT_LINE_END.match(text, end))
        if is_assigned or is_last or _looks_chosen(value):
            yield Span(start, end, "KEY")


def _looks_chosen(value: str) -> bool:
    """Say whether a word may be a password and not a word of the sentence."""
    digits = sum(character.isdigit() for character in value)
    letters = sum(character.isalpha() for character in value)
    if not letters:
        return digits >= 6 and digits == len(value)  # noqa: PLR2004 - shorter ones are amounts
    return bool(digits) or any(character in "!@#$%^&*+=~|" for character in value)


def _random(text: str) -> Iterator[Span]:
    """Yield long tokens of letters and digits that look as if they were drawn by lot."""
    for match in _TOKEN.finditer(text):
        path = _PATH.match(match[0])
        start = match.start() + (path.end() if path else 0)
        token = text[start : match.end()]
        if not _DIGITS.search(token) or _UUID.fullmatch(token):
            continue
        runs = [run for run in _RUN.finditer(token) if _is_random(run[0])]
        if sum(len(run[0]) for run in runs) >= _MOSTLY * len(token):
            yield Span(start, match.end(), "KEY")
        else:
            long = (run for run in runs if len(run[0]) >= _LONG_RUN)
            yield from (Span(start + run.start(), start + run.end(), "KEY") for run in long)


def _is_random(run: str) -> bool:
    if len(run) < _TELLING_RUN or run.isdigit():
        return False
    changes = sum(_class(one) != _class(other) for one, other in pairwise(run))
    is_mixed = changes >= (_MIXED_LETTERS if run.isalpha() else _MIXED) * (len(run) - 1)
    if len(run) < _LONG_RUN:
        return is_mixed
    is_mixed |= len(_DIGITS.findall(run)) >= _SEVERAL
    return is_mixed and _SHANNON.calculate_shannon_entropy(run) >= _LEAST_ENTROPY


def _class(character: str) -> int:
    return 0 if character.isdigit() else 1 if character.islower() else 2
