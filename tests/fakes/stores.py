"""Stores that remember in memory; the suites in tests/integration/stores run on them and on Redis alike.

Set `is_down` to make every method say StoreUnavailable, as when Redis is away.
"""

from __future__ import annotations

from tests.fakes.conversations import (
    FakeConversations,
    FakeFeedback,
    FakeFirstContacts,
    FakePostedReplies,
    FakeQuestionLimits,
)
from tests.fakes.decision_log import FakeDecisionLog
from tests.fakes.digests import FakeChannelSettings, FakeDigestMarks, FakeDigestTimes, FakeTermCounts
from tests.fakes.inbox import FakeInbox, FakeRemovals
from tests.fakes.installations import FakeDepartures, FakeInstallations, FakeInstallStates
from tests.fakes.ledger import FakeLedger
from tests.fakes.outreach import FakeOutreachMarks

__all__ = [
    "FakeChannelSettings",
    "FakeConversations",
    "FakeDecisionLog",
    "FakeDepartures",
    "FakeDigestMarks",
    "FakeDigestTimes",
    "FakeFeedback",
    "FakeFirstContacts",
    "FakeInbox",
    "FakeInstallStates",
    "FakeInstallations",
    "FakeLedger",
    "FakeOutreachMarks",
    "FakePostedReplies",
    "FakeQuestionLimits",
    "FakeRemovals",
    "FakeTermCounts",
]
