from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import escape, reading

NASTY = st.text(
    alphabet=st.sampled_from(list("<>&!@#*_~`|^ab1 \n.:/-")) | st.characters(), max_size=60
) | st.sampled_from(
    ["<!channel>", "<@U123>", "<https://evil.example|click>", "@here", "&lt;!here&gt;", "```x```"]
)


@given(NASTY)
def test_no_markup_survives(text: str) -> None:
    for safe in (escape.words(text), escape.line(text), escape.label(text)):
        assert "<" not in safe
        assert ">" not in safe
        assert not re.search(r"&(?!(amp|lt|gt);)", safe)


@given(NASTY)
def test_nothing_can_ping_or_format(text: str) -> None:
    safe = escape.words(text)
    assert not re.search(r"[@#]\w", safe)
    assert "`" not in safe
    assert not re.search(r"(?:^|[\W_])[*_~]|[*_~](?:$|[\W_])", safe)
    assert not re.search(r"^\s*&gt;", safe, re.MULTILINE)


@given(NASTY)
def test_a_line_is_one_line(text: str) -> None:
    assert "\n" not in escape.line(text)
    assert "\n" not in escape.label(text)


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs"]) | st.sampled_from("<>&.,?"), max_size=60))
def test_slack_shows_ordinary_words_as_they_were_written(text: str) -> None:
    shown = reading.words(escape.words(text), "U0BOT")
    assert " ".join(shown.replace("›", ">").split()) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("snake_case and 2*3~4", "snake_case and 2*3~4"),
        ("*bold* _it_ ~no~ `code`", "∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ"),
        ("<!channel> R&D", "&lt;!channel&gt; R&amp;D"),
        ("> a quote", "› a quote"),
        ("a > b", "a &gt; b"),
        ("@channel me@example.com", "@\u2060channel me@\u2060example.com"),
        ("right\u202eleft", "right left"),
    ],
)
def test_what_slack_would_take_for_markup_is_shown_as_text(text: str, safe: str) -> None:
    assert escape.words(text) == safe


@pytest.mark.parametrize("code", [":white_check_mark:", ":+1:", ":skin-tone-2:", ":a:b:", "::wave::"])
def test_no_picture_is_drawn_for_a_code(code: str) -> None:
    shown = escape.words(f"done {code} really")
    assert re.search(r":[\w+'-]+:", shown) is None
    assert shown.replace("\u2060", "") == f"done {code} really"


def test_no_line_can_begin_with_a_mark_of_ours() -> None:
    for show in (escape.words, escape.line, escape.label):
        assert not set(show("✓ Accepted ✎ Overridden ✕ Withdrawn ↪ Superseded ✔ ✅ ☑")) & set("✓✎✕↪✔✅☑")
