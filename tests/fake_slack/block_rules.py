"""Slack's rules for blocks, as strict as the real one: anything unknown, empty or too long is refused.

Sources: docs.slack.dev/reference/block-kit (blocks, block elements, composition objects).
"""

from __future__ import annotations

import json
import re
from typing import Any

MOST_BLOCKS = 50
MOST_MESSAGE_CHARS = 13_200
MOST_VIEW_BLOCKS = 100
MOST_VIEW_BYTES = 250_000
_HOME_FIELDS = {"type", "blocks", "private_metadata", "callback_id"}
_VIEW_FIELDS = {"type", "title", "submit", "close", "blocks", "private_metadata", "callback_id"}


class BlocksInvalid(Exception):
    """A message's blocks break a rule; `code` is the error that Slack would answer."""

    def __init__(self, where: str, code: str = "invalid_blocks") -> None:
        super().__init__(f"{code}: {where}")
        self.code = code
        self.where = where


def check(blocks: object) -> None:
    """Raise BlocksInvalid when Slack would refuse these blocks in a message."""
    kinds = _check_all(blocks, MOST_BLOCKS)
    _require("input" not in kinds, "an input in a message")
    assert isinstance(blocks, list)
    charts = [block for block in blocks if block["type"] == "data_visualization"]
    _require(len(charts) <= 2, "more than two charts")
    if len(json.dumps(blocks, ensure_ascii=False)) > MOST_MESSAGE_CHARS:
        raise BlocksInvalid("too many characters", "msg_blocks_too_long")


def check_view(view: object) -> None:
    """Raise BlocksInvalid when Slack would refuse to open this modal."""
    _require(isinstance(view, dict), "the view is no object")
    assert isinstance(view, dict)
    _require(view.get("type") == "modal", f"unknown view type {view.get('type')!r}")
    _require(set(view) <= _VIEW_FIELDS, f"unknown fields {sorted(set(view) - _VIEW_FIELDS)}")
    _text(view.get("title"), 24, only="plain_text")
    for name in ("submit", "close"):
        if name in view:
            _text(view[name], 24, only="plain_text")
    _string(view, "callback_id", 255, is_required=False)
    _string(view, "private_metadata", 3000, is_required=False)
    kinds = _check_all(view.get("blocks"), MOST_VIEW_BLOCKS)
    _require("data_visualization" not in kinds, "a chart in a modal")
    _require("input" not in kinds or "submit" in view, "inputs without a button to submit them")
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_VIEW_BYTES:
        raise BlocksInvalid("too many bytes", "view_too_large")


def check_home(view: object) -> None:
    """Raise BlocksInvalid when Slack would refuse to show this as somebody's Home."""
    _require(isinstance(view, dict), "the view is no object")
    assert isinstance(view, dict)
    _require(view.get("type") == "home", f"unknown view type {view.get('type')!r}")
    _require(set(view) <= _HOME_FIELDS, f"unknown fields {sorted(set(view) - _HOME_FIELDS)}")
    _check_all(view.get("blocks"), MOST_VIEW_BLOCKS)
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_VIEW_BYTES:
        raise BlocksInvalid("too many bytes", "view_too_large")


def _check_all(blocks: object, most: int) -> set[str]:
    """Check the blocks of a message or view, and return which kinds there are."""
    _require(isinstance(blocks, list), "blocks is not a list")
    assert isinstance(blocks, list)
    _require(1 <= len(blocks) <= most, f"{len(blocks)} blocks")
    block_ids: list[str] = []
    for block in blocks:
        _check_block(block)
        block_ids += [block["block_id"]] if "block_id" in block else []
    _require(len(block_ids) == len(set(block_ids)), "two blocks share a block_id")
    return {block["type"] for block in blocks}


def _check_block(block: object) -> None:  # noqa: C901, PLR0912 - one case for each kind
    _require(isinstance(block, dict), "a block is no object")
    assert isinstance(block, dict)
    kind = block.get("type")
    _string(block, "block_id", 255, is_required=False)
    match kind:
        case "section":
            _fields(block, {"text", "fields", "accessory", "expand"})
            _require("text" in block or "fields" in block, "a section without text")
            if "text" in block:
                _text(block["text"], 3000)
            fields = block.get("fields", [])
            _require(len(fields) <= 10, "more than 10 fields")
            for field in fields:
                _text(field, 2000)
            if "accessory" in block:
                _check_element(block["accessory"])
        case "divider":
            _fields(block, set())
        case "header":
            _fields(block, {"text"})
            _text(block.get("text"), 150, only="plain_text")
        case "context":
            _fields(block, {"elements"})
            elements = _list(block, "elements", 10)
            for element in elements:
                _text(element, 3000)
        case "actions":
            _fields(block, {"elements"})
            elements = _list(block, "elements", 25)
            for element in elements:
                _check_element(element)
            action_ids = [element["action_id"] for element in elements]
            _require(len(action_ids) == len(set(action_ids)), "two elements share an action_id")
        case "data_visualization":
            _fields(block, {"title", "chart"})
            _string(block, "title", 50)
            _check_chart(block.get("chart"))
        case "context_actions":
            _fields(block, {"elements"})
            for element in _list(block, "elements", 5):
                _check_feedback(element)
        case "input":
            _fields(block, {"label", "element", "hint", "optional"})
            _text(block.get("label"), 2000, only="plain_text")
            _text(block.get("hint", block["label"]), 2000, only="plain_text")
            _check_input(block.get("element"))
        case _:
            _require(False, f"unknown block type {kind!r}")


def _check_chart(chart: object) -> None:
    """Source: docs.slack.dev/reference/block-kit/blocks/data-visualization-block."""
    _require(isinstance(chart, dict) and chart.get("type") == "bar", "only bars are known here")
    assert isinstance(chart, dict)
    _fields(chart, {"series", "axis_config"})
    axis = chart.get("axis_config")
    _require(isinstance(axis, dict), "a chart without axes")
    assert isinstance(axis, dict)
    _fields(axis, {"categories", "x_label", "y_label"})
    categories = _list(axis, "categories", 20)
    _require(len(categories) == len(set(categories)), "two categories share a name")
    for label in ("x_label", "y_label"):
        _string(axis, label, 50, is_required=False)
    names = []
    for series in _list(chart, "series", 6):
        _fields(series, {"name", "data"})
        _string(series, "name", 20)
        names.append(series["name"])
        points = _list(series, "data", 20)
        _require([point.get("label") for point in points] == categories, "points do not match the categories")
        for point in points:
            _require(set(point) == {"label", "value"}, f"unknown fields {sorted(point)}")
            _string(point, "label", 20)
            is_number = isinstance(point["value"], int | float) and not isinstance(point["value"], bool)
            _require(is_number, "a value is no number")
    _require(len(names) == len(set(names)), "two series share a name")


def _check_element(element: object) -> None:
    _require(isinstance(element, dict), "an element is no object")
    assert isinstance(element, dict)
    _string(element, "action_id", 255)
    match element.get("type"):
        case "button":
            _fields(element, {"action_id", "text", "value", "style", "url", "accessibility_label"})
            _text(element.get("text"), 75, only="plain_text")
            _string(element, "value", 2000, is_required=False)
            _require(element.get("style", "primary") in ("primary", "danger"), "unknown button style")
        case "checkboxes":
            _fields(element, {"action_id", "options", "initial_options"})
            for option in _list(element, "options", 10):
                _check_option(option)
        case "static_select":
            _check_select(element)
        case "overflow":
            _fields(element, {"action_id", "options"})
            for option in _list(element, "options", 5):
                _check_option(option)
                _text(option.get("text"), 75, only="plain_text")
        case kind:
            _require(False, f"unknown element type {kind!r}")


def _check_feedback(element: object) -> None:
    _require(isinstance(element, dict), "an element is no object")
    assert isinstance(element, dict)
    _require(element.get("type") == "feedback_buttons", f"unknown element type {element.get('type')!r}")
    _fields(element, {"action_id", "positive_button", "negative_button"})
    _string(element, "action_id", 255)
    for name in ("positive_button", "negative_button"):
        button = element.get(name)
        _require(isinstance(button, dict), f"{name} is no object")
        assert isinstance(button, dict)
        _fields(button, {"text", "value", "accessibility_label"})
        _text(button.get("text"), 75, only="plain_text")
        _string(button, "value", 2000)
        _string(button, "accessibility_label", 75, is_required=False)


def _check_select(element: dict[str, Any]) -> None:
    _fields(element, {"action_id", "options", "initial_option", "placeholder"})
    options = _list(element, "options", 100)
    for option in options:
        _check_option(option)
    _require(element.get("initial_option", options[0]) in options, "the initial option is none of them")


def _check_input(element: object) -> None:
    _require(isinstance(element, dict), "an element is no object")
    assert isinstance(element, dict)
    _string(element, "action_id", 255)
    if "placeholder" in element:
        _text(element["placeholder"], 150, only="plain_text")
    match element.get("type"):
        case "static_select":
            _check_select(element)
        case "timepicker":
            _fields(element, {"action_id", "initial_time", "placeholder", "timezone"})
            is_time = re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", element.get("initial_time", "00:00"))
            _require(is_time is not None, "initial_time is no HH:mm")
        case "number_input":
            _fields(
                element,
                {"action_id", "is_decimal_allowed", "initial_value", "min_value", "max_value", "placeholder"},
            )
            _require(isinstance(element.get("is_decimal_allowed"), bool), "is_decimal_allowed is missing")
            for name in ("initial_value", "min_value", "max_value"):
                _require(element.get(name, "0").isdigit(), f"{name} is no number")
        case "plain_text_input":
            _fields(
                element,
                {"action_id", "multiline", "min_length", "max_length", "placeholder", "initial_value"},
            )
            _require(1 <= element.get("max_length", 3000) <= 3000, "max_length must be 1 to 3000")
            _string(element, "initial_value", element.get("max_length", 3000), is_required=False)
        case "datepicker":
            _fields(element, {"action_id", "initial_date", "placeholder"})
            day = str(element.get("initial_date", "2026-11-23"))
            _require(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) is not None, "a date is written 2026-11-23")
        case "users_select":
            _fields(element, {"action_id", "initial_user", "placeholder"})
            user = element.get("initial_user", "U1")
            _require(re.fullmatch("[UW][A-Z0-9]+", str(user)) is not None, f"no user id: {user!r}")
        case kind:
            _require(False, f"unknown input {kind!r}")


def _check_option(option: object) -> None:
    _require(isinstance(option, dict), "an option is no object")
    assert isinstance(option, dict)
    _require(set(option) <= {"text", "value", "description"}, f"unknown fields in {sorted(option)}")
    _text(option.get("text"), 75)
    _string(option, "value", 150)


def _text(text: object, limit: int, only: str = "") -> None:
    _require(isinstance(text, dict), "a text is no object")
    assert isinstance(text, dict)
    kind = text.get("type")
    _require(kind in ("plain_text", "mrkdwn"), f"unknown text type {kind!r}")
    _require(not only or kind == only, f"only {only} is allowed here")
    allowed = {"type", "text", "emoji"} if kind == "plain_text" else {"type", "text", "verbatim"}
    _require(set(text) <= allowed, f"unknown fields in {sorted(text)}")
    _string(text, "text", limit)


def _fields(part: dict[str, Any], allowed: set[str]) -> None:
    unknown = set(part) - allowed - {"type", "block_id"}
    _require(not unknown, f"unknown fields {sorted(unknown)}")


def _list(part: dict[str, Any], name: str, limit: int) -> list[Any]:
    values = part.get(name)
    _require(isinstance(values, list) and 1 <= len(values) <= limit, f"{name} must be 1 to {limit}")
    assert isinstance(values, list)
    return values


def _string(part: dict[str, Any], name: str, limit: int, *, is_required: bool = True) -> None:
    if name not in part and not is_required:
        return
    value = part.get(name)
    _require(isinstance(value, str), f"{name} is no string")
    assert isinstance(value, str)
    _require(1 <= len(value) <= limit, f"{name} has {len(value)} characters, allowed are 1 to {limit}")


def _require(holds: bool, where: str) -> None:  # noqa: FBT001 - reads as a sentence where it is used
    if not holds:
        raise BlocksInvalid(where)
