from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channel_settings import ChannelSettings
from bot.conversation import Place
from bot.correcting import FactField
from bot.decision.options import Option
from bot.house_rules import Rules
from bot.slack import correction_form, settings_form
from bot.slack.button_keys import ButtonKey, decode
from bot.slack.incoming import (
    INCOMING,
    AcceptPressed,
    CommandCalled,
    ConditionAnswered,
    ContinuePressed,
    CorrectionFilled,
    Entry,
    Filled,
    FormFilled,
    Incoming,
    Mentioned,
    MessageSent,
    PressedElsewhere,
    ReplyPicked,
    SettingsFilled,
    SettingsShown,
    SettingsSubmitted,
    Shown,
    ToOpen,
    UpkeepFilled,
    ViewAsked,
    order_key,
)
from bot.slack.override_form import form
from bot.slack.payloads import Me, parse
from bot.slack.payloads.raw import text_of
from tests.fake_slack import shapes
from tests.fake_slack.views import Modal
from tests.fake_slack.workspace import BOT_ID, BOT_NAME, BOT_USER_ID, TEAM_ID, Channel, Message
from tests.unit.slack.surroundings import USUAL_DIGEST

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ME = Me(TEAM_ID, BOT_USER_ID, BOT_ID, BOT_NAME)
GENERAL = Channel("C1", "general", "public", {"U1"})
DIRECT = Channel("D1", "ana", "im", {"U1"})
PLACE = Place(team_id=TEAM_ID, channel_id="C1", thread="1795000000.000100")


def _parse(body: dict[str, Any]) -> Incoming | ToOpen | Filled | PressedElsewhere | None:
    return parse(body, me=ME, team_id=TEAM_ID, now=NOW)


def _said(text: str, thread_ts: str = "", **more: Any) -> Message:
    return Message("1795000001.000200", "C1", "U1", text, thread_ts, **more)


def _button(action_id: str, value: str = "", group: str = "replies0", place: Place = PLACE) -> dict[str, Any]:
    message = Message("1795000002.000300", "C1", BOT_USER_ID, "", "1795000000.000100", bot_id=BOT_ID)
    key = ButtonKey(place, "Q1", group).encode()
    question = ButtonKey(place, "Q1", "question").encode()
    message.blocks = [{"type": "section", "block_id": question, "text": {"text": "*R&amp;D?*"}}]
    return shapes.action(
        user="U1",
        name="ana",
        channel=GENERAL,
        message=message,
        pressed={"action_id": action_id, "block_id": key, "value": value, "text": {"text": "Label"}},
        state={
            key: {
                "choices:0": {"selected_options": [{"value": "rag", "text": {"text": "Retrieval"}}]},
                "other": {"selected_options": [{"value": "x", "text": {"text": "X"}}]},
            }
        },
        response_url="https://hooks.example.com/1",
        ts="1795000003.000400",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"<@{BOT_USER_ID}> should we?",
        f"<@{BOT_USER_ID}|finetune>: should we?",
        f"should we? <@{BOT_USER_ID}>",
    ],
)
def test_mention_and_its_message_twin_are_the_same(text: str) -> None:
    message = _said(text)
    twin, mention = (
        _parse(shapes.message_event(message, GENERAL)),
        _parse(shapes.mention_event(message, GENERAL)),
    )
    assert twin == mention
    assert isinstance(mention, Mentioned)
    assert (mention.text, mention.place.thread) == ("should we?", message.ts)


def test_mention_in_a_thread_belongs_to_that_thread() -> None:
    mention = _parse(shapes.mention_event(_said(f"<@{BOT_USER_ID}> so?", "1795000000.000100"), GENERAL))
    assert isinstance(mention, Mentioned)
    assert mention.place == PLACE
    assert order_key(mention.place) == f"{TEAM_ID}:C1:1795000000.000100"


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("see <https://example.com/a?b=1&amp;c=2|the plan>", "see the plan"),
        ("see <https://example.com>", "see https://example.com"),
        ("mail <mailto:a@example.com|a@example.com>", "mail a@example.com"),
        (
            "<@U2> and <@U3|ben> in <#C2|help> <!here> <!subteam^S1|@ml>",
            "@someone and @ben in #help @here @ml",
        ),
        ("<!date^1392734382^{date}|in March>", "in March"),
        ("two\n\n  lines  here", "two\n\nlines here"),
    ],
)
def test_markup_is_read_as_plain_words(raw: str, read: str) -> None:
    event = shapes.message_event(_said(raw, "1795000000.000100"), GENERAL)
    message = _parse(event)
    assert isinstance(message, MessageSent)
    assert message.text == read


def test_words_to_someone_else_are_marked() -> None:
    thread_ts = "1795000000.000100"
    for text, is_to_others in (("<@U2> what do you think?", True), ("ask <@U2>", False)):
        message = _parse(shapes.message_event(_said(text, thread_ts), GENERAL))
        assert isinstance(message, MessageSent)
        assert message.is_to_others is is_to_others


@pytest.mark.parametrize(
    "change",
    [
        {"subtype": "message_changed"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"bot_id": "B0OTHER"},
        {"user": BOT_USER_ID},
        {"user": "USLACKBOT"},
        {"user": None},
        {"edited": {"user": "U1", "ts": "1795000009.000100"}},
        {"hidden": True},
        {"ts": "soon"},
        {"channel": None},
        {"type": "reaction_added"},
    ],
)
def test_what_no_person_newly_wrote_is_not_for_us(change: dict[str, Any]) -> None:
    for make in (shapes.mention_event, shapes.message_event):
        body = make(_said(f"<@{BOT_USER_ID}> hello"), GENERAL)
        body["event"] |= change
        assert _parse(body) is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_files_and_broadcast_replies_are_messages(subtype: str) -> None:
    said = _said(f"<@{BOT_USER_ID}> hello", "1795000000.000100", subtype=subtype)
    assert isinstance(_parse(shapes.message_event(said, GENERAL)), Mentioned)


def test_channel_message_outside_threads_and_without_mention_is_not_for_us() -> None:
    assert _parse(shapes.message_event(_said("hello everyone"), GENERAL)) is None


def test_direct_message_is_for_us_with_and_without_mention() -> None:
    for text in ("hello", f"<@{BOT_USER_ID}> hello"):
        message = Message("1795000001.000200", "D1", "U1", text)
        sent = _parse(shapes.message_event(message, DIRECT))
        assert isinstance(sent, MessageSent)
        assert (sent.text, sent.place.thread) == ("hello", "")
        assert order_key(sent.place) == f"{TEAM_ID}:D1:"


def test_command_is_read_with_its_own_private_place() -> None:
    body = shapes.command("U1", "ana", GENERAL, "/finetune tone &amp; style", "https://hooks.example.com/1")
    called = _parse(body)
    assert isinstance(called, CommandCalled)
    assert called.text == "tone & style"
    assert called.place.thread == f"command:{body['trigger_id']}"
    assert _parse(body | {"command": "/other"}) is None


def test_quick_reply_carries_question_and_label() -> None:
    picked = _parse(_button("reply:format", "format"))
    assert isinstance(picked, ReplyPicked)
    assert (picked.place, picked.question_id, picked.picked) == (PLACE, "Q1", ("format",))
    assert (picked.question_text, picked.labels) == ("R&D?", ("Label",))
    assert (picked.message_ts, picked.thread_ts) == ("1795000002.000300", "1795000000.000100")


def test_done_carries_the_boxes_of_its_own_group_only() -> None:
    picked = _parse(_button("done", group="choices"))
    assert isinstance(picked, ReplyPicked)
    assert (picked.picked, picked.labels) == (("rag",), ("Retrieval",))


def test_ticking_a_box_alone_is_not_for_us() -> None:
    assert _parse(_button("choices:0", group="choices")) is None


def test_continue_is_read() -> None:
    assert isinstance(_parse(_button("continue", group="out")), ContinuePressed)


def _submission(**changes: Any) -> dict[str, Any]:
    shown = Shown(
        place=PLACE,
        decision_id="D-0123456789",
        option=Option.RAG,
        message_ts="1795000002.000300",
        is_ephemeral=False,
        response_url="https://hooks.example.com/1",
    )
    modal = Modal("V1", "U1", json.loads(json.dumps(form(shown).to_dict())) | changes)
    return shapes.submission(modal, "ana", {"outcome": "Fine-tune", "reason": "so"}, "1.2.3")


def _correction(**changes: Any) -> dict[str, Any]:
    shown = Shown.model_validate_json(_submission()["view"]["private_metadata"])
    fields = [
        FactField("examples_n", "reviewed examples", 400),
        FactField("tried_rag", "retrieval", None, choices=(True, False)),
    ]
    view = json.loads(json.dumps(correction_form.form(shown, fields).to_dict()))
    filled = {"examples_n": "20", "tried_rag": "Retrieval is in place"}
    return shapes.submission(Modal("V1", "U1", view | changes), "ana", filled, "1.2.3")


def test_what_is_pressed_under_a_recommendation_carries_the_decision_and_what_was_shown() -> None:
    accepted = _parse(_button("accept", "RAG", group="decision"))
    assert isinstance(accepted, AcceptPressed)
    assert (accepted.place, accepted.shown.decision_id, accepted.shown.option) == (PLACE, "Q1", Option.RAG)
    assert accepted.shown.thread_ts == "1795000000.000100"
    asked = _parse(_button("override", "RAG", group="decision") | {"trigger_id": "1.2.3"})
    assert isinstance(asked, ViewAsked)
    assert (asked.action_id, asked.trigger_id, asked.shown) == ("override", "1.2.3", accepted.shown)
    assert _parse(_button("accept", "SHRUG", group="decision")) is None
    assert _parse(_button("accept", "RAG", group="out")) is None
    assert _parse(_button("dance", "RAG", group="decision")) is None


def test_form_is_read_with_what_it_is_about() -> None:
    filled = _parse(_submission())
    assert isinstance(filled, FormFilled)
    assert (filled.picked, filled.why, filled.view_id, filled.at) == ("FINE_TUNE_SFT", "so", "V1", NOW)
    assert filled.place == PLACE


@pytest.mark.parametrize(("action_id", "is_so"), [("confirm", True), ("deny", False)])
def test_tap_under_a_condition_is_read(action_id: str, *, is_so: bool) -> None:
    answered = _parse(_button(action_id, "FINE_TUNE_SFT", group="condition:G1"))
    assert isinstance(answered, ConditionAnswered)
    assert (answered.requirement, answered.is_so) == ("G1", is_so)
    assert (answered.shown.decision_id, answered.shown.option) == ("Q1", "FINE_TUNE_SFT")
    again = _parse(_button(action_id, "FINE_TUNE_SFT", group="condition:G1"))
    assert isinstance(again, ConditionAnswered)
    assert answered.once == again.once


def test_correction_is_read_field_by_field_with_what_stood_there() -> None:
    filled = _parse(_correction())
    assert isinstance(filled, CorrectionFilled)
    assert (filled.place, filled.view_id) == (PLACE, "V1")
    assert filled.entries == (
        Entry(fact="examples_n", before="400", after="20"),
        Entry(fact="tried_rag", before="", after="true"),
    )


@pytest.mark.parametrize(
    "changes",
    [{"callback_id": "other"}, {"private_metadata": "{}"}, {"private_metadata": None}, {"blocks": []}],
)
def test_correction_that_is_not_ours_is_not_for_us(changes: dict[str, Any]) -> None:
    assert _parse(_correction(**changes)) is None


def test_correction_of_another_workspace_is_refused() -> None:
    assert parse(_correction(), me=ME, team_id="T9", now=NOW) is None


@pytest.mark.parametrize(
    "changes", [{"callback_id": "other"}, {"private_metadata": "{}"}, {"private_metadata": None}]
)
def test_form_that_is_not_ours_is_not_for_us(changes: dict[str, Any]) -> None:
    assert _parse(_submission(**changes)) is None


def test_form_of_another_workspace_is_refused() -> None:
    assert parse(_submission(), me=ME, team_id="T9", now=NOW) is None


@pytest.mark.parametrize("change", [{"team_id": "T9"}, {"channel_id": "C9"}])
def test_button_of_another_place_is_refused(change: dict[str, str]) -> None:
    place = PLACE.model_copy(update=change)
    for pressed in (
        _parse(_button("accept", "RAG", group="decision", place=place)),
        _parse(_button("reply:format", "format", place=place)),
    ):
        assert isinstance(pressed, PressedElsewhere)
        # The person is told of a copy within the workspace; what is of another one gets no word.
        assert bool(pressed.response_url) == ("channel_id" in change)


@pytest.mark.parametrize("block_id", ["", "x", "[]", "{}", "null", '["a","b","c","d",1]', '["a"]'])
def test_block_id_that_is_not_ours_is_no_key(block_id: str) -> None:
    assert decode(block_id) is None


def test_what_is_parsed_survives_the_inbox() -> None:
    bodies = [
        shapes.mention_event(_said(f"<@{BOT_USER_ID}> a"), GENERAL),
        shapes.message_event(_said("b", "1795000000.000100"), GENERAL),
        shapes.command("U1", "ana", GENERAL, "/finetune c", "https://hooks.example.com/1"),
        _button("reply:format", "format"),
        _button("continue", group="out"),
        _button("accept", "RAG", group="decision"),
        _button("confirm", "RAG", group="condition:G1"),
    ]
    for body in bodies:
        incoming = _parse(body)
        assert incoming is not None
        assert INCOMING.validate_json(incoming.model_dump_json()) == incoming


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(alphabet="aT1.[<@", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet="aT1.[<@", max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
_KEYS = st.sampled_from(
    [
        "event",
        "actions",
        "channel",
        "user",
        "container",
        "state",
        "message",
        "type",
        "ts",
        "text",
        "team",
        "view",
    ]
)


def _settings_submission(**values: str) -> dict[str, Any]:
    shown = SettingsShown(
        team_id=TEAM_ID, channel_id="C1", is_defaults=False, settings=ChannelSettings(), response_url=""
    )
    form = settings_form.form(shown, Rules(ChannelSettings()), USUAL_DIGEST)
    return shapes.submission(Modal("V1", "U1", form.to_dict()), "ana", values, "1.2.0")


@given(
    values=st.dictionaries(
        st.sampled_from(["digest", "digest_at", "digest_zone", "review", "who_may_ask", "empty_week"]),
        st.sampled_from(["", "0", "6", "7", "9" * 9_999, "٣", "09:00", "24:00", "09:00:00+01:00", "a/" * 99])
        | st.text(max_size=5),
    )
)
def test_whatever_stands_in_the_settings_form_is_taken_or_refused_by_field(values: dict[str, str]) -> None:
    filled = _parse(_settings_submission())
    assert isinstance(filled, SettingsFilled)
    filled = filled.model_copy(update={"values": {**filled.values, **values}})
    checked = settings_form.checked(filled)
    if isinstance(checked, SettingsSubmitted):
        assert INCOMING.validate_json(checked.model_dump_json()) == checked
    else:
        assert set(checked) <= {*filled.values}


@given(
    start=st.sampled_from(
        [
            *(
                "mention",
                "message",
                "button",
                "done",
                "accept",
                "condition",
                "form",
                "correction",
                "settings",
            ),
            "command",
        ]
    ),
    junk=st.dictionaries(_KEYS, _JSON, max_size=4),
    inner_junk=st.dictionaries(
        _KEYS | st.sampled_from(["block_id", "action_ts", "subtype"]), _JSON, max_size=4
    ),
)
@example(start="mention", junk={}, inner_junk={"type": []})
def test_malformed_bodies_are_never_an_error(
    start: str, junk: dict[str, Any], inner_junk: dict[str, Any]
) -> None:
    body = {
        "mention": lambda: shapes.mention_event(_said(f"<@{BOT_USER_ID}> a"), GENERAL),
        "message": lambda: shapes.message_event(_said("b", "1795000000.000100"), GENERAL),
        "button": lambda: _button("reply:format", "format"),
        "done": lambda: _button("done", group="choices"),
        "accept": lambda: _button("accept", "RAG", group="decision"),
        "condition": lambda: _button("confirm", "RAG", group="condition:G1"),
        "correction": lambda: _correction(),  # noqa: PLW0108 - as below
        "form": lambda: _submission(),  # noqa: PLW0108 - bare, its arguments make it another type
        "settings": lambda: _settings_submission(),  # noqa: PLW0108 - as above
        "command": lambda: shapes.command("U1", "ana", GENERAL, "/finetune c", ""),
    }[start]()
    if start in ("mention", "message"):
        body["event"] |= inner_junk
    elif start in ("form", "correction", "settings"):
        body["view"] |= inner_junk
    elif start in ("button", "done", "accept", "condition"):
        body["actions"][0] |= inner_junk
    incoming = _parse(body | junk)
    if isinstance(incoming, SettingsFilled):
        checked = settings_form.checked(incoming)
        assert isinstance(checked, SettingsSubmitted) or checked
        return
    if isinstance(incoming, ViewAsked | FormFilled | UpkeepFilled | CorrectionFilled | PressedElsewhere):
        return
    assert incoming is None or INCOMING.validate_json(incoming.model_dump_json()) == incoming


@pytest.mark.parametrize(
    ("said", "kept"), [("half \ud83d a face", "half ? a face"), ("whole 😀", "whole 😀")]
)
def test_half_a_character_is_replaced_where_it_comes_in(said: str, kept: str) -> None:
    assert text_of({"text": said}, "text") == kept
