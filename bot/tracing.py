"""Traces by OpenTelemetry: what was taken in, how it was answered, and where the time went.

Spans are made everywhere and go nowhere, at hardly any cost, until `exported` finds the standard variables
(OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_EXPORTER, …), which the SDK reads by itself. No span holds what
people said, nor the text of an error, which may quote it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from bot.errors import SettingsInvalid

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

SERVICE_NAME = "finetune-advisor"
SWITCHES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER")
"""Any one of them switches traces on."""

_HEADER = "traceparent"
_W3C = TraceContextTextMapPropagator()
_tracer = trace.get_tracer("bot")


@contextmanager
def begin(name: str, carried_by: str = "", **attributes: str | int) -> Iterator[None]:
    """Make a span that begins a trace, or goes on with the one that `carried` told of elsewhere."""
    before = _W3C.extract({_HEADER: carried_by}, Context()) if carried_by else Context()
    with (
        _tracer.start_as_current_span(
            name,
            before,
            SpanKind.CONSUMER if carried_by else SpanKind.SERVER,
            attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as span,
        _marking(span),
    ):
        yield


@contextmanager
def step(name: str, **attributes: str | int) -> Iterator[None]:
    """Make a span within a trace; outside of one, such as while nothing is in hand, none."""
    if not _is_traced():
        yield
        return
    with (
        _tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as span,
        _marking(span),
    ):
        yield


@contextmanager
def call(name: str) -> Iterator[None]:
    """Make a span for one call to something outside; nothing else hangs below it.

    It never becomes the current one, so it may also surround the pause of a generator.
    """
    if not _is_traced():
        yield
        return
    span = _tracer.start_span(name, kind=SpanKind.CLIENT)
    try:
        with _marking(span):
            yield
    finally:
        span.end()


def carried() -> str:
    """Return what a trace goes on with elsewhere, in the form of W3C's `traceparent`; "" outside of one."""
    carrier: dict[str, str] = {}
    _W3C.inject(carrier)
    return carrier.get(_HEADER, "")


def trace_id() -> str:
    """Return the id of the trace that we are in; "" outside of one."""
    context = trace.get_current_span().get_span_context()
    return trace.format_trace_id(context.trace_id) if context.is_valid else ""


@contextmanager
def exported(environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Send traces to where the standard variables say, until the end. Raises SettingsInvalid."""
    exporters = _exporters(environment)
    if not exporters:
        yield
        return
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - slow, and for some only
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - as above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above

    is_named = "OTEL_SERVICE_NAME" in environment or "service.name=" in environment.get(
        "OTEL_RESOURCE_ATTRIBUTES", ""
    )
    provider = TracerProvider(resource=Resource.create({} if is_named else {"service.name": SERVICE_NAME}))
    for exporter in exporters:
        provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    try:
        yield
    finally:
        provider.shutdown()


def _exporters(environment: Mapping[str, str]) -> list[SpanExporter]:
    if not any(environment.get(switch) for switch in SWITCHES):
        return []
    named = (environment.get("OTEL_TRACES_EXPORTER") or "otlp").split(",")
    return [made for name in named if (made := _exporter(name.strip())) is not None]


def _exporter(name: str) -> SpanExporter | None:
    if name == "none":
        return None
    if name != "otlp":
        raise SettingsInvalid(f"OTEL_TRACES_EXPORTER is {name!r}; set it to otlp or none")
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - as above
        OTLPSpanExporter,
    )

    return OTLPSpanExporter()


def _is_traced() -> bool:
    return trace.get_current_span().is_recording()


@contextmanager
def _marking(span: Span) -> Iterator[None]:
    """Mark the span as failed by the kind of the error alone: its text may quote what people said."""
    try:
        yield
    except BaseException as error:
        span.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
