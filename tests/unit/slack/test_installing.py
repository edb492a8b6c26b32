"""Installing the app in a browser: how it can end, and who may not end it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.errors import StoreUnavailable
from bot.ports import InboxState, Installation
from bot.slack import installing
from bot.slack.http_server import HttpServer
from bot.slack.installing import COOKIE
from bot.slack.scopes import needed
from tests.fake_slack.faults import Broken, RateLimited, Refused
from tests.fake_slack.teams import CLIENT_ID, CLIENT_SECRET, NORTH, SOUTH
from tests.unit.slack.many_surroundings import Browser, Many, Seen, serving_many


@pytest.fixture
async def many() -> AsyncIterator[Many]:
    async with serving_many() as surroundings:
        yield surroundings


async def begin(many: Many) -> tuple[Browser, str]:
    """Return a browser in which an installation began, and where it is led."""
    browser = many.browser()
    return browser, (await browser.get(f"{many.url}/slack/install")).location


def assert_nothing_is_kept(many: Many, seen: Seen) -> None:
    assert many.installations.kept == {}
    assert "Installed<" not in seen.text
    assert "Not" in seen.text


async def test_who_allows_it_has_it_installed(many: Many) -> None:
    seen = await many.install(NORTH, by="U7")
    assert seen.status == 200
    assert "Installed" in seen.text
    kept = many.installations.kept[NORTH]
    assert (kept.installed_by, kept.scopes, kept.bot_user_id) == ("U7", needed(), "U0BOT")
    assert kept.token == many.north.bot_token


async def test_slack_is_asked_for_the_scopes_of_the_manifest_and_nothing_of_people(many: Many) -> None:
    _, location = await begin(many)
    asked = parse_qs(urlsplit(location).query)
    assert set(asked["scope"][0].split(",")) == needed()
    assert asked["client_id"] == [CLIENT_ID]
    assert asked["redirect_uri"] == [f"{many.url}/slack/oauth_redirect"]
    assert "user_scope" not in asked


async def test_the_address_of_the_first_page_decides_nothing(many: Many) -> None:
    plain = await many.browser().get(f"{many.url}/slack/install")
    dressed = await many.browser().get(
        f"{many.url}/slack/install?team=T1&state=s&redirect_uri=https://evil.example&next=//evil.example"
    )
    states = r"state=[^&]+"
    assert re.sub(states, "", dressed.location) == re.sub(states, "", plain.location)


async def test_every_state_is_new_and_is_in_a_cookie_for_this_host_alone(many: Many) -> None:
    first = await many.browser().get(f"{many.url}/slack/install")
    second = await many.browser().get(f"{many.url}/slack/install")
    cookie = first.headers["Set-Cookie"]
    (state,) = parse_qs(urlsplit(first.location).query)["state"]
    assert cookie.startswith(f"{COOKIE}={state};")
    for wanted in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"):
        assert wanted in cookie
    assert "Domain" not in cookie
    assert first.location != second.location
    assert first.headers["Cache-Control"] == "no-store"


async def test_who_cancels_in_slack_reads_that_nothing_happened(many: Many) -> None:
    browser, location = await begin(many)
    seen = await browser.get(many.slack.cancel(location))
    assert seen.status == 200
    assert "You cancelled" in seen.text
    assert_nothing_is_kept(many, seen)


async def test_a_link_that_somebody_else_began_ends_nothing_here(many: Many) -> None:
    """Otherwise a stranger's workspace would be installed by whoever follows their link."""
    _, location = await begin(many)
    link = many.slack.approve(location, SOUTH)
    victim, _ = await begin(many)
    for browser in (many.browser(), victim):
        before = dict(browser.cookies)
        seen = await browser.get(link)
        assert seen.status == 400
        assert "did not begin here" in seen.text
        assert_nothing_is_kept(many, seen)
        # What is under way in this browser goes on.
        assert browser.cookies == before
    assert many.slack.exchanges == []


@pytest.mark.parametrize(
    "query", ["", "?code=c", "?code=c&state=", "?code=c&state=guessed", "?error=access_denied"]
)
async def test_without_the_state_of_this_browser_nothing_ends(many: Many, query: str) -> None:
    browser, _ = await begin(many)
    seen = await browser.get(f"{many.url}/slack/oauth_redirect{query}")
    assert seen.status == 400
    assert_nothing_is_kept(many, seen)
    assert many.slack.exchanges == []


async def test_a_made_up_state_with_its_own_cookie_is_not_ours(many: Many) -> None:
    browser = many.browser()
    browser.cookies[COOKIE] = "made-up"
    seen = await browser.get(f"{many.url}/slack/oauth_redirect?code=c&state=made-up")
    assert seen.status == 400
    assert_nothing_is_kept(many, seen)
    assert many.slack.exchanges == []


async def test_the_same_address_again_is_refused(many: Many) -> None:
    browser, location = await begin(many)
    link = many.slack.approve(location, NORTH)
    cookies = dict(browser.cookies)
    assert (await browser.get(link)).status == 200
    browser.cookies = cookies
    seen = await browser.get(link)
    assert seen.status == 400
    assert "second time" in seen.text
    assert many.slack.exchanges == ["ok"]


async def test_the_cookie_is_gone_afterwards(many: Many) -> None:
    browser, location = await begin(many)
    await browser.get(many.slack.approve(location, NORTH))
    assert browser.cookies[COOKIE] == "deleted"


async def test_who_takes_longer_than_ten_minutes_begins_again(many: Many) -> None:
    browser, location = await begin(many)
    many.now += timedelta(minutes=10)
    seen = await browser.get(many.slack.approve(location, NORTH))
    assert seen.status == 400
    assert 'href="/slack/install"' in seen.text
    assert_nothing_is_kept(many, seen)


async def test_a_code_that_slack_does_not_know_installs_nothing(many: Many) -> None:
    browser, location = await begin(many)
    address = many.slack.approve(location, NORTH)
    seen = await browser.get(re.sub("code=[^&]+", "code=guessed", address))
    assert seen.status == 400
    assert many.slack.exchanges == ["invalid_code"]
    assert_nothing_is_kept(many, seen)


@pytest.mark.parametrize("fault", [Broken(), Refused("internal_error"), Refused("ratelimited")])
async def test_while_slack_is_away_it_is_tried_again_later(many: Many, fault: Broken | Refused) -> None:
    browser, location = await begin(many)
    many.slack.faults.append(fault)
    seen = await browser.get(many.slack.approve(location, NORTH))
    assert (seen.status, seen.headers["Retry-After"]) == (503, "60")
    assert_nothing_is_kept(many, seen)


async def test_whoever_waits_for_slack_waits_for_less_than_a_browser_does(
    many: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack says how long to wait when it is asked too often, and it may be minutes."""
    monkeypatch.setattr(installing, "PATIENCE_S", 0.05)
    browser, location = await begin(many)
    many.slack.faults.append(RateLimited(600))
    seen = await browser.get(many.slack.approve(location, NORTH))
    assert (seen.status, seen.headers["Retry-After"]) == (503, "60")
    assert_nothing_is_kept(many, seen)


async def test_while_redis_is_away_nothing_begins(many: Many) -> None:
    many.states.is_down = True
    seen = await many.browser().get(f"{many.url}/slack/install")
    assert seen.status == 503
    assert "Set-Cookie" not in seen.headers
    assert "try again in a minute" in seen.text


@pytest.mark.parametrize("store", ["states", "installations"])
async def test_while_redis_is_away_nothing_ends(many: Many, store: str) -> None:
    browser, location = await begin(many)
    getattr(many, store).is_down = True
    seen = await browser.get(many.slack.approve(location, NORTH))
    assert seen.status == 503
    assert_nothing_is_kept(many, seen)


async def test_a_whole_organisation_is_refused_kindly(many: Many) -> None:
    browser, location = await begin(many)
    seen = await browser.get(many.slack.approve(location, NORTH, is_organisation=True))
    assert seen.status == 400
    assert "one workspace at a time" in seen.text
    assert_nothing_is_kept(many, seen)


async def test_a_workspace_that_was_not_let_in_is_turned_away_and_the_app_removed_there(
    many: Many, capsys: pytest.CaptureFixture[str]
) -> None:
    many.let_in.discard(NORTH)
    seen = await many.install(NORTH)
    assert seen.status == 403
    assert "has not let this workspace in" in seen.text
    assert_nothing_is_kept(many, seen)
    assert many.slack._gone[many.north.bot_token] == "token_revoked"
    assert NORTH in capsys.readouterr().out
    assert (await many.install(SOUTH)).status == 200


async def test_who_is_turned_away_reads_so_although_slack_does_not_take_the_token_back(many: Many) -> None:
    many.let_in.clear()
    browser, location = await begin(many)
    address = many.slack.approve(location, NORTH)
    many.slack.revoke_faults.append(Broken())
    seen = await browser.get(address)
    assert seen.status == 403
    assert_nothing_is_kept(many, seen)


async def test_a_token_that_slack_says_is_another_workspaces_is_not_kept(many: Many) -> None:
    browser, location = await begin(many)
    address = many.slack.approve(location, NORTH)
    many.north.workspace.team_id = SOUTH
    seen = await browser.get(address)
    assert seen.status == 400
    assert_nothing_is_kept(many, seen)


async def test_nothing_from_the_address_is_on_a_page_and_the_name_of_the_workspace_is_escaped(
    many: Many,
) -> None:
    evil = "%3Cscript%3Ealert(1)%3C/script%3E"
    for query in (f"error={evil}", f"state={evil}", f"code={evil}&state={evil}", f"error_description={evil}"):
        seen = await many.browser().get(f"{many.url}/slack/oauth_redirect?{query}")
        assert "<script" not in seen.text
        assert "alert(1)" not in seen.text
    installed = await many.install(NORTH)
    assert f"Team &lt;b&gt;{NORTH}&lt;/b&gt;" in installed.text


async def test_every_page_allows_no_script_no_frame_no_referrer_and_is_not_stored(many: Many) -> None:
    browser, location = await begin(many)
    for seen in (
        await many.browser().get(f"{many.url}/slack/oauth_redirect"),
        await browser.get(many.slack.cancel(location)),
        await many.install(NORTH),
    ):
        policy = seen.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert seen.headers["Cache-Control"] == "no-store"
        assert seen.headers["Referrer-Policy"] == "no-referrer"
        assert seen.headers["X-Content-Type-Options"] == "nosniff"
        assert seen.headers["Content-Type"] == "text/html; charset=utf-8"


async def test_neither_code_nor_state_nor_token_nor_secret_is_logged(
    many: Many, capsys: pytest.CaptureFixture[str]
) -> None:
    browser, location = await begin(many)
    address = many.slack.approve(location, NORTH)
    await browser.get(re.sub("code=[^&]+", "code=planted-code", address))
    await many.install(NORTH)
    await many.north.until(lambda: NORTH in many.installations.kept, "it was not installed")
    printed = capsys.readouterr()
    said = printed.out + printed.err
    (state,) = parse_qs(urlsplit(location).query)["state"]
    assert "not_installed" in said
    assert "installed" in said
    for secret in ("planted-code", state, many.north.bot_token, CLIENT_SECRET):
        assert secret not in said


async def test_an_installation_does_not_show_its_token(many: Many) -> None:
    await many.install(NORTH)
    kept: Installation = many.installations.kept[NORTH]
    assert kept.token
    assert kept.token not in repr(kept)


async def test_what_was_to_be_deleted_stays_when_the_app_is_back(many: Many) -> None:
    await many.departures.note(NORTH, many.now + timedelta(hours=24))
    await many.install(NORTH)
    assert many.departures.noted == {}


async def test_an_installation_that_is_not_kept_leaves_what_is_to_be_deleted_as_it_was(many: Many) -> None:
    await many.departures.note(NORTH, many.now)
    many.installations.is_down = True
    with pytest.raises(StoreUnavailable):
        await many.installations.listed()
    await many.install(NORTH)
    assert NORTH in many.departures.noted


@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth_redirect"])
async def test_where_one_workspace_is_served_there_is_nothing_to_install(path: str) -> None:
    async def state() -> InboxState:
        return InboxState(0, 0.0, 0)

    async with HttpServer("127.0.0.1", 0) as server, aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{server.port}{path}"
        async with session.get(url) as answer:
            assert answer.status == 503
        with server.ready_by(state):
            async with session.get(url) as answer:
                assert answer.status == 404
