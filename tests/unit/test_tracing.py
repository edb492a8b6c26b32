from __future__ import annotations

from collections.abc import Sequence

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot import tracing
from bot.errors import SettingsInvalid


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """Keep the spans that are made, without a provider for the whole process."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(tracing, "_tracer", provider.get_tracer("test"))
    return exporter


def names(spans: Sequence[ReadableSpan]) -> list[str]:
    return [span.name for span in spans]


def test_what_is_carried_elsewhere_goes_on_with_the_same_trace(kept: InMemorySpanExporter) -> None:
    with tracing.begin("take in"):
        carried, trace_id = tracing.carried(), tracing.trace_id()
    with tracing.begin("answer", carried):
        assert tracing.trace_id() == trace_id
    first, second = kept.get_finished_spans()
    assert second.parent is not None
    assert first.context is not None
    assert second.parent.span_id == first.context.span_id


@pytest.mark.parametrize("carried", ["", "nonsense", "00-zz-zz-01", "0" * 5000])
def test_what_carries_no_trace_begins_one(kept: InMemorySpanExporter, carried: str) -> None:
    with tracing.begin("answer", carried):
        assert tracing.trace_id()
    (span,) = kept.get_finished_spans()
    assert span.parent is None


def test_a_trace_that_begins_within_another_is_one_of_its_own(kept: InMemorySpanExporter) -> None:
    with tracing.begin("one"):
        outer = tracing.trace_id()
        with tracing.begin("two"):
            assert tracing.trace_id() != outer
    assert len(kept.get_finished_spans()) == 2


def test_outside_of_a_trace_no_step_and_no_call_is_made(kept: InMemorySpanExporter) -> None:
    with tracing.step("decide"), tracing.call("redis"):
        assert tracing.carried() == ""
        assert tracing.trace_id() == ""
    assert kept.get_finished_spans() == ()


def test_calls_hang_below_their_step_and_a_step_below_its_trace(kept: InMemorySpanExporter) -> None:
    with tracing.begin("answer"), tracing.step("decide"), tracing.call("redis"):
        pass
    call, step, begun = kept.get_finished_spans()
    assert names((call, step, begun)) == ["redis", "decide", "answer"]
    assert call.parent is not None
    assert step.parent is not None
    assert step.context is not None
    assert begun.context is not None
    assert call.parent.span_id == step.context.span_id
    assert step.parent.span_id == begun.context.span_id


def test_a_failure_is_marked_by_its_kind_and_what_it_quotes_stands_nowhere(
    kept: InMemorySpanExporter,
) -> None:
    with (
        pytest.raises(ValueError, match="zanzibar"),
        tracing.begin("answer"),
        tracing.step("decide"),
        tracing.call("redis"),
    ):
        raise ValueError("zanzibar")
    spans = kept.get_finished_spans()
    assert [span.status.description for span in spans] == ["ValueError"] * 3
    assert not [span for span in spans if "zanzibar" in span.to_json()]


def test_without_the_standard_variables_nothing_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up: list[object] = []
    monkeypatch.setattr("bot.tracing.trace.set_tracer_provider", set_up.append)
    for environment in ({}, {"OTEL_TRACES_EXPORTER": "none"}, {"OTEL_SERVICE_NAME": "x"}):
        with tracing.exported(environment):
            assert set_up == []
    with tracing.exported({"OTEL_TRACES_EXPORTER": "otlp"}):
        assert len(set_up) == 1


def test_a_way_that_we_do_not_know_is_said() -> None:
    with pytest.raises(SettingsInvalid, match="zipkin"), tracing.exported({"OTEL_TRACES_EXPORTER": "zipkin"}):
        pass
