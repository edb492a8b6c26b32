"""Reads the files under `deploy/` as the tools do that they are written for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
KUBERNETES = ROOT / "deploy" / "kubernetes"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions, such as ("RUN", "make"), with continued lines joined."""
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines())]


def image_environment() -> dict[str, str]:
    """Return the variables that the image sets."""
    return dict(pair.split("=", 1) for name, rest in instructions() if name == "ENV" for pair in rest.split())


def health_check() -> list[str]:
    """Return the command with which the image is asked whether it is healthy."""
    check = next(rest for name, rest in instructions() if name == "HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert isinstance(command, list)
    return command


def resources(folder: Path) -> list[dict[str, Any]]:
    """Return every Kubernetes resource that the folder's kustomization lists."""
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
    texts = [(folder / name).read_text(encoding="utf-8") for name in listed]
    return [resource for text in texts for resource in yaml.safe_load_all(text)]
