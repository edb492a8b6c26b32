"""The direction: which lever fits what is wrong. First match wins, from top to bottom.

Each branch is a module of its own; this file is the order. A reading in prose, with how the numbers were
chosen, is `docs/decisions.md`; what must hold before money is spent is `bot.decision.policy.gates`.
"""

from __future__ import annotations

from bot.decision.policy.after_a_classifier import AFTER_A_CLASSIFIER_RULES
from bot.decision.policy.behaviour import BEHAVIOUR_RULES
from bot.decision.policy.capability import CAPABILITY_RULES
from bot.decision.policy.classification import CLASSIFICATION_RULES
from bot.decision.policy.cost import COST_RULES
from bot.decision.policy.first import FIRST_RULES
from bot.decision.policy.knowledge import KNOWLEDGE_RULES
from bot.decision.policy.shape import SHAPE_RULES
from bot.decision.policy.signals import SIGNAL_RULES
from bot.decision.policy.tuned_before import TUNED_BEFORE_RULES
from bot.decision.rules import Rule

POLICY_VERSION = "2026-11-23.13"
"""Changes whenever a rule, a threshold or the meaning of a fact does; decisions replay under their own.

Wording and reasons may change under it: they decide nothing, and a record keeps its own.
"""

RULES: tuple[Rule, ...] = (
    *FIRST_RULES,
    *TUNED_BEFORE_RULES,
    *SIGNAL_RULES,
    *SHAPE_RULES,
    *AFTER_A_CLASSIFIER_RULES,
    *COST_RULES,
    *CAPABILITY_RULES,
    *CLASSIFICATION_RULES,
    *KNOWLEDGE_RULES,
    *BEHAVIOUR_RULES,
)
"""Every rule, in the order in which it is tested. The last one always holds."""
