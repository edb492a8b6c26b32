"""What one call of a language model took, as it is kept beside the decision it served."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Purpose = Literal["reading", "writing", "exam"]


class ModelUse(BaseModel):
    """One call. Tokens are the vendor's own count, or an estimate where it gave none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    purpose: Purpose
    model: str
    """As it is set, e.g. "openai:gpt-6.1-sol"."""
    prompt_version: str
    tokens_in: int = Field(ge=0)
    tokens_cached: int = Field(default=0, ge=0)
    """Those of `tokens_in` that the vendor had cached."""
    tokens_out: int = Field(ge=0)
    latency_ms: int = Field(ge=0)
    cost_usd: float | None = Field(default=None, ge=0)
    """From the dated price table; None where it has no row for the model."""
    accepted: int = Field(default=0, ge=0)
    """Proposals (facts or choices) that were taken."""
    replaced: int = Field(default=0, ge=0)
    """Proposals that failed a check and were left out."""
    failure: str = ""
    """Why the call came to nothing, or ""."""
