from __future__ import annotations

import pytest

from bot.errors import StoreUnavailable
from tests.fakes.stores import FakeConversations, FakeInbox
from tests.integration.stores.examples import PLACE, a_conversation


async def test_a_fake_that_is_down_says_so_and_forgets_nothing() -> None:
    conversations = FakeConversations()
    await conversations.save(a_conversation())
    conversations.is_down = True
    with pytest.raises(StoreUnavailable):
        await conversations.load(PLACE)

    conversations.is_down = False

    assert await conversations.load(PLACE) == a_conversation()


async def test_a_fake_inbox_that_is_down_takes_nothing() -> None:
    inbox = FakeInbox()
    inbox.is_down = True
    with pytest.raises(StoreUnavailable):
        await inbox.append("a", order_key="k", once="Ev1")
    inbox.is_down = False

    assert await inbox.append("a", order_key="k", once="Ev1")
