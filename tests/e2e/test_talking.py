"""People talk with the bot: a process of its own, real HTTP and WebSockets, real Redis and Chroma."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.slack.shortcuts import ASK, SAVE
from tests.e2e.processes import BotProcess, RedisProcess, app_scopes
from tests.fake_slack.faults import RateLimited
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import BOT_USER_ID, Channel, Message

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

VAGUE = "Should we fine-tune our support assistant?"
MAKES_UP = "Should we fine-tune? Our bot makes up facts about our products."
WAY_OUT = "Just tell me"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def slack() -> AsyncIterator[FakeSlack]:
    """Serve one workspace for this module, where each test has people and channels of its own."""
    async with FakeSlack(app_scopes()) as fake:
        yield fake


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def bot(
    slack: FakeSlack, data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    """Start one bot for this module."""
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        redis_process = RedisProcess(Path(directory))
        await redis_process.start()
        running = BotProcess(slack, redis_process.url, data_dir, tmp_path_factory.mktemp("bot") / "log")
        try:
            await running.start()
            yield running
            assert await running.stop() == 0
        finally:
            running.end()
            redis_process.kill()


def _is_recommendation(message: Message) -> bool:
    return "decision D-" in message.shown and "Do next" in message.shown


def _decision_id(message: Message) -> str:
    return message.shown.partition("decision ")[2][: len("D-0123456789")]


async def _decision_in(slack: FakeSlack, user: str, channel: Channel) -> str:
    """Ask in a channel, up to a recommendation, and return its id."""
    said = await slack.say(user, channel, f"{slack.mention} {VAGUE}")
    await slack.press(user, await slack.reply_in(channel, said.ts), WAY_OUT)
    return _decision_id(await slack.reply_in(channel, said.ts, number=2))


async def _new_whisper(slack: FakeSlack, user: str, channel: Channel, command: str) -> Message:
    """Call a command and return the one new thing that the person sees."""
    before = len(slack.workspace.seen_by(user))
    await slack.command(user, channel, command)
    await slack.until(lambda: len(slack.workspace.seen_by(user)) > before, f"{command} was not answered")
    return slack.workspace.seen_by(user)[-1]


async def test_command_is_answered_privately_up_to_a_recommendation(
    slack: FakeSlack, ana: str, general: Channel
) -> None:
    called = await slack.command(ana, general, f"/finetune {VAGUE}")
    assert called.is_acknowledged
    first = await slack.whisper_to(ana, "Question 1 of at most")
    await slack.pick(ana, first, first.labels[0])
    await slack.until(lambda: first not in slack.workspace.seen_by(ana), "the question stayed")
    (following,) = slack.workspace.seen_by(ana)
    if WAY_OUT in following.labels:
        await slack.press(ana, following, WAY_OUT)
    last = await slack.whisper_to(ana, "decision D-")
    assert _is_recommendation(last)
    assert slack.workspace.seen_by(ana) == [last]
    assert general.messages == []


async def test_dialogue_by_buttons_and_by_words_needs_no_new_mention(
    slack: FakeSlack, bot: BotProcess, ana: str, ben: str, general: Channel
) -> None:
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    question = await slack.reply_in(general, said.ts)
    label = question.labels[0]
    await slack.pick(ben, question, label)
    second = await slack.reply_in(general, said.ts, number=2)
    assert question.labels == []
    assert question.text.startswith("✓ ")
    assert question.text.endswith(f"{label} (<@{ben}>)")
    assert WAY_OUT in second.labels
    await slack.say(ana, general, "We have 900 reviewed examples and a test set of 250 cases.", said.ts)
    third = await slack.reply_in(general, said.ts, number=3)
    assert "900 reviewed examples" in third.shown
    # Nothing that people write may stand in a log.
    assert "reviewed examples" not in bot.said()
    assert slack.bot_token not in bot.said()


async def test_people_talking_after_the_recommendation_are_left_alone(
    slack: FakeSlack, ana: str, ben: str, general: Channel
) -> None:
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    await slack.press(ana, await slack.reply_in(general, said.ts), WAY_OUT)
    assert _is_recommendation(await slack.reply_in(general, said.ts, number=2))
    await slack.say(ben, general, "Interesting. Shall we have lunch?", said.ts)
    await slack.say(ana, general, "At noon.", said.ts)
    again = await slack.say(ana, general, f"{slack.mention} what is LoRA?", said.ts)
    await slack.reply_in(general, said.ts, number=3)
    ours = slack.workspace.ours(general.id, said.ts)
    assert len(ours) == 3
    assert float(ours[2].ts) > float(again.ts)


async def test_mention_in_the_middle_of_a_long_thread_is_answered_from_the_whole_thread(
    slack: FakeSlack, ana: str, ben: str, general: Channel
) -> None:
    root = slack.keep(ben, general, "Our assistant answers in the wrong tone, the facts are right.")
    for number in range(9):
        slack.keep(ana, general, f"Some thought, number {number}.", root.ts)
    slack.keep(ben, general, "We have 640 reviewed examples of good answers.", root.ts)
    slack.keep("U0OTHERBOT", general, "We have 7 reviewed examples.", root.ts, bot_id="B0OTHER")
    said = await slack.say(ana, general, f"{slack.mention} should we fine-tune?", root.ts)
    reply = await slack.reply_in(general, root.ts)
    assert "640 reviewed examples" in reply.shown
    assert float(reply.ts) > float(said.ts)


async def test_direct_message_is_answered_without_a_mention(slack: FakeSlack, ana: str) -> None:
    direct = slack.add_channel("ana", {ana}, kind="im")
    await slack.say(ana, direct, VAGUE)
    await slack.press(ana, await slack.reply_in(direct), WAY_OUT)
    assert _is_recommendation(await slack.reply_in(direct, number=2))


async def test_private_answer_goes_on_in_a_thread_once_the_bot_is_invited(
    slack: FakeSlack, ana: str, ben: str
) -> None:
    team = slack.add_channel("team", {ana, ben}, with_bot=False)
    await slack.command(ana, team, f"/finetune {VAGUE}")
    private = await slack.whisper_to(ana, "Question 1 of at most")
    await slack.press(ana, private, "Continue in thread")
    await slack.whisper_to(ana, "/invite @finetune")
    assert team.messages == []
    team.members.add(BOT_USER_ID)
    await slack.press(ana, private, "Continue in thread")
    root = await slack.reply_in(team)
    question = await slack.reply_in(team, root.ts, number=2)
    await slack.press(ben, question, WAY_OUT)
    assert _is_recommendation(await slack.reply_in(team, root.ts, number=3))


async def test_the_log_shows_each_person_what_they_may_see_from_where_they_look(
    slack: FakeSlack, ana: str, ben: str, general: Channel
) -> None:
    team = slack.add_channel("team", {ana}, kind="private")
    gus = slack.add_user("gus", is_guest=True)
    general.members.add(gus)
    ids = {"open": await _decision_in(slack, ana, general), "team": await _decision_in(slack, ana, team)}
    await slack.command(ana, general, f"/finetune {VAGUE}")
    await slack.press(ana, await slack.whisper_to(ana, "Question 1 of at most"), WAY_OUT)
    ids["own"] = _decision_id(await slack.whisper_to(ana, "decision D-"))
    elsewhere = slack.add_channel("elsewhere", {ana, ben, gus})
    for person, channel, seen in (
        (ana, team, {"open", "team", "own"}),
        (ana, general, {"open", "own"}),
        (ben, general, {"open"}),
        (ben, elsewhere, {"open"}),
        (gus, general, {"open"}),
        (gus, elsewhere, set[str]()),
    ):
        listed = await _new_whisper(slack, person, channel, "/finetune log")
        for name, decision_id in ids.items():
            shown = await _new_whisper(slack, person, channel, f"/finetune show {decision_id}")
            assert (decision_id in listed.shown) is (name in seen)
            assert ("I find no decision" not in shown.shown) is (name in seen)
    found = await _new_whisper(slack, ben, general, "/finetune log support assistants")
    assert ids["open"] in found.shown
    assert f"“{VAGUE}”" in (await _new_whisper(slack, ben, general, f"/finetune show {ids['open']}")).shown


async def test_rate_limit_is_obeyed(slack: FakeSlack, ana: str, general: Channel) -> None:
    slack.faults["chat.postMessage"].append(RateLimited(retry_after_s=1))
    said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
    await slack.reply_in(general, said.ts)
    assert slack.too_early == []
    assert len(slack.workspace.ours(general.id, said.ts)) == 1


async def test_recommendation_is_accepted_overridden_and_looked_up(
    slack: FakeSlack, ana: str, ben: str, general: Channel
) -> None:
    said = await slack.say(ana, general, f"{slack.mention} {MAKES_UP}")
    await slack.press(ana, await slack.reply_in(general, said.ts), WAY_OUT)
    message = await slack.reply_in(general, said.ts, number=2)
    assert message.labels == ["Correct this…", "Accept", "Override…", "Sources"]

    await slack.press(ben, message, "Accept")
    await slack.until(lambda: f"✓ Accepted by <@{ben}>" in message.shown, "the message was not updated")
    assert _is_recommendation(message)

    await slack.press(ana, message, "Override…")
    form = await slack.modal_of(ana)
    await slack.submit(form, outcome="Fine-tune")
    assert set(form.errors) == {"reason"}
    await slack.submit(form, outcome="Fine-tune", reason="The vendor tunes it for us, at no cost.")
    await slack.until(lambda: f"✎ Overridden by <@{ana}>" in message.shown, "the message was not updated")
    assert "fine-tune — “The vendor tunes it for us, at no cost.”" in message.shown
    assert message.labels == ["Correct this…", "Sources", "Change owner or review date…", "History"]

    await slack.press(ben, message, "Sources")
    shown = (await slack.modal_of(ben)).shown
    assert "[1] *" in shown
    assert "http" in shown
    assert slack.workspace.seen_by(ana) == slack.workspace.seen_by(ben) == []


async def test_news_after_an_acceptance_begin_a_new_decision(
    slack: FakeSlack, ana: str, general: Channel
) -> None:
    said = await slack.say(ana, general, f"{slack.mention} {MAKES_UP}")
    await slack.press(ana, await slack.reply_in(general, said.ts), WAY_OUT)
    old = await slack.reply_in(general, said.ts, number=2)
    await slack.press(ana, old, "Accept")
    await slack.until(lambda: "✓ Accepted by" in old.shown, "the message was not updated")

    await slack.say(ana, general, f"{slack.mention} the material is 3,000 pages and changes daily", said.ts)
    new = await slack.reply_in(general, said.ts, number=3)
    assert "Accept" in new.labels
    old_id, new_id = (message.shown.partition("decision ")[2][:12] for message in (old, new))
    assert old_id != new_id

    # Nobody has to press anything for it.
    await slack.until(lambda: f"|{new_id}>" in old.shown, "the message was not updated")
    assert old.labels == ["Sources", "History"]


async def test_private_recommendation_is_answered_in_words_and_shared(
    slack: FakeSlack, ana: str, ben: str
) -> None:
    # Homes count what the whole workspace sees; this stays out of them.
    closed = slack.add_channel("closed", {ana, ben}, "private")
    await slack.command(ana, closed, f"/finetune {MAKES_UP}")
    question = await slack.whisper_to(ana, "Question 1 of at most")
    await slack.press(ana, question, "Answer in words")
    modal = await slack.modal_of(ana)
    await slack.submit(modal, answer="just tell me")
    await slack.press(ana, await slack.whisper_to(ana, "decision D-"), "Share")
    shared = await slack.reply_in(closed)
    await slack.until(lambda: "Accept" in shared.labels, "it cannot be accepted")
    assert _is_recommendation(shared)
    assert f"<@{ana}> asked, and shares my answer" in shared.shown
    await slack.press(ben, shared, "Accept")
    await slack.until(lambda: f"✓ Accepted by <@{ben}>" in shared.shown, "the message was not updated")
    seen = await _new_whisper(slack, ben, closed, f"/finetune show {_decision_id(shared)}")
    assert "shared by" in seen.shown


async def test_edited_question_is_evaluated_again_and_a_deleted_one_erased(
    slack: FakeSlack, bot: BotProcess, ana: str, general: Channel
) -> None:
    said = await slack.say(ana, general, f"{slack.mention} {MAKES_UP}")
    await slack.press(ana, await slack.reply_in(general, said.ts), WAY_OUT)
    first = await slack.reply_in(general, said.ts, number=2)
    assert "makes up facts" in first.shown
    await slack.edit(said, f"{slack.mention} {MAKES_UP} We have 412 reviewed examples.")
    await slack.press(ana, await slack.whisper_to(ana, "You edited your question"), "Evaluate again")
    second = await slack.reply_in(general, said.ts, number=3)
    assert "412" in second.shown
    await slack.delete(said)
    await slack.until(lambda: "✕ Withdrawn by" in second.shown, "the message was not updated")
    for message in (first, second):
        assert "makes up facts" not in message.shown + message.text
    # In a thread one thing is done after another: once this is answered, the record is erased, too.
    await slack.say(ana, general, f"{slack.mention} what is LoRA?", said.ts)
    await slack.reply_in(general, said.ts, number=4)
    seen = await _new_whisper(slack, ana, general, f"/finetune show {_decision_id(second)}")
    assert "_The question was erased._" in seen.shown
    assert "makes up facts" not in seen.shown
    assert "reviewed examples" not in bot.said()


async def test_reason_why_an_answer_did_not_help_is_taken(
    slack: FakeSlack, bot: BotProcess, ana: str, general: Channel
) -> None:
    said = await slack.say(ana, general, f"{slack.mention} {MAKES_UP}")
    await slack.press(ana, await slack.reply_in(general, said.ts), WAY_OUT)
    await slack.rate(ana, await slack.reply_in(general, said.ts, number=2), is_helpful=False)
    await slack.submit(await slack.modal_of(ana), reason="it ignores our tests")
    await slack.whisper_to(ana, "Thank you")
    assert "ignores our tests" not in bot.said()


async def test_message_asked_about_recommends_in_private_and_waits_in_the_home_until_decided(
    slack: FakeSlack, ana: str, ben: str, general: Channel
) -> None:
    theirs = slack.keep(ben, general, "Our bot knows the facts but gets the tone wrong; 400 reviewed replies")
    await slack.use_shortcut(ana, theirs, ASK)
    question = await slack.whisper_to(ana, "Question 1 of at most")
    await slack.open_app(ana, "home")
    await slack.home_of(ana, "Waiting for your answer")
    await slack.press(ana, question, WAY_OUT)
    recommendation = await slack.whisper_to(ana, "Do next")
    assert "400 reviewed replies" in recommendation.shown
    await slack.home_of(ana, "Waiting for your decision")
    await slack.press(ana, recommendation, "Accept")
    await slack.whisper_to(ana, "✓ Accepted by")
    home = await slack.home_of(ana, "*1* accepted")
    assert "Nothing waits for you." in home
    assert general.messages == [theirs]


async def test_decision_taken_without_us_is_saved_from_its_message_and_looked_up(
    slack: FakeSlack, ana: str, ben: str, general: Channel
) -> None:
    theirs = slack.keep(ben, general, "We distil the zeppelin tagger")
    await slack.use_shortcut(ana, theirs, SAVE)
    form = await slack.modal_of(ana)
    await slack.submit(form, outcome="Distil into a small model", why="20,000 mails a day")
    assert not form.is_open
    told = await slack.whisper_to(ana, "Saved as D-")
    listed = await _new_whisper(slack, ben, general, "/finetune log zeppelin")
    assert "Decided: distil into a small model" in listed.shown
    assert told.text.split()[2].rstrip(":") in listed.shown


async def test_channel_that_lets_us_in_is_greeted_once(slack: FakeSlack, ana: str) -> None:
    fresh = slack.add_channel("fresh", {ana}, with_bot=False)
    await slack.invite(ana, fresh)
    assert "Hello" in (await slack.reply_in(fresh)).text
    await slack.invite(ana, fresh)
    said = await slack.say(ana, fresh, f"{slack.mention} what is RAG?")
    await slack.reply_in(fresh, said.ts)
    assert len(slack.workspace.ours(fresh.id)) == 1


async def test_what_was_heard_is_set_right_where_it_stands(slack: FakeSlack) -> None:
    ana = slack.add_user("ana")
    channel = slack.add_channel("correcting", {ana})
    said = await slack.say(ana, channel, f"{slack.mention} {MAKES_UP} We have 400 reviewed answers.")
    await slack.press(ana, await slack.reply_in(channel, said.ts), WAY_OUT)
    message = await slack.reply_in(channel, said.ts, number=2)
    assert "400 reviewed examples" in message.shown
    await slack.press(ana, message, "Correct this…")
    modal = await slack.modal_of(ana)
    await slack.submit(modal, examples_n="a couple hundred")
    assert not modal.is_open
    line = await slack.reply_in(channel, said.ts, number=3)
    assert f"<@{ana}> corrected: 400 reviewed examples → 150 to 250 reviewed examples" in line.text
    assert "150 to 250 reviewed examples _(corrected)_" in message.shown
