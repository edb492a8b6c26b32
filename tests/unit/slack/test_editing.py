"""People edit what they had asked: they are offered once, and privately, that we look again."""

from __future__ import annotations

import pytest

from bot.slack.payloads import Me, parse
from tests.fake_slack import shapes
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.workspace import BOT_ID, BOT_NAME, BOT_USER_ID, TEAM_ID, Channel, Message
from tests.unit.slack.surroundings import DECISION_ID, NOW, RealAdvisor, Surroundings, serving

OFFER = "You edited your question. Evaluate again?"


async def asked(around: Surroundings, user: str, channel: Channel) -> Message:
    slack = around.slack
    said = await slack.say(user, channel, f"{slack.mention} should we fine-tune with 400 examples?")
    await slack.press(user, await slack.reply_in(channel, said.ts), "Just tell me")
    await slack.reply_in(channel, said.ts, number=2)
    return said


async def test_edited_question_is_offered_to_its_author_alone_and_evaluated_on_a_press(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await asked(around, ana, general)
    await slack.edit(said, f"{slack.mention} should we fine-tune with 40 examples?")
    offer = await slack.whisper_to(ana, OFFER)
    assert offer.thread_ts == said.ts
    assert offer.labels == ["Evaluate again"]
    assert slack.workspace.seen_by(ben) == []
    assert len(slack.workspace.ours(general.id, said.ts)) == 2
    await slack.press(ana, offer, "Evaluate again")
    await slack.reply_in(general, said.ts, number=3)
    turn = around.advisor.turns[-1]
    assert (turn.text, turn.replaces) == ("should we fine-tune with 40 examples?", said.ts)
    assert turn.author_id == ana
    closed = await slack.whisper_to(ana, "Evaluated again")
    assert slack.workspace.seen_by(ana) == [closed]
    assert closed.labels == []


async def test_question_that_is_edited_twice_is_offered_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await asked(around, ana, general)
    first = await slack.edit(said, f"{slack.mention} with 40 examples?")
    await slack.whisper_to(ana, OFFER)
    await slack.edit(said, f"{slack.mention} with 4 examples?")
    await slack.sockets.deliver_again(first)
    await around.settled()
    (offer,) = slack.workspace.seen_by(ana)
    await slack.press(ana, offer, "Evaluate again")
    await slack.whisper_to(ana, "Evaluated again")
    assert around.advisor.turns[-1].text == "with 4 examples?"
    await slack.edit(said, f"{slack.mention} with 4,000 examples?")
    await slack.whisper_to(ana, OFFER)


async def test_edited_answer_is_offered_in_other_words(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    answer = await slack.say(ben, general, "400 examples", said.ts)
    await slack.reply_in(general, said.ts, number=2)
    await slack.edit(answer, "40 examples")
    await slack.whisper_to(ben, "You edited what you told me. Evaluate again?")
    assert slack.workspace.seen_by(ana) == []


async def test_link_that_slack_unfolds_is_no_edit(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    said = await asked(around, ana, general)
    await slack.edit(said, said.text)
    await around.settled()
    assert slack.workspace.seen_by(ana) == []


async def test_press_that_comes_twice_evaluates_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await asked(around, ana, general)
    await slack.edit(said, f"{slack.mention} with 40 examples?")
    pressed = await slack.press(ana, await slack.whisper_to(ana, OFFER), "Evaluate again")
    await slack.sockets.deliver_again(pressed)
    await slack.whisper_to(ana, "Evaluated again")
    await around.settled()
    assert len(around.advisor.turns) == 3
    assert len(slack.workspace.ours(general.id, said.ts)) == 3


async def test_second_press_before_the_offer_is_gone_posts_no_second_answer() -> None:
    async with serving(kind_of_advisor=RealAdvisor) as around:
        slack = around.slack
        ana = slack.add_user("ana")
        general = slack.add_channel("general", {ana})
        said = await asked(around, ana, general)
        await slack.edit(said, f"{slack.mention} should we fine-tune with 40 examples?")
        offer = await slack.whisper_to(ana, OFFER)
        await slack.press(ana, offer, "Evaluate again")
        await slack.press(ana, offer, "Evaluate again")
        await slack.reply_in(general, said.ts, number=3)
        await around.settled()
        assert len(slack.workspace.ours(general.id, said.ts)) == 3
        await slack.edit(said, f"{slack.mention} we have 4 reviewed examples. should we fine-tune?")
        await slack.press(ana, await slack.whisper_to(ana, OFFER), "Evaluate again")
        assert "4 reviewed examples" in (await slack.reply_in(general, said.ts, number=4)).shown


async def test_nobody_else_evaluates_what_one_person_wrote(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await asked(around, ana, general)
    await slack.edit(said, f"{slack.mention} with 40 examples?")
    await slack.press(ben, await slack.whisper_to(ana, OFFER), "Evaluate again")
    await around.settled()
    assert len(around.advisor.turns) == 2
    assert len(slack.workspace.ours(general.id, said.ts)) == 2


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_what_is_gone_meanwhile_is_not_evaluated(
    around: Surroundings, ana: str, general: Channel, *, is_deleted: bool
) -> None:
    slack = around.slack
    said = await asked(around, ana, general)
    await slack.edit(said, f"{slack.mention} with 40 examples?")
    offer = await slack.whisper_to(ana, OFFER)
    if is_deleted:
        await slack.delete(said)
    else:
        around.conversations.kept.clear()
    await slack.press(ana, offer, "Evaluate again")
    await slack.whisper_to(ana, "there is nothing to evaluate")
    assert len(around.advisor.turns) == 2


async def test_press_is_refused_honestly_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await asked(around, ana, general)
    await slack.edit(said, f"{slack.mention} with 40 examples?")
    offer = await slack.whisper_to(ana, OFFER)
    around.store_is_down(is_down=True)
    pressed = await slack.press(ana, offer, "Evaluate again")
    assert pressed.is_acknowledged
    await slack.whisper_to(ana, "I can't remember anything right now")


async def test_evaluation_counts_where_the_offer_cannot_be_closed(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await asked(around, ana, general)
    await slack.edit(said, f"{slack.mention} with 40 examples?")
    offer = await slack.whisper_to(ana, OFFER)
    slack.faults["response_url"].append(Broken(404))
    await slack.press(ana, offer, "Evaluate again")
    await slack.reply_in(general, said.ts, number=3)
    await around.settled()
    assert len(around.inbox.dead_letters) == 0


async def test_offer_that_slack_refuses_is_made_again_and_then_dropped_without_a_word(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await asked(around, ana, general)
    slack.faults["chat.postEphemeral"].append(Refused("fatal_error"))
    await slack.edit(said, f"{slack.mention} with 40 examples?")
    await slack.whisper_to(ana, OFFER)
    assert len(slack.workspace.seen_by(ana)) == 1


async def test_edited_direct_message_is_evaluated_where_it_stands(around: Surroundings, ana: str) -> None:
    slack = around.slack
    direct = slack.add_channel("ana", {ana}, kind="im")
    said = await slack.say(ana, direct, "should we fine-tune?")
    await slack.press(ana, await slack.reply_in(direct), "Just tell me")
    await slack.reply_in(direct, number=2)
    await slack.edit(said, "should we fine-tune on 40?")
    await slack.press(ana, await slack.whisper_to(ana, OFFER), "Evaluate again")
    await slack.reply_in(direct, number=3)
    assert around.advisor.turns[-1].text == "should we fine-tune on 40?"


async def test_edit_keeps_no_words_in_the_inbox(around: Surroundings, ana: str, general: Channel) -> None:
    said = await asked(around, ana, general)
    before = said.as_json()
    said.text, said.is_edited = "the new words", True
    event = shapes.edit_event(before, said, general, around.slack.workspace.new_ts())
    me = Me(TEAM_ID, BOT_USER_ID, BOT_ID, BOT_NAME)
    edited = parse(event, me=me, team_id=TEAM_ID, now=NOW)
    assert edited is not None
    assert "new words" not in repr(edited)
    assert "400" not in repr(edited)
    assert around.log.kept["T0FAKE", DECISION_ID].status == "proposed"
