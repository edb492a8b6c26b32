"""What every store in memory can do: be away."""

from __future__ import annotations

from bot.errors import StoreUnavailable


class Store:
    """Set `is_down` to make every method say StoreUnavailable, as when Redis is away."""

    def __init__(self) -> None:
        self.is_down = False

    def _answer(self) -> None:
        if self.is_down:
            raise StoreUnavailable("Redis did not answer: the test switched it off")
