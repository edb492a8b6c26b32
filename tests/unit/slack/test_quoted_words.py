"""Words of a deleted message leave what we posted, however it was shown and shortened."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import QUOTE_CHARS, shorten
from bot.replies import Heard
from bot.slack.blocks import Message, draw
from bot.slack.quoted_words import without_words
from tests.unit.slack.surroundings import recommend
from tests.unit.slack.test_blocks import PLACE

_QUOTES = st.text(st.sampled_from("<&>*_ ab"), max_size=300).map(lambda text: f"{text} secret {text} secret")


def _heard(quote: str, said: str) -> Heard:
    return Heard(
        fact="goal_kind",
        value="classification",
        words=said,
        quote=shorten(quote, QUOTE_CHARS),
        source="stated",
    )


def _everything(message: Message) -> str:
    return f"{message.text}\n{[block.to_dict() for block in message.blocks]}"


@settings(max_examples=60, deadline=None)
@given(quote=_QUOTES, facts=st.lists(st.text("word ", max_size=160), min_size=1, max_size=6))
def test_no_beginning_of_a_quote_is_left_where_the_message_was_too_short_for_it(
    quote: str, facts: list[str]
) -> None:
    reply = recommend(heard=tuple(_heard(quote, said) for said in facts))
    (message,) = draw(reply, PLACE, is_private=False)
    assert "secret" not in _everything(without_words(message, "1", (quote,)))


def test_half_a_quote_at_the_end_of_a_line_that_was_too_long_goes_as_well() -> None:
    quote = "secret " * 15
    reply = recommend(heard=tuple(_heard(quote, f"{number} " + "word " * 30) for number in range(3)))
    (message,) = draw(reply, PLACE, is_private=False)
    assert "secret … (shortened)" in _everything(message)
    assert "secret" not in _everything(without_words(message, "1", (quote,)))


def test_words_of_another_message_stay_where_a_line_was_too_long() -> None:
    reply = recommend(heard=(_heard("theirs " * 40, "word " * 90),))
    (message,) = draw(reply, PLACE, is_private=False)
    assert "theirs" in _everything(message)
    assert "theirs" in _everything(without_words(message, "1", ("ours",)))
