"""What people can do with a recommendation, and what they did: a row of buttons and the line above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.blocks import Option as MenuOption
from slack_sdk.models.blocks.block_elements import InteractiveElement, OverflowMenuElement

from bot.conversation import Place
from bot.deciding import last_change
from bot.record import DecisionRecord, Status
from bot.replies import Confirmable, Recommend
from bot.slack import decision_words
from bot.slack.button_keys import (
    ACCEPT,
    CHANGE,
    CONDITION_PREFIX,
    CONFIRM,
    CORRECT,
    DECISION,
    DENY,
    DETAILS,
    HEARD,
    HISTORY,
    KEEP_EARLIER,
    MORE,
    OVERRIDE,
    SOURCES,
    STATUS,
    WHOLE,
    ButtonKey,
    decode,
)
from bot.slack.markup import actions, button, mrkdwn, plain

_LABELS = {
    ACCEPT: "Accept",
    KEEP_EARLIER: "Keep the earlier decision",
    OVERRIDE: "Override…",
    SOURCES: "Sources",
    CORRECT: "Correct this…",
    DETAILS: "Details",
    CHANGE: "Change owner or review date…",
    HISTORY: "History",
}
_UNDER: dict[Status, tuple[str, ...]] = {
    "proposed": (ACCEPT, OVERRIDE, SOURCES),
    "accepted": (OVERRIDE, SOURCES, MORE),
    "overridden": (SOURCES, MORE),
    "superseded": (SOURCES, HISTORY),
    "withdrawn": (SOURCES, HISTORY),
}
"""What can be pressed under a recommendation, by what became of it."""
_UNDER_OUTDONE = (DETAILS, HISTORY)
"""What can be pressed under one that a newer one came after."""


def decision_row(place: Place, reply: Recommend) -> list[Block]:
    """Return the buttons under a recommendation; none where no decision is kept."""
    if not reply.decision_id:
        return []
    if reply.earlier is None:
        return _row(place, reply.decision_id, reply.leading.option, _UNDER["proposed"])
    first, *others = _UNDER["proposed"]
    offered = [first, KEEP_EARLIER, *others]
    return _row(place, reply.decision_id, reply.leading.option, offered, earlier=reply.earlier.decision_id)


def upkeep_row(place: Place, record: DecisionRecord) -> list[Block]:
    """Return the button that opens the form for owner and review date; none where nothing is in force."""
    return _row(place, record.id, record.current.option, [CHANGE]) if record.is_in_force else []


def correct_row(place: Place, reply: Recommend) -> list[Block]:
    """Return the button under what was heard; none where no decision is kept."""
    return (
        _row(place, reply.decision_id, reply.leading.option, [CORRECT], group=HEARD)
        if reply.decision_id
        else []
    )


def details_row(place: Place, reply: Recommend) -> list[Block]:
    """Return the button that shows everything; none where nothing is kept."""
    return (
        _row(place, reply.decision_id, reply.leading.option, [DETAILS], group=WHOLE)
        if reply.decision_id
        else []
    )


def condition_row(place: Place, reply: Recommend, condition: Confirmable) -> list[Block]:
    """Return a yes and a no under a condition; none where no decision is kept."""
    if not reply.decision_id:
        return []
    key = ButtonKey(place, reply.decision_id, f"{CONDITION_PREFIX}{condition.id}").encode()
    option = reply.leading.option
    return actions(
        [button(condition.yes, CONFIRM, option), button(condition.no, DENY, option)],
        [key],
    )


def with_status(blocks: Iterable[Block], record: DecisionRecord, line: str) -> list[Block]:
    """Return the blocks of a recommendation with what people decided, and with the buttons that are left."""
    is_over = record.status in ("superseded", "withdrawn")
    return _with_row(
        blocks,
        record.id,
        line=line,
        option=record.current.option,
        row=_UNDER[record.status],
        is_left_out=lambda group: is_over and _asks_for_facts(group),
    )


def outdone(blocks: Iterable[Block], decision_id: str, line: str) -> list[Block]:
    """Return the blocks of a recommendation that a newer one came after, by which nothing is decided now."""
    blocks = list(blocks)
    return _with_row(
        blocks,
        decision_id,
        line=line,
        option=shown_option(blocks, decision_id),
        row=_UNDER_OUTDONE,
        is_left_out=lambda group: group == WHOLE or _asks_for_facts(group),
    )


def _with_row(
    blocks: Iterable[Block],
    decision_id: str,
    *,
    line: str,
    option: str,
    row: tuple[str, ...],
    is_left_out: Callable[[str], bool],
) -> list[Block]:
    """Return the blocks with this line and row in place of what a decision had, and some rows left out."""
    shown: list[Block] = []
    is_replaced = False
    for block in blocks:
        key = decode(block.block_id or "")
        if key is not None and key.about == decision_id and is_left_out(key.group):
            continue
        if key is None or key.about != decision_id or key.group not in (DECISION, STATUS):
            shown.append(block)
        elif not is_replaced:
            # The line and the row stand side by side; where the first of them stood, both stand now.
            is_replaced = True
            status_key = ButtonKey(key.place, decision_id, STATUS).encode()
            shown.append(SectionBlock(text=mrkdwn(line), block_id=status_key))
            shown += _row(key.place, decision_id, option, row)
    return shown


def _asks_for_facts(group: str) -> bool:
    """Say whether a row's buttons set right what was heard."""
    return group == HEARD or group.startswith(CONDITION_PREFIX)


def is_outdone(blocks: Iterable[Block], decision_id: str) -> bool:
    """Say whether a message says already that a newer recommendation came after its own."""
    row = next(_elements(blocks, decision_id), [])
    return tuple(element.get("action_id") for element in row) == _UNDER_OUTDONE


def shown_status(blocks: Iterable[Block], decision_id: str) -> str:
    """Return the line that says already what people decided, or ""."""
    for block in blocks:
        key = decode(block.block_id or "")
        if key is not None and (key.about, key.group) == (decision_id, STATUS):
            return str(block.to_dict()["text"]["text"])
    return ""


def decision_in(blocks: Iterable[Block]) -> str:
    """Return the id of the decision that people can act on in these blocks, or ""."""
    keys = (decode(block.block_id or "") for block in blocks)
    return next((key.about for key in keys if key is not None and key.group == DECISION), "")


def shown_option(blocks: Iterable[Block], decision_id: str) -> str:
    """Return what a message recommends, as its buttons say; "" when it has none."""
    row = next(_elements(blocks, decision_id), [])
    values = (element.get("value") for element in row)
    return next((str(value) for value in values if value), "")


def _elements(blocks: Iterable[Block], decision_id: str) -> Iterator[list[dict[str, Any]]]:
    """Yield what can be pressed in each row under a decision."""
    for block in blocks:
        key = decode(block.block_id or "")
        if key is not None and (key.about, key.group) == (decision_id, DECISION):
            yield block.to_dict()["elements"]


def status_line(record: DecisionRecord, way_to_successor: str = "") -> str:
    """Return what people decided, in one line. Only for where a mention does not ping."""
    change = last_change(record)
    match record.status:
        case "accepted":
            return decision_words.accepted(change) + decision_words.kept_up(record.owner, record.review_on)
        case "overridden":
            return decision_words.overridden(change) + decision_words.kept_up(record.owner, record.review_on)
        case "withdrawn" if record.kept_instead:
            return decision_words.kept_earlier(change, record.kept_instead)
        case "withdrawn":
            return decision_words.withdrawn(change)
        case "superseded":
            return decision_words.superseded(record.superseded_by or "", way_to_successor)
        case _:
            return ""


def _row(
    place: Place,
    decision_id: str,
    option: str,
    action_ids: Iterable[str],
    *,
    group: str = DECISION,
    earlier: str = "",
) -> list[Block]:
    key = ButtonKey(place, decision_id, group).encode()
    return actions([_control(id_, option, earlier) for id_ in action_ids], [key])


def _control(action_id: str, option: str, earlier: str) -> InteractiveElement:
    if action_id == KEEP_EARLIER:
        return button(_LABELS[action_id], action_id, f"{option} {earlier}")
    if action_id != MORE:
        return button(_LABELS[action_id], action_id, option)
    in_menu = [MenuOption(value=f"{id_}:{option}", text=plain(_LABELS[id_])) for id_ in (CHANGE, HISTORY)]
    return OverflowMenuElement(action_id=MORE, options=in_menu)
