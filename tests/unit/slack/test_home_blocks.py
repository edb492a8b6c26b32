from __future__ import annotations

import json
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation
from bot.decision.options import Option
from bot.overview import Figures, Listed, Overview
from bot.record import DecisionRecord
from bot.slack.home_blocks import home
from tests.fake_slack import block_rules
from tests.fake_slack.workspace import texts_in
from tests.integration.stores.examples import PLACE, a_conversation
from tests.unit.slack.monstrous import RECORDS
from tests.unit.slack.surroundings import clarify

OUR_MARKUP = re.compile(
    r"<https://[^\s<>|]+\|[^<>|]*>|<@[UW][A-Z0-9]+>|<#C1>|<!date\^\d+\^\{date_short_pretty\}\|[\w ]+>"
)
EVERY = Figures(9, 8, 7, 6, 5, 4, 3, tuple((option, 10**6) for option in Option))


def _question(record: DecisionRecord, thread: str) -> Conversation:
    place = PLACE.model_copy(update={"thread": thread})
    words = {"question": record.context[:12_000], "link": record.link, "opened_at": record.decided_at}
    return a_conversation(place).model_copy(update={**words, "last_reply": clarify(), "pending": "Q1"})


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(record=RECORDS, count=st.integers(0, 10), thread=st.sampled_from(["1.2", "command:1", "about:1"]))
def test_slack_takes_any_home_and_nothing_in_it_pings_or_links(
    record: DecisionRecord, count: int, thread: str
) -> None:
    decisions = Listed((record,) * count, 10**6)
    questions = Listed((_question(record, thread),) * count, 10**6)
    view = home(Overview(30, questions, decisions, decisions, EVERY, is_whole=False))
    raw = json.loads(json.dumps(view.to_dict()))
    block_rules.check_home(raw)
    for text in texts_in(raw):
        assert "<" not in OUR_MARKUP.sub("", text)
        assert "@here" not in text
    assert "I looked through the newest ones only" in "\n".join(texts_in(raw))
