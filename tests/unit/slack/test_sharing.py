"""What becomes of a private answer: shared, kept to oneself, or answered in words."""

from __future__ import annotations

import pytest

from bot.conversation import Audience, Place
from bot.record import DecisionRecord
from tests.fake_slack.faults import Broken, LostAnswer, Refused
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import BOT_USER_ID, Channel, Kind, Message
from tests.unit.slack.surroundings import DECISION_ID, Surroundings

COMMAND = "/finetune <!here> our bot gets the *tone* wrong"


def record(around: Surroundings) -> DecisionRecord:
    return around.log.kept["T0FAKE", DECISION_ID]


async def question(around: Surroundings, user: str, channel: Channel) -> Message:
    await around.slack.command(user, channel, COMMAND)
    return await around.slack.whisper_to(user, "What goes wrong")


async def recommended(around: Surroundings, user: str, channel: Channel) -> Message:
    await around.slack.press(user, await question(around, user, channel), "Just tell me")
    return await around.slack.whisper_to(user, "Put ten examples into the prompt")


async def test_shared_recommendation_stands_in_the_channel_in_the_name_of_the_one_who_asked(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    await slack.press(ana, await recommended(around, ana, general), "Share")
    shared = await slack.reply_in(general)
    told = await slack.whisper_to(ana, "Shared in the channel")
    assert (
        f"<@{ana}> asked, and shares my answer: “@here our bot gets the ∗tone∗ wrong”"
        in shared.shown.replace("\u2060", "")
    )
    assert "<!here>" not in shared.shown
    assert "Put ten examples into the prompt" in shared.shown
    assert shared.labels == ["Correct this…", "Accept", "Override…", "Sources"]
    assert slack.workspace.seen_by(ana) == [told]
    assert told.labels == []
    place = Place(team_id="T0FAKE", channel_id=general.id, thread=shared.ts)
    audience = Audience(kind="workspace", channel_id=general.id)
    assert (record(around).place, record(around).audience) == (place, audience)
    assert [change.what for change in record(around).history] == ["proposed", "shared"]
    await slack.press(ben, shared, "Accept")
    await slack.until(lambda: f"✓ Accepted by <@{ben}>" in shared.shown, "the message was not updated")
    await slack.press(ben, shared, "Sources")
    assert "Few-shot prompting" in (await slack.modal_of(ben)).shown


async def test_mention_under_a_shared_recommendation_goes_on_with_its_conversation(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    await slack.press(ana, await recommended(around, ana, general), "Share")
    shared = await slack.reply_in(general)
    await slack.whisper_to(ana, "Shared in the channel")
    await slack.say(ben, general, "I would not have thought so", shared.ts)
    await slack.say(ben, general, f"{slack.mention} and with 900 examples?", shared.ts)
    await slack.reply_in(general, shared.ts, number=2)
    turn = around.advisor.turns[-1]
    assert turn.text == "and with 900 examples?"
    assert turn.place == Place(team_id="T0FAKE", channel_id=general.id, thread=shared.ts)
    assert turn.thread == ()


async def test_pressing_share_twice_and_its_redelivery_post_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    private = await recommended(around, ana, general)
    pressed = await slack.press(ana, private, "Share")
    await slack.sockets.deliver_again(pressed)
    await slack.press(ana, private, "Share")
    await around.settled()
    assert len(general.messages) == 1
    assert [change.what for change in record(around).history] == ["proposed", "shared"]


async def test_share_that_broke_off_shows_no_buttons_before_the_record_is_shared(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    private = await recommended(around, ana, general)
    seen: list[list[str]] = []
    save = around.log.save

    async def watched(record: DecisionRecord) -> None:
        seen.append(slack.workspace.ours(general.id)[0].labels)
        await save(record)

    around.log.save = watched  # type: ignore[method-assign] # watched, not replaced
    slack.faults["chat.update"].append(Refused("fatal_error"))
    await slack.press(ana, private, "Share")
    await slack.whisper_to(ana, "Shared in the channel")
    (shared,) = slack.workspace.ours(general.id)
    assert seen == [[]]
    assert shared.labels == ["Correct this…", "Accept", "Override…", "Sources"]
    await slack.press(ben, shared, "Accept")
    await slack.until(lambda: f"✓ Accepted by <@{ben}>" in shared.shown, "the message was not updated")


async def test_share_whose_answer_was_lost_posts_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    private = await recommended(around, ana, general)
    around.slack.faults["chat.postMessage"].append(LostAnswer())
    await around.slack.press(ana, private, "Share")
    await around.slack.whisper_to(ana, "Shared in the channel")
    assert len(general.messages) == 1


async def test_accepted_recommendation_is_shared_as_accepted(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.press(ana, await recommended(around, ana, general), "Accept")
    await around.slack.press(ana, await around.slack.whisper_to(ana, "✓ Accepted by"), "Share")
    shared = await around.slack.reply_in(general)
    await around.slack.whisper_to(ana, "Shared in the channel")
    assert f"✓ Accepted by <@{ana}>" in shared.shown
    assert shared.labels[:3] == ["Correct this…", "Override…", "Sources"]


@pytest.mark.parametrize("kind", ["private", "shared"])
async def test_what_is_shared_in_a_closed_channel_is_that_channels_alone(
    around: Surroundings, ana: str, kind: Kind
) -> None:
    closed = around.slack.add_channel("closed", {ana}, kind)
    await around.slack.press(ana, await recommended(around, ana, closed), "Share")
    await around.slack.whisper_to(ana, "Shared in the channel")
    assert record(around).audience == Audience(kind="conversation", channel_id=closed.id)


@pytest.mark.parametrize("kind", ["public", "private"])
async def test_where_we_are_no_member_the_person_hears_how_to_invite_us(
    around: Surroundings, ana: str, kind: Kind
) -> None:
    elsewhere = around.slack.add_channel("elsewhere", {ana}, kind, with_bot=False)
    private = await recommended(around, ana, elsewhere)
    await around.slack.press(ana, private, "Share")
    told = await around.slack.whisper_to(ana, "/invite @finetune")
    assert "press *Share* again" in told.text
    assert record(around).audience.kind == "person"
    elsewhere.members.add(BOT_USER_ID)
    await around.slack.press(ana, private, "Share")
    await around.slack.reply_in(elsewhere)


@pytest.mark.parametrize("label", ["Share", "Keep to myself"])
async def test_press_is_refused_honestly_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel, label: str
) -> None:
    private = await recommended(around, ana, general)
    around.store_is_down(is_down=True)
    assert (await around.slack.press(ana, private, label)).is_acknowledged
    await around.slack.whisper_to(ana, "I can't remember anything right now")
    assert general.messages == []


@pytest.mark.parametrize("label", ["Share", "Keep to myself"])
async def test_forgotten_answer_can_neither_be_shared_nor_kept(
    around: Surroundings, ana: str, general: Channel, label: str
) -> None:
    private = await recommended(around, ana, general)
    around.conversations.kept.clear()
    await around.slack.press(ana, private, label)
    await around.slack.whisper_to(ana, "I no longer have this conversation")
    assert general.messages == []


@pytest.mark.parametrize("label", ["Share", "Keep to myself"])
async def test_what_cannot_be_done_is_apologised_for_with_a_reference(
    around: Surroundings, ana: str, general: Channel, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_: object) -> None:
        raise ZeroDivisionError

    private = await recommended(around, ana, general)
    monkeypatch.setattr(around.log, "load", stumble)
    around.slack.faults["response_url"].append(Broken(404))
    await around.slack.press(ana, private, label)
    told = await around.slack.whisper_to(ana, "Please try again later")
    assert "reference `" in told.text
    assert "ZeroDivision" not in told.text


async def test_kept_recommendation_has_one_line_in_place_of_the_buttons_and_stays_theirs(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    await slack.press(ana, await recommended(around, ana, general), "Keep to myself")
    kept = await slack.whisper_to(ana, "Kept to yourself")
    assert slack.workspace.seen_by(ana) == [kept]
    assert kept.labels == ["Correct this…", "Accept", "Override…", "Sources"]
    assert record(around).audience == Audience(kind="person", user_id=ana)
    await slack.press(ana, kept, "Accept")
    accepted = await slack.whisper_to(ana, "✓ Accepted by")
    assert accepted.labels[:3] == ["Correct this…", "Override…", "Sources"]
    assert "Share" not in accepted.labels
    assert "Kept to yourself" in accepted.shown
    assert slack.workspace.seen_by(ben) == []
    assert general.messages == []


async def test_keeping_twice_is_keeping_once(around: Surroundings, ana: str, general: Channel) -> None:
    private = await recommended(around, ana, general)
    pressed = await around.slack.press(ana, private, "Keep to myself")
    await around.slack.sockets.deliver_again(pressed)
    await around.slack.press(ana, private, "Keep to myself")
    await around.settled()
    (conversation,) = around.conversations.kept.values()
    assert conversation.keeps_to_self
    assert len(around.advisor.turns) == 2


async def test_in_a_direct_message_there_is_nobody_to_share_with(around: Surroundings, ana: str) -> None:
    direct = around.slack.add_channel("ana", {ana}, kind="im")
    private = await recommended(around, ana, direct)
    assert "Share" not in private.labels
    assert "Keep to myself" in private.labels


async def answering(around: Surroundings, user: str, private: Message) -> Modal:
    await around.slack.press(user, private, "Answer in words")
    return await around.slack.modal_of(user)


async def test_private_question_is_answered_in_words_and_replaced_by_the_next(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    private = await question(around, ana, general)
    assert private.labels[-4:] == ["Not sure", "Just tell me", "Answer in words", "Continue in thread"]
    modal = await answering(around, ana, private)
    assert "*What goes wrong today?*" in modal.shown
    await slack.submit(modal, answer="it forgets\nour tone")
    assert not modal.is_open
    following = await slack.whisper_to(ana, "What have you tried so far?")
    assert slack.workspace.seen_by(ana) == [following]
    assert following.shown.startswith("✓ What goes wrong today? — “it forgets our tone” (you)\n")
    turn = around.advisor.turns[-1]
    assert (turn.text, turn.author_id) == ("it forgets\nour tone", ana)
    assert turn.audience == Audience(kind="person", user_id=ana)
    assert turn.place == around.advisor.turns[0].place
    assert general.messages == []


async def test_form_delivered_twice_answers_once(around: Surroundings, ana: str, general: Channel) -> None:
    modal = await answering(around, ana, await question(around, ana, general))
    submitted = await around.slack.submit(modal, answer="it forgets our tone")
    await around.settled()
    await around.slack.sockets.deliver_again(submitted)
    await around.settled()
    assert len(around.advisor.turns) == 2


@pytest.mark.parametrize("answer", ["", " \n ", "?!", "x" * 3001])
async def test_form_without_an_answer_stays_open(
    around: Surroundings, ana: str, general: Channel, answer: str
) -> None:
    modal = await answering(around, ana, await question(around, ana, general))
    await around.slack.submit(modal, answer=answer)
    assert modal.is_open
    assert "Please write an answer" in modal.errors["answer"]
    assert await around.inbox.backlog() == 0


async def test_form_stays_open_with_its_input_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await answering(around, ana, await question(around, ana, general))
    around.store_is_down(is_down=True)
    await around.slack.submit(modal, answer="it forgets our tone")
    assert modal.is_open
    assert "I can't remember anything right now" in modal.errors["answer"]
    around.store_is_down(is_down=False)
    await around.slack.submit(modal, answer="it forgets our tone")
    await around.slack.whisper_to(ana, "What have you tried so far?")
    assert len(around.advisor.turns) == 2


async def test_form_is_not_opened_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    private = await question(around, ana, general)
    around.store_is_down(is_down=True)
    await around.slack.press(ana, private, "Answer in words")
    await around.slack.whisper_to(ana, "I can't look anything up right now")
    assert around.slack.views.modals == []


async def test_stale_form_answers_nothing_and_says_so(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    private = await question(around, ana, general)
    modal = await answering(around, ana, private)
    await slack.press(ana, private, "It breaks the format")
    await slack.whisper_to(ana, "What have you tried so far?")
    await slack.submit(modal, answer="it forgets our tone")
    await slack.whisper_to(ana, "This question waits no more")
    assert len(around.advisor.turns) == 2


async def test_button_of_an_answered_question_opens_no_form(
    around: Surroundings, ana: str, general: Channel
) -> None:
    private = await question(around, ana, general)
    await around.slack.press(ana, private, "It breaks the format")
    await around.slack.whisper_to(ana, "What have you tried so far?")
    modal = await answering(around, ana, private)
    assert "This question waits no more" in modal.shown
    assert "submit" not in modal.view


async def test_nobody_else_answers_or_reads_a_private_question(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    private = await question(around, ana, general)
    modal = await answering(around, ben, private)
    assert "What goes wrong" not in modal.shown
    theirs = await answering(around, ana, private)
    theirs.user = ben
    await around.slack.submit(theirs, answer="it forgets our tone")
    await around.settled()
    assert len(around.advisor.turns) == 1


async def test_answer_arrives_also_when_the_address_of_the_question_is_used_up(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await answering(around, ana, await question(around, ana, general))
    around.slack.faults["response_url"].append(Broken(404))
    await around.slack.submit(modal, answer="it forgets our tone")
    told = await around.slack.whisper_to(ana, "What have you tried so far?")
    assert told.only_for == ana


async def test_form_that_cannot_be_opened_is_said_to_be_so(
    around: Surroundings, ana: str, general: Channel
) -> None:
    private = await question(around, ana, general)
    around.slack.faults["views.open"].append(Refused("expired_trigger_id"))
    await around.slack.press(ana, private, "Answer in words")
    told = await around.slack.whisper_to(ana, "I could not open that")
    assert "expired_trigger_id" not in told.shown
