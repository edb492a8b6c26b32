"""What somebody looks for in the log: the log in Slack, the Home tab and the command line ask by it alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.decision.options import Option
from bot.record import DecisionRecord, Status
from bot.terms import facets_of, words_of, words_wanted


@dataclass(frozen=True)
class Query:
    """Everything that is set has to hold; nothing set is the whole log."""

    words: str = ""
    """All of them have to stand, in some form, in the question, the headline or the reasons."""
    channel_id: str = ""
    person: str = ""
    """User id of the owner, or of someone who did something to it."""
    outcome: Option | None = None
    """What was decided, or is recommended where nothing was."""
    status: Status | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Not the instant itself."""
    due_before: date | None = None
    """To be reviewed before this day."""
    is_oldest_first: bool = False

    @property
    def terms(self) -> frozenset[str]:
        """Return the terms that a record has to be listed under."""
        return self._facets | words_wanted(self.words)

    def holds(self, record: DecisionRecord) -> bool:
        """Say whether a record is looked for; who may see it is another question."""
        words = words_wanted(self.words)
        return (
            (self.since is None or self.since <= record.decided_at)
            and (self.until is None or record.decided_at < self.until)
            and (self.due_before is None or _is_due(record, self.due_before))
            and self._facets <= facets_of(record)
            and (not words or words <= words_of(record))
        )

    @property
    def _facets(self) -> frozenset[str]:
        named = {
            "channel": self.channel_id,
            "person": self.person,
            "outcome": self.outcome,
            "status": self.status,
        }
        return frozenset(f"{kind}:{value}" for kind, value in named.items() if value)


def _is_due(record: DecisionRecord, before: date) -> bool:
    return record.review_on is not None and record.review_on < before
