"""A person's Home: what waits for them, what was decided, and nothing that they may not see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.conversation import Audience
from bot.decision.options import Option
from bot.overview import MOST_LISTED, MOST_RECENT
from bot.record import Change, DecisionRecord, Status
from bot.saving import Decided, saved_record
from tests.fake_slack.faults import Broken, Refused
from tests.fake_slack.workspace import TEAM_ID, Channel
from tests.integration.stores.examples import a_record
from tests.unit.slack.recommendations import recommended, recommended_privately
from tests.unit.slack.surroundings import NOW, Surroundings

PUBLIC = Audience(kind="workspace", channel_id="C0PUBLIC")


async def keep(
    around: Surroundings,
    number: int,
    *,
    owner: str = "U1",
    days_ago: float = 1,
    status: Status = "proposed",
    audience: Audience = PUBLIC,
    outcome: Option | None = None,
    context: str = "",
) -> DecisionRecord:
    at = NOW - timedelta(days=days_ago)
    record = a_record(number, team_id=TEAM_ID, decided_at=at, context=context or f"Question {number}?")
    history = record.history
    if status != "proposed":
        what: Any = status
        history += (Change(at=at, by=owner, what=what, outcome=outcome or Option.RAG),)
    record = record.model_copy(
        update={"owner": owner, "status": status, "audience": audience, "history": history}
    )
    await around.log.save(record)
    return record


@pytest.fixture
def public(around: Surroundings, ana: str, ben: str) -> Audience:
    return Audience(kind="workspace", channel_id=around.slack.add_channel("public", {ana, ben}).id)


async def opened(around: Surroundings, user: str, containing: str = "") -> str:
    await around.slack.open_app(user, "home")
    await around.settled()
    return await around.slack.home_of(user, containing)


async def test_an_empty_home_says_how_to_begin(around: Surroundings, ana: str) -> None:
    home = await opened(around, ana)
    assert "Nothing waits for you." in home
    assert "No decisions in this time" in home
    assert "/finetune" in home
    assert "/finetune settings" in home


async def test_a_question_that_waits_for_me_stands_there_with_a_link(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} our bot gets the tone wrong")
    await slack.reply_in(general, said.ts)
    home = await opened(around, ana)
    link = f"https://fake.example.com/archives/{general.id}/p{said.ts.replace('.', '')}"
    assert f"<{link}|What goes wrong today?>" in home
    assert "our bot gets the tone wrong" in home
    assert "our bot gets the tone wrong" not in await opened(around, ben)


async def test_an_answered_question_waits_no_more(around: Surroundings, ana: str, general: Channel) -> None:
    await recommended(around, ana, general)
    home = await opened(around, ana)
    assert "What goes wrong today?" not in home
    assert "Waiting for your answer" not in home
    assert "Waiting for your decision" in home


async def test_a_private_question_says_where_it_stands(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.command(ana, general, "/finetune our bot gets the tone wrong")
    await around.slack.whisper_to(ana, "What goes wrong today?")
    assert f"only you saw it, in <#{general.id}>" in await opened(around, ana)


async def test_figures_add_up_and_say_what_was_decided(
    around: Surroundings, ana: str, public: Audience
) -> None:
    statuses: list[Status] = ["proposed", "accepted", "accepted", "overridden", "superseded", "withdrawn"]
    for number, status in enumerate(statuses, start=1):
        outcome = Option.DISTIL if status == "overridden" else Option.RAG
        await keep(around, number, status=status, audience=public, outcome=outcome)
    await around.log.save(_saved(public))
    await opened(around, ana)
    fields = [
        field["text"]
        for block in around.slack.workspace.homes[ana]["blocks"]
        for field in block.get("fields", [])
    ]
    assert fields == [
        "*6* recommended",
        "*2* accepted",
        "*1* overridden",
        "*1* still open",
        "*1* replaced by a newer one",
        "*1* withdrawn",
        "*1* saved from messages",
    ]
    home = await around.slack.home_of(ana)
    assert "2 × use retrieval (RAG), 1 × fine-tune, 1 × distil into a small model" in home


def _saved(audience: Audience) -> DecisionRecord:
    decided = Decided(Option.FINE_TUNE_SFT, "cheap", NOW.date(), "U1", "the tagger", "U1", NOW)
    place = a_record(team_id=TEAM_ID).place
    return saved_record(
        decided, id_="D-SAVED00000", place=place, audience=audience, link="", message_id="1.2"
    )


async def test_the_period_can_be_picked_and_is_remembered(
    around: Surroundings, ana: str, public: Audience
) -> None:
    for number, days_ago in enumerate((3, 20, 60, 100), start=1):
        await keep(around, number, days_ago=days_ago, audience=public)
    assert "*2* recommended" in await opened(around, ana)
    await around.slack.pick_in_home(ana, "Last 90 days")
    home = await around.slack.home_of(ana, "*3* recommended")
    assert "Question 4?" not in home
    await around.slack.pick_in_home(ana, "Last 7 days")
    await around.slack.home_of(ana, "*1* recommended")
    assert "*1* recommended" in await opened(around, ana)


async def test_what_was_said_in_private_places_never_shows(
    around: Surroundings, ana: str, ben: str, public: Audience
) -> None:
    secret = around.slack.add_channel("secret", {ana, ben}, kind="private")
    shared = around.slack.add_channel("shared", {ana, ben}, kind="shared")
    hidden = [
        Audience(kind="conversation", channel_id=secret.id),
        Audience(kind="conversation", channel_id=shared.id),
        Audience(kind="person", user_id=ben),
        # It was open when it was said, and its channel was turned private since.
        Audience(kind="workspace", channel_id=secret.id),
    ]
    for number, audience in enumerate(hidden, start=1):
        await keep(around, number, owner=ana, audience=audience, context=f"secret plan {number}")
    await keep(around, 9, audience=public, context="open plan")
    home = await opened(around, ana)
    assert "open plan" in home
    assert "secret plan" not in home
    assert "*1* recommended" in home
    assert "Nothing waits for you." in home


async def test_a_question_in_a_private_channel_does_not_show(around: Surroundings, ana: str) -> None:
    slack = around.slack
    secret = slack.add_channel("secret", {ana}, kind="private")
    said = await slack.say(ana, secret, f"{slack.mention} a secret plan")
    await slack.reply_in(secret, said.ts)
    assert "a secret plan" not in await opened(around, ana)


@pytest.mark.parametrize("traits", [{"is_guest": True}, {"team_id": "T0OTHER"}, {"is_stranger": True}])
async def test_guests_and_strangers_see_only_what_is_theirs(
    around: Surroundings, public: Audience, traits: dict[str, Any]
) -> None:
    gil = around.slack.add_user("gil", **traits)
    await keep(around, 1, audience=public, context="open plan")
    await keep(
        around, 2, owner=gil, audience=Audience(kind="person", user_id=gil), context="what gil asked alone"
    )
    home = await opened(around, gil)
    assert "open plan" not in home
    assert "what gil asked alone" in home
    assert "*1* recommended" in home


async def test_a_person_about_whom_slack_does_not_answer_sees_only_what_is_theirs(
    around: Surroundings, ana: str, public: Audience
) -> None:
    await keep(around, 1, audience=public, context="open plan")
    around.slack.faults["users.info"].append(Broken())
    assert "open plan" not in await opened(around, ana)


async def test_decisions_of_another_workspace_do_not_show(
    around: Surroundings, ana: str, public: Audience
) -> None:
    record = await keep(around, 1, owner=ana, audience=public, context="their plan")
    around.log.kept.clear()
    place = record.place.model_copy(update={"team_id": "T0OTHER"})
    await around.log.save(record.model_copy(update={"place": place}))
    assert "their plan" not in await opened(around, ana)


async def test_what_does_not_fit_is_counted(around: Surroundings, ana: str, public: Audience) -> None:
    count = MOST_LISTED + 3
    for number in range(1, count + 1):
        await keep(around, number, owner=ana, audience=public)
    home = await opened(around, ana)
    assert "… and 3 more: `/finetune log`" in home
    assert f"… and {count - MOST_RECENT} more: `/finetune log`" in home


async def test_a_home_that_slack_refuses_is_tried_at_the_next_opening(around: Surroundings, ana: str) -> None:
    around.slack.faults["views.publish"].append(Refused("not_enabled"))
    await around.slack.open_app(ana, "home")
    await around.settled()
    assert around.slack.workspace.homes == {}
    assert around.inbox.dead_letters == []
    assert "Nothing waits for you." in await opened(around, ana)


async def test_a_home_that_is_open_follows_what_its_owner_does(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await opened(around, ana)
    message = await recommended(around, ana, general)
    await around.slack.home_of(ana, "Waiting for your decision")
    await around.slack.press(ana, message, "Accept")
    home = await around.slack.home_of(ana, "*1* accepted")
    assert "Nothing waits for you." in home


async def test_nobody_gets_a_home_drawn_who_never_opened_it(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.press(ana, await recommended(around, ana, general), "Accept")
    await around.settled()
    assert [method for method, _ in around.slack.calls if method == "views.publish"] == []


async def test_a_home_that_cannot_be_drawn_again_holds_nothing_up(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await opened(around, ana)
    message = await recommended_privately(around, ana, general)
    around.slack.faults["views.publish"].append(Broken())
    await around.slack.press(ana, message, "Accept")
    await around.slack.whisper_to(ana, "✓ Accepted by")
    await around.settled()
    assert around.inbox.dead_letters == []
