from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest

from bot.decision.facts import FACT_NAMES, parse_value
from tests.fake_model.answers import Persona, Says
from tests.fake_model.oracle import Known, KnownText, Oracle
from tests.fake_model.personas import (
    HANGERS,
    LIES,
    BrokenJson,
    Flood,
    Hallucinator,
    Looper,
    Sayer,
    TokenLiar,
    VerdictFlipper,
    citation_inventor,
    link_smuggler,
    made_up_value,
    propose_nothing,
    unkind,
)
from tests.fake_model.schemas import Schema
from tests.fake_model.server import FakeModel
from tests.unit.fake_model.asking import PROMPT, READING, WRITING, chat_with, request_for, structured

LAST_WORDS = "We have 300 pages that change monthly."
IN_FORM: Mapping[str, Persona] = {
    name: persona
    for name, persona in unkind().items()
    if isinstance(persona, Hallucinator | VerdictFlipper | Sayer | TokenLiar)
}


def said_by(persona: Persona, schema: Schema | None, **more: Any) -> Any:
    answer = persona(request_for(schema, **more))
    assert isinstance(answer, Says)
    return json.loads(answer.text) if schema is not None else answer.text


@pytest.mark.parametrize("schema", [READING, WRITING], ids=["reading", "writing"])
@pytest.mark.parametrize("name", IN_FORM)
def test_lies_keep_to_the_form_that_was_asked_for(name: str, schema: Schema) -> None:
    said = said_by(IN_FORM[name], schema)
    assert jsonschema.Draft202012Validator(schema).is_valid(said)


@pytest.mark.parametrize("name", IN_FORM)
def test_lies_need_no_form(name: str) -> None:
    assert isinstance(said_by(IN_FORM[name], None), str)


def test_hallucinator_claims_every_fact_with_a_quote_that_nobody_said() -> None:
    facts = said_by(Hallucinator(), READING)["facts"]
    assert [fact["fact"] for fact in facts] == list(FACT_NAMES)
    assert all(fact["quote"] not in PROMPT and fact["text"] == "m2" for fact in facts)


def test_hallucinator_can_misuse_what_was_really_said() -> None:
    facts = said_by(Hallucinator("real"), READING)["facts"]
    assert {fact["quote"] for fact in facts} == {LAST_WORDS}


@pytest.mark.parametrize("fact", [name for name in FACT_NAMES if name not in ("conflicts", "languages")])
def test_made_up_values_are_values_that_a_fact_can_have(fact: str) -> None:
    made_up = made_up_value(fact)
    assert parse_value(fact, int(made_up) if made_up.isdigit() else made_up) is not None


def test_liars_find_messages_that_are_sent_as_json() -> None:
    messages = [{"id": "m1", "text": "Hello there, all of you."}, {"id": "m2", "text": "3 tests “fail” <b>"}]
    prompt = f"<messages>\n{json.dumps({'messages': messages})}\n</messages>"
    fact = said_by(Hallucinator("real"), READING, prompt=prompt)["facts"][0]
    assert (fact["quote"], fact["text"]) == ("3 tests “fail” <b>", "m2")
    table = {"“fail” <b>": KnownText("decision", (Known("gap", "behaviour", "“fail”"),))}
    (known,) = said_by(Oracle(table), READING, prompt=prompt)["facts"]
    assert (known["quote"], known["text"]) == ("“fail”", "m2")


def test_flipper_reads_what_leads_to_tuning_and_advises_it() -> None:
    facts = {fact["fact"]: fact for fact in said_by(VerdictFlipper(), READING)["facts"]}
    assert (facts["gap"]["value"], facts["gap"]["quote"]) == ("behaviour", LAST_WORDS)
    sentences = said_by(VerdictFlipper(), WRITING)["sentences"]
    assert [sentence["number"] for sentence in sentences] == [1, 2, 3, 4, 5, 6]
    assert all("start fine-tuning today" in sentence["text"] for sentence in sentences)


def test_citations_and_smuggled_marks_stand_in_the_sentences() -> None:
    assert "[OAI-99]" in said_by(citation_inventor("[OAI-99]"), WRITING)["sentences"][0]["text"]
    assert "\u202e" in said_by(link_smuggler("right-to-left marks"), WRITING)["sentences"][0]["text"]


def test_loops_go_on_to_the_limit_of_tokens() -> None:
    looped = Looper("word")(request_for(WRITING, max_completion_tokens=200))
    assert isinstance(looped, Says)
    assert (len(looped.text), looped.finish_reason) == (800, "length")
    sentences = said_by(Looper("sentence"), WRITING, max_completion_tokens=2000)["sentences"]
    assert len({sentence["text"] for sentence in sentences}) == 1
    assert len(sentences) > 50


def test_floods_are_a_megabyte_or_thousands_of_items() -> None:
    assert len(json.dumps(said_by(Flood("characters"), WRITING))) > 900_000
    assert len(said_by(Flood("items"), READING)["facts"]) == 5_000
    assert len(said_by(Flood("items"), WRITING)["sentences"]) == 5_000


@pytest.mark.parametrize("how", ["truncated", "prose around", "empty", "nested", "twice"])
def test_broken_json_cannot_be_read(how: Any) -> None:
    with pytest.raises((ValueError, RecursionError)):
        said_by(BrokenJson(how), READING)


@pytest.mark.parametrize("how", ["wrong types", "null", "list", "not a number"])
@pytest.mark.parametrize("schema", [READING, WRITING], ids=["reading", "writing"])
def test_other_broken_json_has_another_form(how: Any, schema: Schema) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(said_by(BrokenJson(how), schema), schema)


@pytest.mark.parametrize("name", [name for name in unkind() if name.startswith("HTTP")])
async def test_no_http_error_is_an_answer(name: str) -> None:
    async with FakeModel(unkind()[name]) as model:
        with pytest.raises(Exception):  # noqa: B017, PT011 - each library names these failures in its own way
            await chat_with(model).ainvoke("Hello")
        assert len(model.requests) == 1


@pytest.mark.parametrize("streams", [True, False], ids=["streamed", "whole"])
@pytest.mark.parametrize("name", HANGERS)
async def test_hangers_never_come_to_an_end(name: str, streams: bool) -> None:  # noqa: FBT001 - a parameter
    async with FakeModel(HANGERS[name]) as model:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(chat_with(model, streaming=streams).ainvoke("Hello"), 0.5)


@pytest.mark.parametrize("lie", LIES)
def test_liars_answer_honestly_and_count_falsely(lie: str) -> None:
    request = request_for(READING)
    honest, lying = propose_nothing(request), TokenLiar(lie)(request)
    assert isinstance(honest, Says)
    assert isinstance(lying, Says)
    assert lying.text == honest.text
    assert lying.completion(request).get("usage") != honest.completion(request)["usage"]


KNOWN = {
    "Our bot makes up refund rules.": KnownText(
        "decision", (Known("gap", "knowledge", "makes up refund rules"),)
    ),
    LAST_WORDS: KnownText("decision", (Known("knowledge_change", "monthly", "change monthly"),)),
}


async def test_oracle_reads_what_is_written_in_its_table() -> None:
    async with FakeModel(Oracle(KNOWN)) as model:
        result = await structured(model, READING, "json_schema").ainvoke(PROMPT)
    assert result["parsed"]["facts"] == [
        {"fact": "gap", "value": "knowledge", "quote": "makes up refund rules", "text": "m1"},
        {"fact": "knowledge_change", "value": "monthly", "quote": "change monthly", "text": "m2"},
    ]


def test_oracle_makes_the_same_mistakes_again_and_no_more_than_its_share() -> None:
    facts = tuple(Known(f"fact-{number}", "yes", "quote") for number in range(400))
    table = {"Everything": KnownText("decision", facts)}
    readings = [said_by(Oracle(table, mistakes=0.1), READING, prompt="Everything") for _ in range(2)]
    assert readings[0] == readings[1]
    right = sum(fact["value"] == "yes" and fact["quote"] == "quote" for fact in readings[0]["facts"])
    assert 340 <= right <= 380


def test_what_the_oracle_does_not_know_is_left_to_another() -> None:
    assert said_by(Oracle({}), READING) == said_by(propose_nothing, READING)
    assert said_by(Oracle(KNOWN), WRITING)["sentences"] == []
