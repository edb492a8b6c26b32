"""Prove the image without a container engine: `make prove-image` (root, debootstrap, Linux; some minutes).

Builds it by the Dockerfile's own steps in a clean Debian, runs it as the compose file and the Kubernetes
manifests say (user, read-only root, no capabilities, secrets by file) with a real Redis and a real Chroma,
holds a dialogue with a fake Slack, and stops it. What no engine has seen stays unproven: layers, registries,
limits, a kubelet, policies.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from tests.clean_root.building import CannotBuild, Image, build
from tests.clean_root.running import Container
from tests.e2e.processes import RedisProcess, app_scopes
from tests.fake_slack.server import FakeSlack
from tests.unit.deploy.reading import COMPOSE, KUBERNETES, resources

VAGUE = "Should we fine-tune our support assistant?"
WAY_OUT = "Just tell me"
READY_WITHIN_S = 60.0
SECRETS_DIR = "/run/secrets"


def main(folder: Path) -> int:
    """Build and try both shapes; return the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    print(f"Building in {folder}")
    try:
        image = build(folder)
    except CannotBuild as error:
        print(error, file=sys.stderr)
        return 1
    base = resources(KUBERNETES / "base")
    replicas = {
        found["metadata"]["name"]: found["spec"]["template"]["spec"]["containers"][0]["args"]
        for found in base
        if found["kind"] == "Deployment"
    }
    shapes = {
        "compose": {"bot": image.command},
        "kubernetes": {f"{name}-{number}": args for name, args in replicas.items() for number in (1, 2)},
    }
    for shape, commands in shapes.items():
        print(f"Running as {shape}: {', '.join(commands)}")
        asyncio.run(_hold_a_dialogue(image, commands))
    return 0


async def _hold_a_dialogue(image: Image, commands: dict[str, list[str]]) -> None:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp")))
        slack = await stack.enter_async_context(FakeSlack(app_scopes()))
        redis_port, chroma_port = _free_port(), _free_port()
        redis_options = COMPOSE["services"]["redis"]["command"][1:]
        redis = RedisProcess(folder, (*redis_options, "--port", str(redis_port), "--bind", "127.0.0.1"))
        stack.callback(redis.kill)
        await redis.start()

        chroma_command = [
            str(chroma_port) if word == "8000" else word for word in COMPOSE["services"]["chroma"]["command"]
        ]
        chroma = Container(image, "chroma", folder, chroma_command)
        secrets = folder / "secrets"
        secrets.mkdir()
        (secrets / "slack_bot_token").write_text(f"{slack.bot_token}\n")
        (secrets / "slack_app_token").write_text(f"{slack.app_token}\n")
        replicas = [
            Container(
                image,
                name,
                folder,
                command,
                {
                    "SECRETS_DIR": SECRETS_DIR,
                    "SLACK_API_URL": slack.api_url,
                    "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
                    "CHROMA_URL": f"http://127.0.0.1:{chroma_port}",
                    # The roots share this machine's network.
                    "METRICS_PORT": str(_free_port()),
                },
                {secrets: SECRETS_DIR},
            )
            for name, command in commands.items()
        ]
        for container in (chroma, *replicas):
            stack.callback(container.end)
            container.start()
        for replica in replicas:
            await _until_healthy(replica)
            assert replica.user() == image.user
            # Everybody may write into /var/tmp where the root is not read-only.
            assert replica.run(["touch", "/var/tmp/written"]) != 0, "its root can be written"  # noqa: S108 - of the image
            assert replica.run(["touch", "/app/data/written"]) == 0, "its volume cannot be written"

        ana = slack.add_user("ana")
        general = slack.add_channel("general", {ana})
        said = await slack.say(ana, general, f"{slack.mention} {VAGUE}")
        await slack.press(ana, await slack.reply_in(general, said.ts), WAY_OUT)
        answer = await slack.reply_in(general, said.ts, number=2)
        print(f"  answered: {answer.text.splitlines()[0]}")
        for container in (*replicas, chroma):
            print(f"  {container.name}: {container.peak_mib()} MiB at most, user {container.user()}")
        for replica in replicas:
            code = await replica.stop()
            print(f"  {replica.name}: ended with {code}")
            assert code == 0, replica.log.read_text()


async def _until_healthy(replica: Container) -> None:
    end = asyncio.get_running_loop().time() + READY_WITHIN_S
    while replica.run(replica.image.health_check) != 0:
        assert replica.process is not None
        assert replica.process.poll() is None, replica.log.read_text()
        assert asyncio.get_running_loop().time() < end, replica.log.read_text()
        await asyncio.sleep(0.5)
    print(f"  {replica.name}: healthy")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "/var/tmp/finetune-advisor-image")))  # noqa: S108 - kept between runs
