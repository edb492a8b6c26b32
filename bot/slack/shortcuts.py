"""What people can do with any message, by the ids that the manifest gives these shortcuts."""

from __future__ import annotations

ASK = "ask_about_message"
SAVE = "save_decision"
