"""Slack's envelopes and bodies into values; nothing outside this module reads their raw dicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, get_args

from pydantic import ValidationError

from bot.decision.options import Option
from bot.overview import PERIODS_DAYS
from bot.record import Verdict
from bot.slack import (
    answer_form,
    button_keys,
    correction_form,
    override_form,
    reading,
    reason_form,
    save_form,
    settings_form,
    shortcuts,
    upkeep_form,
)
from bot.slack.button_keys import ButtonKey
from bot.slack.incoming import (
    AcceptPressed,
    AppRemoved,
    Arrived,
    Changed,
    ChannelJoined,
    CommandCalled,
    ConditionAnswered,
    ContinuePressed,
    CorrectionFilled,
    Entry,
    EvaluatePressed,
    Filled,
    FormFilled,
    HomeOpened,
    Incoming,
    KeepEarlierPressed,
    KeepPressed,
    Mentioned,
    MessageAsked,
    MessageDeleted,
    MessageEdited,
    MessageSent,
    MessagesOpened,
    OnMessage,
    Pressed,
    Rated,
    RatePressed,
    ReasonFilled,
    ReplyPicked,
    ReviewAnswered,
    SaveAsked,
    SaveFilled,
    SettingsFilled,
    SettingsShown,
    SharePressed,
    Shown,
    TheirMessage,
    ToOpen,
    UpkeepFilled,
    ViewAsked,
    Waiting,
    WordsAsked,
    WordsFilled,
    is_direct,
)
from bot.slack.scopes import REMOVALS

COMMAND = "/finetune"
SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
"""Messages that people write; every other subtype is an edit, a deletion, a bot or a notice."""

CHANGES = frozenset({"message_changed", "message_deleted"})
TOMBSTONE = "tombstone"
"""What a deleted message becomes while its thread stands."""
_VERDICTS: dict[str, Verdict] = {verdict: verdict for verdict in get_args(Verdict)}

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Me:
    """Who we are in this workspace."""

    team_id: str
    user_id: str
    bot_id: str
    name: str


def is_handshake(body: Raw) -> bool:
    """Say whether Slack only checks our address (HTTP mode); Bolt answers those."""
    return body.get("type") == "url_verification" or bool(body.get("ssl_check"))


def parse(body: Raw, *, me: Me, team_id: str, now: datetime) -> Incoming | ToOpen | Filled | None:
    """Return what a person did, or None when it is not for us. What is no `Incoming` is answered at once.

    `team_id` is the workspace that the app is installed in; `body` may name the sender's own instead.
    """
    if "command" in body:
        return _command(body, team_id, now)
    match body.get("type"):
        case "event_callback":
            if _text(event := _part(body, "event"), "type") in REMOVALS:
                return _removal(body, event, me, now)
            return _event(event, me, team_id)
        case "block_actions":
            return _home_period(body, team_id) or _action(body, team_id)
        case "message_action":
            return _shortcut(body, team_id)
        case "view_submission":
            return _form(body, team_id, now)
    return None


def _command(body: Raw, team_id: str, now: datetime) -> CommandCalled | None:
    if body.get("command") != COMMAND or not _text(body, "trigger_id"):
        return None
    return CommandCalled(
        team_id=team_id,
        channel_id=_text(body, "channel_id"),
        user_id=_text(body, "user_id"),
        at=now,
        text=reading.words(_text(body, "text"), ""),
        trigger_id=_text(body, "trigger_id"),
        response_url=_text(body, "response_url"),
    )


def _event(event: Raw, me: Me, team_id: str) -> Incoming | None:
    match event.get("type"):
        case "member_joined_channel":
            return _joined(event, me, team_id)
        case "app_home_opened":
            return _opened(event, team_id)
    if _text(event, "subtype") in CHANGES:
        return _change(event, me, team_id)
    return _message(event, me, team_id)


def _joined(event: Raw, me: Me, team_id: str) -> ChannelJoined | None:
    at = _moment(_text(event, "event_ts"))
    if _text(event, "user") != me.user_id or at is None or not _text(event, "channel"):
        return None
    return ChannelJoined(
        team_id=team_id,
        channel_id=_text(event, "channel"),
        user_id=_text(event, "inviter"),
        at=at,
        event_ts=_text(event, "event_ts"),
    )


def _opened(event: Raw, team_id: str) -> HomeOpened | MessagesOpened | None:
    event_ts, user_id = _text(event, "event_ts"), _text(event, "user")
    at = _moment(event_ts)
    if at is None or not user_id:
        return None
    match event.get("tab"):
        case "home":
            return HomeOpened(team_id=team_id, channel_id="", user_id=user_id, at=at, event_ts=event_ts)
        case "messages":
            channel_id = _text(event, "channel")
            return MessagesOpened(
                team_id=team_id, channel_id=channel_id, user_id=user_id, at=at, event_ts=event_ts
            )
    return None


def _removal(body: Raw, event: Raw, me: Me, now: datetime) -> AppRemoved | None:
    # Tokens of single people may be revoked too; we have none of those.
    is_ours = event["type"] == "app_uninstalled" or me.user_id in _ids(_part(event, "tokens"), "bot")
    team_id, event_id = _text(body, "team_id"), _text(body, "event_id")
    if not is_ours or not team_id or not event_id:
        return None
    return AppRemoved(team_id=team_id, channel_id="", user_id="", at=now, event_id=event_id)


def _message(event: Raw, me: Me, team_id: str) -> Mentioned | MessageSent | None:
    user_id, channel_id, ts = _text(event, "user"), _text(event, "channel"), _text(event, "ts")
    at = _moment(ts)
    is_ours_or_a_bots = user_id in ("", me.user_id, "USLACKBOT") or bool(event.get("bot_id"))
    is_not_new = bool(event.get("edited")) or bool(event.get("hidden"))
    if (
        event.get("type") not in ("app_mention", "message")
        or _text(event, "subtype") not in SUBTYPES
        or is_ours_or_a_bots
        or is_not_new
        or at is None
        or not channel_id
    ):
        return None
    raw = _text(event, "text")
    thread_ts = _text(event, "thread_ts")
    text = reading.words(raw, me.user_id)
    if not is_direct(channel_id) and (event["type"] == "app_mention" or reading.mentions(raw, me.user_id)):
        return Mentioned(
            team_id=team_id,
            channel_id=channel_id,
            user_id=user_id,
            at=at,
            ts=ts,
            thread_ts=thread_ts,
            text=text,
        )
    if not is_direct(channel_id) and not thread_ts:
        return None
    return MessageSent(
        team_id=team_id,
        channel_id=channel_id,
        user_id=user_id,
        at=at,
        ts=ts,
        # A direct message's own root names itself in some payloads.
        thread_ts="" if thread_ts == ts else thread_ts,
        text=text,
        is_to_others=reading.is_addressed_to_another(raw, me.user_id),
    )


def _change(event: Raw, me: Me, team_id: str) -> MessageDeleted | MessageEdited | None:
    before, after = _part(event, "previous_message"), _part(event, "message")
    ts = _text(before, "ts") or _text(after, "ts") or _text(event, "deleted_ts")
    at, channel_id = _moment(_text(event, "event_ts")), _text(event, "channel")
    is_ours_or_a_bots = _text(before, "user") == me.user_id or bool(before.get("bot_id"))
    if event.get("type") != "message" or is_ours_or_a_bots or at is None or not ts or not channel_id:
        return None
    changed = Changed(
        team_id=team_id,
        channel_id=channel_id,
        user_id=_text(before, "user"),
        at=at,
        ts=ts,
        thread_ts=_text(before, "thread_ts") or _text(after, "thread_ts"),
    )
    if event.get("subtype") == "message_deleted" or _text(after, "subtype") == TOMBSTONE:
        # The tombstone itself may be deleted later; there is nothing left of it to forget.
        return None if _text(before, "subtype") == TOMBSTONE else MessageDeleted(**dict(changed))
    if _text(after, "text") == _text(before, "text"):
        # Slack calls it a change, too, when it unfolds a link or counts replies.
        return None
    edited_ts = _text(_part(after, "edited"), "ts") or _text(event, "event_ts")
    return MessageEdited(**dict(changed), edited_ts=edited_ts)


def _home_period(body: Raw, team_id: str) -> HomeOpened | None:
    """Return how far back a person wants their Home to look; None when this is something else."""
    action: Raw = next(iter(_rows(body, "actions")), {})
    action_ts = _text(action, "action_ts")
    picked = _text(_part(action, "selected_option"), "value")
    at, days = _moment(action_ts), next((days for days in PERIODS_DAYS if str(days) == picked), None)
    is_home = _part(body, "view").get("type") == "home" and action.get("action_id") == button_keys.HOME_PERIOD
    if not is_home or at is None or days is None:
        return None
    user_id = _text(_part(body, "user"), "id")
    return HomeOpened(team_id=team_id, channel_id="", user_id=user_id, at=at, event_ts=action_ts, days=days)


def _shortcut(body: Raw, team_id: str) -> MessageAsked | SaveAsked | None:
    message, trigger_id = _part(body, "message"), _text(body, "trigger_id")
    ts = _text(message, "ts") or _text(body, "message_ts")
    channel_id, at = _text(_part(body, "channel"), "id"), _moment(_text(body, "action_ts"))
    if _moment(ts) is None or at is None or not channel_id or not trigger_id:
        return None
    thread_ts = _text(message, "thread_ts")
    used = OnMessage(
        team_id=team_id,
        channel_id=channel_id,
        user_id=_text(_part(body, "user"), "id"),
        at=at,
        about=TheirMessage(
            ts=ts,
            thread_ts="" if thread_ts == ts else thread_ts,
            author_id=_text(message, "user") or _text(message, "bot_id"),
        ),
        response_url=_text(body, "response_url"),
    )
    text = reading.words(_text(message, "text"), "")
    match body.get("callback_id"):
        case shortcuts.ASK:
            return MessageAsked(**dict(used), text=text, trigger_id=trigger_id)
        case shortcuts.SAVE:
            return SaveAsked(**dict(used), text=text, trigger_id=trigger_id)
    return None


def _action(body: Raw, team_id: str) -> Incoming | ToOpen | None:
    action: Raw = next(iter(_rows(body, "actions")), {})
    channel_id = _text(_part(body, "channel"), "id")
    key = button_keys.decode(_text(action, "block_id"))
    at = _moment(_text(action, "action_ts"))
    if key is None or at is None or (key.place.team_id, key.place.channel_id) != (team_id, channel_id):
        return None
    if key.place.thread == button_keys.HERE:
        message_ts, thread_ts, _ = _where(body)
        key = replace(key, place=key.place.model_copy(update={"thread": thread_ts or message_ts}))
    user_id = _text(_part(body, "user"), "id")
    arrived = Arrived(team_id=team_id, channel_id=channel_id, user_id=user_id, at=at)
    if button_keys.is_on_decision(key.group):
        return _on_decision(body, action, key, arrived)
    if key.group == button_keys.FEEDBACK:
        return RatePressed(
            **dict(arrived),
            rated=Rated(place=key.place, about=key.about, response_url=_text(body, "response_url")),
            is_helpful=_text(action, "value") == button_keys.HELPFUL,
            action_ts=_text(action, "action_ts"),
            trigger_id=_text(body, "trigger_id"),
        )
    if key.group == button_keys.REVIEW:
        return _on_review(body, action, key, arrived)
    return _on_question(body, action, key, arrived)


def _on_decision(
    body: Raw, action: Raw, key: ButtonKey, arrived: Arrived
) -> AcceptPressed | ConditionAnswered | KeepEarlierPressed | ViewAsked | None:
    action_id, value = _text(action, "action_id"), _text(action, "value")
    if action_id == button_keys.MORE:
        action_id, _, value = _text(_part(action, "selected_option"), "value").partition(":")
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
        response_url=_text(body, "response_url"),
    )
    if action_id == button_keys.ACCEPT:
        return AcceptPressed(**dict(arrived), shown=shown, action_ts=_text(action, "action_ts"))
    if action_id in (button_keys.CONFIRM, button_keys.DENY):
        return ConditionAnswered(
            **dict(arrived),
            shown=shown,
            action_ts=_text(action, "action_ts"),
            requirement=key.group.removeprefix(button_keys.CONDITION_PREFIX),
            is_so=action_id == button_keys.CONFIRM,
        )
    if action_id == button_keys.KEEP_EARLIER and earlier_id:
        return KeepEarlierPressed(
            **dict(arrived), shown=shown, action_ts=_text(action, "action_ts"), earlier_id=earlier_id
        )
    if action_id in button_keys.OPENS_VIEW:
        return ViewAsked(
            **dict(arrived), shown=shown, action_id=action_id, trigger_id=_text(body, "trigger_id")
        )
    return None


def _on_review(body: Raw, action: Raw, key: ButtonKey, arrived: Arrived) -> ReviewAnswered | None:
    verdict = _VERDICTS.get(_text(action, "action_id").removeprefix(button_keys.REVIEW_PREFIX))
    asked_for = _calendar_day(_text(action, "value"))
    if verdict is None or asked_for is None:
        return None
    message_ts, thread_ts, _ = _where(body)
    return ReviewAnswered(
        **dict(arrived),
        place=key.place,
        response_url=_text(body, "response_url"),
        action_ts=_text(action, "action_ts"),
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
    action_id = _text(action, "action_id")
    pressed = Pressed(
        **dict(arrived),
        place=key.place,
        response_url=_text(body, "response_url"),
        action_ts=_text(action, "action_ts"),
    )
    if key.group == button_keys.EDITED:
        return EvaluatePressed(**dict(pressed), edited_ts=key.about)
    match action_id:
        case button_keys.CONTINUE:
            return ContinuePressed(**dict(pressed))
        case button_keys.SHARE:
            return SharePressed(**dict(pressed))
        case button_keys.KEEP:
            return KeepPressed(**dict(pressed))
        case button_keys.ANSWER:
            waiting = Waiting(place=key.place, question_id=key.about, response_url=pressed.response_url)
            return WordsAsked(**dict(arrived), waiting=waiting, trigger_id=_text(body, "trigger_id"))
    if action_id == button_keys.DONE:
        chosen = _chosen(body, _text(action, "block_id"))
    elif action_id.startswith(button_keys.REPLY_PREFIX):
        chosen = [action]
    else:
        # Ticking a box is reported too; it counts when *Done* is pressed.
        return None
    message_ts, thread_ts, is_ephemeral = _where(body)
    return ReplyPicked(
        **dict(pressed),
        question_id=key.about,
        picked=tuple(_text(option, "value") for option in chosen),
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


def _form(body: Raw, team_id: str, now: datetime) -> Filled | None:
    view = _part(body, "view")
    user_id = _text(_part(body, "user"), "id")
    try:
        match _text(view, "callback_id"):
            case override_form.CALLBACK_ID:
                shown = Shown.model_validate_json(_text(view, "private_metadata"))
                filled: Filled = FormFilled(
                    team_id=team_id,
                    channel_id=shown.place.channel_id,
                    user_id=user_id,
                    at=now,
                    shown=shown,
                    view_id=_text(view, "id"),
                    picked=_text(_part(_field(view, override_form.OUTCOME), "selected_option"), "value"),
                    why=_text(_field(view, override_form.REASON), "value"),
                )
            case correction_form.CALLBACK_ID:
                shown = Shown.model_validate_json(_text(view, "private_metadata"))
                filled = CorrectionFilled(
                    team_id=team_id,
                    channel_id=shown.place.channel_id,
                    user_id=user_id,
                    at=now,
                    shown=shown,
                    view_id=_text(view, "id"),
                    entries=_entries(view),
                )
            case upkeep_form.CALLBACK_ID:
                shown = Shown.model_validate_json(_text(view, "private_metadata"))
                filled = UpkeepFilled(
                    team_id=team_id,
                    channel_id=shown.place.channel_id,
                    user_id=user_id,
                    at=now,
                    shown=shown,
                    view_id=_text(view, "id"),
                    owner=_text(_field(view, upkeep_form.OWNER), "selected_user"),
                    review_on=_text(_field(view, upkeep_form.REVIEW), "selected_date"),
                    review_was_on=_text(_element(view, upkeep_form.REVIEW), "initial_date"),
                )
            case answer_form.CALLBACK_ID:
                waiting = Waiting.model_validate_json(_text(view, "private_metadata"))
                filled = WordsFilled(
                    team_id=team_id,
                    channel_id=waiting.place.channel_id,
                    user_id=user_id,
                    at=now,
                    waiting=waiting,
                    view_id=_text(view, "id"),
                    text=_text(_field(view, answer_form.ANSWER), "value"),
                )
            case reason_form.CALLBACK_ID:
                rated = Rated.model_validate_json(_text(view, "private_metadata"))
                filled = ReasonFilled(
                    team_id=team_id,
                    channel_id=rated.place.channel_id,
                    user_id=user_id,
                    at=now,
                    rated=rated,
                    view_id=_text(view, "id"),
                    reason=_text(_field(view, reason_form.REASON), "value"),
                )
            case save_form.CALLBACK_ID:
                return _saved(view, team_id, user_id, now)
            case settings_form.CALLBACK_ID:
                return _settings(view, team_id, user_id, now)
            case _:
                return None
    except ValidationError:
        return None
    return filled if filled.place.team_id == team_id else None


def _saved(view: Raw, team_id: str, user_id: str, now: datetime) -> SaveFilled | None:
    used = OnMessage.model_validate_json(_text(view, "private_metadata"))
    if (used.team_id, used.user_id) != (team_id, user_id):
        return None
    return SaveFilled(
        **dict(used.model_copy(update={"at": now})),
        view_id=_text(view, "id"),
        outcome=_text(_part(_field(view, save_form.OUTCOME), "selected_option"), "value"),
        why=_text(_field(view, save_form.WHY), "value"),
        on=_text(_field(view, save_form.DAY), "selected_date"),
        owner=_text(_field(view, save_form.OWNER), "selected_user"),
        context=_text(_field(view, save_form.CONTEXT), "value"),
    )


def _field(view: Raw, name: str) -> Raw:
    """Return what was entered into a field, whose block and element have the same id."""
    return _part(_part(_part(_part(view, "state"), "values"), name), name)


def _element(view: Raw, name: str) -> Raw:
    """Return one input of a form as it was opened."""
    blocks = (block for block in _rows(view, "blocks") if block.get("block_id") == name)
    return _part(next(blocks, {}), "element")


def _settings(view: Raw, team_id: str, user_id: str, now: datetime) -> SettingsFilled | None:
    shown = SettingsShown.model_validate_json(_text(view, "private_metadata"))
    if shown.team_id != team_id:
        return None
    values = _part(_part(view, "state"), "values")
    return SettingsFilled(
        team_id=team_id,
        channel_id=shown.channel_id,
        user_id=user_id,
        at=now,
        shown=shown,
        view_id=_text(view, "id"),
        values={block_id: _entered(_part(_part(values, block_id), block_id), "") for block_id in values},
    )


def _entries(view: Raw) -> tuple[Entry, ...]:
    """Return every field of a form about facts, each with what stood in it and what stands in it now."""
    values = _part(_part(view, "state"), "values")
    return tuple(
        Entry(
            fact=_text(block, "block_id"),
            before=_entered(_part(block, "element"), "initial_"),
            after=_entered(_part(_part(values, _text(block, "block_id")), correction_form.ENTRY), ""),
        )
        for block in _rows(view, "blocks")
        if block.get("type") == "input"
    )


def _entered(field: Raw, prefix: str) -> str:
    """Return what a field holds: its text, its time, or the value of the option that is picked."""
    picked = prefix or "selected_"
    chosen = _text(_part(field, f"{picked}option"), "value")
    return chosen or _text(field, f"{picked}time") or _text(field, f"{prefix}value")


def _where(body: Raw) -> tuple[str, str, bool]:
    """Return the message's ts, its thread's ts ("" at top level), and whether only one person sees it."""
    container = _part(body, "container")
    message_ts = _text(container, "message_ts")
    thread_ts = _text(container, "thread_ts") or _text(_part(body, "message"), "thread_ts")
    return message_ts, "" if thread_ts == message_ts else thread_ts, bool(container.get("is_ephemeral"))


def _chosen(body: Raw, block_id: str) -> list[Raw]:
    """Return the ticked boxes of the *Done* button's own block."""
    boxes = _part(_part(_part(body, "state"), "values"), block_id)
    return [
        option
        for action_id, state in boxes.items()
        if action_id.startswith(button_keys.CHOICES_PREFIX) and isinstance(state, Mapping)
        for option in _rows(state, "selected_options")
    ]


def _question_text(body: Raw) -> str:
    """Return the question as it stands in the message; an ephemeral message is not in the payload."""
    for block in _rows(_part(body, "message"), "blocks"):
        key = button_keys.decode(_text(block, "block_id"))
        if key is not None and key.group == button_keys.QUESTION:
            return _shown(block).strip("*")
    return ""


def _shown(element: Raw) -> str:
    return reading.words(_text(_part(element, "text"), "text"), "")


def _part(raw: Raw, key: str) -> Raw:
    part = raw.get(key)
    return part if isinstance(part, Mapping) else {}


def _rows(raw: Raw, key: str) -> list[Raw]:
    rows = raw.get(key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _ids(raw: Raw, key: str) -> list[str]:
    ids = raw.get(key)
    return [id_ for id_ in ids if isinstance(id_, str)] if isinstance(ids, list) else []


def _text(raw: Raw, key: str) -> str:
    value = raw.get(key)
    # Half a character would pass through everything up to the first encoder, and be lost there.
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _moment(ts: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None
