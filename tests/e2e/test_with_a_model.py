"""The bot as its own process with a language model behind real HTTP, talking to a fake Slack."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.e2e.processes import COMMAND, ROOT, BotProcess
from tests.fake_model.answers import NeverAnswers, says
from tests.fake_model.personas import Unkind, VerdictFlipper, ceo
from tests.fake_model.server import FakeModel
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import Channel, Message

pytestmark = pytest.mark.e2e

ASKED = "should we fine-tune? our bot makes up facts about our products. just tell me"
NOTHING = {"intent": "decision", "facts": [], "is_covered": True, "points": []}


@pytest.fixture
async def model() -> AsyncIterator[FakeModel]:
    async with FakeModel(lambda _: says(NOTHING)) as running:
        yield running


@pytest.fixture(autouse=True)
async def bot(make_bot: Callable[..., BotProcess], model: FakeModel) -> BotProcess:
    made = make_bot(environment={**model.environment, "LLM_TIMEOUT_S": "1"})
    await made.start()
    return made


async def answer_to(slack: FakeSlack, ana: str, general: Channel, text: str = ASKED) -> Message:
    said = await slack.say(ana, general, f"{slack.mention} {text}")
    return await slack.reply_in(general, said.ts)


async def test_a_status_shows_while_it_works_and_the_answer_comes_in_one_piece(
    slack: FakeSlack, bot: BotProcess, model: FakeModel, ana: str, general: Channel
) -> None:
    answer = await answer_to(slack, ana, general)
    (status,) = [arguments for method, arguments in slack.calls if method == "assistant.threads.setStatus"]
    assert status["thread_ts"] == answer.thread_ts
    assert general.statuses == {}
    assert "decision D-" in answer.shown
    assert len(model.requests) == 1
    # The key stands in no log.
    assert model.key not in bot.said()


@pytest.mark.parametrize("persona", [VerdictFlipper(), ceo()], ids=["flipper", "ceo"])
async def test_an_unkind_model_reaches_nobody(
    slack: FakeSlack, model: FakeModel, ana: str, general: Channel, persona: Unkind
) -> None:
    model.answers = persona
    answer = await answer_to(slack, ana, general)
    assert model.requests
    assert not [trace for trace in persona.traces if trace in answer.shown]
    assert "Retrieve the facts" in answer.shown


async def test_while_the_model_hangs_we_answer_by_rules_alone_and_say_so(
    slack: FakeSlack, model: FakeModel, ana: str, general: Channel
) -> None:
    model.answers = lambda _: NeverAnswers()
    answer = await answer_to(slack, ana, general)
    assert "arranged this answer by rules alone" in answer.shown
    assert "decision D-" in answer.shown


async def test_what_it_took_is_in_the_record_and_on_the_books(
    slack: FakeSlack, bot: BotProcess, model: FakeModel, ana: str, general: Channel
) -> None:
    await answer_to(slack, ana, general)
    (record,) = await _run(bot, "decisions", "--json")
    (use,) = record["revisions"][-1]["model_uses"]
    assert (use["purpose"], use["model"], use["failure"]) == ("writing", f"openai:{model.name}", "")
    usage = await _run(bot, "usage", "--json")
    assert ana in json.dumps(usage)


async def _run(bot: BotProcess, *arguments: str) -> Any:
    command = [*COMMAND[:-1], *arguments]
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=bot._environment(), capture_output=True, check=True
    )
    return json.loads(done.stdout)
