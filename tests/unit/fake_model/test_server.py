from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest

from tests.fake_model.answers import Says, says
from tests.fake_model.personas import Scripted
from tests.fake_model.server import FakeModel
from tests.unit.fake_model.asking import READING, chat_with, structured


@pytest.fixture
async def model() -> AsyncIterator[FakeModel]:
    async with FakeModel() as fake:
        yield fake


async def test_words_are_answered_with_usage(model: FakeModel) -> None:
    model.answers = lambda _: Says("Probably not.")
    answer = await chat_with(model).ainvoke("Should we fine-tune?")
    assert answer.content == "Probably not."
    assert answer.usage_metadata
    assert (answer.usage_metadata["input_tokens"], answer.usage_metadata["output_tokens"]) == (5, 4)


@pytest.mark.parametrize("method", ["json_schema", "function_calling"])
async def test_structured_output_works_by_schema_and_by_tool(model: FakeModel, method: str) -> None:
    reading = {"intent": "decision", "facts": []}
    model.answers = Scripted({"facts": reading, "sentences": {"is_covered": False, "sentences": []}})
    result = await structured(model, READING, method).ainvoke("Should we fine-tune?")
    assert result["parsed"] == reading
    assert model.refused == []


async def test_streamed_answer_is_whole_and_counted(model: FakeModel) -> None:
    words = "One sentence that is longer than one piece of a stream, and then some."
    model.answers = lambda _: Says(words)
    chunks = [chunk async for chunk in chat_with(model, stream_usage=True).astream("Tell me")]
    assert "".join(str(chunk.content) for chunk in chunks) == words
    assert sum(chunk.usage_metadata["output_tokens"] for chunk in chunks if chunk.usage_metadata) == 18


async def test_everything_that_was_sent_can_be_read_afterwards(model: FakeModel) -> None:
    await chat_with(model).ainvoke([("system", "Read facts."), ("human", "Wir haben Müll & “Daten”")])
    (request,) = model.requests
    assert [said.role for said in request.messages] == ["system", "user"]
    assert request.last_said == "Wir haben Müll & “Daten”"
    assert "Müll" in model.sent
    assert request.headers["Authorization"] == f"Bearer {model.key}"


async def test_wrong_key_is_refused(model: FakeModel) -> None:
    with pytest.raises(openai.AuthenticationError):
        await chat_with(model, api_key="another").ainvoke("Hello")
    assert model.requests == []


@pytest.mark.parametrize(
    "broken",
    [{"additionalProperties": True}, {"required": ["intent"]}, {"type": "array"}],
    ids=["open to more", "fields may be missing", "a list"],
)
async def test_schema_that_openai_would_refuse_is_refused(model: FakeModel, broken: dict[str, Any]) -> None:
    wanted = {"name": "wanted", "schema": {**READING, **broken}, "strict": True}
    async with _client(model) as client:
        with pytest.raises(openai.BadRequestError, match="Invalid schema"):
            await client.chat.completions.create(
                model=model.name,
                messages=[{"role": "user", "content": "Hello"}],
                extra_body={"response_format": {"type": "json_schema", "json_schema": wanted}},
            )
    assert len(model.refused) == 1


async def test_field_that_no_server_knows_is_refused(model: FakeModel) -> None:
    with pytest.raises(openai.BadRequestError, match="thread_of_secrets"):
        await chat_with(model, extra_body={"thread_of_secrets": "…"}).ainvoke("Hello")
    assert model.requests == []


async def test_answer_can_depend_on_the_request(model: FakeModel) -> None:
    model.answers = lambda request: says({"said": request.last_said.upper()})
    assert "HELLO" in str((await chat_with(model).ainvoke("hello")).content)


async def test_models_are_listed(model: FakeModel) -> None:
    async with _client(model) as client:
        assert [one.id async for one in client.models.list()] == [model.name]


def _client(model: FakeModel) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=model.url, api_key=model.key, max_retries=0)
