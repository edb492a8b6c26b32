"""What people can do with a recommendation, and what they did: a row of buttons and the line above it."""

from __future__ import annotations

from collections.abc import Iterable

from slack_sdk.models.blocks import Block, SectionBlock

from bot.conversation import Place
from bot.deciding import last_change
from bot.decision.options import Option
from bot.record import DecisionRecord
from bot.replies import Recommend
from bot.slack import words
from bot.slack.button_keys import ACCEPT, DECISION, KEEP_EARLIER, OVERRIDE, SOURCES, STATUS, ButtonKey, decode
from bot.slack.markup import actions, button, mrkdwn

_LABELS = {
    ACCEPT: "Accept",
    KEEP_EARLIER: "Keep the earlier decision",
    OVERRIDE: "Override…",
    SOURCES: "Sources",
}


def decision_row(place: Place, reply: Recommend) -> list[Block]:
    """Return the buttons under a recommendation; none where no decision is kept."""
    if not reply.decision_id:
        return []
    earlier = reply.earlier.decision_id if reply.earlier else ""
    offered = [ACCEPT, *([KEEP_EARLIER] if earlier else []), OVERRIDE, SOURCES]
    return _row(place, reply.decision_id, reply.leading.option, offered, earlier)


def with_status(blocks: Iterable[Block], record: DecisionRecord) -> list[Block]:
    """Return the blocks of a recommendation with what people decided, and with the buttons that are left."""
    shown: list[Block] = []
    is_replaced = False
    for block in blocks:
        key = decode(block.block_id or "")
        if key is None or key.about != record.id or key.group not in (DECISION, STATUS):
            shown.append(block)
        elif not is_replaced:
            # The line and the row stand side by side; where the first of them stood, both stand now.
            is_replaced = True
            status_key = ButtonKey(key.place, record.id, STATUS).encode()
            shown.append(SectionBlock(text=mrkdwn(status_line(record)), block_id=status_key))
            left = [OVERRIDE, SOURCES] if record.status == "accepted" else [SOURCES]
            shown += _row(key.place, record.id, record.current.option, left)
    return shown


def shown_status(blocks: Iterable[Block], decision_id: str) -> str:
    """Return the line that says already what people decided, or ""."""
    for block in blocks:
        key = decode(block.block_id or "")
        if key is not None and (key.about, key.group) == (decision_id, STATUS):
            return str(block.to_dict()["text"]["text"])
    return ""


def status_line(record: DecisionRecord) -> str:
    """Return what people decided, in one line. Only for where a mention does not ping."""
    change = last_change(record)
    match record.status:
        case "accepted":
            return words.accepted(change)
        case "overridden":
            return words.overridden(change)
        case "withdrawn" if record.kept_instead:
            return words.kept_earlier(change, record.kept_instead)
        case "withdrawn":
            return words.withdrawn(change)
        case "superseded":
            return words.superseded(record.superseded_by or "")
        case _:
            return ""


def _row(
    place: Place, decision_id: str, option: Option, action_ids: Iterable[str], earlier: str = ""
) -> list[Block]:
    key = ButtonKey(place, decision_id, DECISION).encode()
    values = {KEEP_EARLIER: f"{option} {earlier}"}
    return actions([button(_LABELS[id_], id_, values.get(id_, option)) for id_ in action_ids], [key])
