"""Sub-commands answered: the log, one decision, one taken back, or how to ask; to whoever called alone."""

from __future__ import annotations

from functools import partial

from bot.amending import amend
from bot.deciding import withdraw
from bot.lookup import Lookup
from bot.permissions import is_in_charge
from bot.ports import DecisionLog
from bot.record import DecisionRecord
from bot.slack import decision_words, words
from bot.slack.blocks import Message, draw_decision, draw_decisions, notice
from bot.slack.decision_blocks import upkeep_row
from bot.slack.incoming import CommandCalled
from bot.slack.publisher import Delivery, Publisher
from bot.slack.standing import Standing
from bot.slack.subcommands import (
    Help,
    LogCommand,
    NoSuchId,
    SearchLog,
    ShowDecision,
    WithdrawDecision,
)
from bot.slack.viewers import Viewers


class LogAnswers:
    """Shows people the decisions that they may see, and takes their own back."""

    def __init__(
        self,
        lookup: Lookup,
        decision_log: DecisionLog,
        viewers: Viewers,
        publisher: Publisher,
        standing: Standing,
    ) -> None:
        self._lookup = lookup
        self._log = decision_log
        self._viewers = viewers
        self._publisher = publisher
        self._standing = standing

    async def answer(self, called: CommandCalled, wanted: LogCommand, delivery: Delivery) -> str:
        """Answer privately, and return what kind of answer it was.

        Raises SlackRefused, StoreUnavailable, and StoredDataInvalid.
        """
        kind, messages = await self._messages(called, wanted)
        await self._publisher.answer_privately(called, messages, delivery)
        return kind

    async def _messages(self, called: CommandCalled, wanted: LogCommand) -> tuple[str, list[Message]]:
        match wanted:
            case Help():
                return "help", [notice(words.HELP)]
            case NoSuchId():
                return "no_such_id", [notice(words.NOT_AN_ID)]
            case SearchLog(words=searched):
                viewer = await self._viewers.viewer(called.user_id, called.channel_id)
                found = await self._lookup.find(called.team_id, viewer, searched)
                return "log", draw_decisions(found, searched)
            case ShowDecision(decision_id=decision_id):
                return "show", await self._decision(called, decision_id)
            case WithdrawDecision(decision_id=decision_id):
                return "withdraw", [notice(await self._withdraw(called, decision_id))]

    async def _withdraw(self, called: CommandCalled, decision_id: str) -> str:
        viewer = await self._viewers.viewer(called.user_id, called.channel_id)
        if await self._lookup.find_one(called.team_id, viewer, decision_id) is None:
            return words.no_decision(decision_id)
        step = partial(withdraw, by=called.user_id, at=called.at, is_admin=viewer.is_admin)
        outcome = await amend(self._log, called.team_id, decision_id, step)
        if isinstance(outcome, DecisionRecord):
            await self._standing.redraw(outcome)
            return decision_words.taken_back(decision_id)
        return decision_words.told(outcome, called.user_id)

    async def _decision(self, called: CommandCalled, decision_id: str) -> list[Message]:
        viewer = await self._viewers.viewer(called.user_id, called.channel_id)
        record = await self._lookup.find_one(called.team_id, viewer, decision_id)
        if record is None:
            return [notice(words.no_decision(decision_id))]
        may_change = is_in_charge(record, called.user_id, is_admin=viewer.is_admin)
        return draw_decision(record, upkeep_row(called.place, record) if may_change else [])
