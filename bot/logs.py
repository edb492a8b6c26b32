"""Logs: one JSON object a line on stderr, an event name and its keys, never what people said, never a key.

Nothing of ours logs a secret. What vendors log, and what a traceback quotes, is searched all the same, for
the secrets that are set and for what looks like one.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot import tracing

HIDDEN = "[hidden]"
_FEWEST_CHARS = 6
"""A shorter "secret" is a word that stands everywhere."""
_LIKE_A_SECRET = re.compile(
    r"\bx(?:ox[a-z]|app|oxe\.xox[a-z])-[\w.%-]+"  # tokens of Slack
    r"|\bsk-[\w-]{16,}|\bAIza[\w-]{30,}"  # keys of vendors of models
    r"|(?<=://)[^\s/@'\"]*:[^\s@'\"]*(?=@)"  # user name and password in an address
    r"|(?<=[?&]ticket=)[^\s&'\"]+"  # opens one connection to Slack
    r"|(?<=hooks\.slack\.com/)[^\s'\"]+"  # lets anybody answer in somebody's name for half an hour
)


Told = Callable[[str, str, Mapping[str, object]], None]
"""Takes the level of a line, its event, and its keys."""


def hide_secrets(text: str, known: Collection[str]) -> str:
    """Return the text without the known secrets, nor what looks like one."""
    for secret in sorted(known, key=len, reverse=True):
        if len(secret) >= _FEWEST_CHARS:
            text = text.replace(secret, HIDDEN)
    return _LIKE_A_SECRET.sub(HIDDEN, text)


def configure_logs(level: str, secrets: Collection[str] = ()) -> None:
    """Set up logging for the whole process; vendors' own loggers speak only from WARNING on."""

    class Hiding(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return hide_secrets(super().format(record), secrets)

    def hide(_: WrappedLogger, __: str, line: str | EventDict) -> str:
        return hide_secrets(str(line), secrets)

    def show_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        lines = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(hide_secrets(lines, secrets))

    def name_trace(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        if found := tracing.trace_id():
            line["trace_id"] = found
        return line

    handler = logging.StreamHandler()
    handler.setFormatter(Hiding("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=max(logging.getLevelNamesMapping()[level], logging.WARNING), handlers=[handler])
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            name_trace,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
            hide,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    sys.excepthook = show_crash


@contextmanager
def lines_told_to(told: Told) -> Iterator[None]:
    """Tell of every line meanwhile, before its level decides whether it is written."""
    before = structlog.get_config()
    is_written = before["wrapper_class"](None, (), {})

    def tell(_: WrappedLogger, level: str, line: EventDict) -> EventDict:
        told(level, str(line["event"]), line)
        if is_written.is_enabled_for(logging.getLevelNamesMapping()[level.upper()]):
            return line
        raise structlog.DropEvent

    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, tell, *before["processors"]],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
    )
    try:
        yield
    finally:
        structlog.configure(processors=before["processors"], wrapper_class=before["wrapper_class"])
