"""Carries the Dockerfile's steps out in roots made by debootstrap, where no container engine runs."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.unit.deploy.reading import ROOT, instructions

FROM = {"python:3.11-slim-bookworm": "bookworm"}
"""Which Debian stands for which image; its own Python stands for the one that the image brings."""
PACKAGES = "python3,python3-venv,ca-certificates"
# What a machine needs to get at packages, and no more.
_WAY_OUT = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "PIP_INDEX_URL")

_ENTER = """
mount -t proc proc "$0/proc" &&
mount --bind /etc/resolv.conf "$0/etc/resolv.conf" &&
mount --bind /etc/ssl/certs "$0/etc/ssl/certs" &&
exec chroot "$0" sh -c "$1"
"""


class CannotBuild(Exception):
    """A step failed; the message is the step."""


@dataclass
class Image:
    """What a stage has come to."""

    root: Path
    environment: dict[str, str] = field(
        default_factory=lambda: {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    )
    workdir: str = "/"
    user: str = "0:0"
    command: list[str] = field(default_factory=list)
    health_check: list[str] = field(default_factory=list)
    volumes: list[str] = field(default_factory=list)


def build(folder: Path) -> Image:
    """Build the image below the folder; its last stage. Raises CannotBuild."""
    stages: dict[str, Image] = {}
    image = Image(folder)
    for step, rest in instructions():
        print(f"  {step} {rest}")
        if step == "FROM":
            name, _, alias = rest.partition(" AS ")
            image = Image(_fresh(folder, FROM[name], alias or "final"))
            stages[alias] = image
        else:
            _carry_out(step, rest, image, stages)
    return image


def _carry_out(step: str, rest: str, image: Image, stages: dict[str, Image]) -> None:
    match step:
        case "WORKDIR":
            image.workdir = rest
            (image.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        case "COPY":
            _copy(rest, image, stages)
        case "RUN":
            _run(image, rest)
        case "USER":
            image.user = rest
        case "ENV":
            for pair in shlex.split(rest):
                name, value = pair.split("=", 1)
                image.environment[name] = value.replace("$PATH", image.environment["PATH"])
        case "VOLUME":
            image.volumes.append(rest)
        case "HEALTHCHECK":
            image.health_check = json.loads(rest.partition("CMD ")[2])
        case "CMD":
            image.command = json.loads(rest)
        case "STOPSIGNAL":
            assert rest == "SIGTERM"
        case _:
            raise CannotBuild(f"{step} is not known here")


def _fresh(folder: Path, suite: str, name: str) -> Path:
    """Return a clean root, copied from one that debootstrap made once."""
    clean, root = folder / suite, folder / name
    if not clean.exists():
        made = clean.with_suffix(".part")
        _check(["debootstrap", "--variant=minbase", f"--include={PACKAGES}", suite, str(made)])
        made.rename(clean)
    shutil.rmtree(root, ignore_errors=True)
    _check(["cp", "-a", "--reflink=auto", str(clean), str(root)])
    return root


def _copy(rest: str, image: Image, stages: dict[str, Image]) -> None:
    *options, source, target = rest.split()
    within = Path(image.workdir.lstrip("/"))
    origin = stages[options[0].removeprefix("--from=")].root if options else ROOT
    into = image.root / within / target
    _check(["cp", "-a", "--no-preserve=ownership", str(origin / source.lstrip("/")), str(into)])
    if not options:
        for compiled in list(into.rglob("__pycache__")):  # .dockerignore leaves them out
            shutil.rmtree(compiled)


def _run(image: Image, command: str) -> None:
    """Run a step as root of the image, with this machine's way to the packages."""
    way_out = {name: os.environ[name] for name in _WAY_OUT if name in os.environ}
    enter = ["unshare", "--mount", "--pid", "--fork", "sh", "-c", _ENTER, str(image.root)]
    _check([*enter, f"cd {image.workdir} && {command}"], image.environment | way_out)


def _check(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - the Dockerfile's own steps
    if done.returncode:
        raise CannotBuild(f"{shlex.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
