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
_DONE = (
    r"(?:tried|trained|built|fit|fitted|ran|have|had|use|used|run|tested|got|compared|benchmarked|"
    r"scored|running|using|with)"
)
_GETS = (
    r"(?:gets?|got|scores?|scored|reach(?:es|ed)|is at|was at|did|does|plateau\w*|only|stops?|stalls?|makes?|"
    r"made)"
)
_TRIED = re.compile(
    rf"\b{_DONE} (?:(?!(?:to|not|no|never|if|for)\b)[\w-]+ ){{0,4}}?{_CLASSIFIER}\b"
    rf"|\b{_CLASSIFIER}\b(?: (?:on|over|with) (?:\w+ ){{0,3}}?\w+)?(?: that we \w+)?,?(?: it)? {_GETS}\b"
)
_NOT_YET = re.compile(
    r"\b(?:should|shall|could|would|might|may|can|will|want|wants|plan\w*|think\w*|consider\w*|instead of|"
    r"rather than|or|whether|if|why not|how about|what about|suggest\w*|propose[sd]?|recommend\w*|says?|"
    r"claims?|heard|read)\b[^.,;:!?]{0,40}$"
)


def find_tried_classifier(message: Message) -> Iterator[Found]:
    """Yield that a small classifier was tried, where they say what they did or what it got."""
    for tried in _TRIED.finditer(message.plain):
        sentence = message.sentence_at(tried.start())
        is_asked = message.plain[sentence.end : sentence.end + 1] == "?"
        is_planned = _NOT_YET.search(message.plain, sentence.start, tried.start())
        if not (is_asked or is_planned or is_denied_before(message, tried.start())):
            yield Found("tried_classifier", True, *tried.span())
            return
