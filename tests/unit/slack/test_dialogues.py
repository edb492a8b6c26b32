from __future__ import annotations

import pytest

from bot.conversation import NOT_SURE, Audience
from tests.fake_slack.faults import Refused
from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings


@pytest.fixture(params=["socket", "http"])
def by_http(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "http")


async def test_mention_is_answered_in_a_thread_under_it(
    around: Surroundings, ana: str, general: Channel
) -> None:
    said = await around.slack.say(ana, general, f"{around.slack.mention} should we fine-tune?")
    question = await around.slack.reply_in(general, said.ts)
    assert "What goes wrong today?" in question.shown
    assert question.labels == ["It breaks the format", "Too slow or too costly", "Not sure", "Just tell me"]
    turn = around.advisor.turns[0]
    assert turn.text == "should we fine-tune?"
    assert turn.audience == Audience(kind="workspace", channel_id=general.id)
    assert turn.link.endswith(f"/archives/{general.id}/p{said.ts.replace('.', '')}")


async def test_dialogue_by_buttons_and_by_words_ends_in_a_recommendation(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    first = await slack.reply_in(general, said.ts)
    await slack.press(ben, first, "It breaks the format")
    second = await slack.reply_in(general, said.ts, number=2)
    assert first.text == f"✓ What goes wrong today? — It breaks the format (<@{ben}>)"
    assert first.labels == []
    assert second.labels[:3] == ["Examples in the prompt", "Retrieval (RAG)", "Done"]
    await slack.say(ana, general, "we only tried examples", said.ts)
    third = await slack.reply_in(general, said.ts, number=3)
    assert "“we only tried examples”" in second.text
    assert "Put ten examples into the prompt" in third.shown
    assert [turn.picked for turn in around.advisor.turns] == [(), ("format",), ()]
    assert [turn.author_id for turn in around.advisor.turns] == [ana, ben, ana]
    assert around.advisor.turns[2].text == "we only tried examples"


async def test_ticked_boxes_count_when_done_is_pressed(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.press(ana, await slack.reply_in(general, said.ts), "Not sure")
    boxes = await slack.reply_in(general, said.ts, number=2)
    await slack.tick(ana, boxes, "Examples in the prompt", "Retrieval (RAG)")
    await slack.press(ana, boxes, "Done")
    await slack.reply_in(general, said.ts, number=3)
    assert [turn.picked for turn in around.advisor.turns] == [(), (NOT_SURE,), ("examples", "rag")]
    assert boxes.text.endswith(f"— Examples in the prompt, Retrieval (RAG) (<@{ana}>)")


async def test_done_with_nothing_ticked_is_not_an_answer(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.press(ana, await slack.reply_in(general, said.ts), "Not sure")
    boxes = await slack.reply_in(general, said.ts, number=2)
    await slack.press(ana, boxes, "Done")
    await slack.whisper_to(ana, "Nothing is ticked yet")
    assert len(around.advisor.turns) == 2
    assert "Done" in boxes.labels


async def test_command_is_answered_privately_and_its_buttons_replace_it(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    called = await slack.command(ana, general, "/finetune our bot gets the tone wrong")
    assert called.is_acknowledged
    first = await slack.whisper_to(ana, "What goes wrong today?")
    assert first.labels[-1] == "Continue in thread"
    await slack.press(ana, first, "Too slow or too costly")
    second = await slack.whisper_to(ana, "What have you tried so far?")
    assert second.shown.startswith("✓ What goes wrong today? — Too slow or too costly (you)\n")
    await slack.press(ana, second, "Just tell me")
    last = await slack.whisper_to(ana, "Put ten examples into the prompt")
    assert slack.workspace.seen_by(ana) == [last]
    decide = ["Correct this…", "Accept", "Override…", "Sources"]
    assert last.labels == [*decide, "Share", "Keep to myself", "Continue in thread"]
    assert general.messages == []
    assert {turn.audience.kind for turn in around.advisor.turns} == {"person"}


async def test_mention_in_the_middle_of_a_long_thread_brings_the_whole_thread(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    root = slack.keep(ana, general, "The bot invents &lt;fields&gt; &amp; values")
    for number in range(11):
        slack.keep(ben, general, f"thought {number}", root.ts)
    slack.keep("U0OTHERBOT", general, "I am another bot", root.ts, bot_id="B0OTHER")
    slack.keep(ben, general, "ben has joined", root.ts, subtype="channel_join")
    slack.keep("U0BOT", general, "What I said before", root.ts, bot_id="B0BOT")
    said = slack.keep(ana, general, f"{slack.mention} so?", root.ts)
    slack.keep(ben, general, "said after the mention", root.ts)
    for event in slack.events_of(said):
        await slack.deliver(event)
    await slack.reply_in(general, root.ts, number=2)
    thread = around.advisor.turns[0].thread
    assert [message.text for message in thread] == [
        "The bot invents <fields> & values",
        *(f"thought {number}" for number in range(11)),
        "What I said before",
    ]
    assert [message.is_ours for message in thread] == [False] * 12 + [True]
    assert [method for method, _ in slack.calls].count("conversations.replies") == 4


async def test_people_talking_after_the_recommendation_are_left_alone(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.press(ana, await slack.reply_in(general, said.ts), "Just tell me")
    await slack.reply_in(general, said.ts, number=2)
    await around.settled()
    await slack.say(ben, general, "I would not have thought so", said.ts)
    await slack.say(ana, general, "me neither", said.ts)
    assert await around.inbox.backlog() == 0
    await slack.say(ana, general, f"{slack.mention} and with 900 examples?", said.ts)
    await slack.reply_in(general, said.ts, number=3)
    assert [turn.text for turn in around.advisor.turns[2:]] == ["and with 900 examples?"]


async def test_words_to_someone_else_are_no_answer(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    await slack.say(ana, general, f"<@{ben}> do you know?", said.ts)
    await slack.say(ben, general, "It breaks the JSON", said.ts)
    await slack.reply_in(general, said.ts, number=2)
    assert [turn.text for turn in around.advisor.turns] == ["should we fine-tune?", "It breaks the JSON"]


async def test_of_two_quick_messages_only_the_answer_is_taken(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.press(ana, await slack.reply_in(general, said.ts), "Not sure")
    await slack.reply_in(general, said.ts, number=2)
    await around.settled()
    around.advisor.gate.clear()
    for user in (ana, ben):
        await slack.say(user, general, f"from {user}", said.ts)
    assert await around.inbox.backlog() == 2
    around.advisor.gate.set()
    await slack.reply_in(general, said.ts, number=3)
    await around.settled()
    assert [turn.text for turn in around.advisor.turns[2:]] == [f"from {ana}"]


async def test_direct_message_is_answered_at_top_level(around: Surroundings, ana: str) -> None:
    slack = around.slack
    direct = slack.add_channel("ana", {ana}, kind="im")
    await slack.say(ana, direct, "should we fine-tune?")
    await slack.reply_in(direct)
    await slack.say(ana, direct, "it breaks the format")
    await slack.reply_in(direct, number=2)
    assert {turn.place.thread for turn in around.advisor.turns} == {""}
    assert {turn.audience for turn in around.advisor.turns} == {Audience(kind="person", user_id=ana)}


async def test_answer_in_a_thread_under_our_direct_message_goes_on_with_the_conversation(
    around: Surroundings, ana: str
) -> None:
    slack = around.slack
    direct = slack.add_channel("ana", {ana}, kind="im")
    await slack.say(ana, direct, "should we fine-tune?")
    question = await slack.reply_in(direct)
    await slack.say(ana, direct, "it breaks the format", question.ts)
    await slack.until(lambda: len(around.advisor.turns) == 2, "the answer was not taken")
    assert around.advisor.turns[1].place.thread == ""
    await slack.until(lambda: direct.thread(question.ts)[2:], "no reply in the thread")
    assert direct.thread(question.ts)[2].is_ours


async def test_private_and_shared_channels_keep_what_is_said_to_themselves(
    around: Surroundings, ana: str
) -> None:
    slack = around.slack
    for kind in ("private", "shared", "mpim"):
        channel = slack.add_channel(kind, {ana}, kind=kind)
        said = await slack.say(ana, channel, f"{slack.mention} should we fine-tune?")
        await slack.reply_in(channel, said.ts)
        assert around.advisor.turns[-1].audience == Audience(kind="conversation", channel_id=channel.id)


async def test_channel_that_slack_does_not_describe_is_taken_for_private(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    slack.faults["conversations.info"].append(Refused("internal_error"))
    for expected in ("conversation", "workspace", "workspace"):
        said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
        await slack.reply_in(general, said.ts)
        assert around.advisor.turns[-1].audience.kind == expected
    assert [method for method, _ in slack.calls].count("conversations.info") == 2


async def test_help_is_given_without_asking_anyone(around: Surroundings, ana: str, general: Channel) -> None:
    around.store_is_down(is_down=True)
    for text in ("/finetune", "/finetune help"):
        delivery = await around.slack.command(ana, general, text)
        assert "/finetune Our support bot" in delivery.answer["text"]
    assert around.advisor.turns == []
