"""Tokens as they are kept: encrypted, and of no use in the place of another workspace's.

Fernet (AES-128-CBC with an HMAC) has no room for what a text belongs to, so the workspace's id is encrypted
with the token. Whoever may write to Redis cannot put one workspace's token under another's name.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SettingsInvalid, StoredDataInvalid


class TokenSafe:
    """Locks with the first key, opens with any: a new key is put in front of the old ones."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take keys as `Fernet.generate_key` makes them; without any, nothing can be locked or opened."""
        self._fernet = MultiFernet([Fernet(key) for key in keys]) if keys else None

    def lock(self, team_id: str, token: str) -> str:
        """Return what may be kept in the place of a token. Raises SettingsInvalid without a key."""
        if self._fernet is None:
            raise SettingsInvalid("SLACK_TOKEN_KEYS is not set; tokens of workspaces are encrypted with it")
        return self._fernet.encrypt(json.dumps([team_id, token]).encode()).decode("ascii")

    def open(self, team_id: str, locked: str) -> str:
        """Return the token. Raises StoredDataInvalid, which quotes nothing of it."""
        what = f"the token of workspace {team_id}"
        unreadable = StoredDataInvalid(
            f"{what} cannot be decrypted: no key of SLACK_TOKEN_KEYS fits, or it was damaged; put back the "
            "key, or have the app installed there again"
        )
        if self._fernet is None:
            raise unreadable
        try:
            held = json.loads(self._fernet.decrypt(locked.encode()))
        except (InvalidToken, ValueError):
            # The HMAC's key is the first half of a key. One with a mistyped letter in the second half passes
            # and decrypts to noise, which may have a valid padding. Without its cause, which may quote it.
            raise unreadable from None
        match held:
            case [str(holder), str(token)] if holder == team_id:
                return token
        raise StoredDataInvalid(
            f"{what} is another workspace's: somebody changed Redis; have the app installed there again"
        )
