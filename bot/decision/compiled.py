"""The policy as diagrams, compiled once from its rules and gates."""

from __future__ import annotations

from bot.decision.chances import PROBLEM
from bot.decision.diagram import Builder, Diagram
from bot.decision.options import Option
from bot.decision.policy import RULES
from bot.decision.policy.gates import GATES
from bot.decision.rules import Rule


def _compile(rules: tuple[Rule, ...], *, with_gates: bool) -> Diagram:
    builder = Builder()
    number = _end(builder, rules[-1].option, with_gates=with_gates)
    for rule in reversed(rules[:-1]):
        number = builder.branch(rule.when, _end(builder, rule.option, with_gates=with_gates), number)
    return Diagram(builder, number, together=PROBLEM)


def _end(builder: Builder, direction: Option, *, with_gates: bool) -> int:
    """Return where a rule leads: to its direction, by way of the gates before it."""
    number = builder.option(direction)
    for gate in reversed(GATES if with_gates else ()):
        if direction in gate.applies_to:
            instead = builder.option(gate.instead[-1][1])
            for condition, option in reversed(gate.instead[:-1]):
                instead = builder.branch(condition, builder.option(option), instead)
            number = builder.branch(gate.fails_when, instead, number)
    return number


_SETTLED = tuple(rule for rule in RULES if rule.option is not Option.ASK)
"""Not to know is no direction: the rules that only ask are passed over where all will be known."""

DIRECTION = _compile(_SETTLED, with_gates=False)
"""To the direction."""
OUTCOME = _compile(_SETTLED, with_gates=True)
"""To what to do first."""
POLICY = _compile(RULES, with_gates=True)
"""To what to do first as things are known now: the option that `recommend` returns, without its reasons."""
