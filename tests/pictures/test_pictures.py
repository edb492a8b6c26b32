from __future__ import annotations

import pytest

from tests.e2e.processes import app_scopes
from tests.pictures import installing
from tests.pictures.blocks import blocks_as_html
from tests.pictures.mrkdwn import as_html

NAMES = {"U1": "Ana", "C1": "general"}


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("*bold* and _slanted_", "<b>bold</b> and <i>slanted</i><br>"),
        ("2 * 3 * 4", "2 * 3 * 4<br>"),
        ("<@U1> in <#C1>", '<span class="mention">@Ana</span> in <span class="mention">#general</span><br>'),
        ("<!here>", '<span class="mention">@here</span><br>'),
        ("&lt;!here&gt;", "&lt;!here&gt;<br>"),
        ("<https://a.example|shown>", '<a href="https://a.example">shown</a><br>'),
        ("`*code*`", "<code>*code*</code><br>"),
        ("&gt; quoted", "<blockquote>quoted</blockquote>"),
    ],
)
def test_mrkdwn_is_drawn_as_slack_draws_it(text: str, drawn: str) -> None:
    assert as_html(text, NAMES) == drawn


def test_plain_text_is_no_mrkdwn() -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "*Accept* <b>"}}
    assert "*Accept* &lt;b&gt;" in blocks_as_html([{"type": "actions", "elements": [button]}], NAMES)


@pytest.mark.parametrize(
    "block", [{"type": "video"}, {"type": "actions", "elements": [{"type": "unheard_of"}]}]
)
def test_what_cannot_be_drawn_is_an_error_rather_than_left_out(block: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no picture of"):
        blocks_as_html([block], NAMES)


def test_the_sketch_of_installing_shows_what_stands_in_the_manifest() -> None:
    drawn = installing.as_html(installing.steps())
    assert f"({len(app_scopes())} scopes)" in drawn
    assert "name: Fine-tune Advisor" in drawn


def test_the_sketch_of_installing_names_the_settings_of_the_example() -> None:
    example = (installing.MANIFEST.parents[1] / ".env.example").read_text(encoding="utf-8")
    drawn = installing.as_html(installing.steps())
    for setting in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        assert setting in example
        assert setting in drawn
