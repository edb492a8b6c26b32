"""The form with settings: opened for whoever may change them, and what they submitted kept."""

from __future__ import annotations

from slack_sdk.models.views import View

from bot.channel_settings import WORKSPACE, ChannelSettings
from bot.house_rules import HouseRules
from bot.slack import settings_form, settings_words
from bot.slack.blocks import notice
from bot.slack.incoming import CommandCalled, SettingsShown, SettingsSubmitted
from bot.slack.publisher import Publisher
from bot.slack.settings_access import SettingsAccess
from bot.slack.viewers import Viewers


class SettingsForms:
    """Draws the form. Changes nothing."""

    def __init__(self, house: HouseRules, access: SettingsAccess, viewers: Viewers) -> None:
        self._house = house
        self._access = access
        self._viewers = viewers

    async def form(self, called: CommandCalled, *, is_defaults: bool) -> View | str:
        """Return the form, or why this person does not get it.

        Raises StoreUnavailable and StoredDataInvalid.
        """
        # Whether they are a member is asked when they submit: there is no time for it here.
        refusal = await self._access.refusal_by_kind(
            called.user_id, called.channel_id, is_defaults=is_defaults
        )
        if refusal:
            return refusal
        scope = WORKSPACE if is_defaults else called.channel_id
        rules = await self._house.rules(called.team_id, scope)
        zone = await self._viewers.zone_of(called.user_id)
        shown = SettingsShown(
            team_id=called.team_id,
            channel_id=called.channel_id,
            is_defaults=is_defaults,
            settings=rules.settings,
            response_url=called.response_url,
        )
        return settings_form.form(shown, rules, self._house.usual_in(zone))


class SettingsAnswers:
    """Keeps what was submitted, if the person still may. Raises what the stores and Slack raise."""

    def __init__(self, house: HouseRules, access: SettingsAccess, publisher: Publisher) -> None:
        self._house = house
        self._access = access
        self._publisher = publisher

    async def keep(self, submitted: SettingsSubmitted) -> str:
        """Keep what they changed, tell them, and return what became of it, for the log line."""
        shown = submitted.shown
        refusal = await self._access.refusal(
            submitted.user_id, submitted.channel_id, is_defaults=shown.is_defaults
        )
        text = refusal or await self._changed(submitted)
        await self._publisher.tell_whoever_did(submitted, notice(text))
        return "not_allowed" if refusal else "settings_kept"

    async def _changed(self, submitted: SettingsSubmitted) -> str:
        shown = submitted.shown
        holds = await self._house.change(
            submitted.team_id,
            WORKSPACE if shown.is_defaults else shown.channel_id,
            shown=shown.settings,
            wanted=submitted.wanted,
            by=submitted.user_id,
            at=submitted.at,
        )
        if shown.is_defaults:
            return settings_words.DEFAULTS_SAVED
        return f"{settings_words.SAVED} {await self._digest(submitted, holds)}"

    async def _digest(self, submitted: SettingsSubmitted, holds: ChannelSettings) -> str:
        next_ = await self._house.next_digest(submitted.team_id, submitted.shown.channel_id)
        if holds.digest is None or next_ is None or next_.at is None:
            return settings_words.DIGEST_IS_OFF
        return settings_words.digest_is_on(holds.digest, next_.at)
