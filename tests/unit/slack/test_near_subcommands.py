"""Slips of the hand after `/finetune`, and questions that begin like a sub-command."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.app import KNOWLEDGE
from bot.slack import words
from bot.slack.near_subcommands import ANY_ID, NotQuite, nearest
from bot.slack.subcommands import parse
from knowledge.glossary import load_glossary
from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings

ID = "D-AP63XFPSOK"

SLIPS: dict[str, NotQuite] = {
    "settigns": NotQuite(("settigns",), "settings"),
    "setings": NotQuite(("setings",), "settings"),
    "settings?": NotQuite(("settings?",), "settings"),
    "settings default": NotQuite(("default",), "settings defaults"),
    "setting defaults": NotQuite(("setting",), "settings defaults"),
    "settings for this channel": NotQuite(("for", "this", "channel"), "settings"),
    "settings defaults please": NotQuite(("please",), "settings defaults"),
    "settings off": NotQuite(("off",), "settings"),
    "settings xyz": NotQuite(("xyz",), "settings"),
    "digest on xyz": NotQuite(("xyz",), "digest on"),
    "digest xyz": NotQuite(("xyz",), "digest"),
    "digest weekly monday 25:00": NotQuite(("weekly", "25:00"), "digest on mon"),
    "digest every friday": NotQuite(("every",), "digest on fri"),
    "digest on 16:00 fri": NotQuite((), "digest on fri 16:00"),
    "digest on fri mon": NotQuite(("mon",), "digest on fri"),
    "digest on fri 16:00 please": NotQuite(("please",), "digest on fri 16:00"),
    "digest at 9am on monday": NotQuite(("at", "9am"), "digest on mon 9:00"),
    "digest on monday 4pm": NotQuite(("4pm",), "digest on mon 16:00"),
    "digest on Fryday 16.30": NotQuite(("Fryday", "16.30"), "digest on fri 16:30"),
    "digest on fri 16:00 Europe/Berln please": NotQuite(("Europe/Berln", "please"), "digest on fri 16:00"),
    "digest prevew": NotQuite(("prevew",), "digest preview"),
    "digest preview please": NotQuite(("please",), "digest preview"),
    "digset on fri 16:00": NotQuite(("digset",), "digest on fri 16:00"),
    "digests": NotQuite(("digests",), "digest"),
    "shows " + ID: NotQuite(("shows",), f"show {ID}"),
    "shwo d-": NotQuite(("shwo",), f"show {ANY_ID}"),
    "show settings": NotQuite((), "settings"),
    "show log": NotQuite((), "log"),
    "show the digest": NotQuite(("the",), "digest"),
    "show D- ABC": NotQuite(("D-", "ABC"), f"show {ANY_ID}"),
    f"show me {ID}": NotQuite(("me",), f"show {ID}"),
    f"show {ID} please": NotQuite(("please",), f"show {ID}"),
    f"show {ID} {ID}": NotQuite((ID,), f"show {ID}"),
    f"show {ID} D-0123456789": NotQuite(("D-0123456789",), f"show {ID}"),
    "show ap63xfpsok": NotQuite(("ap63xfpsok",), f"show {ID}"),
    f"withdrew {ID}": NotQuite(("withdrew",), f"withdraw {ID}"),
    "withdrawal": NotQuite(("withdrawal",), f"withdraw {ANY_ID}"),
    ID: NotQuite((), f"show {ID}"),
    "AP63XFPSOK": NotQuite((), f"show {ID}"),
    'log "refund tone"': NotQuite(('"refund', 'tone"'), "log refund tone"),
    "log “refund tone”": NotQuite(("“refund", "tone”"), "log refund tone"),
    "log #general": NotQuite(("#general",), "log general"),
    "log @ben": NotQuite(("@ben",), "log ben"),
    "logs": NotQuite(("logs",), "log"),
    "lgo": NotQuite(("lgo",), "log"),
    "log?": NotQuite(("log?",), "log"),
    "help!": NotQuite(("help!",), "help"),
    "hlep": NotQuite(("hlep",), "help"),
    "help digest": NotQuite(("digest",), "help"),
}

QUESTIONS = [
    "should we fine-tune?",
    "rag",
    "lora",
    "slow",
    "how",
    "lag",
    "blog",
    "logo classification",
    "logs classification, 400 examples",
    "logging is slow",
    "log summaries are too long, fine-tune?",
    "log summaries too long",
    "log summaries, tone",
    "log our questions",
    "log one two three four five",
    "log parsing: rag vs training",
    "help us decide",
    "help me",
    "help with tone",
    "show me how",
    "show examples",
    "show me our log quality",
    "show examples or train?",
    "show customers the right price",
    f"show {ID}, should we train instead?",
    f"show {ID} was wrong and it breaks",
    "shows wrong prices",
    "showing prices from the catalogue",
    "withdraw our old model and train one?",
    "withdrawal requests classified by hand",
    "settings for the model",
    "settings drift after tuning",
    "settings: temperature 0, still wrong",
    "setting up evals",
    "digest on call load, should we fine-tune?",
    "digest on call load",
    "digest off by a week, train it?",
    "digest now takes too long",
    "digest summaries are bad",
    "digest summaries bad",
    "digest quality poor",
    "digest 50 tickets",
    "digest 500 tickets a day",
    "digests miss the point",
    "digest on fri 16:00 fails",
    "digest of tickets, 40 a day",
    "digest preview\nour bot fails",
    "digest on fri 16:00 europe/berlin for our channel and three more channels every week",
]


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_of_the_hand_is_told_the_nearest_right_form(text: str) -> None:
    assert nearest(text) == SLIPS[text]


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_tells_or_asks_something_stays_a_question(text: str) -> None:
    assert nearest(text) is None
    assert parse(text) is None


def test_no_term_of_the_glossary_is_taken_for_a_slip() -> None:
    terms = load_glossary(KNOWLEDGE / "glossary")
    names = {name for term in terms for name in (term.name, term.slug, *term.aliases)}
    assert len(names) > 50
    assert [name for name in sorted(names) if nearest(name) or nearest(name.lower() + "?")] == []


_PARTS = st.sampled_from(
    """
    help log show withdraw settings settigns digest digests on off preview now fri friday fryday 16:00 25:00
    9am 4pm Europe/Berlin Europe/Berln utc please weekly defaults default D-AP63XFPSOK D- AP63XFPSOK xyz tone
    “refund #x @ben 12 ? / - 1:00pm 0am 24h D-x:
    """.split()  # noqa: SIM905 - as prose
)


@given(st.text() | st.lists(_PARTS, min_size=1, max_size=9).map(" ".join))
@example("digest on 12am")
def test_whatever_is_written_the_nearest_form_is_right_and_the_words_are_shown_safely(text: str) -> None:
    found = nearest(text)
    if found is None:
        return
    assert parse(text) is None
    assert parse(found.closest.replace(ANY_ID, ID)) is not None
    shown = words.not_quite(found.wrong, found.closest)
    assert "<" not in shown
    assert len(shown) < 1_000


@given(
    st.sampled_from(["log", "show", "digest", "settings", "withdraw", "settigns"]),
    st.lists(st.sampled_from(["tone", "fri", "on", "defaults", ID]), min_size=1, max_size=4),
    st.sampled_from(["?", ", right?", ", should we?", " or not", ": why", " is slow", " fails"]),
)
def test_what_asks_is_never_taken_for_a_slip(first: str, rest: list[str], asking: str) -> None:
    assert nearest(" ".join([first, *rest]) + asking) is None


async def test_a_slip_is_answered_to_whoever_made_it_and_nothing_is_kept_of_it(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    around.inbox.is_down = True
    await around.slack.command(ana, general, "/finetune settigns")
    (message,) = around.slack.workspace.seen_by(ana)[-1:]
    assert "“settigns”" in message.text
    assert "`/finetune settings`" in message.text
    assert "whole sentence" in message.text
    assert around.slack.workspace.seen_by(ben) == []
    assert around.advisor.turns == []


async def test_a_question_that_begins_like_a_sub_command_is_answered_as_one(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.command(ana, general, "/finetune digest summaries are bad, fine-tune?")
    await around.slack.until(lambda: around.advisor.turns, "the question was not asked")
    assert around.advisor.turns[0].text == "digest summaries are bad, fine-tune?"
