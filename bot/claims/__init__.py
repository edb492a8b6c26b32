"""The check of what a language model wrote, sentence by sentence, before anybody sees it.

A sentence that fails is replaced by the template's own: a bad model makes answers duller, never wrong.

    form        short, one line, a statement
    citations   the marks of the template's sentence, no others
    wording     the template's sentence word for word; before it, if anything, "You said …:" with facts that
                the person stated

So a model chooses what of the person's own facts to set before a reason. It cannot put things in words of its
own: a check of meanings was tried, and one in ten of the sentences written to deceive it passed (ADR 9).
"""

from __future__ import annotations

from bot.claims.check import Checked, Failure, check
from bot.claims.grounds import Grounds

__all__ = ["Checked", "Failure", "Grounds", "check"]
