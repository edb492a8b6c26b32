"""Decisions as Markdown files after MADR 4, to keep beside the code that they are about.

Words of people and documents are escaped: they cannot become headings, links, HTML, or calls to anyone. A
file is named by the id alone, so that its name stays when the words in it change or are erased.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answer import heard_from
from bot.deciding import last_change
from bot.decision.options import SHORT_NAMES, Option
from bot.decision.statements import understand
from bot.plain_text import CONFIDENCE_WORDS
from bot.record import Change, DecisionRecord
from bot.terms import outcome_of

MARK = (
    "<!-- Written by `python -m bot decisions --adr`. It is written anew each time: change nothing here. -->"
)
"""Stands in every file of ours; a file without it is never touched."""
INDEX_NAME = "README.md"
NAME = re.compile(r"D-[0-9A-Z]{10}\.md", re.ASCII)
QUESTION_CHARS = 120

_MARKS = re.compile(r"[\\`*_\[\]<>&#|~!$^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(\d{1,9}(?=[.)])|)([-+=.):])")
_NAME_SIGN = re.compile(r"@(?=\w)")
_ADDRESS = re.compile(r"https://[^\s<>|\\]{1,500}")
_WORD_JOINER = "\u2060"
"""Takes no space; "@" before it calls nobody and is no address."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class AdrFile:
    """One file to write."""

    name: str
    text: str


def files(records: Sequence[DecisionRecord]) -> list[AdrFile]:
    """Return a file for each decision, and the index of them, newest first."""
    newest_first = sorted(records, key=lambda record: (record.decided_at, record.id), reverse=True)
    return [AdrFile(INDEX_NAME, _index(newest_first)), *map(_file, newest_first)]


def escaped(text: str) -> str:
    """Return text on one line that Markdown shows as it was written, and makes nothing of."""
    line = " ".join(_CONTROL.sub(" ", text.encode(errors="replace").decode()).split())
    line = _MARKS.sub(lambda match: f"\\{match[0]}", line)
    line = _AT_START.sub(lambda match: f"{match[1]}\\{match[2]}", line)
    return _NAME_SIGN.sub(f"@{_WORD_JOINER}", line)


def _index(records: Sequence[DecisionRecord]) -> str:
    rows = [
        f"| [{record.id}]({record.id}.md) | {_day(record)} | {record.status} "
        f"| {_outcome(record)} | {_shortened(record.context)} |"
        for record in records
    ]
    table = ["| decision | day | status | outcome | question |", "|---|---|---|---|---|", *rows]
    return _joined(["# Decisions about fine-tuning", MARK, "\n".join(table) if rows else "None yet."])


def _file(record: DecisionRecord) -> AdrFile:
    current = record.current
    heard = heard_from(understand(current.statements).evidence.values())
    drivers = [
        f"{escaped(one.words)}{f' — “{escaped(one.quote)}”' if one.quote.strip() else ''}" for one in heard
    ]
    question = escaped(record.context) or "_The question was erased._"
    return AdrFile(
        f"{record.id}.md",
        _joined(
            [
                _front_matter(record),
                MARK,
                f"# {escaped(_title(record))}",
                "## Context and Problem Statement",
                f"> {question}",
                *_listed("## Decision Drivers", drivers),
                *_listed("## Considered Options", [_name(option) for option in _options(record)]),
                "## Decision Outcome",
                _chosen(record),
                *_listed("### Consequences", map(escaped, current.consequences)),
                *_listed("### Confirmation", [f"Provided that {escaped(one)}" for one in current.conditions]),
                *_listed("## More Information", _more(record)),
            ]
        ),
    )


def _front_matter(record: DecisionRecord) -> str:
    deciders = sorted({change.by for change in record.history if change.outcome is not None})
    lines = [
        f"status: {record.status}",
        f"date: {_day(record)}",
        f"decision-makers: [{', '.join(map(json.dumps, deciders or [record.owner]))}]",
    ]
    return "\n".join(["---", *lines, "---"])


def _title(record: DecisionRecord) -> str:
    decided = record.decided_option
    return record.current.headline if decided in (None, record.current.option) else _name(outcome_of(record))


def _chosen(record: DecisionRecord) -> str:
    current, change = record.current, last_change(record)
    if not record.was_recommended:
        saved = record.history[0]
        withdrawn = f"\n\nWithdrawn{_why(change)}" if record.status == "withdrawn" else ""
        return f"Chosen option: **{_outcome(record)}**{_why(saved)}{withdrawn}"
    reasons = " ".join(map(escaped, current.rationale))
    lead = f"Recommended: **{_name(current.option)}**. {reasons}"
    match record.status:
        case "proposed":
            return f"{lead}\n\nNobody has decided yet."
        case "withdrawn":
            return f"{lead}\n\nWithdrawn{_why(change)}"
        case _ if record.decided_option in (None, current.option):
            return f"Chosen option: **{_name(current.option)}**. {reasons}"
        case _:
            decided = next(one for one in reversed(record.history) if one.outcome is not None)
            return (
                f"Chosen option: **{_outcome(record)}**, against the recommendation{_why(decided)}\n\n{lead}"
            )


def _why(change: Change) -> str:
    return f", because “{escaped(change.why)}”." if change.why.strip() else "."


def _more(record: DecisionRecord) -> list[str]:
    current = record.current
    more = [_identity(record)]
    more += ["Provisional: some answers were still missing"] if current.is_provisional else []
    more += [f"To be reviewed on {record.review_on.isoformat()}"] if record.review_on else []
    more += [f"Replaces {_other(record.supersedes)}"] if record.supersedes else []
    more += [f"Replaced by {_other(record.superseded_by)}"] if record.superseded_by else []
    more += map(_change, record.history)
    if _ADDRESS.fullmatch(record.link):
        more.append(f"Asked in <{record.link}>")
    return more


def _identity(record: DecisionRecord) -> str:
    current = record.current
    if current.confidence is None:
        return "Decided by people and saved; nothing was recommended"
    confidence = f"{current.confidence} ({CONFIDENCE_WORDS[current.confidence]})"
    rule = escaped(current.gate or current.rule)
    return f"Confidence: {confidence}; rule {rule}, policy {escaped(current.policy_version)}"


def _change(change: Change) -> str:
    why = f": “{escaped(change.why)}”" if change.why.strip() else ""
    return f"{change.at.date().isoformat()}: {change.what} by {escaped(change.by)}{why}"


def _options(record: DecisionRecord) -> list[Option]:
    return list(dict.fromkeys((*record.current.considered_options, outcome_of(record))))


def _name(option: Option) -> str:
    name = SHORT_NAMES[option]
    return f"{name[:1].upper()}{name[1:]}"


def _outcome(record: DecisionRecord) -> str:
    return _name(outcome_of(record))


def _other(decision_id: str) -> str:
    name = f"{decision_id}.md"
    return f"[{decision_id}]({name})" if NAME.fullmatch(name) else escaped(decision_id)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return escaped(line if len(line) <= QUESTION_CHARS else f"{line[: QUESTION_CHARS - 1].rstrip()}…")


def _day(record: DecisionRecord) -> str:
    return record.decided_at.date().isoformat()


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    items = [f"- {line}" for line in lines]
    return [title, "\n".join(items)] if items else []


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"
