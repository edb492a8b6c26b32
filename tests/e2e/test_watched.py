"""The bot as a process of its own, watched from outside: metrics, probes and traces."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import aiohttp
import pytest
import yaml
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.processes import ROOT, BotProcess, RedisProcess
from tests.e2e.test_roles import free_port
from tests.fake_model.answers import says
from tests.fake_model.server import FakeModel
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import Channel

pytestmark = pytest.mark.e2e

PLANTED = "zanzibar"
ASKED = f"Should we fine-tune our {PLANTED} support assistant?"
WAY_OUT = "Just tell me"
NOTHING = {"intent": "decision", "facts": [], "is_covered": True, "points": []}
MakeBot = Callable[..., BotProcess]


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def talk(slack: FakeSlack, ana: str, general: Channel) -> None:
    """Have one question asked back, and a recommendation given."""
    said = await slack.say(ana, general, f"{slack.mention} {ASKED}")
    await slack.press(ana, await slack.reply_in(general, said.ts), WAY_OUT)
    await slack.reply_in(general, said.ts, number=2)


class Scrape:
    """What `/metrics` said once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.families = list(text_string_to_metric_families(text))

    @property
    def names(self) -> set[str]:
        """Return what an expression may name, also of what has no sample yet."""
        names = set()
        for family in self.families:
            ends = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(
                family.type, ("",)
            )
            names |= {family.name + end for end in ends}
        return names

    def sum(self, name: str, **labels: str) -> float:
        """Add up the samples of this name that have these labels."""
        return sum(
            sample.value
            for family in self.families
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )


def lines_of(bot: BotProcess) -> list[dict[str, Any]]:
    return [json.loads(line) for line in bot.said().splitlines() if line.startswith("{")]


def expressions() -> Iterator[str]:
    """Yield every expression of the alerts and of the dashboard."""
    alerts = yaml.safe_load((ROOT / "deploy/alerts/advisor.yaml").read_text(encoding="utf-8"))
    for group in alerts["groups"]:
        for rule in group["rules"]:
            yield rule["expr"]
    board = json.loads((ROOT / "deploy/dashboards/advisor.json").read_text(encoding="utf-8"))
    for panel in board["panels"]:
        for target in panel.get("targets", ()):
            yield target["expr"]


async def test_what_happened_is_counted_without_a_name_or_a_word_whatever_is_written_in_the_log(
    slack: FakeSlack, make_bot: MakeBot, ana: str, general: Channel
) -> None:
    port = free_port()
    async with FakeModel(lambda _: says(NOTHING)) as model:
        quiet = {"METRICS_PORT": str(port), "LOG_LEVEL": "ERROR", **model.environment}
        bot = make_bot(environment=quiet)
        await bot.start()
        await talk(slack, ana, general)

        async def is_counted() -> bool:
            return Scrape((await get(port, "/metrics"))[1]).sum("advisor_turns_total") >= 2

        async with asyncio.timeout(10):
            # The line of a turn comes after its reply.
            while not await is_counted():  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.05)
        _, text = await get(port, "/metrics")
    scrape = Scrape(text)
    assert '"event": "turn"' not in bot.said()
    # Slack tells of a mention in a channel twice.
    assert scrape.sum("advisor_acknowledge_seconds_count", kind="mention", status="200") == 2
    assert scrape.sum("advisor_acknowledge_seconds_count", kind="reply", status="200") == 1
    assert scrape.sum("advisor_turns_total", kind="mention", reply="clarify") == 1
    assert scrape.sum("advisor_turns_total", kind="reply", reply="recommend") == 1
    assert scrape.sum("advisor_turns_total", reply="recommend", outcome="") == 0
    assert scrape.sum("advisor_questions_total", question="") == 0
    assert scrape.sum("advisor_questions_total") == 1
    assert scrape.sum("advisor_questions_per_decision_count") == 1
    assert scrape.sum("advisor_questions_per_decision_sum") == 1
    assert scrape.sum("advisor_model_calls_total", failure="") >= 1
    assert scrape.sum("advisor_model_prompt_tokens_total") > 0
    assert scrape.sum("advisor_inbox_wait_seconds_count") == 2
    assert scrape.sum("advisor_ready", role="all") == 1
    assert scrape.sum("advisor_inbox_unfinished") == 0
    for name in (PLANTED, ana, general.id):
        assert name not in text
    missing = {
        name
        for expression in expressions()
        for name in re.findall(r"\b(?:advisor|process)_\w+", expression)
        if name not in scrape.names
    }
    assert not missing, "alerts or the dashboard name what is not measured"


async def test_a_worker_over_a_socket_answers_probes_and_says_nothing_of_an_inbox_that_it_cannot_see(
    slack: FakeSlack, redis_process: RedisProcess, make_bot: MakeBot
) -> None:
    port = free_port()
    environment = {"METRICS_PORT": str(port), "SLACK_APP_TOKEN": ""}
    worker = make_bot("worker", arguments=("--role", "worker"), environment=environment)
    await worker.start()
    assert await get(port, "/health") == (200, '{"alive": true}')
    assert (await get(port, "/ready"))[0] == 200
    redis_process.kill()
    status, reason = await get(port, "/ready")
    assert status == 503
    assert "Redis did not" in reason
    scrape = Scrape((await get(port, "/metrics"))[1])
    assert scrape.sum("advisor_ready", role="worker") == 0
    assert "\nadvisor_inbox_unfinished " not in scrape.text
    assert slack.sockets.connections == 0


class Collector:
    """Takes traces."""

    def __init__(self) -> None:
        self.url = ""
        self.received = b""
        self.spans: list[tuple[str, Span]] = []
        """Each with the process that sent it."""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.received += body
        for of_process in ExportTraceServiceRequest.FromString(body).resource_spans:
            (name,) = [
                one.value.string_value for one in of_process.resource.attributes if one.key == "service.name"
            ]
            self.spans += [(name, span) for scope in of_process.scope_spans for span in scope.spans]
        return web.Response()


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    made = Collector()
    app = web.Application(client_max_size=2**24)
    app.router.add_post("/v1/traces", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


async def test_listener_and_worker_make_one_trace_without_a_word_that_was_said(
    slack: FakeSlack, make_bot: MakeBot, ana: str, general: Channel, collector: Collector
) -> None:
    async with FakeModel(lambda _: says(NOTHING)) as model:
        traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, **model.environment}
        listener = make_bot("listener", arguments=("--role", "listener"), environment=traced)
        unasked = {**traced, "SLACK_APP_TOKEN": "", "OTEL_SERVICE_NAME": "answers"}
        worker = make_bot("worker", arguments=("--role", "worker"), environment=unasked)
        await listener.start()
        await worker.start()
        await talk(slack, ana, general)
        assert await listener.stop() == 0
        assert await worker.stop() == 0
    begun = [span for _, span in collector.spans if not span.parent_span_id]
    # Slack tells of a mention twice.
    assert [span.name for span in begun] == ["take in"] * 3
    answered = {span.trace_id for _, span in collector.spans if span.name == "answer"}
    assert len(answered) == 2
    for first in (span for span in begun if span.trace_id in answered):
        trace = [(process, span) for process, span in collector.spans if span.trace_id == first.trace_id]
        names = {(process, span.name) for process, span in trace}
        assert {("finetune-advisor", "redis: take the event"), ("answers", "answer")} <= names
        assert {("answers", "decide what to say"), ("answers", "slack: chat.postMessage")} <= names
        ids = {span.span_id for _, span in trace}
        assert all(span.parent_span_id in ids for _, span in trace if span is not first)
    assert "ask the language model" in {span.name for _, span in collector.spans}
    for name in (PLANTED, ana, general.id):
        assert name.encode() not in collector.received
    asked, told = [line for line in lines_of(worker) if line["event"] == "turn"]
    assert (asked["reply"], asked["questions"], bool(asked["question"])) == ("clarify", 1, True)
    assert (told["reply"], told["questions"], told["question"]) == ("recommend", 1, None)
    assert told["outcome"]
    assert told["is_provisional"] is True
    assert {asked["trace_id"], told["trace_id"]} == {trace_id.hex() for trace_id in answered}
    assert PLANTED not in worker.said()


async def test_a_collector_that_is_away_holds_nobody_up(
    slack: FakeSlack, make_bot: MakeBot, ana: str, general: Channel
) -> None:
    bot = make_bot(environment={"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{free_port()}"})
    await bot.start()
    await talk(slack, ana, general)
    assert await bot.stop() == 0


async def test_nobody_is_served_where_traces_shall_go_in_a_way_that_we_do_not_know(
    make_bot: MakeBot,
) -> None:
    bot = make_bot(environment={"OTEL_TRACES_EXPORTER": "jaeger"})
    await bot.start(wait=False)
    assert await bot.wait() == 1
    assert "OTEL_TRACES_EXPORTER is 'jaeger'" in bot.said()
