"""What is old is forgotten hourly, and one workspace's trouble is nobody else's."""

from __future__ import annotations

from typing import cast

from structlog.testing import capture_logs

from bot.errors import StoredDataInvalid
from bot.forgetting import Forgetting, Forgotten
from bot.leaving import Leaving
from bot.retention import Retention
from tests.integration.stores.examples import NOW


class _Forgetting:
    """Stands for `Forgetting` where one workspace has a record that cannot be read, and one all of them."""

    def __init__(self) -> None:
        self.erased: list[str] = []

    async def erase_old(self, team_id: str, _days: int, _at: object) -> Forgotten:
        if team_id == "T1":
            raise StoredDataInvalid("decision D-0000000001 is damaged")
        self.erased.append(team_id)
        return Forgotten({}, ("decision D-0000000002 cannot be read",))


class _Leaving:
    async def delete_due(self, _is_installed: object) -> None:
        return


async def test_a_damaged_record_keeps_no_other_workspaces_words_longer() -> None:
    forgetting = _Forgetting()

    async def team_ids() -> list[str]:
        return ["T1", "T2"]

    async def is_installed(team_id: str) -> bool:
        raise AssertionError(team_id)

    retention = Retention(
        cast(Forgetting, forgetting),
        cast(Leaving, _Leaving()),
        team_ids,
        is_installed,
        record_words_days=30,
        clock=lambda: NOW,
    )
    with capture_logs() as lines:
        await retention.look()
    assert forgetting.erased == ["T2"]
    assert [(line["event"], line["team_id"], line["reason"]) for line in lines] == [
        ("retention_failed", "T1", "decision D-0000000001 is damaged"),
        ("retention_left_out", "T2", "decision D-0000000002 cannot be read"),
    ]
