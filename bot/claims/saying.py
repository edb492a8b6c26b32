"""What is said in the end: our reasons in our order, then what bears them out in the model's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.check import Checked
from bot.claims.grounds import Grounds, Point


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, plain, and the number of the point that it says."""

    number: int
    text: str


def arrange(checked: Sequence[Checked], grounds: Grounds) -> tuple[Line, ...]:
    """Return all lines; of the choices, those that passed count."""
    passed = {one.number: one.said for one in checked if not one.failure}
    ours = [number for number, point in grounds.points.items() if point.is_ours]
    order = [*ours, *(number for number in passed if number not in ours)]
    return tuple(
        Line(number, say(grounds.points[number], [grounds.facts[fact] for fact in passed.get(number, ())]))
        for number in order
    )


def say(point: Point, said: Sequence[str]) -> str:
    """Return a point's sentence behind what was said: "You said it gets facts wrong: …"."""
    if not said:
        return point.text
    return f"You said {', and '.join(said)}: {point.text[:1].lower()}{point.text[1:]}"
