"""What people can do with a recommendation, and what they did: a row of buttons and the line above it."""

from __future__ import annotations

from collections.abc import Iterable

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.blocks import Option as MenuOption
from slack_sdk.models.blocks.block_elements import InteractiveElement, OverflowMenuElement

from bot.conversation import Place
from bot.deciding import last_change
from bot.decision.options import Option
from bot.record import DecisionRecord, Status
from bot.replies import Confirmable, Recommend
from bot.slack import words
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


def with_status(blocks: Iterable[Block], record: DecisionRecord) -> list[Block]:
    """Return the blocks of a recommendation with what people decided, and with the buttons that are left."""
    shown: list[Block] = []
    is_replaced = False
    for block in blocks:
        key = decode(block.block_id or "")
        if key is not None and key.about == record.id and _is_settled(key.group, record):
            continue
        if key is None or key.about != record.id or key.group not in (DECISION, STATUS):
            shown.append(block)
        elif not is_replaced:
            # The line and the row stand side by side; where the first of them stood, both stand now.
            is_replaced = True
            status_key = ButtonKey(key.place, record.id, STATUS).encode()
            shown.append(SectionBlock(text=mrkdwn(status_line(record)), block_id=status_key))
            shown += _row(key.place, record.id, record.current.option, _UNDER[record.status])
    return shown


def _is_settled(group: str, record: DecisionRecord) -> bool:
    """Say whether a row asks for facts of a decision that nothing is decided by any more."""
    is_over = record.status in ("superseded", "withdrawn")
    return is_over and (group == HEARD or group.startswith(CONDITION_PREFIX))


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
    for block in blocks:
        key = decode(block.block_id or "")
        if key is not None and (key.about, key.group) == (decision_id, DECISION):
            values = (element.get("value") for element in block.to_dict()["elements"])
            return next((str(value) for value in values if value), "")
    return ""


def status_line(record: DecisionRecord) -> str:
    """Return what people decided, in one line. Only for where a mention does not ping."""
    change = last_change(record)
    match record.status:
        case "accepted":
            return words.accepted(change) + words.kept_up(record.owner, record.review_on)
        case "overridden":
            return words.overridden(change) + words.kept_up(record.owner, record.review_on)
        case "withdrawn" if record.kept_instead:
            return words.kept_earlier(change, record.kept_instead)
        case "withdrawn":
            return words.withdrawn(change)
        case "superseded":
            return words.superseded(record.superseded_by or "")
        case _:
            return ""


def _row(
    place: Place,
    decision_id: str,
    option: Option,
    action_ids: Iterable[str],
    *,
    group: str = DECISION,
    earlier: str = "",
) -> list[Block]:
    key = ButtonKey(place, decision_id, group).encode()
    return actions([_control(id_, option, earlier) for id_ in action_ids], [key])


def _control(action_id: str, option: Option, earlier: str) -> InteractiveElement:
    if action_id == KEEP_EARLIER:
        return button(_LABELS[action_id], action_id, f"{option} {earlier}")
    if action_id != MORE:
        return button(_LABELS[action_id], action_id, option)
    in_menu = [MenuOption(value=f"{id_}:{option}", text=plain(_LABELS[id_])) for id_ in (CHANGE, HISTORY)]
    return OverflowMenuElement(action_id=MORE, options=in_menu)
