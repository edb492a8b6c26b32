"""What was recommended in a week, as one of Slack's own charts.

Some workspaces refuse charts, so nothing is shown here that is not said in words beside it.
Source: docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.decision.options import Option
from bot.replies import DigestPost

CHART = "data_visualization"
MOST_BARS = 8
_LABELS: dict[Option, str] = {
    Option.NO_CHANGE: "Change nothing",
    Option.IMPROVE_PROMPT: "Better prompt",
    Option.FEW_SHOT: "Examples in prompt",
    Option.LONG_CONTEXT_CACHE: "Cached prompt",
    Option.STRUCTURED_TOOLS: "Schema or tools",
    Option.SWITCH_MODEL: "Another model",
    Option.RAG: "Retrieval (RAG)",
    Option.EVALS_DATA_FIRST: "Test set and data",
    Option.CLASSICAL_ML: "Rules, small model",
    Option.FINE_TUNE_SFT: "Fine-tune",
    Option.PREFERENCE_TUNE: "Tune on preferences",
    Option.RAG_PLUS_FT: "Retrieval + tuning",
    Option.DISTIL: "Distil",
}


class _Chart(Block):
    """A block that slack_sdk does not know yet; its own classes would drop it."""

    def __init__(self, title: str, chart: dict[str, Any]) -> None:
        super().__init__(type=CHART)
        self._raw = {"type": CHART, "title": title, "chart": chart}

    def to_dict(self, *_: object) -> dict[str, Any]:
        return self._raw


def chart(digest: DigestPost) -> list[Block]:
    """Return the chart; none where there is nothing to compare."""
    counts = [(_LABELS[option], count) for option, count in digest.recommended if option in _LABELS]
    counts = counts[:MOST_BARS]
    if len(counts) < 2:  # noqa: PLR2004 - one bar compares nothing
        return []
    points = [{"label": label, "value": count} for label, count in counts]
    categories = [label for label, _ in counts]
    bars = {
        "type": "bar",
        "series": [{"name": "Questions", "data": points}],
        "axis_config": {"categories": categories, "y_label": "Questions"},
    }
    return [_Chart("What I recommended", bars)]


def without_charts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks for a workspace that refuses charts."""
    return tuple(block for block in blocks if block.type != CHART)
