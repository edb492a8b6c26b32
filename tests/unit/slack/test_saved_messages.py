"""*Save as decision*: what people decided without us goes into the log, and is not called our advice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.conversation import Audience
from bot.decision.options import Option
from bot.record import DecisionRecord
from bot.slack.shortcuts import SAVE
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import TEAM_ID, Channel, Kind, Message
from tests.unit.slack.surroundings import NOW, Surroundings

FILLED = {"outcome": "Fine-tune", "why": "400 reviewed replies & a test set"}
SAID_ON = "2026-11-18"


@pytest.fixture
def message(around: Surroundings, ben: str, general: Channel) -> Message:
    return around.slack.keep(ben, general, "So we *tune* the tagger &amp; ship on Friday")


async def form(around: Surroundings, user: str, message: Message) -> Modal:
    await around.slack.use_shortcut(user, message, SAVE)
    return await around.slack.modal_of(user)


def kept(around: Surroundings) -> list[DecisionRecord]:
    return list(around.log.kept.values())


async def saved(around: Surroundings, user: str, message: Message, **values: str) -> DecisionRecord:
    await around.slack.submit(await form(around, user, message), **{**FILLED, **values})
    await around.settled()
    (record,) = kept(around)
    return record


async def test_the_form_is_filled_in_as_far_as_the_message_says(
    around: Surroundings, ana: str, message: Message
) -> None:
    modal = await form(around, ana, message)
    filled = modal.filled({})
    assert filled["context"]["context"]["value"] == "So we *tune* the tagger & ship on Friday"
    assert filled["day"]["day"]["selected_date"] == SAID_ON
    assert filled["owner"]["owner"]["selected_user"] == ana
    assert "Fine-tune" in modal.choices
    assert not {"Ask what goes wrong first", "Decline"} & set(modal.choices)


async def test_what_was_decided_is_kept_as_decided_and_not_as_recommended(
    around: Surroundings, ana: str, ben: str, general: Channel, message: Message
) -> None:
    record = await saved(around, ana, message, owner=ben)
    assert (record.origin, record.status, record.decided_option) == (
        "saved",
        "accepted",
        Option.FINE_TUNE_SFT,
    )
    assert (record.owner, record.history[0].by, record.history[0].what) == (ben, ana, "saved")
    assert record.context_by == message.user
    assert record.decided_at == datetime(2026, 11, 18, 12, tzinfo=UTC)
    assert record.audience == Audience(kind="workspace", channel_id=general.id)
    assert record.link.endswith(message.ts.replace(".", ""))
    assert (record.current.policy_version, record.current.confidence) == ("", None)
    told = await around.slack.whisper_to(ana, "Saved as")
    assert f"/finetune show {record.id}" in told.text
    assert general.messages == [message]


async def test_it_is_listed_and_shown_like_others_and_claims_no_advice_of_ours(
    around: Surroundings, ana: str, ben: str, general: Channel, message: Message
) -> None:
    record = await saved(around, ana, message)
    await around.slack.command(ben, general, "/finetune log tagger")
    listed = await around.slack.whisper_to(ben, record.id)
    assert "*Decided: fine-tune* _(saved, not my advice)_" in listed.shown
    await around.slack.command(ben, general, f"/finetune show {record.id}")
    shown = await around.slack.whisper_to(ben, "Saved from a message")
    assert "I recommended nothing" in shown.shown
    assert "400 reviewed replies &amp; a test set" in shown.shown
    assert f"saved by <@{ana}>" in shown.shown
    for claim in ("Confidence", "policy", "rule", "proposed", "recommended by"):
        assert claim not in shown.shown
    await around.slack.open_app(ben, "home")
    await around.slack.home_of(ben, "*1* saved from messages")


async def test_a_message_that_was_saved_shows_its_decision_instead_of_a_form(
    around: Surroundings, ana: str, ben: str, message: Message
) -> None:
    record = await saved(around, ana, message)
    modal = await form(around, ben, message)
    assert "was saved as a decision before" in modal.shown
    assert record.id in modal.shown
    assert "submit" not in modal.view


async def test_of_two_who_fill_in_the_form_the_second_is_told_of_the_first(
    around: Surroundings, ana: str, ben: str, message: Message
) -> None:
    slack = around.slack
    theirs, other = await form(around, ana, message), await form(around, ben, message)
    await slack.submit(theirs, **FILLED)
    await around.settled()
    await slack.submit(other, outcome="Use retrieval (RAG)", why="no")
    told = await slack.whisper_to(ben, "saved this message before")
    assert f"<@{ana}>" in told.text
    (record,) = kept(around)
    assert record.decided_option is Option.FINE_TUNE_SFT
    assert len(record.history) == 1


async def test_a_submission_delivered_twice_is_saved_once(
    around: Surroundings, ana: str, message: Message
) -> None:
    delivery = await around.slack.submit(await form(around, ana, message), **FILLED)
    await around.slack.sockets.deliver_again(delivery)
    await around.settled()
    assert len(kept(around)) == 1
    assert len(around.slack.workspace.seen_by(ana)) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"outcome": "Anything"}, "outcome"),
        ({"why": " … "}, "why"),
        ({"why": "x" * 501}, "why"),
        ({"context": "?!"}, "context"),
        ({"context": "x" * 601}, "context"),
        ({"day": "2026-11-25"}, "day"),
        ({"day": ""}, "day"),
        ({"owner": ""}, "owner"),
    ],
)
async def test_what_is_missing_or_wrong_is_said_under_its_field(
    around: Surroundings, ana: str, message: Message, values: dict[str, str], field: str
) -> None:
    modal = await form(around, ana, message)
    delivery = await around.slack.submit(modal, **{**FILLED, **values})
    assert delivery.is_acknowledged
    assert set(modal.errors) == {field}
    assert modal.is_open
    assert await around.inbox.backlog() == 0
    assert kept(around) == []


async def test_the_form_stays_open_while_redis_is_away(
    around: Surroundings, ana: str, message: Message
) -> None:
    modal = await form(around, ana, message)
    around.store_is_down(is_down=True)
    await around.slack.submit(modal, **FILLED)
    assert modal.is_open
    assert "can't remember anything" in next(iter(modal.errors.values()))
    around.store_is_down(is_down=False)
    await around.slack.submit(modal, **FILLED)
    await around.settled()
    assert [opened.is_open for opened in around.slack.views.modals] == [False]
    assert len(kept(around)) == 1


async def test_no_form_opens_while_redis_is_away_and_the_person_is_told(
    around: Surroundings, ana: str, message: Message
) -> None:
    around.store_is_down(is_down=True)
    await around.slack.use_shortcut(ana, message, SAVE)
    await around.slack.whisper_to(ana, "can't look anything up")
    assert around.slack.views.modals == []
    around.store_is_down(is_down=False)


async def test_a_form_that_slack_does_not_open_is_said(
    around: Surroundings, ana: str, message: Message
) -> None:
    around.slack.faults["views.open"].append(Refused("expired_trigger_id"))
    await around.slack.use_shortcut(ana, message, SAVE)
    told = await around.slack.whisper_to(ana, "I could not open that")
    assert "expired_trigger_id" not in told.shown


@pytest.mark.parametrize("kind", ["private", "shared", "mpim"])
async def test_what_is_saved_in_a_closed_place_stays_there(
    around: Surroundings, ana: str, ben: str, general: Channel, kind: Kind
) -> None:
    closed = around.slack.add_channel("closed", {ana, ben}, kind=kind, with_bot=False)
    record = await saved(around, ana, around.slack.keep(ben, closed, "a secret plan"))
    assert record.audience == Audience(kind="conversation", channel_id=closed.id)
    await around.slack.command(ana, general, f"/finetune show {record.id}")
    await around.slack.whisper_to(ana, "I find no decision")
    await around.slack.open_app(ana, "home")
    assert "secret plan" not in await around.slack.home_of(ana)


async def test_in_a_direct_message_between_others_each_keeps_their_own(
    around: Surroundings, ana: str, ben: str
) -> None:
    theirs = around.slack.add_channel("theirs", {ana, ben}, kind="im", with_bot=False)
    message = around.slack.keep(ben, theirs, "let us tune it")
    record = await saved(around, ana, message)
    assert record.audience == Audience(kind="person", user_id=ana)
    modal = await form(around, ben, message)
    assert record.id not in modal.shown
    await around.slack.submit(modal, **FILLED)
    await around.settled()
    assert {one.audience.user_id for one in kept(around)} == {ana, ben}


async def test_only_its_owner_can_withdraw_it(
    around: Surroundings, ana: str, ben: str, general: Channel, message: Message
) -> None:
    record = await saved(around, ana, message)
    await around.slack.command(ben, general, f"/finetune withdraw {record.id}")
    await around.slack.whisper_to(ben, "Only")
    await around.slack.command(ana, general, f"/finetune withdraw {record.id}")
    await around.slack.whisper_to(ana, "is withdrawn")
    assert kept(around)[0].status == "withdrawn"


async def test_it_is_kept_also_where_nobody_can_be_told(
    around: Surroundings, ana: str, message: Message
) -> None:
    around.slack.faults["response_url"].append(Broken())
    around.slack.faults["chat.postEphemeral"].append(Refused("user_not_in_channel"))
    assert (await saved(around, ana, message)).status == "accepted"
    assert around.inbox.dead_letters == []


async def test_a_form_that_names_another_workspace_or_person_saves_nothing(
    around: Surroundings, ana: str, ben: str, message: Message
) -> None:
    modal = await form(around, ana, message)
    forged = modal.view["private_metadata"]
    for mine, other in ((f'"team_id":"{TEAM_ID}"', '"team_id":"T0OTHER"'), (f'"{ana}"', f'"{ben}"')):
        assert mine in forged
        modal.view["private_metadata"] = forged.replace(mine, other)
        await around.slack.submit(modal, **FILLED)
    await around.settled()
    assert kept(around) == []


@pytest.mark.parametrize("text", ["", "x" * 40_000, "<!channel> & " * 900, "𝔘" * 3_000, "a\nb" * 2_000])
async def test_every_message_fits_into_the_form(
    around: Surroundings, ana: str, ben: str, general: Channel, text: str
) -> None:
    modal = await form(around, ana, around.slack.keep(ben, general, text))
    await around.slack.submit(modal, **{**FILLED, "context": "the tagger"})
    await around.settled()
    assert kept(around)[0].context == "the tagger"
    assert kept(around)[0].decided_at <= NOW


async def test_the_home_of_its_owner_follows(
    around: Surroundings, ana: str, ben: str, message: Message
) -> None:
    await around.slack.open_app(ben, "home")
    await around.slack.home_of(ben, "No decisions in this time")
    record = await saved(around, ana, message, owner=ben)
    await around.slack.home_of(ben, "*1* saved from messages")
    assert record.owner == ben
