"""A small classifier of their own that was tried: "logistic regression on embeddings got 84"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.found import Found
from bot.understanding.message import Message
from bot.understanding.negation import is_denied_before

_METHOD = (
    r"(?:logistic regression|logreg|naive bayes|random forest|xgboost|lightgbm|gradient boost\w+|"
    r"(?:linear )?svms?|setfit|fasttext)"
)
_ON_TOP = r"(?:classifier|logistic regression|logreg|svm|knn|head)"
_CLASSIFIER = (
    rf"(?:{_METHOD}|(?:small|simple|linear|plain|tiny|classic(?:al)?) (?:\w+ )?classifier"
    rf"|classifier on (?:top of )?(?:the |our |openai )?embeddings"
    rf"|embeddings? ?(?:\+|plus|and|with) (?:an? )?{_ON_TOP})"
)
_GAP = (
    r"(?:(?!(?:to|not|no|never|if|for|at|about|how|with|on|of|from|whether|nobody|who|that|which)\b)"
    r"[\w-]+ ){0,4}?"
)
_DONE = (
    r"(?:tried|trained|built|fitted|fit|ran|tested|compared|benchmarked|scored"
    r"|(?<!have )(?:we|i|weve|ive|were|im|have|already|currently|also|even|now) "
    r"(?:already |currently |also |even |now |just |only )?(?:have|had|use|used|run|running|using|got))"
)
_ABOUT = r"(?:(?:at|to|only|about|around|just|roughly|almost|us|it|nearly|up to|a) )*"
_RESULT = r"(?:[.~]?\d|(?:no )?(?:better|worse)\b|the same\b|badly\b|poorly\b|nowhere\b|half\b|too many\b)"
_GETS = (
    r"(?:(?:only )?(?:gets?|got|scores?|scored|reach(?:es|ed)|is|was|did|does|makes?|made|gives?|gave|"
    rf"plateau\w*|stops?|stopped|stalls?|stalled)|only) {_ABOUT}{_RESULT}"
)
_ELSEWHERE = (
    r"(?! (?:[\w-]+ ){0,3}?(?:pricing|prices|churn|fraud|spam|forecast\w*|demand|detect\w*|guard\w*|"
    r"moderat\w*|safety|pii|language|before the|in front of)\b)"
)
"""A classifier for something else, or one that stands before the model, is none that was tried instead."""
_TRIED = re.compile(
    rf"\b{_DONE} {_GAP}{_CLASSIFIER}\b{_ELSEWHERE}"
    rf"|[\d%] (?:with|using|from) {_GAP}{_CLASSIFIER}\b{_ELSEWHERE}"
    rf"|\b{_CLASSIFIER}\b(?: (?:on|over|with) (?:\w+ ){{0,3}}?\w+)?(?: that we \w+)?,?(?: (?:it|we))? {_GETS}"
)
_NOT_YET = re.compile(
    r"\b(?:should|shall|could|would|might|may|can|will|want|wants|plan\w*|think\w*|consider\w*|instead of|"
    r"rather than|or|whether|if|why not|how about|what about|suggest\w*|propose[sd]?|recommend\w*|says?|"
    r"claims?|heard|read|lets|let us|needs?|have to|has to|how to|none of|nobody|no one|never|"
    r"ask\w*|tickets?|docs|papers?|blogs?|tutorials?)\b[^.,;:!?]{0,40}$"
)


def find_tried_classifier(message: Message) -> Iterator[Found]:
    """Yield that a small classifier was tried, where they say what they did or what it got."""
    for tried in _TRIED.finditer(message.plain):
        sentence = message.sentence_at(tried.start())
        is_asked = message.is_asked(sentence)
        is_planned = _NOT_YET.search(message.plain, sentence.start, tried.start())
        if not (is_asked or is_planned or is_denied_before(message, tried.start())):
            yield Found("tried_classifier", True, *tried.span())
            return
