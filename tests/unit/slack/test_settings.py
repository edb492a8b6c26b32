"""People open `/finetune settings` and save them; the bot then behaves so."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Literal

import pytest

from bot.channel_settings import WORKSPACE, ChannelSettings, DigestPlan, KeptSettings, differing
from bot.slack.settings_words import SWITCHED_OFF_HERE
from bot.slack.shortcuts import SAVE
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import TEAM_ID, Channel, Message
from tests.unit.slack.surroundings import DECISION_ID, Surroundings

OURS = ChannelSettings()


def keep(around: Surroundings, channel_id: str, **chosen: object) -> None:
    """Let a channel have chosen something."""
    settings = OURS.model_copy(update=chosen)
    around.settings.kept[TEAM_ID, channel_id] = KeptSettings(
        settings=settings, chosen=differing(OURS, settings), revision=1
    )


def kept(around: Surroundings, channel_id: str) -> ChannelSettings:
    return around.settings.kept.get((TEAM_ID, channel_id), KeptSettings()).over(OURS)


async def _open(around: Surroundings, user: str, channel: Channel, words: str = "settings") -> Modal:
    assert (await around.slack.command(user, channel, f"/finetune {words}")).is_acknowledged
    return await around.slack.modal_of(user)


async def _save(around: Surroundings, modal: Modal, **values: str) -> str:
    """Submit the form and return what the person is told."""
    before = len(around.slack.workspace.seen_by(modal.user))
    await around.slack.submit(modal, **values)
    assert not modal.is_open, modal.errors
    seen = around.slack.workspace.seen_by
    await around.slack.until(lambda: len(seen(modal.user)) > before, "nobody was told")
    return seen(modal.user)[-1].shown


async def test_a_member_changes_what_holds_in_a_channel(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    modal = await _open(around, ana, general)
    assert f"<#{general.id}>" in modal.shown
    assert "Nobody has changed these yet" in modal.shown
    told = await _save(
        around,
        modal,
        who_may_ask="Full members only: no guests, no other organisations",
        digest="Every Friday",
        digest_at="16:00",
        digest_zone="America/New_York",
        review="90",
    )
    assert kept(around, general.id) == ChannelSettings(
        who_may_ask="members",
        digest=DigestPlan(weekday=4, at=time(16), zone="America/New_York", by=ana),
        review_after_days=90,
    )
    assert "*Friday, 27 November, 16:00*" in told
    assert general.messages == []
    modal = await _open(around, ben, general)
    assert f"Last changed by <@{ana}>" in modal.shown
    assert "who may ask, the digest, when decisions come up for review" in modal.shown
    filled = modal.filled({})
    assert filled["digest_at"]["digest_at"]["selected_time"] == "16:00"
    assert filled["review"]["review"]["value"] == "90"


async def test_the_form_offers_a_digest_in_the_persons_own_time_zone(
    around: Surroundings, general: Channel
) -> None:
    kim = around.slack.add_user("kim", tz="Asia/Tokyo")
    modal = await _open(around, kim, general)
    assert modal.filled({})["digest_zone"]["digest_zone"]["value"] == "Asia/Tokyo"


async def test_saving_an_untouched_form_changes_nothing(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    keep(around, general.id, digest=DigestPlan(weekday=4, at=time(16), zone="UTC", by=ben))
    before = around.settings.kept.copy()
    await _save(around, await _open(around, ana, general))
    assert around.settings.kept == before


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"digest": "Every Monday", "digest_zone": "Europe/Berln"}, {"digest_zone"}),
        ({"digest": "Every Monday", "digest_zone": "../etc/passwd"}, {"digest_zone"}),
        ({"digest": "Every Monday", "digest_at": "half past"}, {"digest_at"}),
        ({"review": "3"}, {"review"}),
        ({"review": "soon", "who_may_ask": "Me"}, {"review", "who_may_ask"}),
    ],
)
async def test_each_wrong_field_is_named_and_the_form_stays_open(
    around: Surroundings, ana: str, general: Channel, values: dict[str, str], wrong: set[str]
) -> None:
    modal = await _open(around, ana, general)
    if "who_may_ask" in values:
        modal.view["blocks"][1]["element"].pop("initial_option")
    await around.slack.submit(modal, **values)
    assert modal.is_open
    assert set(modal.errors) == wrong
    assert around.settings.kept == {}


@pytest.mark.parametrize(
    ("traits", "told"),
    [
        ({"is_guest": True}, "Only full members"),
        ({"is_guest_of_one_channel": True}, "Only full members"),
        ({"team_id": "T0OTHER"}, "Only full members"),
        ({"team_id": "T0OTHER", "is_admin": True}, "Only full members"),
    ],
)
async def test_guests_and_people_of_other_organisations_get_no_form(
    around: Surroundings, general: Channel, traits: dict[str, object], told: str
) -> None:
    guest = around.slack.add_user("guest", **traits)
    general.members.add(guest)
    for words in ("settings", "settings defaults", "digest on", "digest off", "digest now", "digest preview"):
        await around.slack.command(guest, general, f"/finetune {words}")
        assert told in (await around.slack.whisper_to(guest, told)).shown
        around.slack.workspace.ephemerals.clear()
    assert around.slack.views.modals == []
    assert around.settings.kept == {}


async def test_who_is_no_member_any_more_when_they_submit_changes_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await _open(around, ana, general)
    general.members.remove(ana)
    assert "Only members of this channel" in await _save(
        around, modal, follows_up="No, only when I am mentioned"
    )
    assert around.settings.kept == {}


async def test_whoever_cannot_be_checked_changes_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await _open(around, ana, general)
    around.slack.faults["conversations.members"].append(Refused("fatal_error"))
    assert "could not find out" in await _save(around, modal, follows_up="No, only when I am mentioned")
    assert around.settings.kept == {}


async def test_members_of_large_channels_are_found(around: Surroundings, general: Channel) -> None:
    general.members |= {around.slack.add_user(f"user{number}") for number in range(30)}
    last = around.slack.add_user("zoe")
    general.members.add(last)
    assert "Saved" in await _save(
        around, await _open(around, last, general), follows_up="No, only when I am mentioned"
    )


async def test_defaults_are_for_admins_and_hold_where_nobody_chose(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.command(ana, general, "/finetune settings defaults")
    assert "Only owners and admins" in (await around.slack.whisper_to(ana)).shown
    boss = around.slack.add_user("boss", is_admin=True)
    modal = await _open(around, boss, general, "settings defaults")
    assert "digest" not in {block.get("block_id") for block in modal.view["blocks"]}
    await _save(around, modal, who_may_ask="Nobody: switched off here")
    assert kept(around, WORKSPACE).who_may_ask == "nobody"
    await around.slack.command(ana, general, "/finetune our bot is rude, should we train it?")
    assert "switched off" in (await around.slack.whisper_to(ana, "switched off")).shown


async def test_settings_are_for_channels(around: Surroundings, ana: str) -> None:
    direct = around.slack.add_channel("direct", {ana}, "im")
    for words in ("settings", "digest", "digest on"):
        await around.slack.command(ana, direct, f"/finetune {words}")
        assert "for channels" in (await around.slack.whisper_to(ana, "for channels")).shown
        around.slack.workspace.ephemerals.clear()


async def test_while_nothing_can_be_kept_the_form_stays_open(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await _open(around, ana, general)
    around.store_is_down(is_down=True)
    await around.slack.submit(modal, follows_up="No, only when I am mentioned")
    assert modal.is_open
    assert "can't remember" in modal.errors["who_may_ask"]
    await around.slack.command(ana, general, "/finetune settings")
    assert "can't look anything up" in (await around.slack.whisper_to(ana)).shown
    around.store_is_down(is_down=False)
    await _save(around, modal, follows_up="No, only when I am mentioned")
    assert not kept(around, general.id).follows_up


async def test_a_form_that_slack_does_not_open_is_said_so(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.slack.faults["views.open"].append(Refused("expired_trigger_id"))
    await around.slack.command(ana, general, "/finetune settings")
    assert "could not open the settings" in (await around.slack.whisper_to(ana)).shown


async def test_a_form_of_another_workspace_is_not_taken(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await _open(around, ana, general)
    modal.view["private_metadata"] = modal.view["private_metadata"].replace(TEAM_ID, "T0OTHER")
    assert (await around.slack.submit(modal, follows_up="No, only when I am mentioned")).is_acknowledged
    assert await around.inbox.backlog() == 0
    assert around.settings.kept == {}


# --- what is set is obeyed


async def test_where_nobody_may_ask_everyone_is_told_so_alone(
    around: Surroundings, ana: str, general: Channel
) -> None:
    keep(around, general.id, who_may_ask="nobody")
    await around.slack.command(ana, general, "/finetune our bot is rude, should we train it?")
    await around.slack.whisper_to(ana, "switched off")
    around.slack.workspace.ephemerals.clear()
    await around.slack.say(ana, general, f"{around.slack.mention} should we train it?")
    await around.slack.whisper_to(ana, "switched off")
    assert around.advisor.turns == []
    assert around.slack.workspace.ours(general.id) == []


async def test_where_members_may_ask_guests_are_kept_out_from_asking_answering_and_deciding(
    around: Surroundings, ana: str, general: Channel
) -> None:
    guest = around.slack.add_user("guest", is_guest=True)
    general.members.add(guest)
    keep(around, general.id, who_may_ask="members")
    said = await around.slack.say(ana, general, f"{around.slack.mention} should we train it?")
    question = await around.slack.reply_in(general, said.ts)
    turns = len(around.advisor.turns)
    assert turns == 1
    await around.slack.press(guest, question, "Just tell me")
    await around.slack.whisper_to(guest, "only full members")
    await around.slack.say(guest, general, "it breaks the format", said.ts)
    await around.settled()
    assert len(around.advisor.turns) == turns
    await around.slack.press(ana, question, "Just tell me")
    answer = await around.slack.reply_in(general, said.ts, 2)
    around.slack.workspace.ephemerals.clear()
    await around.slack.press(guest, answer, "Accept")
    await around.slack.whisper_to(guest, "only full members")
    record = around.log.kept[TEAM_ID, DECISION_ID]
    assert record.status == "proposed"


FORMS = ("Correct this…", "Override…", "Change owner or review date…")
LOOKS = ("Sources", "History")


async def answered(around: Surroundings, user: str, channel: Channel) -> Message:
    """Return a recommendation that was accepted, under which everything stands that can be pressed."""
    slack = around.slack
    said = await slack.say(user, channel, f"{slack.mention} should we train it?")
    await slack.press(user, await slack.reply_in(channel, said.ts), "Just tell me")
    answer = await slack.reply_in(channel, said.ts, 2)
    await slack.press(user, answer, "Accept")
    await slack.until(lambda: "✓ Accepted by" in answer.shown, "the message was not updated")
    return answer


@pytest.mark.parametrize(
    ("who", "says"), [("nobody", "switched off"), ("members", "only full members")], ids=["nobody", "members"]
)
async def test_who_may_not_ask_gets_no_form_to_fill_in_but_may_look(
    around: Surroundings, ana: str, general: Channel, who: Literal["nobody", "members"], says: str
) -> None:
    slack = around.slack
    guest = slack.add_user("guest", is_guest=True)
    general.members.add(guest)
    answer = await answered(around, ana, general)
    keep(around, general.id, who_may_ask=who)
    for label in FORMS:
        slack.workspace.ephemerals.clear()
        pressed = await slack.press(guest, answer, label)
        assert pressed.is_acknowledged
        await slack.whisper_to(guest, says)
    slack.workspace.ephemerals.clear()
    await slack.use_shortcut(guest, answer, SAVE)
    await slack.whisper_to(guest, says)
    assert slack.views.modals == []
    for label in LOOKS:
        await slack.press(guest, answer, label)
        assert says not in (await slack.modal_of(guest)).shown
    assert len(slack.views.modals) == len(LOOKS)


async def test_form_that_was_open_when_it_was_switched_off_is_refused_when_it_is_submitted(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    answer = await answered(around, ana, general)
    await slack.press(ana, answer, "Override…")
    modal = await slack.modal_of(ana)
    keep(around, general.id, who_may_ask="nobody")
    await slack.submit(modal, outcome=modal.choices[0], reason="so")
    await slack.whisper_to(ana, "switched off")
    assert around.log.kept[TEAM_ID, DECISION_ID].status == "accepted"


async def test_form_opens_where_slack_does_not_answer_at_all_but_everyone_may_ask(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    answer = await answered(around, ana, general)
    slack.faults["users.info"] += [Broken(503)] * 3
    await slack.press(ana, answer, "Override…")
    assert (await slack.modal_of(ana)).is_open


async def test_looking_things_up_stays_possible_where_nobody_may_ask(
    around: Surroundings, ana: str, general: Channel
) -> None:
    keep(around, general.id, who_may_ask="nobody")
    await around.slack.command(ana, general, "/finetune log")
    told = await around.slack.whisper_to(ana, "No decisions yet")
    await _open(around, ana, general)
    assert SWITCHED_OFF_HERE not in told.shown


async def test_without_follow_up_only_a_mention_is_heard(
    around: Surroundings, ana: str, general: Channel
) -> None:
    keep(around, general.id, follows_up=False)
    said = await around.slack.say(ana, general, f"{around.slack.mention} should we train it?")
    await around.slack.reply_in(general, said.ts)
    appended = around.inbox._appended
    await around.slack.say(ana, general, "it breaks the format", said.ts)
    assert around.inbox._appended == appended
    await around.slack.say(ana, general, f"{around.slack.mention} it breaks the format", said.ts)
    await around.slack.reply_in(general, said.ts, 2)
    assert len(around.advisor.turns) == 2


async def test_without_follow_up_a_question_says_that_words_need_a_mention(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    keep(around, general.id, follows_up=False)
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    assert "Or mention me and reply in words" in (await slack.reply_in(general, said.ts)).shown
    await slack.command(ana, general, "/finetune should we fine-tune?")
    await slack.press(ana, await slack.whisper_to(ana, "Question 1"), "Continue in thread")
    await slack.whisper_to(ana, "Continued in the channel")
    assert "Or mention me and reply in words" in slack.workspace.channels[general.id].messages[-1].shown
    direct = slack.workspace.channels[slack.workspace.direct(ana)]
    keep(around, WORKSPACE, follows_up=False)
    await slack.say(ana, direct, "should we fine-tune?")
    assert "Or reply in words, right here" in (await slack.reply_in(direct)).shown


async def test_what_is_decided_comes_up_for_review_after_the_channels_days(
    around: Surroundings, ana: str, general: Channel
) -> None:
    keep(around, general.id, review_after_days=90)
    said = await around.slack.say(ana, general, f"{around.slack.mention} should we train it?")
    await around.slack.press(ana, await around.slack.reply_in(general, said.ts), "Just tell me")
    answer = await around.slack.reply_in(general, said.ts, 2)
    await around.slack.press(ana, answer, "Accept")
    await around.slack.until(
        lambda: around.log.kept[TEAM_ID, DECISION_ID].status == "accepted", "it was not accepted"
    )
    record = around.log.kept[TEAM_ID, DECISION_ID]
    assert record.review_on == (record.history[-1].at + timedelta(days=90)).date()


async def test_public_answers_open_a_thread_that_everyone_sees(
    around: Surroundings, ana: str, general: Channel
) -> None:
    keep(around, general.id, command_answers="public")
    await around.slack.command(ana, general, "/finetune <!here> our bot is rude, train it?")
    root = await around.slack.reply_in(general)
    assert f"<@{ana}> asks:" in root.shown
    assert "<!here>" not in root.shown
    await around.slack.reply_in(general, root.ts, 2)
    (turn,) = around.advisor.turns
    assert (turn.place.thread, turn.audience.kind) == (root.ts, "workspace")
    assert around.slack.workspace.seen_by(ana) == []


async def test_public_answers_become_private_where_we_cannot_post(around: Surroundings, ana: str) -> None:
    elsewhere = around.slack.add_channel("elsewhere", {ana}, with_bot=False)
    keep(around, elsewhere.id, command_answers="public")
    await around.slack.command(ana, elsewhere, "/finetune our bot is rude, train it?")
    await around.slack.whisper_to(ana, "What goes wrong today?")
    (turn,) = around.advisor.turns
    assert turn.audience.kind == "person"


async def test_a_public_question_whose_answer_was_lost_is_asked_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    keep(around, general.id, command_answers="public")
    around.advisor.fails = [RuntimeError("once")]
    await around.slack.command(ana, general, "/finetune our bot is rude, train it?")
    root = await around.slack.reply_in(general)
    await around.slack.reply_in(general, root.ts, 2)
    assert len(around.slack.workspace.ours(general.id)) == 1


async def test_where_nobody_may_ask_the_settings_can_still_be_changed(
    around: Surroundings, ana: str, general: Channel
) -> None:
    keep(around, general.id, who_may_ask="nobody")
    told = await _save(around, await _open(around, ana, general), who_may_ask="Everyone in the channel")
    assert "Saved" in told
    assert kept(around, general.id).who_may_ask == "everyone"
