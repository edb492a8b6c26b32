"""Two workspaces with the same ids everywhere: each is served with its own token, and sees nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.slack import roster
from bot.slack.incoming import HomeOpened
from bot.slack.publisher import Delivery
from bot.slack.roster import Roster
from tests.fake_slack import shapes
from tests.fake_slack.faults import RateLimited, Refused
from tests.fake_slack.requests import signature
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.teams import NORTH, SOUTH
from tests.fake_slack.workspace import Channel
from tests.unit.slack.many_surroundings import Many, serving_many
from tests.unit.slack.surroundings import DECISION_ID

MENTION = "should we fine-tune?"


@pytest.fixture
async def many() -> AsyncIterator[Many]:
    async with serving_many() as surroundings:
        yield surroundings


def people_of(team: FakeSlack) -> tuple[str, Channel]:
    ana = team.add_user("ana")
    return ana, team.add_channel("general", {ana})


async def ask(team: FakeSlack, ana: str, channel: Channel, text: str = MENTION) -> str:
    """Ask in a channel and wait for the answer; return the thread."""
    said = await team.say(ana, channel, f"{team.mention} {text}")
    await team.reply_in(channel, said.ts)
    return said.ts


async def decide(team: FakeSlack, ana: str, channel: Channel) -> str:
    """Hold a conversation up to its recommendation; return the thread."""
    said = await team.say(ana, channel, f"{team.mention} {MENTION} {team.workspace.team_id}")
    await team.press(ana, await team.reply_in(channel, said.ts), "Just tell me")
    await team.reply_in(channel, said.ts, number=2)
    return said.ts


def called(team: FakeSlack) -> list[str]:
    return [method for method, _ in team.calls if method != "auth.test"]


async def test_each_workspace_is_answered_with_its_own_token_though_all_ids_are_the_same(many: Many) -> None:
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    places = {team_id: people_of(many.slack.teams[team_id]) for team_id in (NORTH, SOUTH)}
    assert places[NORTH][0] == places[SOUTH][0]
    assert places[NORTH][1].id == places[SOUTH][1].id
    await ask(many.north, *places[NORTH])
    await many.idle(many.north)
    assert called(many.south) == []
    assert many.south.workspace.ours(places[SOUTH][1].id) == []
    await ask(many.south, *places[SOUTH])
    assert {turn.place.team_id for turn in many.advisor.turns} == {NORTH, SOUTH}
    assert len({id(turn.place) for turn in many.advisor.turns}) == 2


async def test_a_conversation_of_one_workspace_waits_for_nobody_in_another(many: Many) -> None:
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    ana, general = people_of(many.north)
    thread = await ask(many.north, ana, general)
    her_double, its_double = people_of(many.south)
    assert (her_double, its_double.id) == (ana, general.id)
    many.south.keep(her_double, its_double, "Refunds.")
    # A reply in "the same" thread, by "the same" person, in another workspace.
    many.south.keep(her_double, its_double, "older", "").ts = thread
    await many.south.say(her_double, its_double, "It breaks the format", thread)
    await many.idle(many.south)
    assert called(many.south) == []
    assert len(many.advisor.turns) == 1


async def test_the_log_the_home_and_buttons_show_nothing_of_another_workspace(many: Many) -> None:
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    ana, general = people_of(many.north)
    thread = await decide(many.north, ana, general)
    her_double, its_double = people_of(many.south)
    shown = await many.south.command(her_double, its_double, f"/finetune show {DECISION_ID}")
    assert shown.is_acknowledged
    assert DECISION_ID in (await many.south.whisper_to(her_double)).shown
    assert MENTION not in "\n".join(one.shown for one in many.south.workspace.seen_by(her_double))
    await many.south.command(her_double, its_double, "/finetune log")
    await many.idle(many.south)
    assert NORTH not in json.dumps([one.blocks for one in many.south.workspace.seen_by(her_double)])
    await many.south.open_app(her_double, "home")
    assert NORTH not in await many.south.home_of(her_double)
    # North's own message with its buttons, pressed as if it stood in South.
    stolen = many.north.workspace.ours(general.id, thread)[-1]
    its_double.messages.append(stolen)
    await many.south.press(her_double, stolen, "Accept", its_double)
    await many.idle(many.south)
    assert many.log.kept[NORTH, DECISION_ID].status == "proposed"
    assert (SOUTH, DECISION_ID) not in many.log.kept


async def test_a_digest_that_is_due_is_posted_in_its_workspace_and_in_no_other(many: Many) -> None:
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    ana, general = people_of(many.north)
    _, its_double = people_of(many.south)
    await many.north.command(ana, general, "/finetune digest on mon 09:00 UTC")
    await many.idle(many.north)
    many.now += timedelta(days=8)
    # Whoever is put together anew looks at once for what is due.
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    await many.north.reply_in(general)
    assert many.south.workspace.ours(its_double.id) == []


async def test_who_is_held_up_by_slack_for_minutes_keeps_nobody_else_waiting(many: Many) -> None:
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    ana, general = people_of(many.north)
    many.north.faults["chat.postMessage"].extend(RateLimited(600) for _ in range(50))
    for number in range(40):
        await many.north.say(ana, general, f"{many.north.mention} {MENTION} {number}")
    await ask(many.south, *people_of(many.south))
    assert await many.inbox.backlog() >= 40
    assert many.north.workspace.ours(general.id) == []


async def test_a_request_of_a_workspace_without_the_app_is_acknowledged_and_kept_nowhere(many: Many) -> None:
    await many.install(NORTH)
    ana, general = people_of(many.south)
    delivery = await many.south.command(ana, general, "/finetune should we?")
    assert delivery.is_acknowledged
    assert delivery.answer == {}
    await many.south.say(ana, general, f"{many.south.mention} {MENTION}")
    assert many.inbox._once == set()
    assert many.south.requests is not None
    assert set(many.south.requests.statuses) == {200}


async def test_a_request_that_slack_did_not_sign_reaches_no_workspace(many: Many) -> None:
    await many.install(NORTH)
    ana, general = people_of(many.north)
    said = many.north.keep(ana, general, f"{many.north.mention} {MENTION}")
    body = json.dumps(shapes.of_team(many.north.events_of(said)[-1], NORTH))
    headers = {"Content-Type": "application/json", **signature(body, secret="guessed")}
    async with many.session.post(f"{many.url}/slack/events", data=body, headers=headers) as answer:
        assert answer.status == 401
    assert many.inbox._once == set()


async def test_slack_may_check_the_address_before_anybody_has_installed_it(many: Many) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "planted", "token": "t"})
    headers = {"Content-Type": "application/json", **signature(body)}
    async with many.session.post(f"{many.url}/slack/events", data=body, headers=headers) as answer:
        assert (answer.status, await answer.json()) == (200, {"challenge": "planted"})


async def test_what_comes_for_a_whole_organisation_is_nobodys(many: Many) -> None:
    await many.install(NORTH)
    ana, general = people_of(many.north)
    said = many.north.keep(ana, general, f"{many.north.mention} {MENTION}")
    payload = many.north.events_of(said)[-1]
    payload["authorizations"][0]["is_enterprise_install"] = True
    assert (await many.north.deliver(payload)).is_acknowledged
    assert many.inbox._once == set()


async def test_a_removal_from_a_whole_organisation_takes_nothing_from_its_workspaces(many: Many) -> None:
    await many.install(NORTH)
    removed = shapes.removal_event("app_uninstalled", NORTH, at=many.now.timestamp())
    removed["authorizations"] = [{"enterprise_id": "E1", "team_id": NORTH, "is_enterprise_install": True}]
    assert (await many.north.deliver(removed)).is_acknowledged
    await many.idle(many.north)
    assert NORTH in many.installations.kept
    assert many.departures.noted == {}


async def test_a_removal_is_the_workspaces_that_we_are_told_it_for(many: Many) -> None:
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    removed = shapes.removal_event("app_uninstalled", SOUTH, at=many.now.timestamp())
    removed["authorizations"] = [{"enterprise_id": None, "team_id": NORTH, "is_enterprise_install": False}]
    await many.north.deliver(removed)
    await many.north.until(lambda: NORTH in many.departures.noted, "its removal was not noted")
    assert set(many.installations.kept) == {SOUTH}


async def test_while_redis_is_away_what_comes_from_an_unknown_workspace_comes_again(many: Many) -> None:
    many.installations.is_down = True
    many.south.sockets.pauses_s = ()
    ana, general = people_of(many.south)
    await many.south.say(ana, general, f"{many.south.mention} {MENTION}")
    assert many.south.requests is not None
    assert set(many.south.requests.statuses) == {503}


async def test_while_redis_is_away_who_was_served_stays_served(many: Many) -> None:
    await many.install(NORTH)
    ana, general = people_of(many.north)
    await ask(many.north, ana, general)
    many.installations.is_down = True
    await ask(many.north, ana, general)
    assert len(many.advisor.turns) == 2


async def test_an_installation_that_was_kept_by_half_is_served_and_not_put_together_again_and_again(
    many: Many, capsys: pytest.CaptureFixture[str]
) -> None:
    """Redis went away between the installation and its place in the list, which holds an older moment."""
    await many.install(NORTH)
    ana, general = people_of(many.north)
    await ask(many.north, ana, general)
    anew = replace(many.installations.kept[NORTH], installed_at=many.now + timedelta(minutes=1))
    many.installations.keep_by_half(anew, listed_at=many.now - timedelta(minutes=1))
    await ask(many.north, ana, general)
    looked = many.installations.looks
    await many.north.until(lambda: many.installations.looks > looked + 5, "it was not looked at again")
    assert capsys.readouterr().out.count("workspace_served") <= 2
    await ask(many.north, ana, general)


async def test_who_removes_the_app_is_served_no_more_and_its_token_is_forgotten(many: Many) -> None:
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    ana, general = people_of(many.north)
    await ask(many.north, ana, general)
    many.now += timedelta(hours=1)
    deliveries = await many.slack.uninstall(NORTH, at=many.now.timestamp())
    assert all(delivery.is_acknowledged for delivery in deliveries)
    await many.north.until(lambda: NORTH not in many.installations.kept, "its token is still there")
    await many.idle(many.north)
    assert list(many.departures.noted) == [NORTH]
    kept = len(many.inbox._once)
    await many.north.say(ana, general, f"{many.north.mention} {MENTION}")
    assert len(many.inbox._once) == kept
    assert SOUTH in many.installations.kept
    await ask(many.south, *people_of(many.south))


async def test_who_installs_it_again_is_served_with_the_new_token(many: Many) -> None:
    await many.install(NORTH)
    older = many.installations.kept[NORTH].token
    ana, general = people_of(many.north)
    await ask(many.north, ana, general)
    many.now += timedelta(hours=1)
    await many.slack.uninstall(NORTH, at=many.now.timestamp())
    await many.north.until(lambda: NORTH not in many.installations.kept, "its token is still there")
    await many.install(NORTH)
    assert many.installations.kept[NORTH].token != older
    assert many.departures.noted == {}
    await ask(many.north, ana, general)
    assert len(many.advisor.turns) == 2


async def test_a_removal_that_is_told_late_takes_nothing_from_who_installed_it_again(many: Many) -> None:
    await many.install(NORTH)
    removed_at = many.now
    many.now += timedelta(minutes=5)
    await many.install(NORTH)
    await many.north.deliver(shapes.removal_event("app_uninstalled", NORTH, at=removed_at.timestamp()))
    await many.idle(many.north)
    assert NORTH in many.installations.kept
    assert many.departures.noted == {}


async def test_a_removal_within_the_same_second_is_one(many: Many) -> None:
    """Slack tells the time of an event in whole seconds."""
    many.now += timedelta(milliseconds=700)
    await many.install(NORTH)
    await many.slack.uninstall(NORTH, at=many.now.timestamp())
    await many.north.until(lambda: NORTH in many.departures.noted, "its removal was not noted")
    assert NORTH not in many.installations.kept


async def test_installed_anew_while_it_is_served_the_new_token_is_taken(many: Many) -> None:
    await many.install(NORTH)
    ana, general = people_of(many.north)
    await ask(many.north, ana, general)
    await many.install(NORTH)
    await ask(many.north, ana, general)
    assert len(many.advisor.turns) == 2


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_token_that_is_revoked_without_a_word_ends_service_and_deletes_nothing(
    many: Many, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    ana, general = people_of(many.north)
    await ask(many.north, ana, general)
    many.slack.revoke(NORTH, error)
    await many.north.say(ana, general, f"{many.north.mention} {MENTION}")
    await many.idle(many.north)
    assert NORTH in many.installations.kept
    assert many.departures.noted == {}
    said = capsys.readouterr().out
    assert said.count("workspace_unserved") == 1
    assert error in said
    # It keeps no place of a worker, and the others are served.
    await ask(many.south, *people_of(many.south))


async def test_a_token_that_slack_refuses_by_mistake_is_used_on(many: Many) -> None:
    await many.install(NORTH)
    ana, general = people_of(many.north)
    await ask(many.north, ana, general)
    many.north.faults["chat.postMessage"].append(Refused("invalid_auth"))
    await ask(many.north, ana, general)
    assert len(many.advisor.turns) == 2


async def test_who_is_asked_about_a_token_and_told_to_wait_keeps_nobody_from_leaving(
    many: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "ASK_TIMEOUT_S", 0.05)
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    ana, general = people_of(many.north)
    await ask(many.north, ana, general)
    await ask(many.south, *people_of(many.south))
    many.north.faults["auth.test"].extend(RateLimited(600) for _ in range(50))
    many.north.faults["chat.postMessage"].append(Refused("invalid_auth"))
    await ask(many.north, ana, general)
    many.now += timedelta(hours=1)
    await many.slack.uninstall(SOUTH, at=many.now.timestamp())
    await many.idle(many.north)
    assert list(many.departures.noted) == [SOUTH]
    looked = many.installations.looks
    await many.north.until(lambda: many.installations.looks > looked + 2, "it was not looked at again")


async def test_a_workspace_that_was_left_out_is_asked_again_after_an_hour(many: Many) -> None:
    await many.install(NORTH)
    ana, general = people_of(many.north)
    await ask(many.north, ana, general)
    token = many.north.bot_token
    many.slack.revoke(NORTH)
    await many.north.say(ana, general, f"{many.north.mention} {MENTION}")
    await many.idle(many.north)
    del many.slack._gone[token]
    await many.north.say(ana, general, f"{many.north.mention} {MENTION}")
    await many.idle(many.north)
    assert len(many.north.workspace.ours(general.id)) == 0
    many.now += roster.ASK_AGAIN_AFTER
    await ask(many.north, ana, general)


async def test_a_token_that_cannot_be_decrypted_keeps_one_workspace_out_and_is_removed_all_the_same(
    many: Many, capsys: pytest.CaptureFixture[str]
) -> None:
    many.installations.unreadable.add(NORTH)
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    ana, general = people_of(many.north)
    for _ in range(3):
        await many.north.say(ana, general, f"{many.north.mention} {MENTION}")
    called = await many.north.command(ana, general, "/finetune should we?")
    assert "install me again" in called.answer["text"]
    assert many.inbox._once == set()
    await ask(many.south, *people_of(many.south))
    assert many.advisor.turns[0].place.team_id == SOUTH
    assert capsys.readouterr().out.count("workspace_unserved") == 1
    many.now += timedelta(hours=1)
    await many.slack.uninstall(NORTH, at=many.now.timestamp())
    await many.north.until(lambda: NORTH in many.departures.noted, "its removal was not noted")
    assert NORTH not in many.installations.kept


async def test_what_a_workspace_may_call_is_shut_to_another_even_with_a_right_channel(many: Many) -> None:
    """The fake decides by the token alone, as Slack does: a mistake of ours would be seen as a refusal."""
    for team_id in (NORTH, SOUTH):
        await many.install(team_id)
    _, private = many.south.add_user("ben"), many.south.add_channel("only-here", set())
    headers = {"Authorization": f"Bearer {many.north.bot_token}"}
    call = many.session.post(
        f"{many.slack.api_url}chat.postMessage", json={"channel": private.id, "text": "x"}, headers=headers
    )
    async with call as answer:
        assert (await answer.json())["error"] == "channel_not_found"


async def test_a_listener_takes_in_for_all_and_answers_nobody() -> None:
    async with serving_many(answers=False) as many:
        for team_id in (NORTH, SOUTH):
            await many.install(team_id)
            ana, general = people_of(many.slack.teams[team_id])
            team = many.slack.teams[team_id]
            await team.say(ana, general, f"{team.mention} {MENTION}")
        assert await many.inbox.backlog() == 2
        assert many.advisor.turns == []


async def test_a_workspace_that_is_found_while_it_stops_does_not_keep_it_from_stopping(many: Many) -> None:
    await many.install(NORTH)
    ana = many.north.add_user("ana")
    opened = HomeOpened(team_id=NORTH, channel_id="", user_id=ana, at=many.now, event_ts="1.1")
    stop = asyncio.Event()
    stop.set()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        late = Roster(
            many.installations,
            many.backing,
            session=many.session,
            api_url=many.slack.api_url,
            clocks=group,
        )
        await late.run(stop)
        await late.answer(opened, Delivery("1-0", is_repeat=False))
    assert many.north.workspace.homes[ana]
