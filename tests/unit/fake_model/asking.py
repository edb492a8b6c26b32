"""Asks a fake model as the bot would: through LangChain, by JSON schemas such as ours."""

from __future__ import annotations

import json
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import Runnable

from bot.decision.facts import FACT_NAMES
from tests.fake_model.requests import ModelRequest
from tests.fake_model.schemas import Schema
from tests.fake_model.server import FakeModel

PROMPT = (
    '<message id="m1" author="person 1">Our bot makes up refund rules.</message>\n'
    '<message id="m2" author="person 2">We have 300 pages that change monthly.</message>'
)


def _object(title: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": title,
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


TEXT = {"type": "string"}
FACT = _object(
    "Fact", {"fact": {"enum": list(FACT_NAMES)}, "value": TEXT, "quote": TEXT, "text": {"type": "string"}}
)
READING = _object(
    "Reading",
    {
        "intent": {"enum": ["decision", "definition", "off_topic"]},
        "facts": {"type": "array", "items": FACT, "maxItems": 100},
    },
)
SENTENCE = _object("Sentence", {"number": {"type": "integer"}, "text": {"type": "string"}})
WRITING = _object(
    "Writing",
    {
        "is_covered": {"type": "boolean"},
        "sentences": {"type": "array", "items": {"$ref": "#/$defs/Sentence"}},
    },
) | {"$defs": {"Sentence": SENTENCE}}


def chat_with(model: FakeModel, **more: Any) -> BaseChatModel:
    settings = {"base_url": model.url, "api_key": model.key, "max_retries": 0, "timeout": 5, **more}
    chat = init_chat_model(f"openai:{model.name}", **settings)
    assert isinstance(chat, BaseChatModel)
    return chat


def structured(model: FakeModel, schema: dict[str, Any], method: str) -> Runnable[Any, Any]:
    described = {"description": "What is asked for.", **schema}
    return chat_with(model).with_structured_output(described, method=method, strict=True, include_raw=True)


def request_for(schema: Schema | None, prompt: str = PROMPT, **more: Any) -> ModelRequest:
    """Return what LangChain would send, without sending it."""
    body: dict[str, Any] = {"model": "fake", "messages": [{"role": "user", "content": prompt}], **more}
    if schema is not None:
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "wanted", "schema": schema, "strict": True},
        }
    return ModelRequest(json.dumps(body), {})
