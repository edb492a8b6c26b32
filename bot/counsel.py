"""What is said to a complication, whatever was advised: two or three sentences that are true of any case.

Nothing is decided by it; what bears on the advice is heard as facts. Numbers without a source are our choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.decision.facts import Facts
from bot.decision.wilson import tell_bounds
from bot.understanding.complications import Complication


@dataclass(frozen=True)
class Counsel:
    """Sentences, and a work that supports what they rest on."""

    about: str
    """The complication as people see it in our documents."""
    sentences: tuple[str, ...]
    source: str
    url: str


OF_A_HUNDRED = "On a hundred such cases, 80% may be anything from 71% to 87%."
COUNSEL: Mapping[Complication, Counsel] = {
    "part": Counsel(
        "one kind of case goes worse than the rest",
        (
            "Score that kind apart from the rest, on fifty cases of it if you can find them: an average hides it.",
            "Read twenty of its misses and name the commonest cause; mostly this kind lacks something, such as an instruction, examples or documents of its own.",
            "Then score the other kinds again, to see that none has slipped.",
        ),
        "Mitchell et al., Model Cards for Model Reporting (2019)",
        "https://arxiv.org/abs/1810.03993",
    ),
    "drift": Counsel(
        "it was good and became worse",
        (
            "Score thirty old cases again that it used to get right.",
            "If several now fail, something in the system has changed: the model's version, the prompt, a setting or the documents.",
            "If they hold, what people send has changed: read twenty recent misses, and put such cases into the test set.",
        ),
        "Chen, Zaharia and Zou, How Is ChatGPT's Behavior Changing over Time? (2023)",
        "https://arxiv.org/abs/2307.09009",
    ),
    "noise": Counsel(
        "whether a score can be believed",
        (
            "Trust a score only from cases that had no part in training, in the prompt, or in choosing between versions.",
            OF_A_HUNDRED,
            "Compare two versions on the same cases, and count those in which they differ.",
        ),
        "Miller, Adding Error Bars to Evals (2024)",
        "https://arxiv.org/abs/2411.00640",
    ),
    "harm": Counsel(
        "few but grave mistakes",
        (
            "Count grave mistakes by themselves, and leave the average out of it.",
            "Put a check in code or a person before any answer that could do that damage; neither a prompt nor training makes it sure.",
            "None in 300 cases still allows one in a hundred.",
        ),
        "Hanley and Lippman-Hand, If Nothing Goes Wrong, Is Everything All Right? (1983)",
        "https://doi.org/10.1001/jama.1983.03330370053031",
    ),
    "tradeoff": Counsel(
        "fewer mistakes of one kind, more of another",
        (
            "Say what one miss and one false alarm cost, in minutes or in money.",
            "Count both on the same cases, mixed as in real work, and keep the version with the lower total.",
            "Where it gives a score for each case, move the threshold before you build anything anew.",
        ),
        "scikit-learn, Post-tuning the decision threshold for cost-sensitive learning (2024)",
        "https://scikit-learn.org/stable/auto_examples/model_selection/plot_cost_sensitive_learning.html",
    ),
    "handover": Counsel(
        "whoever knows it leaves, or nobody can keep it up",
        (
            "It goes on working meanwhile. Name a new owner, and have them do every step once from what is written down, while somebody can still be asked.",
            "Write down what they had to ask, and move accounts, data and scripts from personal hands to the team.",
            "If nobody can own it, take something that needs less care.",
        ),
        "Sculley et al., Hidden Technical Debt in Machine Learning Systems (2015)",
        "https://papers.nips.cc/paper/2015/hash/86df7dcfd896fcaf2674f757a2463eba-Abstract.html",
    ),
    "made_up": Counsel(
        "examples that a model wrote, translated or labelled",
        (
            "Test on real cases alone, with answers that a person has checked, fifty at the least.",
            "Read fifty of the made-up ones, and throw out every pattern that is wrong or stilted.",
            "Train with and without them, and keep them if the real cases gain.",
        ),
        "Liu et al., Best Practices and Lessons Learned on Synthetic Data (2024)",
        "https://arxiv.org/abs/2404.07503",
    ),
    "privacy": Counsel(
        "personal or secret data, and what was trained on coming out again",
        (
            "Take it that whatever is in the training data or in the prompt can come out again, whatever you tell the model.",
            "Take names, numbers and secrets out first, and use only what you may use.",
            "Where they are in already, let nobody use the model who may not see them, or train again without.",
        ),
        "Carlini et al., Extracting Training Data from Large Language Models (2021)",
        "https://arxiv.org/abs/2012.07805",
    ),
}


def give_counsel(complication: Complication, facts: Facts) -> tuple[str, ...]:
    """Return the sentences that are said to it; none where there is no complication.

    Whoever doubts a score that is known hears the bounds of that one.
    """
    counsel = COUNSEL.get(complication)
    if counsel is None:
        return ()
    own = tell_bounds(facts) if complication == "noise" else ""
    return tuple(own if own and one == OF_A_HUNDRED else one for one in counsel.sentences)
