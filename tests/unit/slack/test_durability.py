from __future__ import annotations

import asyncio

import pytest

from bot.errors import StoredDataInvalid, StoreUnavailable
from bot.ports import InboxEntry
from tests.fake_slack import shapes
from tests.fake_slack.faults import Broken, Fault, LostAnswer, RateLimited, Refused
from tests.fake_slack.workspace import Channel
from tests.unit.slack.surroundings import Surroundings


@pytest.fixture(params=["socket", "http"])
def by_http(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "http")


async def test_twins_and_redeliveries_are_answered_once(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    assert len(slack.sockets.deliveries) == 2
    await slack.reply_in(general, said.ts)
    for delivery in slack.sockets.deliveries[:2]:
        await slack.sockets.deliver_again(delivery)
        assert delivery.attempts == [True, True]
    await around.settled()
    assert len(slack.workspace.ours(general.id, said.ts)) == 1
    assert len(around.advisor.turns) == 1


async def test_button_delivered_twice_counts_once(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    pressed = await slack.press(ana, await slack.reply_in(general, said.ts), "Not sure")
    await slack.reply_in(general, said.ts, number=2)
    await slack.sockets.deliver_again(pressed)
    await around.settled()
    assert len(around.advisor.turns) == 2


async def test_edits_deletions_bots_and_our_own_messages_are_ignored(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    await slack.edit(said, f"{slack.mention} should we fine-tune, really?")
    await slack.deliver(shapes.mention_event(said, general))
    await slack.say("U0OTHERBOT", general, f"{slack.mention} hello", bot_id="B0OTHER")
    await slack.say("U0OTHERBOT", general, "an answer", said.ts, bot_id="B0OTHER")
    await slack.say(ana, general, "ana has joined", said.ts, subtype="channel_join")
    await slack.delete(said)
    await slack.until(
        lambda: all(delivery.is_acknowledged for delivery in slack.sockets.deliveries),
        "something was not acknowledged",
    )
    await around.settled()
    assert len(around.advisor.turns) == 1
    assert any(delivery.payload["event"].get("bot_id") == "B0BOT" for delivery in slack.sockets.deliveries)


async def test_event_is_not_acknowledged_while_the_store_is_away_and_answered_once_when_it_is_back(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    slack.sockets.ack_within_s = 0.2
    around.store_is_down(is_down=True)
    saying = asyncio.create_task(slack.say(ana, general, f"{slack.mention} should we fine-tune?"))
    await slack.until(
        lambda: sum(len(delivery.attempts) for delivery in slack.sockets.deliveries) >= 3,
        "Slack did not deliver again",
    )
    assert not any(delivery.is_acknowledged for delivery in slack.sockets.deliveries)
    around.store_is_down(is_down=False)
    said = await saying
    await slack.reply_in(general, said.ts)
    await around.settled()
    # Later deliveries are echoes of our own post, which may be under way.
    assert all(delivery.is_acknowledged for delivery in slack.sockets.deliveries[:2])
    assert len(slack.workspace.ours(general.id, said.ts)) == 1


async def test_command_is_refused_honestly_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.store_is_down(is_down=True)
    called = await around.slack.command(ana, general, "/finetune our bot gets the tone wrong")
    assert called.is_acknowledged
    assert "I can't remember anything right now" in called.answer["text"]


async def test_button_is_refused_honestly_while_the_store_is_away(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    question = await slack.reply_in(general, said.ts)
    around.store_is_down(is_down=True)
    pressed = await slack.press(ana, question, "Not sure")
    assert pressed.is_acknowledged
    await slack.whisper_to(ana, "I can't remember anything right now")
    assert "Not sure" in question.labels


async def test_store_that_leaves_during_a_turn_costs_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    around.posted.is_down = True
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.until(lambda: around.advisor.turns, "the turn did not begin")
    around.posted.is_down = False
    await slack.reply_in(general, said.ts)
    await around.settled()
    assert len(slack.workspace.ours(general.id, said.ts)) == 1


async def test_rate_limit_is_obeyed(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    slack.faults["chat.postMessage"].append(RateLimited(retry_after_s=1))
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    assert slack.too_early == []
    assert [method for method, _ in slack.calls].count("chat.postMessage") == 2


async def test_post_whose_answer_was_lost_is_found_and_not_repeated(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    slack.faults["chat.postMessage"].append(LostAnswer())
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    await around.settled()
    assert len(slack.workspace.ours(general.id, said.ts)) == 1
    assert [method for method, _ in slack.calls].count("chat.postMessage") == 1
    assert around.inbox.dead_letters == []


async def test_lost_post_in_a_direct_message_is_found_too(around: Surroundings, ana: str) -> None:
    slack = around.slack
    direct = slack.add_channel("ana", {ana}, kind="im")
    slack.faults["chat.postMessage"].append(LostAnswer())
    await slack.say(ana, direct, "should we fine-tune?")
    await slack.reply_in(direct)
    await around.settled()
    assert len(slack.workspace.ours(direct.id)) == 1


async def test_error_of_slack_is_tried_again(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    slack.faults["chat.postMessage"] += [Broken(500), Refused("fatal_error")]
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    await around.settled()
    assert len(slack.workspace.ours(general.id, said.ts)) == 1


async def test_answer_in_words_whose_reply_failed_is_still_expected_when_it_is_tried_again(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.press(ana, await slack.reply_in(general, said.ts), "Not sure")
    await slack.reply_in(general, said.ts, number=2)
    slack.faults["chat.postMessage"].append(Broken(500))
    await slack.say(ana, general, "we only tried examples", said.ts)
    reply = await slack.reply_in(general, said.ts, number=3)
    assert "Put ten examples into the prompt" in reply.shown
    assert len(around.advisor.turns) == 3


async def test_private_answer_is_not_shown_twice_when_only_finishing_failed(
    around: Surroundings, ana: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = around.inbox.finish
    failures = [StoreUnavailable("away")]

    async def fail_once(entry: InboxEntry) -> None:
        if failures:
            raise failures.pop()
        await finish(entry)

    monkeypatch.setattr(around.inbox, "finish", fail_once)
    await around.slack.command(ana, general, "/finetune our bot gets the tone wrong")
    await around.slack.whisper_to(ana, "What goes wrong today?")
    await around.settled()
    assert failures == []
    assert len(around.slack.workspace.seen_by(ana)) == 1


async def test_what_fails_five_times_is_buried_with_an_apology_and_the_next_is_answered(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    around.advisor.fails += [StoredDataInvalid("broken"), *(ZeroDivisionError() for _ in range(4))]
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    apology = await slack.reply_in(general, said.ts)
    assert "could not answer" in apology.text
    await slack.until(lambda: around.inbox.dead_letters, "it was not given up")
    ((_, reason),) = around.inbox.dead_letters
    reference = reason.partition("reference ")[2].rstrip(")")
    assert f"`{reference}`" in apology.text
    again = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, again.ts)


async def test_failed_command_is_apologised_for_privately(
    around: Surroundings, ana: str, general: Channel
) -> None:
    around.advisor.fails += [ZeroDivisionError() for _ in range(5)]
    await around.slack.command(ana, general, "/finetune our bot gets the tone wrong")
    await around.slack.whisper_to(ana, "could not answer")
    assert general.messages == []


@pytest.mark.parametrize("dead", [Broken(404), Refused("used_url"), Refused("expired_url")])
async def test_dead_response_url_gives_way_to_an_ephemeral_message(
    around: Surroundings, ana: str, general: Channel, dead: Fault
) -> None:
    """Slack may also say it with status 200."""
    slack = around.slack
    slack.faults["response_url"].append(dead)
    await slack.command(ana, general, "/finetune our bot gets the tone wrong")
    await slack.whisper_to(ana, "What goes wrong today?")
    assert ("chat.postEphemeral", ana) in [(method, body.get("user")) for method, body in slack.calls]


async def test_revoked_token_loses_nothing_and_the_answer_comes_when_it_is_valid_again(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    slack.faults["chat.postMessage"] += [Refused("token_revoked") for _ in range(8)]
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    await around.settled()
    assert around.inbox.dead_letters == []
    assert len(slack.workspace.ours(general.id, said.ts)) == 1


async def test_command_is_answered_even_with_a_revoked_token(
    around: Surroundings, ana: str, general: Channel
) -> None:
    """Its response_url needs none."""
    for method in around.slack.api.methods:
        around.slack.faults[method] += [Refused("token_revoked") for _ in range(99)]
    await around.slack.command(ana, general, "/finetune our bot gets the tone wrong")
    told = await around.slack.whisper_to(ana, "What goes wrong today?")
    assert told.only_for == ana


async def test_slack_that_is_broken_for_long_loses_nothing(
    around: Surroundings, ana: str, general: Channel
) -> None:
    slack = around.slack
    slack.faults["chat.postMessage"] += [Broken(503) for _ in range(4)]
    slack.faults["chat.postMessage"] += [LostAnswer(), Broken(500), Broken(502), Broken(504)]
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.reply_in(general, said.ts)
    await around.settled()
    assert around.inbox.dead_letters == []
    assert len(slack.workspace.ours(general.id, said.ts)) == 1


async def test_decision_is_shown_once_slack_is_back(around: Surroundings, ana: str, general: Channel) -> None:
    slack = around.slack
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    await slack.press(ana, await slack.reply_in(general, said.ts), "Just tell me")
    message = await slack.reply_in(general, said.ts, number=2)
    slack.faults["chat.update"] += [Broken(500), Broken(503), Refused("internal_error")]
    await slack.press(ana, message, "Accept")
    await slack.until(lambda: "✓ Accepted by" in message.shown, "it was not shown")
    assert slack.workspace.seen_by(ana) == []


async def test_apology_is_not_repeated_when_putting_aside_fails_at_first(
    around: Surroundings, ana: str, general: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    bury = around.inbox.bury
    failures = [StoreUnavailable("away")]

    async def fail_once(entry: InboxEntry, reason: str) -> None:
        if failures:
            error = failures.pop()
            asyncio.get_running_loop().call_later(0.01, around.inbox.let_go_silent, entry)
            raise error
        await bury(entry, reason)

    monkeypatch.setattr(around.inbox, "bury", fail_once)
    around.advisor.fails += [ZeroDivisionError() for _ in range(10)]
    said = await around.slack.say(ana, general, f"{around.slack.mention} should we fine-tune?")
    await around.slack.until(lambda: around.inbox.dead_letters, "it was not put aside")
    assert failures == []
    assert len(around.slack.workspace.ours(general.id, said.ts)) == 1


async def test_button_whose_presser_cannot_even_be_told_is_not_acknowledged(
    around: Surroundings, ana: str, general: Channel
) -> None:
    """Slack shows an error of its own then."""
    slack = around.slack
    slack.sockets.ack_within_s = 0.3
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?")
    question = await slack.reply_in(general, said.ts)
    around.store_is_down(is_down=True)
    slack.faults["response_url"].append(Broken(500))
    pressed = await slack.press(ana, question, "Not sure")
    assert not pressed.is_acknowledged
    assert slack.workspace.seen_by(ana) == []
