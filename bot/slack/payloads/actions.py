"""Actions: buttons and menus under our messages, and in a Home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import get_args

from bot.decision.options import Option
from bot.overview import PERIODS_DAYS
from bot.record import Verdict
from bot.slack import button_keys, reading
from bot.slack.button_keys import ButtonKey
from bot.slack.incoming import (
    AcceptPressed,
    Arrived,
    ConditionAnswered,
    ContinuePressed,
    EvaluatePressed,
    HomeOpened,
    Incoming,
    KeepEarlierPressed,
    KeepPressed,
    Pressed,
    PressedElsewhere,
    Rated,
    RatePressed,
    ReplyPicked,
    ReviewAnswered,
    SharePressed,
    Shown,
    ToOpen,
    ViewAsked,
    Waiting,
    WordsAsked,
)
from bot.slack.payloads.raw import Raw, moment_of, part_of, rows_of, text_of

VERDICTS: dict[str, Verdict] = {verdict: verdict for verdict in get_args(Verdict)}


def parse_action(body: Raw, team_id: str) -> Incoming | ToOpen | PressedElsewhere | None:
    """Return what was pressed or picked; None when it is nothing of ours, or does nothing by itself."""
    return _home_period(body, team_id) or _on_message(body, team_id)


def _home_period(body: Raw, team_id: str) -> HomeOpened | None:
    """Return how far back a person wants their Home to look; None when this is something else."""
    action: Raw = next(iter(rows_of(body, "actions")), {})
    action_ts = text_of(action, "action_ts")
    picked = text_of(part_of(action, "selected_option"), "value")
    at, days = moment_of(action_ts), next((days for days in PERIODS_DAYS if str(days) == picked), None)
    is_home = (
        part_of(body, "view").get("type") == "home" and action.get("action_id") == button_keys.HOME_PERIOD
    )
    if not is_home or at is None or days is None:
        return None
    user_id = text_of(part_of(body, "user"), "id")
    return HomeOpened(team_id=team_id, channel_id="", user_id=user_id, at=at, event_ts=action_ts, days=days)


def _on_message(body: Raw, team_id: str) -> Incoming | ToOpen | PressedElsewhere | None:
    action: Raw = next(iter(rows_of(body, "actions")), {})
    channel_id = text_of(part_of(body, "channel"), "id")
    key = button_keys.decode(text_of(action, "block_id"))
    at = moment_of(text_of(action, "action_ts"))
    if key is None or at is None:
        return None
    user_id = text_of(part_of(body, "user"), "id")
    arrived = Arrived(team_id=team_id, channel_id=channel_id, user_id=user_id, at=at)
    if (key.place.team_id, key.place.channel_id) != (team_id, channel_id):
        # Of another workspace's buttons nothing is said here.
        is_ours = key.place.team_id == team_id
        address = text_of(body, "response_url") if is_ours else ""
        return PressedElsewhere(**dict(arrived), response_url=address)
    if key.place.thread == button_keys.HERE:
        message_ts, thread_ts, _ = _where(body)
        key = replace(key, place=key.place.model_copy(update={"thread": thread_ts or message_ts}))
    if button_keys.is_on_decision(key.group):
        return _on_decision(body, action, key, arrived)
    if key.group == button_keys.FEEDBACK:
        return RatePressed(
            **dict(arrived),
            rated=Rated(place=key.place, about=key.about, response_url=text_of(body, "response_url")),
            is_helpful=text_of(action, "value") == button_keys.HELPFUL,
            action_ts=text_of(action, "action_ts"),
            trigger_id=text_of(body, "trigger_id"),
        )
    if key.group == button_keys.REVIEW:
        return _on_review(body, action, key, arrived)
    return _on_question(body, action, key, arrived)


def _on_decision(
    body: Raw, action: Raw, key: ButtonKey, arrived: Arrived
) -> AcceptPressed | ConditionAnswered | KeepEarlierPressed | ViewAsked | None:
    action_id, value = text_of(action, "action_id"), text_of(action, "value")
    if action_id == button_keys.MORE:
        action_id, _, value = text_of(part_of(action, "selected_option"), "value").partition(":")
    value, _, earlier_id = value.partition(" ")
    option = _option(value)
    if option is None:
        return None
    message_ts, thread_ts, is_ephemeral = _where(body)
    shown = Shown(
        place=key.place,
        decision_id=key.about,
        option=option,
        message_ts=message_ts,
        thread_ts=thread_ts,
        is_ephemeral=is_ephemeral,
        response_url=text_of(body, "response_url"),
    )
    if action_id == button_keys.ACCEPT:
        return AcceptPressed(**dict(arrived), shown=shown, action_ts=text_of(action, "action_ts"))
    if action_id in (button_keys.CONFIRM, button_keys.DENY):
        return ConditionAnswered(
            **dict(arrived),
            shown=shown,
            action_ts=text_of(action, "action_ts"),
            requirement=key.group.removeprefix(button_keys.CONDITION_PREFIX),
            is_so=action_id == button_keys.CONFIRM,
        )
    if action_id == button_keys.KEEP_EARLIER and earlier_id:
        return KeepEarlierPressed(
            **dict(arrived), shown=shown, action_ts=text_of(action, "action_ts"), earlier_id=earlier_id
        )
    if action_id in button_keys.OPENS_VIEW:
        return ViewAsked(
            **dict(arrived), shown=shown, action_id=action_id, trigger_id=text_of(body, "trigger_id")
        )
    return None


def _on_review(body: Raw, action: Raw, key: ButtonKey, arrived: Arrived) -> ReviewAnswered | None:
    verdict = VERDICTS.get(text_of(action, "action_id").removeprefix(button_keys.REVIEW_PREFIX))
    asked_for = _calendar_day(text_of(action, "value"))
    if verdict is None or asked_for is None:
        return None
    message_ts, thread_ts, _ = _where(body)
    return ReviewAnswered(
        **dict(arrived),
        place=key.place,
        response_url=text_of(body, "response_url"),
        action_ts=text_of(action, "action_ts"),
        decision_id=key.about,
        verdict=verdict,
        asked_for=asked_for,
        message_ts=message_ts,
        thread_ts=thread_ts,
    )


def _calendar_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _on_question(body: Raw, action: Raw, key: ButtonKey, arrived: Arrived) -> Incoming | ToOpen | None:
    action_id = text_of(action, "action_id")
    pressed = Pressed(
        **dict(arrived),
        place=key.place,
        response_url=text_of(body, "response_url"),
        action_ts=text_of(action, "action_ts"),
    )
    if key.group == button_keys.EDITED:
        is_a_ts = moment_of(key.about) is not None
        return EvaluatePressed(**dict(pressed), edited_ts=key.about) if is_a_ts else None
    match action_id:
        case button_keys.CONTINUE:
            return ContinuePressed(**dict(pressed))
        case button_keys.SHARE:
            return SharePressed(**dict(pressed))
        case button_keys.KEEP:
            return KeepPressed(**dict(pressed))
        case button_keys.ANSWER:
            waiting = Waiting(place=key.place, question_id=key.about, response_url=pressed.response_url)
            return WordsAsked(**dict(arrived), waiting=waiting, trigger_id=text_of(body, "trigger_id"))
    if action_id == button_keys.DONE:
        chosen = _chosen(body, text_of(action, "block_id"))
    elif action_id.startswith(button_keys.REPLY_PREFIX):
        chosen = [action]
    else:
        # Ticking a box is reported too; it counts when *Done* is pressed.
        return None
    message_ts, thread_ts, is_ephemeral = _where(body)
    return ReplyPicked(
        **dict(pressed),
        question_id=key.about,
        picked=tuple(text_of(option, "value") for option in chosen),
        labels=tuple(_shown(option) for option in chosen),
        question_text=_question_text(body),
        message_ts=message_ts,
        thread_ts=thread_ts,
        is_ephemeral=is_ephemeral,
    )


def _option(value: str) -> Option | None:
    try:
        return Option(value)
    except ValueError:
        return None


def _where(body: Raw) -> tuple[str, str, bool]:
    """Return the message's ts, its thread's ts ("" at top level), and whether only one person sees it."""
    container = part_of(body, "container")
    message_ts = text_of(container, "message_ts")
    thread_ts = text_of(container, "thread_ts") or text_of(part_of(body, "message"), "thread_ts")
    return message_ts, "" if thread_ts == message_ts else thread_ts, bool(container.get("is_ephemeral"))


def _chosen(body: Raw, block_id: str) -> list[Raw]:
    """Return the ticked boxes of the *Done* button's own block."""
    boxes = part_of(part_of(part_of(body, "state"), "values"), block_id)
    return [
        option
        for action_id, state in boxes.items()
        if action_id.startswith(button_keys.CHOICES_PREFIX) and isinstance(state, Mapping)
        for option in rows_of(state, "selected_options")
    ]


def _question_text(body: Raw) -> str:
    """Return the question as it stands in the message; an ephemeral message is not in the payload."""
    for block in rows_of(part_of(body, "message"), "blocks"):
        key = button_keys.decode(text_of(block, "block_id"))
        if key is not None and key.group == button_keys.QUESTION:
            return _shown(block).strip("*")
    return ""


def _shown(element: Raw) -> str:
    return reading.words(text_of(part_of(element, "text"), "text"), "")
