"""Monstrous texts in every view and private line that other tests do not draw: Slack takes each of them."""

from __future__ import annotations

import json
from datetime import time
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.channel_settings import (
    LONGEST_REVIEW_DAYS,
    SHORTEST_REVIEW_DAYS,
    ChannelSettings,
    DigestPlan,
    SettingsChange,
)
from bot.conversation import Place
from bot.decision.options import Option
from bot.house_rules import Rules
from bot.record import DecisionRecord
from bot.slack import answer_form, history_view, save_form, settings_form, upkeep_form, words
from bot.slack.blocks import draw_decision, notice
from bot.slack.incoming import SaveAsked, Shown
from bot.slack.incoming.on_messages import TheirMessage
from bot.slack.incoming.on_settings import SettingsShown
from bot.slack.incoming.questions import Waiting
from bot.slack.log_blocks import change_line
from bot.weeks import WEEKDAYS
from tests.fake_slack import block_rules
from tests.fake_slack.workspace import texts_in
from tests.integration.stores.examples import NOW
from tests.unit.slack.monstrous import RECORDS, TEXT

_SETTINGS = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
RESPONSE_URL = "https://hooks.slack.com/actions/" + "x" * 200
PLACE = Place(team_id="T1", channel_id="C1", thread="1795000000.000100")
SHOWN = Shown(
    place=PLACE,
    decision_id="D-0123456789",
    option=Option.RAG,
    message_ts="1795000000.000100",
    thread_ts="1795000000.000100",
    is_ephemeral=False,
    response_url=RESPONSE_URL,
)
_PLANS = st.builds(
    DigestPlan,
    weekday=st.integers(0, len(WEEKDAYS) - 1),
    at=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    zone=st.sampled_from(["UTC", "America/Argentina/ComodRivadavia"]),
)


def _raw(view: View) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(json.dumps(view.to_dict()))
    return raw


@_SETTINGS
@given(record=RECORDS, times=st.sampled_from([1, 60]))
def test_slack_takes_any_history_and_what_is_left_out_is_said(record: DecisionRecord, times: int) -> None:
    record = record.model_copy(update={"history": record.history * times})
    raw = _raw(history_view.history(record))
    block_rules.check_view(raw)
    shown = "\n".join(texts_in(raw))
    is_whole = all(change_line(change) in shown for change in record.history)
    assert is_whole or history_view.MORE_HISTORY in shown


@_SETTINGS
@given(record=RECORDS)
def test_slack_takes_the_form_for_owner_and_review_of_any_decision(record: DecisionRecord) -> None:
    block_rules.check_view(_raw(upkeep_form.form(SHOWN, record.model_copy(update={"owner": "U1"}))))
    block_rules.check_view(_raw(upkeep_form.refused(words.NOT_KEPT)))


@_SETTINGS
@given(record=RECORDS)
def test_slack_takes_any_decision_that_people_saved(record: DecisionRecord) -> None:
    saved = record.model_copy(update={"origin": "saved"})
    for message in draw_decision(saved):
        block_rules.check([json.loads(json.dumps(block.to_dict())) for block in message.blocks])
        assert message.text.strip()
    block_rules.check_view(_raw(save_form.saved_before(saved)))


@_SETTINGS
@given(text=TEXT, channel_id=st.sampled_from(["C1", "D1"]))
def test_slack_takes_the_form_that_saves_any_message(text: str, channel_id: str) -> None:
    about = TheirMessage(ts="1795000000.000100", thread_ts="", author_id="U2")
    asked = SaveAsked(
        team_id="T1",
        channel_id=channel_id,
        user_id="U1",
        at=NOW,
        about=about,
        response_url=RESPONSE_URL,
        text=text,
        trigger_id="1.2",
    )
    raw = _raw(save_form.form(asked))
    block_rules.check_view(raw)
    (field,) = [block["element"] for block in raw["blocks"] if block.get("block_id") == save_form.CONTEXT]
    shown = field.get("initial_value", "")
    assert shown.split() == text.split() or "…" in shown


@_SETTINGS
@given(question=TEXT)
def test_slack_takes_the_form_for_an_answer_to_any_question(question: str) -> None:
    waiting = Waiting(place=PLACE, question_id="Q1", response_url=RESPONSE_URL)
    block_rules.check_view(_raw(answer_form.form(waiting, question or "?")))


@_SETTINGS
@given(
    given_settings=st.builds(
        ChannelSettings,
        who_may_ask=st.sampled_from(["everyone", "members", "nobody"]),
        command_answers=st.sampled_from(["private", "public"]),
        follows_up=st.booleans(),
        digest=st.none() | _PLANS,
        empty_week=st.sampled_from(["line", "silence"]),
        review_after_days=st.none() | st.integers(SHORTEST_REVIEW_DAYS, LONGEST_REVIEW_DAYS),
    ),
    usual=_PLANS,
    is_defaults=st.booleans(),
    by=st.sampled_from(["", "U1"]),
)
def test_slack_takes_the_form_for_any_settings(
    given_settings: ChannelSettings, usual: DigestPlan, by: str, *, is_defaults: bool
) -> None:
    shown = SettingsShown(
        team_id="T1",
        channel_id="C1",
        is_defaults=is_defaults,
        settings=given_settings,
        response_url=RESPONSE_URL,
    )
    changed = SettingsChange(at=NOW, by=by, what=tuple(ChannelSettings.model_fields))
    block_rules.check_view(_raw(settings_form.form(shown, Rules(given_settings, changed), usual)))


@_SETTINGS
@given(wrong=st.lists(TEXT, max_size=8).map(tuple))
def test_slack_takes_the_answer_to_any_slip(wrong: tuple[str, ...]) -> None:
    message = notice(words.not_quite(wrong, "digest on fri 16:00"))
    raw = [json.loads(json.dumps(block.to_dict())) for block in message.blocks]
    block_rules.check(raw)
    assert "<" not in "".join(texts_in(raw))
    assert "`/finetune digest on fri 16:00`" in "".join(texts_in(raw))
