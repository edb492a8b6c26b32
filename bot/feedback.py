"""What people thought of an answer, and why: for whoever runs the bot, and shown to nobody else."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MOST_REASON_CHARS = 1_000

Verdict = Literal["helpful", "not_helpful"]


class Feedback(BaseModel):
    """One person's verdict on one answer; their next one on the same answer takes its place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = 1
    team_id: str
    channel_id: str
    about: str
    """Id of the decision, or "term:SLUG" for an explanation from the glossary."""
    by: str
    at: AwareDatetime
    verdict: Verdict
    reason: str = Field(default="", max_length=MOST_REASON_CHARS)

    def after(self, earlier: Feedback | None) -> Feedback:
        """Return what to keep: the same verdict pressed again takes no reason away."""
        if self.reason or earlier is None or earlier.verdict != self.verdict:
            return self
        return self.model_copy(update={"reason": earlier.reason})
