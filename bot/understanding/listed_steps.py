"""An answer that is nothing but a list of steps: "RAG yes, few-shot no", "nothing except RAG".

What a sentence says of which step the models have to judge. A bare list they judge less well than this does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.decision.questions import UNTRIED, Question
from bot.understanding.found import Found
from bot.understanding.message import Message

STEP = (
    r"(?:(?:the|our|a|an|some|few|quick|basic|simple|plain) )*(?:"
    r"(?P<tried_prompting>(?:system )?prompt(?:s|ing)?(?: (?:engineering|work|tweaks?|tweaking|tuning))?)"
    r"|(?P<tried_few_shot>examples(?: in (?:the |our )?prompt)?"
    r"|few[ -]?shot(?:s|ting)?(?: (?:examples|prompting))?)"
    r"|(?P<tried_rag>rag|retrieval(?: \(rag\))?|(?:vector|semantic) search)"
    r"|(?P<tried_structured>(?:json |output )?schemas?(?: or tools)?|structured outputs?|json mode"
    r"|tools|(?:tool|function)[ -]call(?:s|ing))"
    r"|(?P<tried_models>(?:other|different|(?:an)?other|bigger|larger|stronger|better|newer) (?:llm|model)s?)"
    r")"
)
"""The name of a step, in the group of its fact."""
_YES = r"(?:yes|y|yep|yeah|yup|done|tried)"
_NO = r"(?:no|n|nope|nah|not yet|not tried|never|untried)"
_ITEM = re.compile(
    r"\s*(?:(?P<no_before>no|not)|(?P<yes_before>only|just|yes|tried|did|we (?:did|tried|have|use)))?[ :]*"
    rf"{STEP}(?: ?[ :=(?-]+ ?(?:(?P<no_after>{_NO})|(?P<yes_after>{_YES}))\)?)?"
    r"(?: (?:so far|only|already|too))?\s*"
)
_BETWEEN = re.compile(r"[,;/\n+&]|\. |\band\b|\bplus\b")
_BUT = r"[ ,]*(?:but|bar|save(?: for)?|except(?: for)?|apart from|besides|other than|short of)\b[ ,]*"
_ALL_BUT = re.compile(
    r"\W*(?:we )?(?:(?:did|tried|have) )?(?:all|everything)"
    r"(?: of (?:it|them|that|those|the above)| (?:on|in) (?:the|your|that|this) list)?" + _BUT
)
_NOTHING_BUT = re.compile(r"\W*(?:we )?(?:(?:did|tried|have) )?nothing(?: else)?" + _BUT)


def find_listed_steps(message: Message, pending: Question) -> Iterator[Found]:
    """Yield what is said of each step; nothing unless the answer to "what was tried" is only such a list."""
    if not UNTRIED.keys() <= set(pending.facts):
        return
    plain = message.plain.rstrip(" .!")
    all_but, nothing_but = _ALL_BUT.match(plain), _NOTHING_BUT.match(plain)
    others = all_but or nothing_but
    items = list(_items(plain, others.end() if others else 0))
    if None in items:
        return
    steps = [(item, _is_tried(item)) for item in items if item]
    verdicts = {is_tried for _, is_tried in steps}
    # "RAG, examples: no" may deny both or one, and "no RAG, examples" too.
    if {False, None} <= verdicts or (others and verdicts != {None}):
        return
    named: dict[str, Found] = {}
    for item, is_tried in steps:
        fact = next(one for one in UNTRIED if item[one])
        found = _of_step(fact, item.span(fact), is_tried=not all_but and is_tried is not False)
        # Of two names for one step ("schema yes, tools no"), whichever was tried counts.
        if fact not in named or found.value != UNTRIED[fact]:
            named[fact] = found
    yield from named.values()
    if others:
        # Whoever tried a step had a prompt to try it with.
        left = sorted(UNTRIED.keys() - named.keys() - ({"tried_prompting"} if nothing_but else set()))
        yield from (_of_step(fact, others.span(), is_tried=all_but is not None) for fact in left)


def _items(plain: str, start: int) -> Iterator[re.Match[str] | None]:
    for between in (*_BETWEEN.finditer(plain, start), None):
        end = between.start() if between else len(plain)
        yield _ITEM.fullmatch(plain, start, end)
        start = between.end() if between else end


def _is_tried(item: re.Match[str]) -> bool | None:
    """Return what an item says of its step; None where it only names it."""
    if item["no_before"] or item["no_after"]:
        return False
    return True if item["yes_before"] or item["yes_after"] else None


def _of_step(fact: str, where: tuple[int, int], *, is_tried: bool) -> Found:
    tried = "quick" if fact == "tried_prompting" else True
    return Found(fact, tried if is_tried else UNTRIED[fact], *where)
