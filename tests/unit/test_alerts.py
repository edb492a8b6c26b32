"""The alert rules and the dashboard. That what they name is measured is seen against a running bot (e2e)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.metrics import LINES, PREFIX

PROMTOOL = shutil.which("promtool")
ROOT = Path(__file__).parents[2]
ALERTS = ROOT / "deploy" / "alerts" / "advisor.yaml"
PAGE = (ROOT / "docs" / "watching.md").read_text(encoding="utf-8")
BOARD = json.loads((ROOT / "deploy" / "dashboards" / "advisor.json").read_text(encoding="utf-8"))
RULES: list[dict[str, Any]] = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"][0]["rules"]


def test_every_alert_says_what_to_do_and_leads_to_a_section_of_the_runbook() -> None:
    for rule in RULES:
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"]
        assert rule["labels"]["severity"] in ("page", "ticket")
        page, _, anchor = rule["annotations"]["runbook_url"].partition("#")
        headings = re.findall(r"^#+ (.+)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in {heading.lower().replace(" ", "-") for heading in headings}, rule["alert"]


def test_the_page_tells_of_every_alert_and_every_metric_and_of_no_other() -> None:
    assert re.findall(r"^\| `(Advisor\w+)`", PAGE, re.MULTILINE) == [rule["alert"] for rule in RULES]
    told = set(re.findall(r"`advisor_(\w+)", PAGE))
    now = {"ready", "inbox_unfinished", "inbox_oldest_seconds", "dead_letters"}
    assert told == {tally.name for tally in LINES} | now | {"problems"}


def test_every_panel_of_the_dashboard_has_an_expression_that_closes_its_brackets() -> None:
    panels = [panel for panel in BOARD["panels"] if panel["type"] != "row"]
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
    for panel in panels:
        for target in panel["targets"]:
            for opening, closing in ("()", "{}", "[]"):
                assert target["expr"].count(opening) == target["expr"].count(closing), panel["title"]
            assert PREFIX in target["expr"]


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed")
def test_prometheus_takes_the_rules_and_each_fires_when_it_should_and_not_before() -> None:
    tests = ALERTS.with_name("advisor.test.yaml")
    assert PROMTOOL is not None
    well, wrong, _ = yaml.safe_load(tests.read_text(encoding="utf-8"))["tests"]
    names = [rule["alert"] for rule in RULES]
    assert [test["alertname"] for test in well["alert_rule_test"]] == names
    fired = [sample["labels"] for sample in wrong["promql_expr_test"][0]["exp_samples"]]
    assert fired == [f'{{alertname="{name}"}}' for name in names]
    done = subprocess.run(  # noqa: S603 - Prometheus's own checker
        (PROMTOOL, "test", "rules", str(tests)),
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
