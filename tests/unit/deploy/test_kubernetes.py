from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.parser import make_parser
from bot.metrics import _Now
from bot.settings import Settings
from tests.unit.deploy.reading import (
    COMPOSE,
    KUBERNETES,
    image_environment,
    instructions,
    resources,
)

BASE = KUBERNETES / "base"
RESOURCES = resources(BASE)
WORKLOADS = {
    found["metadata"]["name"]: found for found in RESOURCES if found["kind"] in ("Deployment", "StatefulSet")
}
ROLES = ("listener", "worker")
HTTP = yaml.safe_load((KUBERNETES / "components/http/listener.yaml").read_text(encoding="utf-8"))
WORKLOAD = pytest.mark.parametrize("name", WORKLOADS)
ROLE = pytest.mark.parametrize("name", ROLES)


def settings() -> dict[str, str]:
    lines = (BASE / "settings.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def pod(name: str) -> dict[str, Any]:
    found: dict[str, Any] = WORKLOADS[name]["spec"]["template"]
    return found


def container(name: str) -> dict[str, Any]:
    (only,) = pod(name)["spec"]["containers"]
    assert isinstance(only, dict)
    return only


def matches(selector: dict[str, Any], name: str) -> bool:
    wanted: dict[str, str] = selector.get("matchLabels", {})
    labels: dict[str, str] = pod(name)["metadata"]["labels"]
    return wanted.items() <= labels.items()


@pytest.mark.parametrize("folder", sorted(path.parent for path in KUBERNETES.rglob("kustomization.yaml")))
def test_every_manifest_is_listed_by_its_kustomization(folder: Path) -> None:
    kustomization = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
    listed = {
        *kustomization.get("resources", ()),
        *kustomization.get("components", ()),
        *(patch["path"] for patch in kustomization.get("patches", ())),
    }
    assert all((folder / name).exists() for name in listed)
    # Values for somebody else's chart are no manifest.
    there = {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml", "prometheus-adapter.yaml"}
    assert there <= listed


def test_every_variable_is_a_setting_and_reaches_every_role() -> None:
    assert {name.lower() for name in settings()} <= Settings.model_fields.keys()
    for name in ROLES:
        assert container(name)["envFrom"] == [{"configMapRef": {"name": "settings"}}]
        mounted = {mount["name"]: mount["mountPath"] for mount in container(name)["volumeMounts"]}
        assert mounted["secrets"] == settings()["SECRETS_DIR"]
        assert mounted["data"] == settings()["DATA_DIR"] == image_environment()["DATA_DIR"]


@pytest.mark.parametrize(
    ("role", "arguments"),
    [
        *((name, container(name)["args"]) for name in ROLES),
        ("listener", HTTP["spec"]["template"]["spec"]["containers"][0]["args"]),
    ],
)
def test_the_roles_are_commands_that_the_bot_has(role: str, arguments: list[str]) -> None:
    assert arguments[:3] == ["python", "-m", "bot"]
    assert make_parser().parse_args(arguments[3:]).role == role


@WORKLOAD
def test_every_pod_is_hardened_and_limited(name: str) -> None:
    whole, one = pod(name)["spec"]["securityContext"], container(name)["securityContext"]
    assert whole["runAsNonRoot"] is True
    assert whole["runAsUser"] > 0
    assert whole["seccompProfile"] == {"type": "RuntimeDefault"}
    assert one == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod(name)["spec"]["automountServiceAccountToken"] is False
    for kind in ("requests", "limits"):
        assert {"cpu", "memory"} <= container(name)["resources"][kind].keys()


@pytest.mark.parametrize("name", [*ROLES, "chroma"])
def test_our_pods_run_as_the_user_of_the_image(name: str) -> None:
    security = pod(name)["spec"]["securityContext"]
    assert ("USER", f"{security['runAsUser']}:{security['runAsGroup']}") in instructions()
    assert security["fsGroup"] == security["runAsGroup"], "or it could not read its secrets"


@ROLE
def test_roles_are_probed_where_they_answer(name: str) -> None:
    probes = {
        kind: container(name)[f"{kind}Probe"]["httpGet"] for kind in ("liveness", "readiness", "startup")
    }
    assert {probe["port"] for probe in probes.values()} == {"metrics"}
    assert {"name": "metrics", "containerPort": int(settings()["METRICS_PORT"])} in container(name)["ports"]
    # A restart does not bring Redis back, so that being ready may not decide about life.
    assert probes["liveness"]["path"] == probes["startup"]["path"] == "/health"
    assert probes["readiness"]["path"] == "/ready"


@ROLE
def test_one_replica_at_a_time_may_leave(name: str) -> None:
    (budget,) = (
        found
        for found in RESOURCES
        if found["kind"] == "PodDisruptionBudget" and matches(found["spec"]["selector"], name)
    )
    assert budget["spec"]["maxUnavailable"] == 1
    assert WORKLOADS[name]["spec"]["replicas"] >= 2
    assert WORKLOADS[name]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_redis_is_run_as_in_the_compose_file_but_for_its_memory() -> None:
    redis = COMPOSE["services"]["redis"]
    assert container("redis")["image"] == redis["image"]
    assert [word for word in container("redis")["args"] if word != "1gb"] == [
        word for word in redis["command"] if word != "512mb"
    ]
    assert container("redis")["resources"]["limits"]["memory"] == "2Gi"


def may_reach(caller: str, called: str, port: int) -> bool:
    """Say whether a policy lets the caller out to the called, and another lets it in there."""
    ways = {"Egress": (caller, "egress", "to", called), "Ingress": (called, "ingress", "from", caller)}
    return all(
        any(
            policy["kind"] == "NetworkPolicy"
            and direction in policy["spec"]["policyTypes"]
            and matches(policy["spec"]["podSelector"], at)
            and any(
                {"protocol": "TCP", "port": port} in rule["ports"]
                and any("podSelector" in peer and matches(peer["podSelector"], other) for peer in rule[peers])
                for rule in policy["spec"].get(rules, ())
            )
            for policy in RESOURCES
        )
        for direction, (at, rules, peers, other) in ways.items()
    )


def test_nobody_reaches_a_store_but_who_needs_it() -> None:
    reached = {
        (caller, called)
        for caller in WORKLOADS
        for called, port in (("redis", 6379), ("chroma", 8000))
        if may_reach(caller, called, port)
    }
    assert reached == {("listener", "redis"), ("worker", "redis"), ("worker", "chroma")}
    everybody = next(found for found in RESOURCES if found["metadata"]["name"] == "nothing-else")
    assert everybody["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_both_ways_to_scale_follow_the_same_age_within_the_same_bounds() -> None:
    (plain,), (keda,) = (resources(KUBERNETES / "components" / name) for name in ("autoscaling", "keda"))
    age = plain["spec"]["metrics"][0]["external"]
    assert age["metric"]["name"] in {family.name for family in _Now("worker").collect()}
    trigger = keda["spec"]["triggers"][0]["metadata"]
    assert age["metric"]["name"] in trigger["query"]
    assert age["target"]["value"] == trigger["threshold"]
    assert plain["spec"]["scaleTargetRef"]["name"] == keda["spec"]["scaleTargetRef"]["name"] == "worker"
    assert (plain["spec"]["minReplicas"], plain["spec"]["maxReplicas"]) == (
        keda["spec"]["minReplicaCount"],
        keda["spec"]["maxReplicaCount"],
    )
    adapter = yaml.safe_load(
        (KUBERNETES / "components/autoscaling/prometheus-adapter.yaml").read_text(encoding="utf-8")
    )
    assert age["metric"]["name"] in adapter["rules"]["external"][0]["seriesQuery"]
