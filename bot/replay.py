"""Deriving recorded outcomes again: same statements and same policy version, same outcome."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from bot.decision.conflicts import keep_conflicts_that_matter, settle_carefully
from bot.decision.policy import POLICY_VERSION
from bot.decision.recommendation import recommend
from bot.decision.statements import understand
from bot.record import DecisionRecord, Revision


@dataclass(frozen=True)
class Replayed:
    """One recommendation derived again."""

    decision_id: str
    revision: int
    """Counted from 1."""
    outcome: Literal["same", "different", "other_version", "saved"]
    """"saved": people decided it without us, so that there is nothing to derive."""
    explanation: str

    def as_json(self) -> dict[str, str | int]:
        """Return it as JSON values."""
        return asdict(self)


def replay(record: DecisionRecord) -> tuple[Replayed, ...]:
    """Derive every recommendation of a record again."""
    derive = _replay if record.was_recommended else _skip
    return tuple(
        derive(record.id, number, revision) for number, revision in enumerate(record.revisions, start=1)
    )


def _skip(decision_id: str, number: int, revision: Revision) -> Replayed:
    return Replayed(
        decision_id,
        number,
        "saved",
        f"people decided {revision.option} and saved it; no policy made it, so there is nothing to derive",
    )


def _replay(decision_id: str, number: int, revision: Revision) -> Replayed:
    if revision.policy_version != POLICY_VERSION:
        stored = ", ".join(tested.rule for tested in revision.rules_tested if tested.fired)
        return Replayed(
            decision_id,
            number,
            "other_version",
            f"made by policy {revision.policy_version}, which this program no longer has; recorded: "
            f"{revision.option} because of {stored}",
        )
    understanding = settle_carefully(
        keep_conflicts_that_matter(understand(revision.statements)), revision.asked
    )
    again = recommend(understanding.facts)
    recorded = (revision.option, revision.direction, revision.rule, revision.gate)
    derived = (again.option, again.direction, again.rule.id, again.gate.id if again.gate else None)
    if derived == recorded:
        return Replayed(decision_id, number, "same", f"{again.option} by {again.rule.id}")
    return Replayed(decision_id, number, "different", f"recorded {recorded}, derived {derived}")
