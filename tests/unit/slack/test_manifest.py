from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.slack import scopes, shortcuts
from bot.slack.payloads import COMMAND, Me, parse
from tests.fake_slack import shapes
from tests.fake_slack.web_api import WebApi
from tests.fake_slack.workspace import (
    BOT_ID,
    BOT_NAME,
    BOT_USER_ID,
    TEAM_ID,
    Channel,
    Kind,
    Message,
    Workspace,
)
from tests.unit.slack.surroundings import NOW

ROOT = Path(__file__).parents[3]
ME = Me(TEAM_ID, BOT_USER_ID, BOT_ID, BOT_NAME)
KINDS: dict[str, Kind] = {"channels": "public", "groups": "private", "im": "im", "mpim": "mpim"}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    read = yaml.safe_load((ROOT / "deploy" / "slack-manifest.yaml").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def _event(name: str, text: str) -> dict[str, Any]:
    kind = KINDS[name.partition(".")[2]] if "." in name else "public"
    channel = Channel("D1" if kind == "im" else "C1", "general", kind, {"U1"})
    message = Message("1795000001.000200", channel.id, "U1", text, "1795000000.000100")
    if name == "app_home_opened":
        return shapes.opened_event("U1", "home", channel, message.ts)
    if name == "member_joined_channel":
        return shapes.joined_event(BOT_USER_ID, "U1", channel, message.ts)
    if name in scopes.REMOVALS:
        return shapes.removal_event(name)
    if name == "app_mention":
        return shapes.mention_event(message, channel)
    return shapes.message_event(message, channel)


def test_scopes_are_exactly_those_that_the_code_needs(manifest: dict[str, Any]) -> None:
    given = manifest["oauth_config"]["scopes"]["bot"]
    assert len(given) == len(set(given))
    assert set(given) == scopes.needed()


def test_events_are_exactly_those_that_the_code_names(manifest: dict[str, Any]) -> None:
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == {
        *scopes.EVENTS,
        *scopes.REMOVALS,
    }


def test_every_event_of_the_manifest_is_read_and_no_other(manifest: dict[str, Any]) -> None:
    for name in manifest["settings"]["event_subscriptions"]["bot_events"]:
        assert parse(_event(name, "hello"), me=ME, team_id=TEAM_ID, now=NOW) is not None, name
    for other in ("reaction_added", "member_left_channel", "channel_archive"):
        body = _event("app_mention", f"<@{BOT_USER_ID}> hello")
        body["event"]["type"] = other
        assert parse(body, me=ME, team_id=TEAM_ID, now=NOW) is None


def test_command_is_the_one_that_the_code_knows(manifest: dict[str, Any]) -> None:
    assert [command["command"] for command in manifest["features"]["slash_commands"]] == [COMMAND]


def test_shortcuts_are_those_that_the_code_knows(manifest: dict[str, Any]) -> None:
    given = manifest["features"]["shortcuts"]
    assert {(shortcut["type"], shortcut["callback_id"]) for shortcut in given} == {
        ("message", shortcuts.ASK),
        ("message", shortcuts.SAVE),
    }
    # Slack's limits, and no lone words that say nothing in a menu.
    assert all(len(shortcut["name"]) <= 24 and len(shortcut["description"]) <= 150 for shortcut in given)


def test_both_tabs_and_the_agent_surface_are_switched_on(manifest: dict[str, Any]) -> None:
    home = manifest["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert 0 < len(manifest["features"]["agent_view"]["agent_description"]) <= 300


def test_buttons_and_the_socket_are_switched_on(manifest: dict[str, Any]) -> None:
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["settings"]["socket_mode_enabled"]
    assert not manifest["features"]["app_home"]["messages_tab_read_only_enabled"]


def test_methods_with_scopes_are_exactly_those_that_are_called() -> None:
    source = (ROOT / "bot" / "slack" / "web.py").read_text(encoding="utf-8")
    called = set(re.findall(r'_(?:translated|pages)\("([a-z]+(?:\.[A-Za-z]+)+)"', source))
    # One call is made with the app's token instead of the bot's, one with the client's secret; any token may
    # give itself back.
    assert called - {"apps.connections.open", "oauth.v2.access", "auth.revoke"} == set(scopes.METHODS)
    assert set(WebApi(Workspace(), frozenset(), 1).methods) == set(scopes.METHODS)


def test_every_scope_has_its_reason_beside_it() -> None:
    text = (ROOT / "deploy" / "slack-manifest.yaml").read_text(encoding="utf-8")
    for scope in scopes.needed():
        before = text.partition(f"- {scope}\n")[0].rstrip().splitlines()[-1]
        assert before.strip().startswith("#"), scope
