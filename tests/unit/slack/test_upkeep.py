"""Owner and review date are changed, decisions withdrawn, and messages elsewhere follow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.slack.decision_words import calendar_day
from tests.fake_slack.faults import Broken, LostAnswer, Refused
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import Channel, Kind, Message
from tests.unit.slack.recommendations import recommended, recommended_privately, record, whats
from tests.unit.slack.surroundings import DECISION_ID, NOW, Surroundings

CHANGE = "Change owner or review date…"
NEWER = "D-0000000009"
IN_A_MONTH = (NOW + timedelta(days=30)).date()


async def accepted(around: Surroundings, user: str, channel: Channel) -> Message:
    message = await recommended(around, user, channel)
    await around.slack.press(user, message, "Accept")
    await around.slack.until(lambda: "✓ Accepted by" in message.shown, "the message was not updated")
    return message


async def form(around: Surroundings, user: str, message: Message) -> Modal:
    await around.slack.press(user, message, CHANGE)
    return await around.slack.modal_of(user)


@pytest.fixture
def admin(around: Surroundings, general: Channel) -> str:
    user = around.slack.add_user("admin", is_admin=True)
    general.members.add(user)
    return user


@pytest.fixture
def secret(around: Surroundings, ana: str, ben: str) -> Channel:
    return around.slack.add_channel("secret", {ana, ben}, kind="private")


async def test_owner_gives_a_decision_away_and_moves_its_review(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await accepted(around, ana, general)
    before = record(around)
    modal = await form(around, ana, message)
    assert DECISION_ID in modal.shown
    await around.slack.submit(modal, owner=ben, review=IN_A_MONTH.isoformat())
    told = await around.slack.whisper_to(ana, "now; its next review is on")
    assert calendar_day(IN_A_MONTH) in told.shown
    kept = record(around)
    assert (kept.owner, kept.review_on) == (ben, IN_A_MONTH)
    assert kept.history[: len(before.history)] == before.history
    assert [(change.what, change.by) for change in kept.history[-2:]] == [
        ("owner_changed", ana),
        ("review_moved", ana),
    ]
    await around.slack.until(lambda: f"owner <@{ben}>" in message.shown, "the message was not updated")
    assert f"to be reviewed on {calendar_day(IN_A_MONTH)}" in message.shown


async def test_form_shows_how_it_is_now_and_saving_that_changes_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    modal = await form(around, ana, await accepted(around, ana, general))
    await around.slack.submit(modal)
    await around.slack.whisper_to(ana, "are as they were")
    assert whats(around) == ["proposed", "accepted"]


async def test_admin_changes_what_is_not_theirs(
    around: Surroundings, ana: str, ben: str, admin: str, general: Channel
) -> None:
    modal = await form(around, admin, await accepted(around, ana, general))
    await around.slack.submit(modal, owner=ben)
    await around.slack.whisper_to(admin, "now; its next review")
    assert (record(around).owner, record(around).history[-1].by) == (ben, admin)


async def test_others_are_told_whom_to_ask_and_get_no_form(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    modal = await form(around, ben, await accepted(around, ana, general))
    assert f"Only its owner, <@{ana}>, or an admin" in modal.shown
    assert "submit" not in modal.view


async def test_form_of_an_owner_who_gave_it_away_meanwhile_counts_no_more(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await accepted(around, ana, general)
    old = await form(around, ana, message)
    await around.slack.submit(await form(around, ana, message), owner=ben)
    await around.settled()
    await around.slack.submit(old, owner=ana, review=IN_A_MONTH.isoformat())
    await around.slack.whisper_to(ana, "Only its owner")
    assert record(around).owner == ben


@pytest.mark.parametrize(
    "traits",
    [
        {"is_guest": True},
        {"is_guest_of_one_channel": True},
        {"is_deleted": True},
        {"is_app": True},
        {"team_id": "T0OTHER"},
        {"is_stranger": True},
    ],
)
async def test_only_members_of_the_workspace_can_own_a_decision(
    around: Surroundings, ana: str, general: Channel, traits: dict[str, object]
) -> None:
    nobody = around.slack.add_user("nobody", **traits)
    general.members.add(nobody)
    modal = await form(around, ana, await accepted(around, ana, general))
    await around.slack.submit(modal, owner=nobody)
    await around.slack.whisper_to(ana, "has to be a member of this workspace")
    assert whats(around) == ["proposed", "accepted"]


async def test_owner_who_cannot_be_asked_about_is_not_taken(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    modal = await form(around, ana, await accepted(around, ana, general))
    around.slack.faults["users.info"].append(Refused("fatal_error"))
    await around.slack.submit(modal, owner=ben)
    await around.slack.whisper_to(ana, "can't ask Slack about that person")
    assert record(around).owner == ana


async def test_decision_of_a_private_channel_is_given_to_nobody_outside(
    around: Surroundings, ana: str, ben: str, secret: Channel
) -> None:
    carl = around.slack.add_user("carl")
    message = await accepted(around, ana, secret)
    await around.slack.submit(await form(around, ana, message), owner=carl)
    await around.slack.whisper_to(ana, "who may see the decision")
    assert record(around).owner == ana
    await around.slack.submit(await form(around, ana, message), owner=ben)
    await around.slack.until(lambda: record(around).owner == ben, "it was not given to a member")


async def test_what_only_one_person_sees_stays_theirs(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await around.slack.press(ana, await recommended_privately(around, ana, general), "Accept")
    message = await around.slack.whisper_to(ana, "✓ Accepted by")
    await around.slack.submit(await form(around, ana, message), owner=ben)
    await around.slack.whisper_to(ana, "it stays yours")
    assert record(around).owner == ana


@pytest.mark.parametrize("days", [-400, -1, 731, 9_000])
async def test_day_that_is_over_or_beyond_two_years_is_refused_in_the_form(
    around: Surroundings, ana: str, general: Channel, days: int
) -> None:
    modal = await form(around, ana, await accepted(around, ana, general))
    await around.slack.submit(modal, review=(NOW + timedelta(days=days)).date().isoformat())
    assert modal.is_open
    assert "Please pick a day from" in modal.errors["review"]
    await around.slack.submit(modal, review=(NOW + timedelta(days=730)).date().isoformat())
    assert not modal.is_open


async def test_overdue_decision_is_given_away_without_another_day(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await accepted(around, ana, general)
    overdue = (NOW - timedelta(days=40)).date()
    around.log.kept["T0FAKE", DECISION_ID] = record(around).model_copy(update={"review_on": overdue})
    await around.slack.submit(await form(around, ana, message), owner=ben)
    await around.settled()
    assert (record(around).owner, record(around).review_on) == (ben, overdue)


async def test_two_who_change_it_at_once_both_count_and_nothing_is_lost(
    around: Surroundings, ana: str, ben: str, admin: str, general: Channel
) -> None:
    message = await accepted(around, ana, general)
    forms = [await form(around, user, message) for user in (ana, admin)]
    for modal, owner in zip(forms, (ben, admin), strict=True):
        await around.slack.submit(modal, owner=owner, review=IN_A_MONTH.isoformat())
    await around.settled()
    assert [(change.what, change.owner) for change in record(around).history[2:]] == [
        ("owner_changed", ben),
        ("review_moved", ""),
        ("owner_changed", admin),
    ]


async def test_form_delivered_twice_counts_once(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    submitted = await around.slack.submit(
        await form(around, ana, await accepted(around, ana, general)), owner=ben
    )
    await around.settled()
    await around.slack.sockets.deliver_again(submitted)
    await around.settled()
    assert whats(around) == ["proposed", "accepted", "owner_changed"]


async def test_form_stays_open_while_the_store_is_away(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    modal = await form(around, ana, await accepted(around, ana, general))
    around.store_is_down(is_down=True)
    await around.slack.submit(modal, owner=ben)
    assert modal.is_open
    assert "I can't remember anything right now" in modal.errors["review"]


@pytest.mark.parametrize("label", ["Override…", CHANGE])
@pytest.mark.parametrize("in_doubt", [False, True])
async def test_form_of_somebody_who_left_the_private_channel_counts_no_more(
    around: Surroundings, ana: str, ben: str, secret: Channel, label: str, *, in_doubt: bool
) -> None:
    message = await accepted(around, ana, secret)
    await around.slack.press(ana, message, label)
    modal = await around.slack.modal_of(ana)
    if in_doubt:
        around.slack.faults["conversations.members"] += [Refused("missing_scope")] * 3
    else:
        secret.members.remove(ana)
    values = {"outcome": "Fine-tune", "reason": "so"} if label == "Override…" else {"owner": ben}
    await around.slack.submit(modal, **values)
    says = "can't tell right now whether you are still" if in_doubt else "I no longer have this decision"
    await around.slack.whisper_to(ana, says)
    assert whats(around) == ["proposed", "accepted"]


async def test_form_is_taken_once_slack_says_again_who_is_in_the_channel(
    around: Surroundings, ana: str, secret: Channel
) -> None:
    message = await accepted(around, ana, secret)
    await around.slack.press(ana, message, "Override…")
    around.slack.faults["conversations.members"] += [Refused("fatal_error"), Broken(503), LostAnswer()]
    await around.slack.submit(await around.slack.modal_of(ana), outcome="Fine-tune", reason="so")
    await around.slack.until(lambda: "✎ Overridden by" in message.shown, "it was not overridden")
    assert whats(around) == ["proposed", "accepted", "overridden"]


@pytest.mark.parametrize("kind", ["public", "shared", "mpim"])
async def test_guest_in_the_conversation_decides_and_one_who_left_does_not(
    around: Surroundings, ana: str, kind: Kind
) -> None:
    guest = around.slack.add_user("gus", is_guest=True)
    where = around.slack.add_channel("where", {ana, guest}, kind=kind)
    message = await recommended(around, ana, where)
    where.members.remove(guest)
    await around.slack.press(guest, message, "Accept")
    await around.slack.whisper_to(guest, "I no longer have this decision")
    assert whats(around) == ["proposed"]
    where.members.add(guest)
    await around.slack.press(guest, message, "Accept")
    await around.slack.until(lambda: "✓ Accepted by" in message.shown, "the message was not updated")


async def test_history_says_who_and_when_to_whoever_may_see_it(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    message = await accepted(around, ana, general)
    await around.slack.submit(await form(around, ana, message), owner=ben, review=IN_A_MONTH.isoformat())
    await around.settled()
    await around.slack.press(ben, message, "History")
    shown = (await around.slack.modal_of(ben)).shown
    lines = [line for line in shown.splitlines() if line.startswith("•")]
    assert lines[0].startswith(f"• review moved to {calendar_day(IN_A_MONTH)} by <@{ana}>, <!date^")
    assert lines[1].startswith(f"• given to <@{ben}> by <@{ana}>, <!date^")
    assert lines[-1].startswith("• asked by <@U1>, <!date^")


async def test_history_is_not_shown_to_who_left_the_private_channel(
    around: Surroundings, ana: str, ben: str, secret: Channel
) -> None:
    message = await accepted(around, ana, secret)
    secret.members.remove(ben)
    await around.slack.press(ben, message, "History")
    assert "I no longer have this decision" in (await around.slack.modal_of(ben)).shown


@pytest.mark.parametrize("who", ["admin", "owner"])
async def test_admins_and_owners_of_the_workspace_withdraw_and_the_message_says_so(
    around: Surroundings, ana: str, general: Channel, who: str
) -> None:
    boss = around.slack.add_user("boss", **{f"is_{who}": True})
    message = await accepted(around, ana, general)
    await around.slack.command(boss, general, f"/finetune withdraw {DECISION_ID}")
    await around.slack.whisper_to(boss, "is withdrawn")
    assert (record(around).status, record(around).history[-1].by) == ("withdrawn", boss)
    await around.slack.until(lambda: f"✕ Withdrawn by <@{boss}>" in message.shown, "not redrawn")
    assert message.labels == ["Sources", "History"]


@pytest.mark.parametrize("traits", [{"team_id": "T0OTHER"}, {"is_guest": True}, {"is_stranger": True}])
async def test_admin_of_elsewhere_is_none_here(
    around: Surroundings, ana: str, general: Channel, traits: dict[str, object]
) -> None:
    other = around.slack.add_user("other", is_admin=True, **traits)
    general.members.add(other)
    await accepted(around, ana, general)
    await around.slack.command(other, general, f"/finetune withdraw {DECISION_ID}")
    await around.slack.whisper_to(other, "Only its owner")
    assert record(around).status == "accepted"


async def test_show_lets_those_in_charge_change_it_and_no_others(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await accepted(around, ana, general)
    elsewhere = around.slack.add_channel("elsewhere", {ana, ben})
    for user, labels in ((ana, [CHANGE]), (ben, [])):
        await around.slack.command(user, elsewhere, f"/finetune show {DECISION_ID}")
        shown = await around.slack.whisper_to(user, DECISION_ID)
        assert shown.labels == labels
    message = await around.slack.whisper_to(ana, DECISION_ID)
    await around.slack.submit(await form(around, ana, message), owner=ben)
    await around.slack.until(lambda: record(around).owner == ben, "the owner was not changed")


async def supersede_elsewhere(around: Surroundings, user: str, channel: Channel) -> Message:
    around.advisor.supersedes, around.advisor.decision_id = DECISION_ID, NEWER
    return await recommended(around, user, channel)


async def test_older_message_says_that_a_newer_decision_stands_in_its_place(
    around: Surroundings, ana: str, general: Channel
) -> None:
    older = await accepted(around, ana, general)
    newer = await supersede_elsewhere(around, ana, general)
    await around.slack.until(lambda: f"|{NEWER}>" in older.shown, "it was not redrawn")
    assert older.labels == ["Sources", "History"]
    assert newer.labels == ["Correct this…", "Accept", "Override…", "Sources"]
    await around.slack.press(ana, older, "History")
    assert f"replaced by {NEWER}" in (await around.slack.modal_of(ana)).shown


@pytest.mark.parametrize("is_gone", [True, False])
async def test_older_message_that_is_gone_or_refused_is_left(
    around: Surroundings, ana: str, general: Channel, *, is_gone: bool
) -> None:
    older = await accepted(around, ana, general)
    if is_gone:
        general.messages.remove(older)
    else:
        around.slack.faults["chat.update"] += [Refused("cant_update_message")] * 2
    newer = await supersede_elsewhere(around, ana, general)
    await around.settled()
    assert newer.labels == ["Correct this…", "Accept", "Override…", "Sources"]
    assert "Superseded" not in older.shown
    assert record(around).superseded_by == NEWER
    assert around.inbox.dead_letters == []
