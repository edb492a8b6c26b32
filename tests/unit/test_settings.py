from __future__ import annotations

import re
from datetime import time
from pathlib import Path

import pytest

from bot.errors import SettingsInvalid
from bot.settings import Settings, read_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
BOT_TOKEN = "xoxb-planted-1"
APP_TOKEN = "xapp-planted-2"
REDIS_URL = "redis://:planted-3@redis.example:6379/0"
CLIENT_ID, TOKEN_KEY = "1234567890.1234567890", f"{'planted' * 6}A="
SECRETS = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "REDIS_URL": REDIS_URL}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither this machine's environment nor a `.env` beside the code counts."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)


def _set(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_every_setting_stands_in_the_example_file_and_nothing_else_does() -> None:
    written = re.findall(r"^#?\s?([A-Z][A-Z_]+)=", EXAMPLE.read_text(), flags=re.MULTILINE)
    assert sorted(written) == sorted(field.upper() for field in Settings.model_fields)


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_example_file_sets_what_holds_without_it(tmp_path: Path) -> None:
    without = read_settings()
    (tmp_path / ".env").write_text(EXAMPLE.read_text())
    assert read_settings() == without


def test_without_any_setting_it_talks_in_the_terminal() -> None:
    settings = read_settings()
    assert not settings.uses_slack
    assert settings.redis_url is None
    assert settings.digest_channels == ()


def test_settings_come_from_the_env_file_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=debug\nDIGEST_ZONE=Asia/Tokyo\nNOT_OURS=1\n")
    _set(monkeypatch, {"LOG_LEVEL": "error"})
    settings = read_settings()
    assert (settings.log_level, settings.digest_zone) == ("ERROR", "Asia/Tokyo")


def test_tokens_channels_and_the_digests_time_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {**SECRETS, "DIGEST_CHANNELS": " C0123ABCD, G0456 ,", "DIGEST_AT": "Fri 17:30"})
    settings = read_settings()
    assert settings.uses_slack
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == BOT_TOKEN
    assert settings.digest_channels == ("C0123ABCD", "G0456")
    assert (settings.digest_weekday, settings.digest_time) == (4, time(17, 30))


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"SLACK_APP_TOKEN": APP_TOKEN}, "SLACK_BOT_TOKEN is missing; Slack is answered with it"),
        ({"SLACK_SIGNING_SECRET": "planted"}, "SLACK_BOT_TOKEN is missing; Slack is answered with it"),
        (
            {"SLACK_CLIENT_ID": CLIENT_ID, "SLACK_BOT_TOKEN": BOT_TOKEN},
            "SLACK_BOT_TOKEN is for one workspace, and SLACK_CLIENT_ID for all that install the app",
        ),
        (
            {"SLACK_CLIENT_ID": CLIENT_ID, "SLACK_APP_TOKEN": APP_TOKEN},
            "SLACK_APP_TOKEN is for one workspace, and SLACK_CLIENT_ID for all that install the app",
        ),
        ({"SLACK_CLIENT_ID": "1.1&scope=admin"}, "SLACK_CLIENT_ID: write the app's client ID"),
        ({"SLACK_CLIENT_ID": CLIENT_ID, "DIGEST_CHANNELS": "C0123ABCD"}, "DIGEST_CHANNELS is for one"),
        ({"SLACK_INSTALL_TEAMS": "T0123ABCD,any"}, "SLACK_INSTALL_TEAMS: 'any' is not a workspace's id"),
        ({"SLACK_INSTALL_TEAMS": "E0123ABCD"}, "SLACK_INSTALL_TEAMS: 'E0123ABCD' is not a workspace's id"),
        ({"SLACK_TOKEN_KEYS": "planted"}, "SLACK_TOKEN_KEYS: write keys of 32 random bytes"),
        ({"SLACK_TOKEN_KEYS": f"{TOKEN_KEY},{TOKEN_KEY[:-5]}="}, "SLACK_TOKEN_KEYS: write keys of 32"),
        ({"HTTP_PUBLIC_URL": "http://advisor.example"}, "HTTP_PUBLIC_URL: write an address that begins"),
        ({"HTTP_PUBLIC_URL": "https://advisor.example/?a=b"}, "HTTP_PUBLIC_URL: write an address that"),
        ({"HTTP_PUBLIC_URL": "https://user@advisor.example"}, "HTTP_PUBLIC_URL: write an address that"),
        ({"HTTP_PORT": "0"}, "HTTP_PORT: "),
        (
            {"SLACK_BOT_TOKEN": APP_TOKEN, "SLACK_APP_TOKEN": BOT_TOKEN},
            "SLACK_BOT_TOKEN must begin with xoxb-; are the two tokens swapped?",
        ),
        (
            {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": "xoxp-planted"},
            "SLACK_APP_TOKEN must begin with xapp-; are the two tokens swapped?",
        ),
        ({"DIGEST_ZONE": "Europe/Berln"}, "DIGEST_ZONE: there is no time zone 'Europe/Berln'"),
        ({"DIGEST_ZONE": "../etc/passwd"}, "DIGEST_ZONE: there is no time zone '../etc/passwd'"),
        ({"DIGEST_ZONE": "Europe"}, "DIGEST_ZONE: there is no time zone 'Europe'"),
        ({"DIGEST_CHANNELS": "C0123ABCD,#general"}, "DIGEST_CHANNELS: '#general' is not a channel id"),
        ({"DIGEST_CHANNELS": "D0123ABCD"}, "DIGEST_CHANNELS: 'D0123ABCD' is not a channel id"),
        ({"DIGEST_AT": "monday 9"}, "DIGEST_AT: write a day and a time, such as: mon 09:00"),
        ({"DIGEST_AT": "mon 24:00"}, "DIGEST_AT: write a day and a time, such as: mon 09:00"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL: choose DEBUG, INFO, WARNING or ERROR"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line_that_says_what_to_write(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], complaint: str
) -> None:
    _set(monkeypatch, wrong)
    with pytest.raises(SettingsInvalid) as raised:
        read_settings()
    message = str(raised.value)
    assert message.startswith(complaint)
    assert message.endswith("(set it in the environment or in .env)")
    assert "\n" not in message


@pytest.mark.parametrize("secret", ["SLACK_SIGNING_SECRET", "SLACK_CLIENT_SECRET", "SLACK_TOKEN_KEYS"])
def test_with_a_client_id_slack_is_served_without_a_token(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    given = {"SLACK_CLIENT_ID": CLIENT_ID, secret: TOKEN_KEY, "HTTP_PUBLIC_URL": "https://a.example/bot/"}
    _set(monkeypatch, given)
    settings = read_settings()
    assert settings.serves_many
    assert settings.uses_slack
    assert settings.http_public_url == "https://a.example/bot"
    assert "planted" not in repr(settings)


@pytest.mark.parametrize(
    ("given", "let_in"),
    [("", set()), (" T0NORTH, T0SOUTH,", {"T0NORTH", "T0SOUTH"}), ("any", {"T0NORTH", "T0SOUTH", "T1"})],
)
def test_only_workspaces_that_are_named_may_install_it_unless_any_may(
    monkeypatch: pytest.MonkeyPatch, given: str, let_in: set[str]
) -> None:
    _set(monkeypatch, {"SLACK_INSTALL_TEAMS": given})
    may_install = read_settings().may_install
    assert {team for team in ("T0NORTH", "T0SOUTH", "T1") if may_install(team)} == let_in
    assert given == "any" or not may_install("")


def test_several_keys_are_read_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    other = f"{'planted' * 6}Q="
    _set(monkeypatch, {"SLACK_TOKEN_KEYS": f" {other} ,{TOKEN_KEY},"})
    assert read_settings().token_keys == (other, TOKEN_KEY)


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, SECRETS)
    settings = read_settings()
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert "planted" not in shown


def _put(directory: Path, files: dict[str, str]) -> dict[str, str]:
    directory.mkdir()
    for name, content in files.items():
        (directory / name).write_text(content)
    return {"SECRETS_DIR": str(directory)}


def test_secrets_are_read_from_files_and_kept_out_of_what_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files = {name.lower(): f"{secret}\n" for name, secret in SECRETS.items()}
    _set(monkeypatch, {**_put(tmp_path / "secrets", {**files, "not_ours": "x"}), "SLACK_BOT_TOKEN": ""})
    settings = read_settings()
    assert set(settings.secrets) == {BOT_TOKEN, APP_TOKEN, REDIS_URL, "planted-3"}
    assert "planted" not in f"{settings!r} {settings.model_dump_json()}"


def test_the_directory_may_be_named_in_the_env_file_and_a_variable_wins_over_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = _put(tmp_path / "secrets", {"digest_zone": "Asia/Tokyo", "log_level": "debug"})
    (tmp_path / ".env").write_text(f"SECRETS_DIR={named['SECRETS_DIR']}\n")
    _set(monkeypatch, {"LOG_LEVEL": "error"})
    settings = read_settings()
    assert (settings.log_level, settings.digest_zone) == ("ERROR", "Asia/Tokyo")


def test_secrets_are_read_where_a_kubelet_mounts_them_behind_links(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It swaps `..data` when a secret changes, so that every file is a link through it."""
    _put(tmp_path / "secrets", {})
    _put(tmp_path / "secrets" / "..2026_11_28", {"slack_bot_token": BOT_TOKEN})
    (tmp_path / "secrets" / "..data").symlink_to("..2026_11_28")
    (tmp_path / "secrets" / "slack_bot_token").symlink_to("..data/slack_bot_token")
    _set(monkeypatch, {"SECRETS_DIR": str(tmp_path / "secrets")})
    assert read_settings().secrets == (BOT_TOKEN,)


@pytest.mark.parametrize("problem", ["no directory", "a file", "a secret that is a directory", "no text"])
def test_secrets_that_cannot_be_read_stop_it_instead_of_counting_as_not_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, problem: str
) -> None:
    directory = tmp_path / "secrets"
    if problem == "a file":
        directory.write_text("planted")
    elif problem == "a secret that is a directory":
        (directory / "slack_bot_token").mkdir(parents=True)
    elif problem == "no text":
        directory.mkdir()
        (directory / "slack_bot_token").write_bytes(b"planted\xff")
    _set(monkeypatch, {"SECRETS_DIR": str(directory)})
    with pytest.raises(SettingsInvalid, match=f"^SECRETS_DIR: {directory}.* cannot be read") as raised:
        read_settings()
    assert "planted" not in f"{raised.value} {raised.value.__cause__!r}"


def test_a_complaint_about_a_secret_from_a_file_does_not_show_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _set(monkeypatch, _put(tmp_path / "secrets", {"slack_bot_token": APP_TOKEN}))
    with pytest.raises(SettingsInvalid, match="SLACK_BOT_TOKEN must begin with xoxb-") as raised:
        read_settings()
    assert "planted" not in str(raised.value)
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    "wrong",
    [
        {"LOG_LEVEL": "loud"},
        {"SLACK_BOT_TOKEN": APP_TOKEN, "SLACK_APP_TOKEN": BOT_TOKEN},
        {"SLACK_BOT_TOKEN": ""},
    ],
)
def test_no_complaint_carries_a_secret(monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str]) -> None:
    _set(monkeypatch, {**SECRETS, **wrong})
    with pytest.raises(SettingsInvalid) as raised:
        read_settings()
    chain = [raised.value, raised.value.__cause__, None if raised.value.__suppress_context__ else ""]
    assert "planted" not in str(chain)
    assert raised.value.__suppress_context__


def test_settings_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings().log_level = "DEBUG"  # type: ignore[misc] # that it is refused is the point
