"""Runs a command of the image as an engine would: its user, no rights, PID 1, a read-only root."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.clean_root.building import Image

ENDS_WITHIN_S = 20.0

# The root is bound read-only; over it a fresh /proc, /tmp and /dev, and what is mounted into the container.
_ENTER = """
set -e
root=$0
mount --bind "$root" "$root"
for pair in $1; do
  mkdir -p "$root${pair#*=}"
  mount --bind "${pair%%=*}" "$root${pair#*=}"
done
mount -o remount,ro,bind "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o size=64m,mode=1777 tmpfs "$root/tmp"
mount --rbind /dev "$root/dev"
shift
exec chroot "$root" setpriv --reuid "${1%:*}" --regid "${1#*:}" --clear-groups --no-new-privs \
  --inh-caps=-all --bounding-set=-all sh -c 'cd "$0" && exec "$@"' "$2" "${@:3}"
"""


@dataclass
class Container:
    """A command of the image, running or not."""

    image: Image
    name: str
    folder: Path
    """Where its volumes and its log lie outside."""
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    mounted: dict[Path, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def start(self) -> None:
        """Start it, with an empty volume of its own."""
        with self.log.open("wb") as log:
            self.process = self._enter(self.command, log.fileno())

    def run(self, command: list[str]) -> int:
        """Run one more command beside it, as `docker exec` does, and return its exit code."""
        with (self.folder / f"{self.name}.exec.log").open("ab") as log:
            return self._enter(command, log.fileno()).wait(timeout=30)

    @property
    def pid(self) -> int:
        """Return the process, as seen from outside; within it is PID 1."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int(children.read_text().split()[0])

    def peak_mib(self) -> int:
        """Return the most memory that it ever took."""
        (line,) = (
            line for line in Path(f"/proc/{self.pid}/status").read_text().splitlines() if "VmHWM" in line
        )
        return int(line.split()[1]) // 1024

    def user(self) -> str:
        """Return the user and the group that it really runs as."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        found = {line.split()[0]: line.split()[1:] for line in lines if line.startswith(("Uid", "Gid"))}
        return f"{found['Uid:'][0]}:{found['Gid:'][0]}"

    async def stop(self) -> int:
        """Send SIGTERM and return the exit code."""
        assert self.process is not None

        os.kill(self.pid, signal.SIGTERM)
        return await asyncio.to_thread(self.process.wait, ENDS_WITHIN_S)

    def end(self) -> None:
        """Kill it if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()  # unshare's --kill-child takes the rest along
            self.process.wait()

    def _enter(self, command: list[str], log: int) -> subprocess.Popen[bytes]:
        uid, gid = (int(number) for number in self.image.user.split(":"))
        pairs = dict(self.mounted)
        for volume in self.image.volumes:
            outside = self.folder / f"{self.name}{volume.replace('/', '-')}"
            outside.mkdir(exist_ok=True)

            os.chown(outside, uid, gid)
            pairs[outside] = volume
        mounts = " ".join(f"{outside}={inside}" for outside, inside in pairs.items())
        enter = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", _ENTER]
        return subprocess.Popen(  # noqa: S603 - our own image
            [*enter, str(self.image.root), mounts, self.image.user, self.image.workdir, *command],
            env=self.image.environment | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
