"""*Ask about this message*: answered to whoever asks alone, wherever the message stands."""

from __future__ import annotations

import pytest

from bot.conversation import Audience
from bot.slack.shortcuts import ASK
from tests.fake_slack.faults import Broken, LostAnswer, Refused
from tests.fake_slack.workspace import BOT_USER_ID, Channel, Kind, Message
from tests.unit.slack.recommendations import record
from tests.unit.slack.surroundings import DECISION_ID, Surroundings

WORDS = "We have 400 replies &amp; the tone is wrong, <@U0BOT>"


@pytest.fixture
def message(around: Surroundings, ben: str, general: Channel) -> Message:
    return around.slack.keep(ben, general, WORDS)


async def test_a_message_is_asked_about_in_private(
    around: Surroundings, ana: str, ben: str, general: Channel, message: Message
) -> None:
    used = await around.slack.use_shortcut(ana, message, ASK)
    assert used.is_acknowledged
    question = await around.slack.whisper_to(ana, "What goes wrong today?")
    assert question.channel_id == general.id
    assert question.labels[-1] == "Continue in thread"
    assert general.messages == [message]
    assert around.slack.workspace.seen_by(ben) == []


async def test_the_words_are_those_of_who_wrote_them_and_the_question_is_that_of_who_asks(
    around: Surroundings, ana: str, ben: str, message: Message
) -> None:
    await around.slack.use_shortcut(ana, message, ASK)
    await around.slack.whisper_to(ana, "What goes wrong today?")
    (turn,) = around.advisor.turns
    assert (turn.author_id, turn.text) == (ana, "Should we fine-tune?")
    assert [(said.author_id, said.message_id) for said in turn.thread] == [(ben, message.ts)]
    assert turn.thread[0].text == turn.about == "We have 400 replies & the tone is wrong, @someone"
    assert turn.audience == Audience(kind="person", user_id=ana)
    assert turn.link.endswith(message.ts.replace(".", ""))


async def test_the_private_answer_goes_on_and_can_be_accepted(
    around: Surroundings, ana: str, message: Message
) -> None:
    slack = around.slack
    await slack.use_shortcut(ana, message, ASK)
    await slack.press(ana, await slack.whisper_to(ana, "What goes wrong today?"), "Just tell me")
    await slack.press(ana, await slack.whisper_to(ana, "Put ten examples"), "Accept")
    await slack.whisper_to(ana, "✓ Accepted by")
    assert (record(around).status, record(around).audience.user_id) == ("accepted", ana)


async def test_continuing_names_the_message_and_not_its_author_as_asking(
    around: Surroundings, ana: str, ben: str, general: Channel, message: Message
) -> None:
    slack = around.slack
    await slack.use_shortcut(ana, message, ASK)
    await slack.press(ana, await slack.whisper_to(ana, "What goes wrong today?"), "Continue in thread")
    root = await slack.reply_in(general)
    assert root.text.startswith(f"<@{ana}> asks about <https://fake.example.com/archives/")
    assert "|this message>: “We have 400 replies &amp; the tone is wrong" in root.text
    assert f"<@{ben}>" not in root.text
    await slack.reply_in(general, root.ts, number=2)


async def test_a_shortcut_delivered_twice_is_answered_once(
    around: Surroundings, ana: str, message: Message
) -> None:
    await around.slack.sockets.deliver_again(await around.slack.use_shortcut(ana, message, ASK))
    await around.settled()
    assert len(around.slack.workspace.seen_by(ana)) == 1


@pytest.mark.parametrize("kind", ["public", "private", "shared", "mpim", "im"])
async def test_where_we_are_not_the_answer_comes_in_a_direct_message(
    around: Surroundings, ana: str, ben: str, kind: Kind
) -> None:
    slack = around.slack
    elsewhere = slack.add_channel("elsewhere", {ana, ben}, kind=kind, with_bot=False)
    message = slack.keep(ben, elsewhere, WORDS)
    await slack.use_shortcut(ana, message, ASK)
    direct = slack.workspace.channels[slack.workspace.direct(ana)]
    root = await slack.reply_in(direct)
    assert "You asked about" in root.text
    assert "the tone is wrong" in root.text
    question = await slack.reply_in(direct, root.ts, number=2)
    assert "Continue in thread" not in question.labels
    assert elsewhere.messages == [message]
    assert slack.workspace.seen_by(ana) == []


async def test_the_dialogue_in_the_direct_message_goes_on_by_buttons_and_by_words(
    around: Surroundings, ana: str, ben: str
) -> None:
    slack = around.slack
    elsewhere = slack.add_channel("elsewhere", {ana, ben}, kind="private", with_bot=False)
    await slack.use_shortcut(ana, slack.keep(ben, elsewhere, WORDS), ASK)
    direct = slack.workspace.channels[slack.workspace.direct(ana)]
    root = await slack.reply_in(direct)
    await slack.press(ana, await slack.reply_in(direct, root.ts, number=2), "Too slow or too costly")
    await slack.reply_in(direct, root.ts, number=3)
    await slack.say(ana, direct, "we tried nothing", root.ts)
    recommendation = await slack.reply_in(direct, root.ts, number=4)
    await slack.press(ana, recommendation, "Accept")
    await slack.until(lambda: "✓ Accepted by" in recommendation.shown, "it was not shown as accepted")
    assert record(around).audience == Audience(kind="person", user_id=ana)


async def test_an_answer_that_slack_does_not_show_beside_the_message_comes_in_a_direct_message(
    around: Surroundings, ana: str, message: Message
) -> None:
    slack = around.slack
    slack.faults["response_url"].append(Broken())
    slack.faults["chat.postEphemeral"].append(Refused("restricted_action"))
    await slack.use_shortcut(ana, message, ASK)
    direct = slack.workspace.channels[slack.workspace.direct(ana)]
    root = await slack.reply_in(direct)
    await slack.press(ana, await slack.reply_in(direct, root.ts, number=2), "Just tell me")
    await slack.reply_in(direct, root.ts, number=3)
    await around.settled()
    assert slack.workspace.seen_by(ana) == []
    assert [place.channel_id for place in around.conversations.turns] == [direct.id]


async def test_a_direct_message_whose_answer_got_lost_is_not_written_twice(
    around: Surroundings, ana: str, ben: str
) -> None:
    slack = around.slack
    elsewhere = slack.add_channel("elsewhere", {ana, ben}, with_bot=False)
    slack.faults["chat.postMessage"].append(LostAnswer())
    await slack.use_shortcut(ana, slack.keep(ben, elsewhere, WORDS), ASK)
    await around.settled()
    direct = slack.workspace.channels[slack.workspace.direct(ana)]
    assert len(direct.messages) == 2


async def test_a_message_without_words_is_said_to_have_none(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await around.slack.use_shortcut(ana, around.slack.keep(ben, general, ""), ASK)
    await around.slack.whisper_to(ana, "has no words")
    assert around.advisor.turns == []


async def test_one_of_our_own_messages_is_read_as_ours(
    around: Surroundings, ana: str, general: Channel
) -> None:
    ours = around.slack.keep(BOT_USER_ID, general, "Put ten examples into the prompt", bot_id="B0BOT")
    await around.slack.use_shortcut(ana, ours, ASK)
    await around.slack.whisper_to(ana, "What goes wrong today?")
    assert around.advisor.turns[0].thread[0].is_ours


async def test_redis_away_is_said_and_nothing_is_pretended(
    around: Surroundings, ana: str, message: Message
) -> None:
    around.store_is_down(is_down=True)
    await around.slack.use_shortcut(ana, message, ASK)
    await around.slack.whisper_to(ana, "can't remember anything right now")
    around.store_is_down(is_down=False)
    assert await around.inbox.backlog() == 0


async def test_what_fails_again_and_again_ends_in_an_apology(
    around: Surroundings, ana: str, message: Message
) -> None:
    around.advisor.fails = [RuntimeError("broken")] * 5
    await around.slack.use_shortcut(ana, message, ASK)
    told = await around.slack.whisper_to(ana, "Sorry, something is wrong on my side")
    assert "broken" not in told.shown


async def test_somebody_else_cannot_decide_what_only_one_was_shown(
    around: Surroundings, ana: str, ben: str, message: Message
) -> None:
    slack = around.slack
    await slack.use_shortcut(ana, message, ASK)
    await slack.press(ana, await slack.whisper_to(ana, "What goes wrong today?"), "Just tell me")
    shown = await slack.whisper_to(ana, "Put ten examples")
    await slack.press(ben, shown, "Accept")
    await slack.whisper_to(ben, "I no longer have this decision")
    assert around.log.kept["T0FAKE", DECISION_ID].status == "proposed"
