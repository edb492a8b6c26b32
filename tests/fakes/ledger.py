"""What was spent on language models, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from bot.language_model import Budgets, Spender, UsageRow
from bot.model_use import ModelUse
from tests.fakes.away import Store

_Account = tuple[str, str, Literal["workspace", "channel", "person"], str]


class FakeLedger(Store):
    """Implements `bot.language_model.Ledger`. It has no clock: `forget_reservations` stands for a crash."""

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[_Account, UsageRow] = {}
        self.reserved: dict[_Account, list[tuple[int, float]]] = {}
        """Tokens and dollars of each call under way."""

    async def reserve(
        self, spender: Spender, day: str, tokens: int, budgets: Budgets, *, cost_usd: float = 0
    ) -> str:
        self._answer()
        person, channel, workspace = accounts = _accounts(spender, day)
        limits = {
            person: budgets.tokens_per_person,
            channel: budgets.tokens_per_channel,
            workspace: budgets.tokens_per_workspace,
        }
        for account, limit in limits.items():
            if limit <= 0 or self._taken(account) + tokens > limit:
                return account[2]
        cost = self._row(workspace).cost_usd + sum(usd for _, usd in self.reserved.get(workspace, []))
        if cost >= budgets.usd_per_workspace or cost + cost_usd > budgets.usd_per_workspace:
            return "workspace"
        for account in accounts:
            self.reserved.setdefault(account, []).append((tokens, cost_usd))
        return ""

    async def settle(self, spender: Spender, day: str, reserved: int, use: ModelUse) -> None:
        self._answer()
        for account in _accounts(spender, day):
            set_aside = self.reserved.get(account, [])
            ours = next((one for one in reversed(set_aside) if one[0] == reserved), None)
            if ours:
                set_aside.remove(ours)
            self.used[account] = _added(self._row(account), use)

    async def judge(self, spender: Spender, day: str, *, accepted: int, replaced: int) -> None:
        self._answer()
        for account in _accounts(spender, day):
            row = self._row(account)
            self.used[account] = replace(
                row, accepted=row.accepted + accepted, replaced=row.replaced + replaced
            )

    async def usage(self, days: Sequence[str]) -> Sequence[UsageRow]:
        self._answer()
        kinds = ["workspace", "channel", "person"]
        rows = [row for row in self.used.values() if row.day in days]
        return sorted(rows, key=lambda row: (row.day, row.team_id, kinds.index(row.kind), row.id))

    def forget_reservations(self) -> None:
        """Let everything that is set aside run out."""
        self.reserved.clear()

    def _row(self, account: _Account) -> UsageRow:
        return self.used.get(account, UsageRow(*account, 0, 0, 0, 0, 0, 0.0, 0, 0, 0))

    def _taken(self, account: _Account) -> int:
        row = self._row(account)
        return row.tokens_in + row.tokens_out + sum(tokens for tokens, _ in self.reserved.get(account, []))


def _accounts(spender: Spender, day: str) -> tuple[_Account, _Account, _Account]:
    team_id = spender.team_id
    return (
        (day, team_id, "person", spender.user_id),
        (day, team_id, "channel", spender.channel_id),
        (day, team_id, "workspace", team_id),
    )


def _added(row: UsageRow, use: ModelUse) -> UsageRow:
    return replace(
        row,
        calls=row.calls + 1,
        failures=row.failures + bool(use.failure),
        tokens_in=row.tokens_in + use.tokens_in,
        tokens_cached=row.tokens_cached + use.tokens_cached,
        tokens_out=row.tokens_out + use.tokens_out,
        cost_usd=round(row.cost_usd + (use.cost_usd or 0), 6),
        unpriced_calls=row.unpriced_calls + (use.cost_usd is None),
        accepted=row.accepted + use.accepted,
        replaced=row.replaced + use.replaced,
    )
