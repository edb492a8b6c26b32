"""A sub-command, handed to what answers it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.digest_answers import DigestAnswers
from bot.slack.incoming import CommandCalled
from bot.slack.log_answers import LogAnswers
from bot.slack.publisher import Delivery
from bot.slack.subcommands import DigestCommand, OpenSettings, Subcommand


@dataclass(frozen=True)
class Subcommands:
    """Answers sub-commands. Raises whatever Slack or a store raise."""

    log_answers: LogAnswers
    digest_answers: DigestAnswers

    async def answer(self, called: CommandCalled, wanted: Subcommand, delivery: Delivery) -> str:
        """Answer privately, and return what kind of answer it was."""
        match wanted:
            case OpenSettings():
                # The door opens forms, which live for three seconds; nothing is left to answer.
                return "settings"
            case _ if isinstance(wanted, DigestCommand):
                return await self.digest_answers.answer(called, wanted, delivery)
            case _:
                return await self.log_answers.answer(called, wanted, delivery)
