"""Block Kit as HTML, for pictures of what people see. An unknown block or element is an error, never left out."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from tests.pictures.mrkdwn import as_html, plain_as_html

Json = Mapping[str, Any]
Names = Mapping[str, str]


def blocks_as_html(blocks: Sequence[Json], names: Names) -> str:
    """Return the blocks one under another."""
    return "\n".join(f'<div class="block {block["type"]}">{_block(block, names)}</div>' for block in blocks)


def _block(block: Json, names: Names) -> str:
    match block["type"]:
        case "section":
            fields = "".join(f"<div>{_text(field, names)}</div>" for field in block.get("fields") or ())
            accessory = block.get("accessory")
            beside = f'<div class="accessory">{_element(accessory, names)}</div>' if accessory else ""
            text = _text(block["text"], names) if "text" in block else ""
            return f'{beside}<div>{text}</div><div class="fields">{fields}</div>'
        case "context":
            return "".join(f"<span>{_element_or_text(part, names)}</span>" for part in block["elements"])
        case "header":
            return f"<h2>{_text(block['text'], names)}</h2>"
        case "divider":
            return "<hr>"
        case "actions" | "context_actions":
            return "".join(_element(part, names) for part in block["elements"])
        case "input":
            optional = ' <span class="hint">(optional)</span>' if block.get("optional") else ""
            hint = block.get("hint")
            under = f'<div class="hint">{_text(hint, names)}</div>' if hint else ""
            return f"<label>{_text(block['label'], names)}{optional}</label>{_element(block['element'], names)}{under}"
        case "table":
            rows = ("".join(f"<td>{_cell(cell, names)}</td>" for cell in row) for row in block["rows"])
            return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
        case "rich_text":
            return "".join(
                _cell({"type": "rich_text", "elements": [part]}, names) for part in block["elements"]
            )
        case "data_visualization":
            return _chart(block)
        case unknown:
            raise ValueError(f"no picture of a block of type {unknown!r}")


def _element_or_text(part: Json, names: Names) -> str:
    return _text(part, names) if part["type"] in ("mrkdwn", "plain_text") else _element(part, names)


def _element(element: Json, names: Names) -> str:
    match element["type"]:
        case "button" | "workflow_button":
            return f'<button class="{element.get("style", "")}">{_text(element["text"], names)}</button>'
        case "checkboxes" | "radio_buttons":
            chosen = element.get("initial_options") or [element.get("initial_option")]
            signs = ("☑", "☐") if element["type"] == "checkboxes" else ("◉", "○")
            rows = (
                f"{signs[0] if one in chosen else signs[1]} {_option(one, names)}"
                for one in element["options"]
            )
            return "".join(f'<div class="choice">{row}</div>' for row in rows)
        case "overflow":
            return '<button title="more">⋯</button>'
        case "feedback_buttons":
            both = (element["positive_button"], element["negative_button"])
            return "".join(f"<button>{_text(one['text'], names)}</button>" for one in both)
        case "icon_button":
            return f"<button>{_text(element['text'], names)}</button>"
        case "image":
            return f'<span class="image">[picture: {html.escape(element["alt_text"])}]</span>'
        case "plain_text_input" | "number_input" | "email_text_input" | "url_text_input":
            return _field(element.get("initial_value"), element, names, tall=element.get("multiline", False))
        case "datepicker" | "timepicker":
            return _field(element.get("initial_date") or element.get("initial_time"), element, names)
        case "users_select" | "conversations_select" | "channels_select":
            first = (
                element.get("initial_user")
                or element.get("initial_conversation")
                or element.get("initial_channel")
            )
            return _field(names.get(first, first) if first else None, element, names, is_menu=True)
        case "static_select" | "external_select":
            first = element.get("initial_option")
            return _field(first and first["text"]["text"], element, names, is_menu=True)
        case "multi_static_select":
            chosen = ", ".join(one["text"]["text"] for one in element.get("initial_options") or ())
            return _field(chosen or None, element, names, is_menu=True)
        case unknown:
            raise ValueError(f"no picture of an element of type {unknown!r}")


def _field(value: object, element: Json, names: Names, *, tall: bool = False, is_menu: bool = False) -> str:
    placeholder = element.get("placeholder")
    empty = f'<span class="hint">{_text(placeholder, names)}</span>' if placeholder else "&nbsp;"
    shown = plain_as_html(str(value)) if value is not None else empty
    arrow = '<span class="arrow">▾</span>' if is_menu else ""
    return f'<div class="field{" tall" if tall else ""}{" menu" if is_menu else ""}">{shown}{arrow}</div>'


def _option(option: Json, names: Names) -> str:
    described = option.get("description")
    under = f'<div class="hint">{_text(described, names)}</div>' if described else ""
    return f"{_text(option['text'], names)}{under}"


def _cell(cell: Json, names: Names) -> str:
    if cell["type"] == "raw_text":
        return plain_as_html(cell["text"])
    if cell["type"] != "rich_text":
        return _text(cell, names)
    return "".join(_rich(part, names) for part in cell["elements"])


def _rich(part: Json, names: Names) -> str:
    match part["type"]:
        case "rich_text_section" | "rich_text_quote" | "rich_text_preformatted":
            return "".join(_rich(inside, names) for inside in part["elements"])
        case "rich_text_list":
            return "<ul>" + "".join(f"<li>{_rich(one, names)}</li>" for one in part["elements"]) + "</ul>"
        case "text":
            made = plain_as_html(part["text"])
            return f"<b>{made}</b>" if (part.get("style") or {}).get("bold") else made
        case "link":
            return (
                f'<a href="{html.escape(part["url"])}">{plain_as_html(part.get("text") or part["url"])}</a>'
            )
        case "user":
            return f'<span class="mention">@{names.get(part["user_id"], part["user_id"])}</span>'
        case unknown:
            raise ValueError(f"no picture of rich text of type {unknown!r}")


def _chart(block: Json) -> str:
    chart = block["chart"]
    series = chart.get("series") or [{"name": "", "data": chart.get("segments") or ()}]
    points = [(one["name"], point) for one in series for point in one["data"]]
    most = max((float(point["value"]) for _, point in points), default=1) or 1
    bars = "".join(
        f'<div class="bar"><span>{html.escape(str(point["label"]))}</span>'
        f'<i style="width:{round(220 * float(point["value"]) / most)}px"></i> {point["value"]} {html.escape(name)}</div>'
        for name, point in points
    )
    return f'<div class="chart"><b>{html.escape(block["title"])}</b>{bars}</div>'


def _text(text: Json, names: Names) -> str:
    return as_html(text["text"], names) if text["type"] == "mrkdwn" else plain_as_html(text["text"])
