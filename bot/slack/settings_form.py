"""The form behind `/finetune settings`: a channel's settings, or with fewer fields a workspace's defaults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.channel_settings import (
    LONGEST_REVIEW_DAYS,
    SHORTEST_REVIEW_DAYS,
    ChannelSettings,
    DigestPlan,
    is_zone,
)
from bot.house_rules import Rules
from bot.slack import settings_words as words
from bot.slack.incoming import SettingsFilled, SettingsShown, SettingsSubmitted
from bot.slack.markup import context, plain
from bot.weeks import WEEKDAYS

CALLBACK_ID = "settings"
WHO, ANSWERS, FOLLOW_UP, EMPTY, REVIEW = (
    "who_may_ask",
    "command_answers",
    "follows_up",
    "empty_week",
    "review",
)
DIGEST, AT, ZONE = "digest", "digest_at", "digest_zone"
OFF = "off"
ZONE_CHARS = 60

Choices = Mapping[str, str]

_WHO: Choices = {
    "everyone": "Everyone in the channel",
    "members": "Full members only: no guests, no other organisations",
    "nobody": "Nobody: switched off here",
}
_ANSWERS: Choices = {
    "private": "Only whoever asked, until they share it",
    "public": "Everyone, in a thread in the channel",
}
_FOLLOW_UP: Choices = {
    "yes": "Yes, while I am asking in a thread",
    "no": "No, only when I am mentioned",
}
_EMPTY: Choices = {"line": "A kind line", "silence": "Nothing at all"}
_DIGEST: Choices = {OFF: "Off", **{str(number): f"Every {day}" for number, day in enumerate(WEEKDAYS)}}


def form(shown: SettingsShown, rules: Rules, usual: DigestPlan) -> View:
    """Return the form, filled with what holds now; `usual` is when a digest would come."""
    settings = shown.settings
    fields: list[Block] = [
        _select(WHO, "Who may ask me here?", _WHO, settings.who_may_ask),
        _select(ANSWERS, "Who sees the answer to /finetune?", _ANSWERS, settings.command_answers),
        _select(
            FOLLOW_UP,
            "Do I read replies without a mention?",
            _FOLLOW_UP,
            "yes" if settings.follows_up else "no",
        ),
    ]
    if not shown.is_defaults:
        fields += _digest_fields(settings, usual)
    fields += [
        _select(EMPTY, "What comes after a quiet week?", _EMPTY, settings.empty_week),
        _input(
            REVIEW,
            "After how many days does a decision come up for review?",
            NumberInputElement(
                action_id=REVIEW,
                is_decimal_allowed=False,
                initial_value=None if settings.review_after_days is None else str(settings.review_after_days),
                min_value=str(SHORTEST_REVIEW_DAYS),
                max_value=str(LONGEST_REVIEW_DAYS),
            ),
            hint="Leave it empty for what is usual.",
            optional=True,
        ),
    ]
    scope = (
        "These are the workspace's defaults. A channel follows them until its members choose otherwise."
        if shown.is_defaults
        else f"These hold in <#{shown.channel_id}>. What you leave as it is follows the workspace's defaults."
    )
    return View(
        type="modal",
        callback_id=CALLBACK_ID,
        private_metadata=shown.model_dump_json(),
        title=plain("Workspace defaults" if shown.is_defaults else "Channel settings"),
        submit=plain("Save"),
        close=plain("Cancel"),
        blocks=[*context(scope), *fields, *context(words.last_change(rules.last_change))],
    )


def checked(filled: SettingsFilled) -> SettingsSubmitted | dict[str, str]:
    """Return what was submitted, or what is wrong with it, by field."""
    values, shown = filled.values, filled.shown
    choices = {WHO: _WHO, ANSWERS: _ANSWERS, FOLLOW_UP: _FOLLOW_UP, EMPTY: _EMPTY}
    if not shown.is_defaults:
        choices[DIGEST] = _DIGEST
    wrong = {name: words.PICK_ONE for name, known in choices.items() if values.get(name) not in known}
    review = values.get(REVIEW, "")
    is_short = len(review) <= len(str(LONGEST_REVIEW_DAYS))
    days = int(review) if is_short and review.isascii() and review.isdigit() else 0
    if review and not SHORTEST_REVIEW_DAYS <= days <= LONGEST_REVIEW_DAYS:
        wrong[REVIEW] = f"Please write a number from {SHORTEST_REVIEW_DAYS} to {LONGEST_REVIEW_DAYS}."
    before = shown.settings.digest
    # Off is what the form shows for a paused digest, too.
    plan = before if before is not None and before.is_paused else None
    if not shown.is_defaults and values.get(DIGEST) != OFF:
        at, zone = _time(values.get(AT, "")), values.get(ZONE, "").strip()
        wrong |= {AT: words.PICK_A_TIME} if at is None else {}
        wrong |= {} if is_zone(zone) else {ZONE: words.PICK_A_ZONE}
        if at is not None and not wrong:
            plan = _plan(filled, int(values[DIGEST]), at, zone)
    if wrong:
        return wrong
    wanted = {
        "who_may_ask": values[WHO],
        "command_answers": values[ANSWERS],
        "follows_up": values[FOLLOW_UP] == "yes",
        "digest": plan,
        "empty_week": values[EMPTY],
        "review_after_days": days or None,
    }
    given = filled.model_dump(exclude={"values"})
    return SettingsSubmitted.model_validate({**given, "wanted": ChannelSettings.model_validate(wanted)})


def _digest_fields(settings: ChannelSettings, usual: DigestPlan) -> list[Block]:
    plan = settings.digest
    day = OFF if plan is None or plan.is_paused else str(plan.weekday)
    filled = plan or usual
    return [
        _select(DIGEST, "Weekly digest", _DIGEST, day),
        _input(
            AT,
            "Time of the digest",
            TimePickerElement(action_id=AT, initial_time=f"{filled.at:%H:%M}"),
        ),
        _input(
            ZONE,
            "Time zone of the digest",
            PlainTextInputElement(action_id=ZONE, initial_value=filled.zone, max_length=ZONE_CHARS),
            hint="Such as Europe/Berlin.",
        ),
    ]


def _plan(filled: SettingsFilled, weekday: int, at: time, zone: str) -> DigestPlan:
    """Return the plan that was submitted; an untouched one stays theirs who switched it on."""
    before = filled.shown.settings.digest
    plan = DigestPlan(weekday=weekday, at=at, zone=zone, by=filled.user_id)
    is_untouched = before is not None and before == plan.model_copy(update={"by": before.by})
    return before if before is not None and is_untouched else plan


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def _select(block_id: str, label: str, choices: Choices, chosen: str) -> Block:
    options = [Option(value=value, text=plain(text)) for value, text in choices.items()]
    initial = next(option for option in options if option.value == chosen)
    element = StaticSelectElement(action_id=block_id, options=options, initial_option=initial)
    return _input(block_id, label, element)


def _input(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str = "",
    optional: bool = False,
) -> Block:
    return InputBlock(
        block_id=block_id,
        label=plain(label),
        element=element,
        hint=plain(hint) if hint else None,
        optional=optional or None,
    )
