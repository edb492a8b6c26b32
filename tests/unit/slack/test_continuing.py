from __future__ import annotations

import pytest

from bot.conversation import Audience, Place
from tests.fake_slack.workspace import BOT_USER_ID, Channel, Kind, Message
from tests.unit.slack.surroundings import Surroundings


async def _private_question(around: Surroundings, ana: str, channel: Channel) -> Message:
    await around.slack.command(ana, channel, "/finetune <!here> our bot gets the *tone* wrong")
    return await around.slack.whisper_to(ana, "What goes wrong today?")


async def test_continue_in_thread_goes_on_where_everyone_sees_it(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    await slack.press(ana, await _private_question(around, ana, general), "Continue in thread")
    root = await slack.reply_in(general)
    question = await slack.reply_in(general, root.ts, number=2)
    assert root.text.startswith(f"<@{ana}> asks: ")
    assert "<!here>" not in root.shown
    await slack.whisper_to(ana, "Continued in the channel")
    assert len(slack.workspace.seen_by(ana)) == 1
    place = Place(team_id="T0FAKE", channel_id=general.id, thread=root.ts)
    assert around.conversations.kept[place].audience == Audience(kind="workspace", channel_id=general.id)
    await slack.press(ben, question, "It breaks the format")
    await slack.reply_in(general, root.ts, number=3)
    assert around.advisor.turns[-1].place == place


async def test_pressing_continue_twice_opens_one_thread(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    private = await _private_question(around, ana, general)
    await slack.press(ana, private, "Continue in thread")
    root = await slack.reply_in(general)
    await slack.reply_in(general, root.ts, number=2)
    await slack.press(ana, private, "Continue in thread")
    await around.settled()
    assert len(slack.workspace.ours(general.id)) == 1
    assert len(slack.workspace.ours(general.id, root.ts)) == 2


@pytest.mark.parametrize("kind", ["public", "private"])
async def test_where_we_are_no_member_the_person_hears_how_to_invite_us(
    around: Surroundings, ana: str, kind: Kind
) -> None:
    slack = around.slack
    elsewhere = slack.add_channel("elsewhere", {ana}, kind, with_bot=False)
    private = await _private_question(around, ana, elsewhere)
    await slack.press(ana, private, "Continue in thread")
    await slack.whisper_to(ana, "/invite @finetune")
    assert elsewhere.messages == []
    elsewhere.members.add(BOT_USER_ID)
    await slack.press(ana, private, "Continue in thread")
    await slack.reply_in(elsewhere)


async def test_button_copied_to_another_channel_does_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    other = slack.add_channel("other", {ana})
    private = await _private_question(around, ana, general)
    pressed = await slack.press(ana, private, "Continue in thread", channel=other)
    assert pressed.is_acknowledged
    await slack.press(ana, private, "Not sure", channel=other)
    assert await around.inbox.backlog() == 0
    assert len(around.advisor.turns) == 1


async def test_forgotten_conversation_cannot_be_continued(
    around: Surroundings, ana: str, general: Channel
) -> None:
    private = await _private_question(around, ana, general)
    around.conversations.kept.clear()
    await around.slack.press(ana, private, "Continue in thread")
    await around.slack.whisper_to(ana, "I no longer have this conversation")
    assert general.messages == []
