"""All settings, read once from the environment and `.env`; only what puts the program together sees them."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import time
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from bot.errors import SettingsInvalid

LLM_PROVIDERS = ("openai", "anthropic", "google_genai", "ollama")
_KEY_BYTES = 32
_THIS_MACHINE = ("127.0.0.1", "localhost")
_ANY_TEAM = ("any",)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Settings(BaseSettings):
    """Each field is the environment variable of the same name in capitals; see `.env.example`.

    Any of them may be a file of that name in SECRETS_DIR instead; the environment and `.env` win over it.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    secrets_dir: Path | None = Field(
        default=None, description="Where settings are files, such as `/run/secrets/slack_bot_token`"
    )
    slack_bot_token: SecretStr | None = Field(default=None, description="Bot token, xoxb-…")
    slack_app_token: SecretStr | None = Field(default=None, description="App-level token, xapp-…")
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="Checks requests that come by HTTP (serve --http)"
    )
    slack_client_id: str = Field(
        default="", description="Serves every workspace that installs the app, in place of one bot token"
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, description="… the app's secret: Slack gives us a workspace's token for it"
    )
    slack_token_keys: SecretStr | None = Field(
        default=None, description="… keys that encrypt those tokens, with commas between; the newest first"
    )
    slack_install_teams: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="… ids of the workspaces that may install the app, or `any`"
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Where Slack's Web API is; tests change it"
    )
    http_host: str = Field(default="127.0.0.1", description="Where `serve --http` listens")
    http_port: int = Field(default=3000, ge=1, le=65_535, description="… and at which port")
    http_public_url: str = Field(
        default="", description="… and how people reach it from outside, such as https://advisor.example"
    )
    redis_url: SecretStr | None = Field(
        default=None, description="Redis to use; without it one is started under DATA_DIR"
    )
    chroma_url: str | None = Field(
        default=None, description="Chroma server to use; without it the index lives under DATA_DIR"
    )
    data_dir: Path = Field(default=Path("data"), description="Where everything local is kept")
    embedding_model: str = Field(
        default="wordllama", description="wordllama (bundled), chroma (downloads), or PROVIDER:MODEL"
    )
    llm_model: str = Field(
        default="", description="Language model as PROVIDER:MODEL; without one the rules answer alone"
    )
    llm_base_url: str | None = Field(
        default=None, description="Where an OpenAI-compatible or Ollama server is, for llm_model"
    )
    llm_api_key: SecretStr | None = Field(default=None, description="The provider's key")
    llm_timeout_s: float = Field(
        default=20, gt=0, le=120, description="How long one try of a call may take; there are two at most"
    )
    llm_turn_timeout_s: float = Field(
        default=30,
        gt=0,
        le=240,
        description="How long one answer waits for the model, all calls and tries together",
    )
    llm_send_thread: bool = Field(
        default=True,
        description="Whether earlier messages of a thread may be sent to the model, and what was understood",
    )
    llm_thread_tokens: int = Field(
        default=3_000, ge=0, le=100_000, description="The most of a thread that is sent, newest first"
    )
    llm_tokens_per_person_day: int = Field(default=100_000, ge=0, description="Budget of one person")
    llm_tokens_per_channel_day: int = Field(default=300_000, ge=0, description="Budget of one channel")
    llm_tokens_per_workspace_day: int = Field(default=2_000_000, ge=0, description="Budget of one workspace")
    llm_usd_per_day: float = Field(
        default=5, ge=0, description="Budget of one workspace in dollars, where the model's price is known"
    )
    limit_person_hour: int = Field(
        default=30, ge=0, description="Questions of one person within an hour; 0: no limit"
    )
    limit_channel_hour: int = Field(
        default=100, ge=0, description="Questions in one channel within an hour; 0: no limit"
    )
    limit_workspace_hour: int = Field(
        default=1_000, ge=0, description="Questions in one workspace within an hour; 0: no limit"
    )
    keep_record_words_days: int = Field(
        default=0,
        ge=0,
        description="Days after the last change until a decision's words are erased; 0: never",
    )
    keep_conversations_days: int = Field(
        default=30, ge=1, le=3_650, description="Days after the last turn until a conversation is deleted"
    )
    keep_dead_letters_days: int = Field(
        default=30, ge=1, le=3_650, description="Days until what failed too often is deleted"
    )
    keep_removed_hours: int = Field(
        default=24, ge=0, description="Hours after the app was removed until all of a workspace is deleted"
    )
    digest_channels: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Channels with a digest until their members switch it off",
    )
    digest_at: str = Field(default="mon 09:00", description="Usual day and time of weekly digests")
    digest_zone: str = Field(default="UTC", description="Their usual time zone, e.g. Europe/Berlin")
    metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65_535,
        description="Port for `/metrics`, `/health` and `/ready`; without it none",
    )
    metrics_host: str = Field(default="127.0.0.1", description="… and where it listens")
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - its directory would be fixed in the code
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read files from the directory that the environment or `.env` names. Raises SettingsInvalid."""
        named = {**dotenv_settings(), **env_settings()}.get("secrets_dir")
        files = SecretsSettingsSource(settings_cls, secrets_dir=_readable(named) if named else None)
        return init_settings, env_settings, dotenv_settings, files

    @field_validator("digest_channels", "slack_install_teams", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return _parts(value) if isinstance(value, str) else value

    @field_validator("digest_channels")
    @classmethod
    def _channel_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for channel in value:
            if not re.fullmatch(r"[CG][A-Z0-9]{2,}", channel):
                raise ValueError(f"{channel!r} is not a channel id such as C0123ABCD")
        return value

    @field_validator("slack_install_teams")
    @classmethod
    def _team_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for team in value if value != _ANY_TEAM else ():
            if not re.fullmatch(r"T[A-Z0-9]{2,}", team):
                raise ValueError(f"{team!r} is not a workspace's id such as T0123ABCD; or write any, alone")
        return value

    @field_validator("llm_model")
    @classmethod
    def _provider_is_known(cls, value: str) -> str:
        provider, _, model = value.partition(":")
        if value and (provider not in LLM_PROVIDERS or not model):
            raise ValueError(f"write PROVIDER:MODEL with one of {', '.join(LLM_PROVIDERS)}")
        return value

    @field_validator("chroma_url", "llm_base_url")
    @classmethod
    def _holds_no_password(cls, value: str | None) -> str | None:
        if value is not None and "@" in value:
            raise ValueError("the address may hold no user name or password; they would be shown")
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"https?://[^\s/]+", value):
            raise ValueError(f"{value!r} is no address such as http://localhost:8000/v1")
        return value

    @field_validator("slack_client_id")
    @classmethod
    def _is_client_id(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d+\.\d+", value, re.ASCII):
            raise ValueError("write the app's client ID (“Basic Information”), such as 1234567890.1234567890")
        return value

    @field_validator("http_public_url")
    @classmethod
    def _is_public_address(cls, value: str) -> str:
        found = re.fullmatch(r"(https?)://([\w.-]+)(:\d{1,5})?((?:/[\w.~-]+)*)/?", value, re.ASCII)
        # A page by plain HTTP would send codes and cookies for anybody to read.
        if value and (found is None or (found[1] == "http" and found[2] not in _THIS_MACHINE)):
            raise ValueError("write an address that begins with https://, without ? and #")
        return value.rstrip("/")

    @field_validator("slack_token_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr | None) -> SecretStr | None:
        for key in _parts(value):
            if not _is_key(key):
                raise ValueError(
                    "write keys of 32 random bytes in URL-safe base64, with commas between (docs/admin.md)"
                )
        return value

    @field_validator("digest_at")
    @classmethod
    def _day_and_time(cls, value: str) -> str:
        if not re.fullmatch(rf"({'|'.join(WEEKDAYS)}) ([01]\d|2[0-3]):[0-5]\d", value.lower()):
            raise ValueError("write a day and a time, such as: mon 09:00")
        return value.lower()

    @field_validator("digest_zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"there is no time zone {value!r}; write one such as Europe/Berlin") from error
        return value

    @field_validator("log_level")
    @classmethod
    def _level_exists(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("choose DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @model_validator(mode="after")
    def _tokens_fit(self) -> Self:
        bot, app = self.slack_bot_token, self.slack_app_token
        if self.slack_client_id and (bot is not None or app is not None):
            given = "SLACK_BOT_TOKEN" if bot is not None else "SLACK_APP_TOKEN"
            raise ValueError(
                f"{given} is for one workspace, and SLACK_CLIENT_ID for all that install the app: "
                "take one away"
            )
        if self.slack_client_id and self.digest_channels:
            raise ValueError("DIGEST_CHANNELS is for one workspace; of many, each says `/finetune digest on`")
        is_one = not self.slack_client_id
        if is_one and bot is None and (app is not None or self.slack_signing_secret is not None):
            raise ValueError("SLACK_BOT_TOKEN is missing; Slack is answered with it")
        for name, token, prefix in (("SLACK_BOT_TOKEN", bot, "xoxb-"), ("SLACK_APP_TOKEN", app, "xapp-")):
            if token and not token.get_secret_value().startswith(prefix):
                raise ValueError(f"{name} must begin with {prefix}; are the two tokens swapped?")
        return self

    @model_validator(mode="after")
    def _key_is_there(self) -> Self:
        is_hosted = self.llm_base_url is None and not self.llm_model.startswith("ollama:")
        if self.llm_model and is_hosted and self.llm_api_key is None:
            raise ValueError(f"LLM_API_KEY is missing; {self.llm_model} needs one")
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return every secret that is set, for what keeps them out of logs; an address's password too."""
        given = [value for _, value in self if isinstance(value, SecretStr)]
        passwords = [urlsplit(self.redis_url.get_secret_value()).password] if self.redis_url else []
        values = [*(value.get_secret_value() for value in given), *passwords, *self.token_keys]
        return tuple(value for value in values if value)

    @property
    def uses_slack(self) -> bool:
        """Say whether Slack is to be served."""
        return self.slack_bot_token is not None or self.serves_many

    @property
    def serves_many(self) -> bool:
        """Say whether every workspace that installs the app is served, and not one by its token."""
        return bool(self.slack_client_id)

    def may_install(self, team_id: str) -> bool:
        """Say whether a workspace may install the app."""
        return self.slack_install_teams == _ANY_TEAM or team_id in self.slack_install_teams

    @property
    def token_keys(self) -> tuple[str, ...]:
        """Return the keys for the tokens of workspaces, the one that encrypts first."""
        return _parts(self.slack_token_keys)

    @property
    def digest_weekday(self) -> int:
        """Return the digest's weekday, Monday 0."""
        return WEEKDAYS.index(self.digest_at.split()[0])

    @property
    def digest_time(self) -> time:
        """Return the digest's time of day."""
        return time.fromisoformat(self.digest_at.split()[1])


def _parts(given: str | SecretStr | None) -> tuple[str, ...]:
    """Return what stands between commas."""
    text = given.get_secret_value() if isinstance(given, SecretStr) else given or ""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, altchars=b"-_", validate=True)) == _KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def _readable(directory: str) -> Path:
    """Return the directory once all in it can be read; else what is in it would quietly count as not set."""
    path = Path(directory)
    try:
        for file in path.iterdir():
            if file.name.lower() in Settings.model_fields:
                file.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsInvalid(f"SECRETS_DIR: {error.filename} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError:
        # Not chained: the error holds what it could not read.
        raise SettingsInvalid(
            f"SECRETS_DIR: {path} holds a setting that cannot be read (it is not UTF-8)"
        ) from None
    return path


def read_settings() -> Settings:
    """Read the settings. Raises SettingsInvalid naming the first wrong one, never showing a secret."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        message = str(first["msg"]).removeprefix("Value error, ")
        where = f"{name}: " if name else ""
        raise SettingsInvalid(f"{where}{message} (set it in the environment or in .env)") from None
