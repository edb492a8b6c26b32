from __future__ import annotations

import pytest

from bot.understanding.message import prepare
from bot.understanding.models import find_base


def base_of(said: str) -> object:
    found = find_base(prepare(said), frozenset({"base_model"}), None)
    return {one.fact: one.value for one in found}.get("base_model")


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("4o mini at the moment", "gpt-4o-mini"),
        ("4.1-nano, any cloud", "gpt-4.1-nano"),
        ("Sonnet via Bedrock", "claude-sonnet"),
        ("the 8B llama 3, on our box", "llama-3-8b"),
        ("Llama 3.1, the 8B one", "llama-3.1-8b"),
        ("some Qwen thing, 7B", "qwen-7b"),
        ("mixtral 8x7b at the moment", "mixtral-8x7b"),
        ("Llama 3.1, the one with eight billion", "llama-3.1-8b"),
        ("According to the invoice it is GPT-4o", "gpt-4o"),
        ("Phi-3 mini on the handheld", "phi-3-mini"),
        ("Llama 3.1, the eight billion one", "llama-3.1-8b"),
        ("sonnet... no sorry, haiku, claude 3 haiku", "claude-3-haiku"),
        ("Llama 8B gets 71%. Should we fine-tune the Llama?", "llama-8b"),
        ("llama-3-8b and an A10 with 24 GB", "llama-3-8b"),
        ("Sonnet, 8b would be too weak", "claude-sonnet"),
        ("Llama 3 not 70b", "llama-3"),
        ("Llama 3, 70b is too big", "llama-3"),
        ("llama 3 and a 7b judge", "llama-3"),
        ("Llama 3, 8b or 70b", "llama-3"),
    ],
)
def test_a_model_that_is_called_by_half_its_name_gets_the_rest(said: str, slug: str) -> None:
    assert base_of(said) == slug


@pytest.mark.parametrize(
    "said",
    [
        "started on GPT-4, moved off it; Mistral Large now",
        "used to be gpt-3.5, these days Mistral Large",
        "Mistral Large. It was on GPT-4 until spring",
        "GPT-4 last year, Mistral Large since",
        "was GPT-4o till spring, Mistral Large now",
        "sonnet... no sorry, Mistral Large",
    ],
)
def test_a_model_that_they_left_is_not_theirs(said: str) -> None:
    assert base_of(said) == "mistral-large"


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("we started with GPT-4o and never changed", "gpt-4o"),
        ("it was Haiku last time I checked", "claude-haiku"),
        ("GPT-4.1 until we find something better", "gpt-4.1"),
        ("GPT-4o mini, sorry for the late reply", "gpt-4o-mini"),
        ("GPT-4o, we dropped Azure last month", "gpt-4o"),
        ("Llama 3, before that GPT-4", "llama-3"),
        ("haiku 4.5, last year we had opus", "claude-haiku-4.5"),
        ("The prompt was with GPT-4o in mind. It runs on Bedrock", "gpt-4o"),
    ],
)
def test_the_only_model_that_is_named_or_the_one_they_have_now_stays(said: str, slug: str) -> None:
    assert base_of(said) == slug
