"""A Bolt app that does nothing but acknowledge: what ours is compared with, as a process of its own."""

from __future__ import annotations

import asyncio
import os

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient


def make_app(bot_token: str, api_url: str) -> AsyncApp:
    """Return the app."""
    app = AsyncApp(client=AsyncWebClient(bot_token, base_url=api_url))

    @app.command("/finetune")
    async def take_command(ack: AsyncAck) -> None:
        await ack()

    @app.event("app_mention")
    @app.event("message")
    async def take_event() -> None:
        return

    return app


async def main() -> None:
    """Serve until it is killed."""
    app = make_app(os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_API_URL"])
    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
    await handler.client.connect()  # type: ignore[no-untyped-call] # slack_sdk has no types here
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
