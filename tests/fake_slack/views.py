"""Modals: opened by a trigger that lives for three seconds and serves once, and filled in by tests."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fake_slack import block_rules
from tests.fake_slack.workspace import texts_in

TRIGGER_LIVES_S = 3.0


class TriggerRefused(Exception):
    """A trigger was never issued, is too old, or was used before; `code` is the error that Slack answers."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Modal:
    """One modal before one person."""

    id: str
    user: str
    view: dict[str, Any]
    is_open: bool = True
    errors: dict[str, str] = field(default_factory=dict)
    """What stands under its fields after a submission that was not taken."""

    @property
    def shown(self) -> str:
        """Return every text in it, as one string."""
        return "\n".join(texts_in(self.view))

    @property
    def choices(self) -> list[str]:
        """Return what can be selected."""
        selects = [block["element"] for block in self.view["blocks"] if block["type"] == "input"]
        return [option["text"]["text"] for select in selects for option in select.get("options", [])]

    def filled(self, values: dict[str, str]) -> dict[str, Any]:
        """Return its state with these values by block_id: a choice's label, a text, a user id or a day.

        "" clears a field; one that is not given stands there as it was drawn.
        """
        state: dict[str, Any] = {}
        for block in self.view["blocks"]:
            if block["type"] != "input":
                continue
            element = block["element"]
            filled = _filled(element, values.get(block["block_id"]))
            state[block["block_id"]] = {element["action_id"]: {"type": element["type"], **filled}}
        return state


def _filled(element: dict[str, Any], value: str | None) -> dict[str, Any]:
    """Return what an element holds; what nobody touched holds what it began with."""
    match element["type"]:
        case "static_select":
            initial = element.get("initial_option") if value is None else None
            option = next((o for o in element["options"] if o["text"]["text"] == value), initial)
            return {"selected_option": option}
        case "timepicker":
            return {"selected_time": element.get("initial_time") if value is None else value or None}
        case "datepicker":
            return {"selected_date": element.get("initial_date") if value is None else value or None}
        case "users_select":
            return {"selected_user": element.get("initial_user") if value is None else value or None}
        case _:
            return {"value": element.get("initial_value") if value is None else value or None}


class Views:
    """Knows every trigger that was sent and every modal that was opened. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._triggers: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()
        self.modals: list[Modal] = []

    def issue_trigger(self, user: str) -> str:
        """Return a trigger with which a modal can be put before a person."""
        trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = (user, self._clock())
        return trigger_id

    def open(self, trigger_id: str, view: object) -> Modal:
        """Put a modal before a person. Raises TriggerRefused and BlocksInvalid."""
        user, issued_at = self._triggers.get(trigger_id, ("", 0.0))
        if not user:
            raise TriggerRefused("invalid_trigger_id")
        if self._clock() - issued_at > TRIGGER_LIVES_S:
            raise TriggerRefused("expired_trigger_id")
        if trigger_id in self._used:
            raise TriggerRefused("exchanged_trigger_id")
        block_rules.check_view(view)
        assert isinstance(view, dict)
        self._used.add(trigger_id)
        modal = Modal(f"V{secrets.token_hex(5).upper()}", user, view)
        self.modals.append(modal)
        return modal

    def answered(self, modal: Modal, answer: dict[str, Any]) -> None:
        """Do with a modal what came with the acknowledgement of its submission."""
        if not answer:
            modal.is_open, modal.errors = False, {}
            return
        assert answer.get("response_action") == "errors", f"the fake knows errors only, not {answer}"
        modal.errors = answer["errors"]
        block_ids = {block.get("block_id") for block in modal.view["blocks"] if block["type"] == "input"}
        assert modal.errors, "Slack takes no empty errors"
        assert set(modal.errors) <= block_ids, "an error for a field that is not there"
