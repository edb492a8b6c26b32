"""What the bot can be watched by: lines of the log, counted.

`LINES` says which line adds what to which metric. Names of events, kinds of things and outcomes are labels;
people, channels and threads never are. What no line tells, what waits in the inbox, is asked when it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.ports import InboxState

PREFIX = "advisor_"
PROBLEMS = ("warning", "error", "critical")
_ACKNOWLEDGED_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
_ANSWERED_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
_LATE_S = (60.0, 300.0, 900.0, 3_600.0, 21_600.0, 86_400.0)
_MS = 0.001


@dataclass(frozen=True)
class Tally:
    """One metric, and what lines with this `event` add to it."""

    name: str
    says: str
    event: str
    by: tuple[str, ...] = ()
    """Keys of the line that become labels."""
    amount: str = ""
    """The key that says how much; "" counts the lines. A line where it is missing or None adds nothing."""
    scale: float = 1.0
    only: tuple[str, object] | None = None
    """A key and the value that it must have."""
    buckets: tuple[float, ...] = ()
    """Upper bounds of a histogram; a counter has none."""


LINES = (
    Tally(
        "acknowledge_seconds",
        "From the arrival of something from Slack to its acknowledgement.",
        "taken_in",
        by=("kind", "status"),
        amount="duration_ms",
        scale=_MS,
        buckets=_ACKNOWLEDGED_S,
    ),
    Tally("turns", "Things answered.", "turn", by=("kind", "reply", "outcome")),
    Tally(
        "turn_seconds",
        "How long answering one thing took.",
        "turn",
        by=("reply",),
        amount="duration_ms",
        scale=_MS,
        buckets=_ANSWERED_S,
    ),
    Tally(
        "inbox_wait_seconds",
        "How long what was answered had waited in the inbox before.",
        "turn",
        amount="waited_ms",
        scale=_MS,
        buckets=_ANSWERED_S,
    ),
    Tally("questions", "Questions asked.", "turn", by=("question",), only=("reply", "clarify")),
    Tally(
        "questions_per_decision",
        "How many questions were asked before a recommendation.",
        "turn",
        by=("is_provisional",),
        amount="questions",
        only=("reply", "recommend"),
        buckets=(0.0, 1.0, 2.0, 3.0),
    ),
    Tally(
        "not_served",
        "Things from workspaces that are not served, by where they were dropped.",
        "not_served",
        by=("at",),
    ),
    Tally("turn_failures", "Tries to answer that failed.", "turn_failed", by=("kind", "error")),
    Tally("dead_letters_buried", "Things given up, with an apology.", "entry_buried"),
    Tally(
        "model_calls",
        "Calls of the language model; failure is empty where it answered.",
        "model_call",
        by=("model", "purpose", "failure"),
    ),
    Tally(
        "model_call_seconds",
        "How long one call of the language model took.",
        "model_call",
        by=("model",),
        amount="latency_ms",
        scale=_MS,
        buckets=_ANSWERED_S,
    ),
    Tally("model_prompt_tokens", "Tokens sent.", "model_call", by=("model",), amount="tokens_in"),
    Tally(
        "model_cached_tokens", "… of which were cached.", "model_call", by=("model",), amount="tokens_cached"
    ),
    Tally("model_answer_tokens", "Tokens written.", "model_call", by=("model",), amount="tokens_out"),
    Tally(
        "model_cost_usd",
        "Dollars, where the price is known.",
        "model_call",
        by=("model",),
        amount="cost_usd",
    ),
    Tally(
        "model_over_budget",
        "Calls not made because a budget was used up.",
        "model_over_budget",
        by=("account",),
    ),
    Tally(
        "model_proposals_accepted",
        "Proposals of the model that were taken.",
        "model_judged",
        amount="accepted",
    ),
    Tally(
        "model_proposals_dropped",
        "Proposals that failed a check.",
        "model_judged",
        amount="replaced",
    ),
    Tally("digests", "Weekly digests that were due, by what became of them.", "digest", by=("outcome",)),
    Tally(
        "digest_late_seconds",
        "How long after it was due a digest was posted.",
        "digest",
        amount="late_s",
        buckets=_LATE_S,
    ),
)


class Metrics:
    """The metrics of one process, which takes this share of the work."""

    def __init__(self, role: str) -> None:
        self._registry = CollectorRegistry()
        self._by_event: dict[str, list[tuple[Tally, Counter | Histogram]]] = {}
        for tally in LINES:
            self._by_event.setdefault(tally.event, []).append((tally, _made(tally, self._registry)))
        self._problems = Counter(
            f"{PREFIX}problems",
            "Lines of the log that warn.",
            ("event", "level", "error"),
            registry=self._registry,
        )
        self._now = _Now(role)
        self._registry.register(self._now)
        ProcessCollector(registry=self._registry)

    def count(self, level: str, event: str, line: Mapping[str, object]) -> None:
        """Count one line of the log."""
        for tally, metric in self._by_event.get(event, ()):
            if tally.only is None or line.get(tally.only[0]) == tally.only[1]:
                _add(tally, metric, line)
        if level in PROBLEMS:
            self._problems.labels(event, level, _label(line.get("error"))).inc()

    def render(self, inbox: InboxState | None) -> bytes:
        """Return all of them in Prometheus's form; `inbox` is None while nothing can be said of it."""
        self._now.inbox = inbox
        return generate_latest(self._registry)


class _Now(Collector):
    """What holds at this moment. While Redis is away, nothing is said of the inbox."""

    def __init__(self, role: str) -> None:
        self._role = role
        self.inbox: InboxState | None = None

    def collect(self) -> Iterable[Metric]:
        ready = GaugeMetricFamily(
            f"{PREFIX}ready", "1 while everything is open and Redis answers.", labels=("role",)
        )
        ready.add_metric((self._role,), float(self.inbox is not None))
        unfinished = GaugeMetricFamily(f"{PREFIX}inbox_unfinished", "Things that are not answered yet.")
        oldest = GaugeMetricFamily(f"{PREFIX}inbox_oldest_seconds", "How long the oldest of them has waited.")
        dead = GaugeMetricFamily(f"{PREFIX}dead_letters", "Things given up and still kept.")
        if self.inbox is not None:
            unfinished.add_metric((), self.inbox.backlog)
            oldest.add_metric((), self.inbox.oldest_s)
            dead.add_metric((), self.inbox.dead_letters)
        return ready, unfinished, oldest, dead


def _made(tally: Tally, registry: CollectorRegistry) -> Counter | Histogram:
    name = f"{PREFIX}{tally.name}"
    if tally.buckets:
        return Histogram(name, tally.says, tally.by, buckets=tally.buckets, registry=registry)
    return Counter(name, tally.says, tally.by, registry=registry)


def _add(tally: Tally, metric: Counter | Histogram, line: Mapping[str, object]) -> None:
    amount = line.get(tally.amount) if tally.amount else 1
    if not isinstance(amount, int | float):
        return
    one = metric.labels(*(_label(line.get(key)) for key in tally.by)) if tally.by else metric
    if isinstance(one, Histogram):
        one.observe(amount * tally.scale)
    else:
        one.inc(amount * tally.scale)


def _label(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
