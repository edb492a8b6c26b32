from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from bot.settings import Settings
from tests.unit.deploy.reading import COMPOSE, ROOT, instructions

SCHEMA = ROOT / "tests" / "fixtures" / "compose_spec" / "compose-spec.json"
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SERVICE = pytest.mark.parametrize("name", SERVICES)


def test_it_is_a_compose_file() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    checker = jsonschema.Draft201909Validator(schema)
    assert [error.message for error in checker.iter_errors(COMPOSE)] == []
    assert not checker.is_valid({"services": {"bot": {"red_only": True}}})


def test_every_variable_of_the_bot_is_a_setting() -> None:
    assert {name.lower() for name in SERVICES["bot"]["environment"]} <= Settings.model_fields.keys()


def test_secrets_are_files_that_git_leaves_out_and_are_named_as_settings() -> None:
    secrets = COMPOSE["secrets"]
    assert set(SERVICES["bot"]["secrets"]) == secrets.keys() <= Settings.model_fields.keys()
    assert {secret["file"] for secret in secrets.values()} == {f"./secrets/{name}" for name in secrets}
    assert "/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert SERVICES["bot"]["environment"]["SECRETS_DIR"] == "/run/secrets"


@SERVICE
def test_every_service_is_hardened_and_limited(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "cpus", "pids_limit"} <= service.keys()
    assert not {"privileged", "cap_add", "ports", "network_mode"} & service.keys()


@SERVICE
def test_no_service_runs_as_root(name: str) -> None:
    service = SERVICES[name]
    is_ours = service["image"] == "finetune-advisor"
    assert is_ours != (service.get("user", "root").split(":")[0] not in {"root", "0"})


@SERVICE
def test_every_service_says_whether_it_is_healthy(name: str) -> None:
    has_one_in_its_image = name == "bot" and any(step == "HEALTHCHECK" for step, _ in instructions())
    assert has_one_in_its_image != ("healthcheck" in SERVICES[name])


@SERVICE
def test_what_is_kept_is_kept_in_a_volume_of_its_own(name: str) -> None:
    (mounted,) = SERVICES[name]["volumes"]
    assert mounted.split(":")[0] == name
    assert name in COMPOSE["volumes"]


def test_redis_keeps_what_it_acknowledged_and_evicts_nothing() -> None:
    command: list[str] = SERVICES["redis"]["command"]
    options = dict(zip(command[1::2], command[2::2], strict=True))
    assert options == {
        "--appendonly": "yes",
        "--appendfsync": "always",
        "--maxmemory": "512mb",
        "--maxmemory-policy": "noeviction",
    }
    assert SERVICES["redis"]["mem_limit"] == "1g"


def test_only_the_bot_reaches_the_stores() -> None:
    assert COMPOSE["networks"]["stores"] == {"internal": True}
    assert [name for name, service in SERVICES.items() if service["networks"] != ["stores"]] == ["bot"]
    for setting in ("REDIS_URL", "CHROMA_URL"):
        host = SERVICES["bot"]["environment"][setting].split("//")[1].split(":")[0]
        assert host in SERVICES["bot"]["depends_on"]
