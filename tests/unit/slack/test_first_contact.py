"""Where people meet the bot first: a hello, and things to say."""

from __future__ import annotations

import asyncio

import pytest

from tests.fake_slack.faults import LostAnswer, Refused
from tests.fake_slack.workspace import Channel, Kind
from tests.unit.slack.surroundings import Surroundings


@pytest.mark.parametrize("kind", ["public", "private", "shared"])
async def test_a_channel_that_lets_us_in_is_told_in_a_few_lines_what_we_do(
    around: Surroundings, ana: str, kind: Kind
) -> None:
    channel = around.slack.add_channel("fresh", {ana}, kind=kind, with_bot=False)
    await around.slack.invite(ana, channel)
    hello = await around.slack.reply_in(channel)
    assert "should we fine-tune?" in hello.text
    assert "/finetune" in hello.text
    assert len(hello.text.splitlines()) <= 4
    assert hello.thread_ts == ""
    assert "<!" not in hello.shown
    assert "<@" not in hello.shown


async def test_a_second_invitation_brings_no_second_hello(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.invite(ana, general)
    await around.slack.reply_in(general)
    await around.slack.invite(ana, general)
    await around.settled()
    assert len(general.messages) == 1


async def test_an_invitation_that_is_delivered_twice_brings_one_hello(
    around: Surroundings, ana: str, general: Channel
) -> None:
    await around.slack.sockets.deliver_again(await around.slack.invite(ana, general))
    await around.settled()
    assert len(general.messages) == 1


async def test_a_hello_whose_answer_got_lost_is_not_said_again(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.slack.faults["chat.postMessage"].append(LostAnswer())
    await around.slack.invite(ana, general)
    await around.settled()
    assert len(general.messages) == 1


@pytest.mark.parametrize("kind", ["public", "private", "shared"])
async def test_whoever_lets_us_in_is_told_once_and_privately_how_to_set_us_up(
    around: Surroundings, ana: str, ben: str, kind: Kind
) -> None:
    channel = around.slack.add_channel("fresh", {ana, ben}, kind=kind, with_bot=False)
    await around.slack.sockets.deliver_again(await around.slack.invite(ana, channel))
    told = await around.slack.whisper_to(ana, "You let me in")
    assert "`/finetune settings`" in told.text
    assert "`/finetune digest on`" in told.text
    assert told.channel_id == channel.id
    await around.slack.invite(ben, channel)
    await around.settled()
    assert len(around.slack.workspace.seen_by(ana)) == 1
    assert around.slack.workspace.seen_by(ben) == []
    assert len(channel.messages) == 1


@pytest.mark.parametrize(
    "traits",
    [{"is_guest": True}, {"is_guest_of_one_channel": True}, {"team_id": "T0OTHER"}, {"is_stranger": True}],
)
async def test_who_may_not_set_us_up_is_not_told_how(around: Surroundings, traits: dict[str, object]) -> None:
    inviter = around.slack.add_user("inviter", **traits)
    channel = around.slack.add_channel("fresh", {inviter}, kind="shared", with_bot=False)
    await around.slack.invite(inviter, channel)
    await around.slack.reply_in(channel)
    await around.settled()
    assert around.slack.workspace.ephemerals == []


@pytest.mark.parametrize("inviter", ["", "U0NOBODY"])
async def test_where_nobody_is_known_to_have_let_us_in_the_hello_is_all(
    around: Surroundings, general: Channel, inviter: str
) -> None:
    await around.slack.invite(inviter, general)
    await around.slack.reply_in(general)
    await around.settled()
    assert around.slack.workspace.ephemerals == []
    assert around.inbox.dead_letters == []


async def test_an_inviter_whom_slack_does_not_let_us_tell_leaves_the_hello_standing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.slack.faults["chat.postEphemeral"].append(Refused("user_not_in_channel"))
    await around.slack.invite(ana, general)
    await around.settled()
    assert len(general.messages) == 1
    assert around.slack.workspace.ephemerals == []
    assert around.inbox.dead_letters == []


async def test_somebody_else_who_comes_into_a_channel_is_not_greeted(
    around: Surroundings, ana: str, ben: str, general: Channel
) -> None:
    await around.slack.invite(ana, general, who=ben)
    assert await around.inbox.backlog() == 0
    assert general.messages == []


async def test_a_channel_where_we_may_not_write_is_left_and_greeted_at_the_next_invitation(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.slack.faults["chat.postMessage"].append(Refused("restricted_action"))
    await around.slack.invite(ana, general)
    await around.settled()
    assert general.messages == []
    assert around.inbox.dead_letters == []
    await around.slack.invite(ana, general)
    assert "Hello" in (await around.slack.reply_in(general)).text


async def test_an_invitation_is_delivered_again_until_redis_is_back(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.inbox.is_down = True
    inviting = asyncio.create_task(around.slack.invite(ana, general))
    await around.slack.until(
        lambda: any(one.attempts == [False] for one in around.slack.sockets.deliveries),
        "the invitation was acknowledged",
    )
    around.inbox.is_down = False
    assert (await inviting).is_acknowledged
    assert "Hello" in (await around.slack.reply_in(general)).text


async def test_the_messages_tab_suggests_at_most_four_things_to_say(around: Surroundings, ana: str) -> None:
    slack = around.slack
    await slack.open_app(ana, "messages")
    direct = slack.workspace.direct(ana)
    await slack.until(lambda: direct in slack.workspace.prompts, "nothing was suggested")
    prompts = slack.workspace.prompts[direct]
    assert 1 <= len(prompts) <= 4
    assert {"title": "Should we fine-tune?", "message": "Should we fine-tune our model?"} in prompts
    assert slack.workspace.channels[direct].messages == []


async def test_a_thread_would_hide_the_suggestions(around: Surroundings, ana: str) -> None:
    await around.slack.open_app(ana, "messages")
    await around.settled()
    called = [given for method, given in around.slack.calls if method.endswith("setSuggestedPrompts")]
    assert len(called) == 1
    assert "thread_ts" not in called[0]


async def test_suggestions_that_slack_refuses_are_tried_at_the_next_opening(
    around: Surroundings, ana: str
) -> None:
    slack = around.slack
    slack.faults["assistant.threads.setSuggestedPrompts"].append(Refused("access_denied"))
    await slack.open_app(ana, "messages")
    await around.settled()
    assert slack.workspace.prompts == {}
    assert around.inbox.dead_letters == []
    await slack.open_app(ana, "messages")
    await slack.until(lambda: slack.workspace.prompts, "nothing was suggested")
    assert set(slack.workspace.prompts) == {slack.workspace.direct(ana)}
