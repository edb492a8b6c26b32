"""Models that are named and are nobody's base."""

from __future__ import annotations

import pytest

from tests.unit.understanding.test_models import base_of


@pytest.mark.parametrize(
    "said",
    [
        "a GPT-4-class model",
        "GPT-4-level quality is what the boss wants",
        "something like GPT-4",
        "a model as good as Claude Opus would do",
        "it has to be comparable to GPT-4",
        "on par with Gemini 2.5 Pro",
        "Claude isn't allowed for the real letters",
        "we can't use OpenAI",
        "our notes must not go to GPT-4",
        "not allowed to send it to Gemini",
        "GPT-4o is banned here",
        "legal banned GPT-4",
        "compliance has blocked Claude Sonnet",
        "GPT-4o, but we must not use it",
        "a frontier model such as Claude Opus is off limits for us",
    ],
)
def test_a_yardstick_or_a_forbidden_model_is_not_theirs(said: str) -> None:
    assert base_of(said) is None


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("Our GPT-4o bot isn't allowed to give refunds", "gpt-4o"),
        ("GPT-4o isn't allowed to see names, so we mask them", "gpt-4o"),
        ("We're allowed to use GPT-4o only", "gpt-4o"),
        ("we must not use anything but GPT-4o", "gpt-4o"),
        ("only GPT-4o is not forbidden", "gpt-4o"),
        ("GPT-4o, not allowed to leave the EU", "gpt-4o"),
        ("GPT-4o but it can't run outside our VPC", "gpt-4o"),
        ("Claude isn't good enough", "claude"),
        ("we use Claude, which can't be tuned", "claude"),
        ("Mistral Large, GPT-4 is forbidden", "mistral-large"),
        ("GPT-4o is blocked, Claude Sonnet is what we have", "claude-sonnet"),
        ("our goal is to match GPT-4o with Llama 8B", "llama-8b"),
        ("We may not use Claude, so it is Llama 3", "llama-3"),
        ("GPT-4o, but we can't use it for patient data", "gpt-4o"),
        ("GPT-4o. We can't use it on prem.", "gpt-4o"),
        ("everything but gpt-4o is blocked", "gpt-4o"),
        ("All but Claude are banned", "claude"),
        ("they banned OpenAI, Llama 3 is what we have", "llama-3"),
        ("GPT-4o is not yet approved, we use it in the pilot", "gpt-4o"),
        ("Claude isn't allowed for interns, everyone else uses it", "claude"),
        ("a replacement for GPT-3.5, which we run now", "gpt-3.5"),
        ("We approach Claude through Bedrock", "claude"),
        ("we run it next to Claude", "claude"),
        ("llama 3 size 8b", "llama-3"),
        ("Our filter blocks GPT-4o answers that are rude", "gpt-4o"),
    ],
)
def test_a_model_that_is_limited_or_the_one_beside_it_is(said: str, slug: str) -> None:
    assert base_of(said) == slug
