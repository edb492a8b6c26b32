"""The check of what a language model wrote, sentence by sentence, before anybody sees it."""

from __future__ import annotations

from bot.claims.check import Checked, Failure, check
from bot.claims.grounds import Grounds
from bot.claims.vendors import vendor_names

__all__ = ["Checked", "Failure", "Grounds", "check", "vendor_names"]
