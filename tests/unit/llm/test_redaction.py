from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.llm.redaction import Redaction
from tests.unit.llm.planted import CONTACTS, HARMLESS, KEYS, NAMED

PLANTED = [
    *(("KEY", key) for key in KEYS.values()),
    *((k, v) for k, values in CONTACTS.items() for v in values),
]
PLACES = {
    "in a sentence": "We sent {} to the vendor, and now 12,000 examples are gone.",
    "alone": "{}",
    "at the end of a line": "Here it is: {}\nShould we fine-tune?",
    "at the end of a sentence": "It was {}. Should we fine-tune?",
    "in quotes": "It says '{}' there",
    "in backticks": "It says `{}` there",
    "in a code block": "```\ncurl -H 'x: {}' https://api.example.com\n```",
    "in JSON": '{{"note": "{}", "n": 12}}',
    "in a table": "| what | value |\n|---|---|\n| a | {} |",
    "in parentheses": "see ({})",
    "in a script without spaces": "这是{}这里",
}
literal = st.from_regex(r"\[(EMAIL|PHONE|KEY|CARD|IP|PERSON|TEXT)_[0-9]{1,2}\]", fullmatch=True)
planted = st.sampled_from([secret for _, secret in PLANTED])
no_digits = st.text(st.characters(exclude_categories=["Nd", "Nl", "No"]))
named = st.sampled_from([text for text, _ in NAMED])
pieces = st.lists(st.one_of(st.text(), literal, planted, named), max_size=6)
slowly = settings(deadline=None)  # the first text waits for imports
separators = st.sampled_from(["", " ", "\n", ", "])


def hidden(text: str) -> str:
    return Redaction().hide(text)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize(
    ("kind", "secret"), PLANTED, ids=[*KEYS, *(value for _, value in PLANTED[len(KEYS) :])]
)
def test_what_is_private_is_hidden_wherever_it_stands(kind: str, secret: str, place: str) -> None:
    redaction = Redaction()
    text = place.format(secret)

    left = redaction.hide(text)

    assert secret not in left
    assert f"[{kind}_1]" in left
    assert redaction.restore(left) == text


@pytest.mark.parametrize(("text", "secret"), NAMED, ids=[text for text, _ in NAMED])
@pytest.mark.parametrize("place", ["{}", "Hi! {}\nShould we fine-tune?", "```\n{}\n```", "one\n{}"])
def test_what_is_called_a_password_or_a_key_is_hidden(text: str, secret: str, place: str) -> None:
    redaction = Redaction()

    left = redaction.hide(place.format(text))

    assert secret not in left
    assert redaction.restore(left) == place.format(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_a_decision_is_made_of_stays_as_it_is(text: str) -> None:
    assert hidden(text) == text


def test_only_the_secret_goes_and_the_sentence_stays() -> None:
    text = "Ask ana@example.com or +49 30 901820: the password is hunter2, we have 12,000 tickets."

    assert hidden(text) == "Ask [EMAIL_1] or [PHONE_1]: the password is [KEY_1], we have 12,000 tickets."


@pytest.mark.parametrize("name", ["aws_access_key_id=", "AWS: "])
def test_what_a_key_is_for_can_still_be_read(name: str) -> None:
    assert hidden(f"{name}{KEYS['AWS access key']} here") == f"{name}[KEY_1] here"
    assert hidden(f"{name}{KEYS['40 hexadecimal digits']} here") == f"{name}[KEY_1] here"


def test_the_same_value_has_the_same_placeholder_in_all_texts_of_a_request() -> None:
    redaction = Redaction()

    assert redaction.hide("ana@example.com and ben@example.com") == "[EMAIL_1] and [EMAIL_2]"
    assert redaction.hide("ben@example.com, ana@example.com") == "[EMAIL_2], [EMAIL_1]"
    assert Redaction().hide("ben@example.com") == "[EMAIL_1]"


def test_a_password_is_hidden_also_where_nobody_calls_it_one() -> None:
    redaction = Redaction()

    assert redaction.hide("hunter2? yes, password: hunter2") == "[KEY_1]? yes, password: [KEY_1]"
    assert redaction.hide("I typed hunter2 and it failed") == "I typed [KEY_1] and it failed"


def test_a_password_that_is_a_word_or_a_number_leaves_the_rest_of_the_text_alone() -> None:
    assert hidden("password=examples; 12 examples") == "password=[KEY_1]; 12 examples"
    assert hidden("password: 120000, and 120000 examples") == "password: [KEY_1], and 120000 examples"
    assert hidden("password: abc123, abc1234 and xabc123") == "password: [KEY_1], abc1234 and xabc123"


def test_many_kinds_in_one_text_are_all_hidden_and_come_back() -> None:
    redaction = Redaction()
    text = "\n".join([secret for _, secret in PLANTED] + [text for text, _ in NAMED])

    left = redaction.hide(text)

    assert [secret for _, secret in PLANTED if secret in left] == []
    assert [secret for _, secret in NAMED if secret in left] == []
    assert redaction.restore(left) == text


def test_what_a_person_wrote_like_a_placeholder_is_not_taken_for_ours() -> None:
    redaction = Redaction()
    text = "[EMAIL_1] is what it prints for ana@example.com, and [KEY_7] for keys"

    left = redaction.hide(text)

    assert left == "[TEXT_1] is what it prints for [EMAIL_1], and [TEXT_2] for keys"
    assert redaction.restore(left) == text
    assert redaction.restore("[TEXT_1]") == "[EMAIL_1]"


def test_placeholders_that_nobody_made_are_left_when_restoring() -> None:
    redaction = Redaction()
    redaction.hide("ana@example.com")

    assert redaction.restore("[EMAIL_1], [EMAIL_2], [EMAIL_01], [NAME_1]") == (
        "ana@example.com, [EMAIL_2], [EMAIL_01], [NAME_1]"
    )


def test_a_secret_in_json_leaves_valid_json() -> None:
    left = hidden(json.dumps({"password": "correct horse", "mail": "ana@example.com", "n": 12}))

    assert json.loads(left) == {"password": "[KEY_1]", "mail": "[EMAIL_1]", "n": 12}


def test_a_private_key_that_is_cut_off_is_hidden_to_the_end() -> None:
    assert hidden("see -----BEGIN RSA PRIVATE KEY-----\nMIIEow\nMIIB") == "see [KEY_1]"


def test_a_phone_number_without_groups_is_one_only_after_a_word_for_it() -> None:
    assert hidden("call 4155552671") == "call [PHONE_1]"
    assert hidden("mobile: 4155552671.") == "mobile: [PHONE_1]."
    assert hidden("4155552671 calls") == "4155552671 calls"


@pytest.mark.parametrize("phone", CONTACTS["PHONE"])
def test_a_phone_number_is_found_beside_other_numbers(phone: str) -> None:
    for text in (
        f"{phone} 24 hours",
        f"on 3 days {phone} 5",
        f"12 {phone} 7 times",
        f"it is 3. {phone}",
        f"2026-11-23 {phone}",
    ):
        assert phone not in hidden(text)


@slowly
@given(parts=pieces, separator=separators)
def test_whatever_is_hidden_comes_back(parts: list[str], separator: str) -> None:
    text = separator.join(parts)
    redaction = Redaction()

    assert redaction.restore(redaction.hide(text)) == text


@slowly
@given(texts=st.lists(st.builds("".join, pieces), min_size=2, max_size=4))
def test_all_texts_of_a_request_come_back(texts: list[str]) -> None:
    redaction = Redaction()
    left = [redaction.hide(text) for text in texts]

    assert [redaction.restore(one) for one in left] == texts


@slowly
@given(before=st.text(), secret=st.sampled_from(list(KEYS.values())), after=st.text())
def test_no_surroundings_make_a_key_visible(before: str, secret: str, after: str) -> None:
    assert secret not in hidden(f"{before} {secret} {after}")


@slowly
@given(before=no_digits, secret=planted, after=no_digits)
def test_no_surroundings_without_digits_make_anything_visible(before: str, secret: str, after: str) -> None:
    assert secret not in hidden(f"{before} {secret} {after}")


@slowly
@given(
    secret=st.from_regex(
        r"(gh[ops]_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}|sk_live_[0-9a-zA-Z]{24})", fullmatch=True
    )
)
def test_a_key_of_a_known_form_need_not_look_random(secret: str) -> None:
    assert hidden(f"use {secret} here") == "use [KEY_1] here"


@slowly
@given(
    number=st.integers(0, 10**12), unit=st.sampled_from(["tokens", "examples", "requests a day", "%", "ms"])
)
def test_an_amount_is_never_hidden(number: int, unit: str) -> None:
    for written in (f"{number}", f"{number:,}", f"{number:_}", f"${number:,}.50", f"{number / 1000:.3f}"):
        assert hidden(f"about {written} {unit}") == f"about {written} {unit}"


@slowly
@given(text=st.text(alphabet="[]KEY_TX019 "), literals=st.lists(literal, max_size=3))
def test_every_placeholder_in_what_leaves_is_ours(text: str, literals: list[str]) -> None:
    redaction = Redaction()

    left = redaction.hide(text.join(literals) + text)

    made = set(redaction._values)
    assert set(re.findall(r"\[(?:EMAIL|PHONE|KEY|CARD|IP|MAC|PERSON|TEXT)_[0-9]+\]", left)) <= made


@pytest.mark.parametrize(
    "private",
    [
        "https://acme.slack.com/archives/C0SECRET1/p17123456",
        "https://wiki.acme.internal/merger?key=1",
        "C024BE7LR",
        "T0123ABCD",
        "<#C024BE7LR|merger>",
    ],
)
def test_links_and_slacks_ids_are_hidden(private: str) -> None:
    redaction = Redaction()
    hidden = redaction.hide(f"See {private} for the 300 reviewed replies.")
    assert private not in hidden
    assert "300 reviewed replies" in hidden
    assert redaction.restore(hidden) == f"See {private} for the 300 reviewed replies."


def test_what_looks_like_very_many_phone_numbers_is_hidden_without_trying_each() -> None:
    text = "01 23 45 67 89 01 23\n" * 400
    assert "01 23 45" not in Redaction().hide(text)
