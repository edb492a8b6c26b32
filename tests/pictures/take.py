"""Take the pictures of the README: the real bot, with real Redis and Chroma, in a fake workspace.

`make pictures [ONLY=name]` writes `docs/pictures/*.png`.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.slack.shortcuts import SAVE
from tests.e2e.processes import BotProcess, RedisProcess, app_scopes
from tests.fake_slack.server import FakeSlack
from tests.fake_slack.workspace import BOT_USER_ID, Channel, Message
from tests.pictures import installing, page

TO = Path(__file__).parents[2] / "docs" / "pictures"
ASKED = (
    "should we fine-tune? Our support bot makes up facts about our products. We have 300 reviewed answers."
)


@dataclass
class Studio:
    """The workspace in which the pictures are taken."""

    slack: FakeSlack
    ana: str
    ben: str
    channel: Channel

    @property
    def names(self) -> Mapping[str, str]:
        people = {person.id: person.name for person in self.slack.workspace.users.values()}
        return people | {channel.id: channel.name for channel in self.slack.workspace.channels.values()}

    def take(self, name: str, body: str) -> None:
        page.picture(body, TO / f"{name}.png")
        print(f"docs/pictures/{name}.png")

    async def asked(self) -> Message:
        """Ask in the channel, up to the question."""
        said = await self.slack.say(self.ana, self.channel, f"{self.slack.mention} {ASKED}")
        await self.slack.reply_in(self.channel, said.ts)
        return said

    async def recommended(self) -> tuple[Message, Message]:
        """Ask in the channel, up to the recommendation; return what was said and the recommendation."""
        said = await self.asked()
        await self.slack.press(self.ana, await self.slack.reply_in(self.channel, said.ts), "Just tell me")
        return said, await self.slack.reply_in(self.channel, said.ts, number=2)


async def question(studio: Studio) -> None:
    """Take a question in a thread."""
    said = await studio.asked()
    studio.take("question", page.conversation(studio.channel.thread(said.ts), studio.names))


async def recommendation(studio: Studio) -> None:
    """Take a recommendation, and what is behind its buttons."""
    said, recommended = await studio.recommended()
    await studio.slack.press(studio.ben, recommended, "Override…")
    studio.take("override", page.modal((await studio.slack.modal_of(studio.ben)).view, studio.names))
    await studio.slack.press(studio.ana, recommended, "Accept")
    await studio.slack.until(lambda: "accepted" in recommended.text.lower(), "it was not accepted")
    studio.take("recommendation", page.conversation(studio.channel.thread(said.ts), studio.names))


async def command(studio: Studio) -> None:
    """Take the private answer to a command, the log, and one decision."""
    await studio.slack.command(studio.ben, studio.channel, f"/finetune {ASKED}")
    await studio.slack.whisper_to(studio.ben, "Question 1 of at most")
    await studio.slack.command(studio.ben, studio.channel, "/finetune log")
    await studio.slack.whisper_to(studio.ben, "D-")
    studio.take("command", page.conversation(studio.slack.workspace.seen_by(studio.ben), studio.names))


async def home(studio: Studio) -> None:
    """Take the form that saves a decision, and a Home where something waits."""
    slack, ana = studio.slack, studio.ana
    theirs = slack.keep(
        studio.ben, studio.channel, "So we fine-tune the tagger: 20,000 mails a day, 0.91 on the test set"
    )
    await slack.use_shortcut(ana, theirs, SAVE)
    form = await slack.modal_of(ana)
    studio.take("save-as-decision", page.modal(form.view, studio.names))
    await slack.submit(form, outcome="Fine-tune", why="The large model costs ten times as much")
    await slack.whisper_to(ana, "Saved as")
    await studio.recommended()
    await studio.asked()
    await slack.open_app(ana, "home")
    await slack.home_of(ana, "Waiting for your answer")
    studio.take("home", page.home(slack.workspace.homes[ana], studio.names))


async def correction(studio: Studio) -> None:
    """Take the form that sets right what was heard, and what its thread reads afterwards."""
    slack, ana = studio.slack, studio.ana
    said, recommended = await studio.recommended()
    await slack.press(studio.ben, recommended, "Correct this…")
    form = await slack.modal_of(studio.ben)
    studio.take("correction-form", page.modal(form.view, studio.names))
    await slack.submit(form, examples_n="40")
    await slack.until(lambda: "40" in recommended.shown, "it was not corrected")
    await slack.reply_in(studio.channel, said.ts, number=3)
    studio.take("correction", page.conversation(studio.channel.thread(said.ts), studio.names))
    await slack.command(ana, studio.channel, f"/finetune {ASKED}")
    question = await slack.whisper_to(ana, "Question 1 of at most")
    await slack.press(ana, question, "Answer in words")
    studio.take("words-form", page.modal((await slack.modal_of(ana)).view, studio.names))
    await slack.press(ana, question, "Just tell me")
    await slack.whisper_to(ana, "Share")
    studio.take("private", page.conversation(slack.workspace.seen_by(ana), studio.names))


NEWS = (
    "we have 500 reviewed answers by now, so do we train it or not? our colleague who built it leaves in May"
)


async def afterwards(studio: Studio) -> None:
    """Take what is answered to news that leave the advice as it was, with a verdict and counsel."""
    said, _ = await studio.recommended()
    news = await studio.slack.say(studio.ana, studio.channel, f"{studio.slack.mention} {NEWS}", said.ts)
    await studio.slack.reply_in(studio.channel, said.ts, number=3)
    thread = studio.channel.thread(said.ts)
    since = next(place for place, message in enumerate(thread) if message.ts == news.ts)
    studio.take("afterwards", page.conversation(thread[since:], studio.names))


async def definition(studio: Studio) -> None:
    """Take the answer to a question about a term."""
    said = await studio.slack.say(studio.ana, studio.channel, f"{studio.slack.mention} what is LoRA?")
    await studio.slack.reply_in(studio.channel, said.ts)
    studio.take("definition", page.conversation(studio.channel.thread(said.ts), studio.names))


async def digest(studio: Studio) -> None:
    """Take the preview of a digest."""
    slack, ana = studio.slack, studio.ana
    await studio.recommended()
    theirs = slack.keep(studio.ben, studio.channel, "We fine-tune the tagger: 20,000 mails a day")
    await slack.use_shortcut(ana, theirs, SAVE)
    today = datetime.now(UTC).date().isoformat()
    form = await slack.modal_of(ana)
    await slack.submit(form, outcome="Fine-tune", why="The large model costs ten times as much", on=today)
    await slack.whisper_to(ana, "Saved as")
    await slack.command(ana, studio.channel, "/finetune digest on fri 16:00 Europe/Berlin")
    await slack.whisper_to(ana, "comes every Friday")
    await slack.command(ana, studio.channel, "/finetune digest preview")
    await slack.whisper_to(ana, "/finetune digest off")
    studio.take("digest", page.conversation(slack.workspace.seen_by(ana), studio.names))


async def settings(studio: Studio) -> None:
    """Take the form for a channel's settings, and the help."""
    slack, ana = studio.slack, studio.ana
    await slack.command(ana, studio.channel, "/finetune settings")
    studio.take("settings", page.modal((await slack.modal_of(ana)).view, studio.names))
    await slack.command(studio.ben, studio.channel, "/finetune help")
    _, recommended = await studio.recommended()
    await slack.press(studio.ben, recommended, "Accept")
    await slack.until(lambda: "accepted" in recommended.text.lower(), "it was not accepted")
    await slack.command(studio.ben, studio.channel, "/finetune log")
    await slack.whisper_to(studio.ben, "D-")
    (found,) = re.findall(r"decision (D-[A-Z2-7]{10})", recommended.shown)
    await slack.command(studio.ben, studio.channel, f"/finetune show {found}")
    await slack.until(lambda: len(slack.workspace.seen_by(studio.ben)) >= 3, "it was not shown")
    studio.take("help-show", page.conversation(slack.workspace.seen_by(studio.ben), studio.names))
    await slack.press(studio.ben, recommended, "History")
    studio.take("history", page.modal((await slack.modal_of(studio.ben)).view, studio.names))


SCENES: tuple[Callable[[Studio], Awaitable[None]], ...] = (
    question,
    recommendation,
    command,
    home,
    correction,
    afterwards,
    definition,
    digest,
    settings,
)


async def take(only: str) -> None:
    """Take all pictures, or those of one scene."""
    TO.mkdir(parents=True, exist_ok=True)
    if only in ("", "installing"):
        page.picture(installing.as_html(installing.steps()), TO / "installing.png", installing.STYLE)
        print("docs/pictures/installing.png")
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        redis_process = RedisProcess(Path(directory))
        await redis_process.start()
        try:
            async with FakeSlack(app_scopes()) as slack:
                await _take_in(slack, redis_process, Path(directory), only)
        finally:
            redis_process.kill()


async def _take_in(slack: FakeSlack, redis_process: RedisProcess, directory: Path, only: str) -> None:
    slack.workspace.users[BOT_USER_ID].name = "Fine-tune advisor"
    ana, ben = slack.add_user("Ana"), slack.add_user("Ben")
    studio = Studio(slack, ana, ben, slack.add_channel("support-bot", {ana, ben}))
    bot = BotProcess(slack, redis_process.url, directory / "data", directory / "log")
    try:
        await bot.start()
        for scene in SCENES:
            if only in ("", scene.__name__):
                await scene(studio)
    finally:
        bot.end()


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1] if len(sys.argv) > 1 else ""))
