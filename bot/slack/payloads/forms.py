"""Forms as they were submitted, not yet checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from bot.slack import (
    answer_form,
    correction_form,
    override_form,
    reason_form,
    save_form,
    settings_form,
    upkeep_form,
)
from bot.slack.incoming import (
    CorrectionFilled,
    Entry,
    Filled,
    FormFilled,
    OnMessage,
    Rated,
    ReasonFilled,
    SaveFilled,
    SettingsFilled,
    SettingsShown,
    Shown,
    UpkeepFilled,
    Waiting,
    WordsFilled,
)
from bot.slack.payloads.raw import Raw, part_of, rows_of, text_of


def parse_form(body: Raw, team_id: str, now: datetime) -> Filled | None:
    """Return what was submitted; None for a form that is none of ours, or of another workspace."""
    view = part_of(body, "view")
    form = Submission(view, team_id, user_id=text_of(part_of(body, "user"), "id"), at=now)
    try:
        filled = _filled(form)
    except ValidationError:
        return None
    return filled if filled is not None and filled.place.team_id == team_id else None


@dataclass(frozen=True)
class Submission:
    """A form on its way in: what it holds, and who sent it."""

    view: Raw
    team_id: str
    user_id: str
    at: datetime

    @property
    def metadata(self) -> str:
        """Return the JSON that the form was opened with."""
        return text_of(self.view, "private_metadata")

    def sent_from(self, channel_id: str) -> dict[str, Any]:
        """Return what all forms have in common."""
        return {
            "team_id": self.team_id,
            "channel_id": channel_id,
            "user_id": self.user_id,
            "at": self.at,
            "view_id": text_of(self.view, "id"),
        }

    def entered(self, name: str, key: str = "value") -> str:
        """Return what was entered into a field."""
        return text_of(self._input(name), key)

    def picked(self, name: str) -> str:
        """Return the value of the option that was picked in a field."""
        return text_of(part_of(self._input(name), "selected_option"), "value")

    def _input(self, name: str) -> Raw:
        # A field's block and element have the same id.
        return part_of(part_of(_values(self.view), name), name)


def _filled(form: Submission) -> Filled | None:
    match text_of(form.view, "callback_id"):
        case override_form.CALLBACK_ID:
            shown = Shown.model_validate_json(form.metadata)
            return FormFilled(
                **form.sent_from(shown.place.channel_id),
                shown=shown,
                picked=form.picked(override_form.OUTCOME),
                why=form.entered(override_form.REASON),
            )
        case correction_form.CALLBACK_ID:
            shown = Shown.model_validate_json(form.metadata)
            entries = _entries(form.view)
            return CorrectionFilled(**form.sent_from(shown.place.channel_id), shown=shown, entries=entries)
        case upkeep_form.CALLBACK_ID:
            shown = Shown.model_validate_json(form.metadata)
            return UpkeepFilled(
                **form.sent_from(shown.place.channel_id),
                shown=shown,
                owner=form.entered(upkeep_form.OWNER, "selected_user"),
                review_on=form.entered(upkeep_form.REVIEW, "selected_date"),
                review_was_on=text_of(_element(form.view, upkeep_form.REVIEW), "initial_date"),
            )
        case answer_form.CALLBACK_ID:
            waiting = Waiting.model_validate_json(form.metadata)
            text = form.entered(answer_form.ANSWER)
            return WordsFilled(**form.sent_from(waiting.place.channel_id), waiting=waiting, text=text)
        case reason_form.CALLBACK_ID:
            rated = Rated.model_validate_json(form.metadata)
            reason = form.entered(reason_form.REASON)
            return ReasonFilled(**form.sent_from(rated.place.channel_id), rated=rated, reason=reason)
        case save_form.CALLBACK_ID:
            return _saved(form)
        case settings_form.CALLBACK_ID:
            return _settings(form)
    return None


def _saved(form: Submission) -> SaveFilled | None:
    used = OnMessage.model_validate_json(form.metadata)
    if (used.team_id, used.user_id) != (form.team_id, form.user_id):
        return None
    return SaveFilled(
        **form.sent_from(used.channel_id),
        about=used.about,
        response_url=used.response_url,
        outcome=form.picked(save_form.OUTCOME),
        why=form.entered(save_form.WHY),
        on=form.entered(save_form.DAY, "selected_date"),
        owner=form.entered(save_form.OWNER, "selected_user"),
        context=form.entered(save_form.CONTEXT),
    )


def _settings(form: Submission) -> SettingsFilled | None:
    shown = SettingsShown.model_validate_json(form.metadata)
    if shown.team_id != form.team_id:
        return None
    values = _values(form.view)
    return SettingsFilled(
        **form.sent_from(shown.channel_id),
        shown=shown,
        values={block_id: _entered(part_of(part_of(values, block_id), block_id), "") for block_id in values},
    )


def _values(view: Raw) -> Raw:
    return part_of(part_of(view, "state"), "values")


def _element(view: Raw, name: str) -> Raw:
    """Return one input of a form as it was opened."""
    blocks = (block for block in rows_of(view, "blocks") if block.get("block_id") == name)
    return part_of(next(blocks, {}), "element")


def _entries(view: Raw) -> tuple[Entry, ...]:
    """Return every field of a form about facts, each with what stood in it and what stands in it now."""
    values = _values(view)
    return tuple(
        Entry(
            fact=text_of(block, "block_id"),
            before=_entered(part_of(block, "element"), "initial_"),
            after=_entered(part_of(part_of(values, text_of(block, "block_id")), correction_form.ENTRY), ""),
        )
        for block in rows_of(view, "blocks")
        if block.get("type") == "input"
    )


def _entered(field: Raw, prefix: str) -> str:
    """Return what a field holds: its text, its time, or the value of the option that is picked."""
    picked = prefix or "selected_"
    chosen = text_of(part_of(field, f"{picked}option"), "value")
    return chosen or text_of(field, f"{picked}time") or text_of(field, f"{prefix}value")
