from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from bot.conversation import ThreadMessage
from bot.decision.facts import FactValue, Range
from bot.decision.questions import BY_ID
from bot.decision.statements import Statement, understand
from bot.understanding.named_model import NamedModel
from bot.understanding.reading import read, read_thread
from tests.unit.understanding.dialogues import ALL, STATES_NOTHING


def values(text: str, question: str = "") -> dict[str, FactValue | None]:
    understood = understand(read(text, pending=BY_ID.get(question)).statements)
    return {**dict.fromkeys(understood.unknown), **understood.facts.known()}


def as_said(value: object) -> object:
    return (value.min, value.max) if isinstance(value, Range) else value


def states(question: str, said: str, expected: Mapping[str, object]) -> bool:
    got = values(said, question)
    return {fact: as_said(got.get(fact, "missing")) for fact in expected} == dict(expected)


def test_most_sentences_state_their_facts() -> None:
    unread = [row[1] for row in ALL if not states(*row)]
    assert len(unread) <= len(ALL) * 0.2, unread


def invents(question: str, said: str, facts: tuple[str, ...]) -> bool:
    got = values(said, question)
    named = (fact.partition(":") for fact in facts)
    return any(name in got and (not value or got[name] == value) for name, _, value in named)


def test_hardly_any_wish_hearsay_or_other_number_states_a_fact() -> None:
    invented = [row[1] for row in STATES_NOTHING if invents(*row)]
    assert len(invented) <= len(STATES_NOTHING) * 0.2, invented


def test_two_values_in_one_message_are_both_kept() -> None:
    said = "Our bot answers from the handbook. It changes every day. The handbook is updated once a year."
    assert understand(read(said).statements).facts.conflicts == ("knowledge_change",)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Q5", "90 reviewed mails, the wiki says 400 reviewed mails"),
        ("Q5", "90. 400."),
        ("", "Our bot ignores our style. We have 90 reviewed mails. Sales counted 400 reviewed mails."),
    ],
)
def test_two_amounts_with_nothing_to_tell_them_apart_are_both_kept(question: str, said: str) -> None:
    understood = understand(read(said, pending=BY_ID.get(question)).statements)
    assert understood.facts.conflicts == ("examples_n",)
    assert understood.facts.examples_n == 90


@pytest.mark.parametrize(
    "said", ["90 from Riga, 400 from Tartu", "90 reviewed, 400 raw", "under 400. maybe 90 are usable"]
)
def test_two_amounts_of_different_things_contradict_nothing(said: str) -> None:
    assert understand(read(said, pending=BY_ID["Q5"]).statements).conflicts == ()


@pytest.mark.parametrize("said", ["900, no wait, 90", "900 cases. sorry, 90", "900, no, 90"])
def test_a_corrected_number_counts_what_the_first_one_did(said: str) -> None:
    assert values(said, "Q3") == {"eval_set_n": 90}


def test_a_number_with_a_unit_of_its_own_corrects_no_other() -> None:
    assert values("900 cases, actually 84 percent", "Q3") == {"eval_set_n": 900, "baseline_score": 0.84}


@pytest.mark.parametrize("said", ["-7", "minus seven"])
def test_less_than_nothing_is_no_amount(said: str) -> None:
    assert "examples_n" not in values(said, "Q5")


@pytest.mark.parametrize(
    "said", ["9" * 400, "9" * 308 + "k", f"between 1 and {'9' * 400}", f"1 of {'9' * 309}"]
)
@pytest.mark.parametrize("question", BY_ID)
def test_more_digits_than_any_amount_has_are_no_amount(said: str, question: str) -> None:
    assert read(f"we have {said} pages", pending=BY_ID[question]).statements is not None
    assert "corpus_tokens" not in values(f"we have {said} pages", "Q6")


@pytest.mark.parametrize(
    ("said", "fact"),
    [("we haven't tried few-shot", "tried_few_shot"), ("we never tried a bigger model", "tried_models")],
)
def test_a_step_that_was_not_taken_is_not_read_as_taken(said: str, fact: str) -> None:
    assert values(said, "Q2")[fact] is False


@pytest.mark.parametrize(("said", "bounds"), [("no more than 80", (1, 80)), ("over 800", (801, None))])
def test_a_bound_holds_on_the_side_that_was_said(said: str, bounds: tuple[int, int | None]) -> None:
    assert as_said(values(said, "Q5")["examples_n"]) == bounds


def test_words_that_no_reply_ever_held_state_nothing() -> None:
    assert values("zzyzx qwrtp", "Q1") == {}


def test_every_fact_stands_in_words_even_behind_a_lone_because() -> None:
    for question in ("Q8", "Q16"):
        for statement in read("Yes! because we asked legal", pending=BY_ID[question]).statements:
            assert statement.quote


def test_a_word_of_correction_replaces_an_earlier_answer() -> None:
    earlier = (Statement(fact="examples_n", value=500, quote="500 reviewed"),)
    reading = read("oh scratch that, its 15 not 500", pending=BY_ID["Q8"], earlier=earlier)
    assert understand([*earlier, *reading.statements]).facts.examples_n == 15


def test_an_unknown_old_number_replaces_nothing() -> None:
    assert not read("its 15 not 500", pending=BY_ID["Q8"]).statements


HAPPY = Statement(fact="satisfied", value=True, quote="we are happy with it")
SCORES_80 = Statement(fact="baseline_score", value=0.8, quote="80 %")


@pytest.mark.parametrize(
    ("earlier", "said", "satisfied"),
    [
        ([HAPPY, SCORES_80], "we need 90 %", False),
        ([HAPPY], "we need 90 % though", False),
        ([HAPPY], "it scores 95 % where 90 % are needed", "missing"),
        ([], "we need 90 %", "missing"),
    ],
)
def test_whoever_misses_what_is_needed_is_not_content(
    earlier: list[Statement], said: str, satisfied: object
) -> None:
    reading = read(said, pending=BY_ID["Q3"], earlier=earlier)
    assert {one.fact: one.value for one in reading.statements}.get("satisfied", "missing") == satisfied


def test_contentment_and_a_missed_need_in_one_breath_are_no_contentment() -> None:
    said = "We are happy with the bot as it is, it scores 81 % and we need 90 %"
    assert values(said)["satisfied"] is False


def test_quotes_and_origin_travel_with_each_statement() -> None:
    said = "Well, we’ve got 1,250 Reviewed pairs; nobody is in a hurry. LoRA?"
    reading = read(said, author_id="U1", message_id="1.2")
    statement = next(one for one in reading.statements if one.fact == "examples_n")
    assert statement.quote in said
    assert "1,250" in statement.quote
    assert (statement.author_id, statement.message_id, statement.source) == ("U1", "1.2", "stated")


BOOKING = "The assistant shall book our rooms. It only talks nicely and says that it is booked."


def source_of(fact: str, said: str, question: str = "") -> str:
    return next(one.source for one in read(said, pending=BY_ID.get(question)).statements if one.fact == fact)


def test_what_a_message_only_suggests_as_a_whole_is_inferred() -> None:
    suggested = "We run a bot for a bank. Customers write to it at night. They get a poem in the morning."
    assert source_of("gap", suggested) == "inferred"


@pytest.mark.parametrize("fact", ["gap", "failure_mode"])
def test_what_one_clause_says_by_itself_is_stated(fact: str) -> None:
    assert source_of(fact, "It books our rooms. The tone of our bot is inconsistent.") == "stated"


def test_what_is_beside_the_question_by_its_nature_is_not_taken_for_it() -> None:
    assert "base_model" not in values("5 models so far incl mistral, prompt is still v1", "Q2")
    assert "base_model" not in values("we get GPT-4 to score the replies", "Q11")
    assert "knowledge_change" not in values("seven hundred letters come through every week", "Q10")


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("pl, czech, bit of hungarian. banking so regulated", ("pl", "cs", "hu")),
        ("spanish, wait no portuguese, its the brazil crew", ("pt",)),
        ("French and Wolof", ("fr", "wo")),
        ("EN, DE, FR", ("en", "de", "fr")),
        ("Hauptsächlich deutsch, es ist reguliert", ("de",)),
        ("CS (customer service), English", ("en",)),
        ("German and French, actually also Italian", ("de", "fr", "it")),
        ("Dutch and French, sorry I forgot German", ("nl", "fr", "de")),
    ],
)
def test_languages_are_told_by_name_or_code_the_last_word_counting(said: str, codes: tuple[str, ...]) -> None:
    assert values(said, "Q17")["languages"] == codes


def test_a_department_of_english_is_no_language() -> None:
    assert "languages" not in values("the four of us in the English department could write some", "Q5")


def test_an_answer_to_the_question_about_it_is_stated() -> None:
    assert source_of("gap", f"no idea really. {BOOKING}", "Q1") == "stated"


@pytest.mark.parametrize(
    ("said", "fact", "value"),
    [
        ("should we fine-tune? the tone is inconsistent", "gap", "behaviour"),
        ("the tone is inconsistent. should we fine-tune?", "gap", "behaviour"),
        ("should we fine-tune? answers are too slow", "gap", "cost_latency"),
        (
            "our support bot ignores the refund rules. is fine-tuning worth it?",
            "failure_mode",
            "ignores_instructions",
        ),
    ],
)
def test_a_question_beside_a_complaint_does_not_drown_it(said: str, fact: str, value: str) -> None:
    assert values(said)[fact] == value


@pytest.mark.parametrize(
    "said",
    [
        "The CEO decided that we fine-tune our helpdesk model. Answers are off brand.",
        "We are told to fine-tune. The bot doesn't know our return policy.",
        "A salesman talked our boss into LoRA; the json of our extractor is broken every tenth time.",
    ],
)
def test_a_tuning_that_is_only_ordered_has_not_been_tried(said: str) -> None:
    assert values(said).get("tried_finetune") in (None, "none")


def test_a_tuning_that_was_done_on_orders_has_been_tried() -> None:
    said = "The CEO ordered a fine-tune last year; it brought no improvement."
    assert values(said)["tried_finetune"] == "failed"


def values_with(said: str, find: Callable[[str], NamedModel | None]) -> dict[str, FactValue | None]:
    statements = read(said, pending=BY_ID["Q9"], find_model=find).statements
    return {one.fact: one.value for one in statements}


def table(name: str) -> NamedModel | None:
    if name.lower().startswith("gpt"):
        return NamedModel("openai-gpt-4.1", "no", 50, is_open_weights=False)
    return None


def test_the_provider_table_says_whether_a_named_model_can_be_tuned() -> None:
    facts = understand(read("GPT-4.1", pending=BY_ID["Q9"], find_model=table).statements).facts
    assert (facts.base_model, facts.base_tunable, facts.base_retire_days) == ("openai-gpt-4.1", "no", 50)


@pytest.mark.parametrize(
    ("said", "tunable"),
    [
        ("gemini, we are a new customer", "no"),
        ("gemini, existing customer there", "yes"),
        ("gemini", "unknown"),
    ],
)
def test_where_only_customers_may_tune_their_words_decide(said: str, tunable: str) -> None:
    def find(_name: str) -> NamedModel:
        return NamedModel("some-gemini", "unknown", None, is_open_weights=False)

    assert values_with(said, find)["base_tunable"] == tunable


def test_a_model_behind_an_api_does_not_fit_own_servers() -> None:
    reading = read("gpt-4.1, must stay on our own servers", pending=BY_ID["Q9"], find_model=table)
    misfit = next(one for one in reading.statements if one.fact == "base_fits_hosting")
    assert (misfit.value, misfit.source) == (False, "inferred")


def test_facts_of_a_thread_keep_their_authors_and_leave_ours_out() -> None:
    thread = [
        ThreadMessage(author_id="A", message_id="1", text="our bot makes up prices, 640 reviewed replies"),
        ThreadMessage(author_id="B", message_id="2", text="we have no test set though"),
        ThreadMessage(author_id="BOT", message_id="3", text="you have 9 examples", is_ours=True),
    ]
    statements = read_thread(thread)
    assert {(one.author_id, one.fact, one.value) for one in statements} >= {
        ("A", "examples_n", 640),
        ("B", "eval_set_n", 0),
    }
    assert not any(one.author_id == "BOT" for one in statements)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Q1", "lol nice one"),
        ("Q4", "back in five"),
        ("Q5", "what counts as an example anyway"),
        ("Q6", "did the pizza arrive"),
        ("Q3", "🙃🙃"),
        ("Q8", "pizza"),
        ("Q16", "the CEO"),
        ("Q12", "whatever"),
        ("Q14", "whatever"),
        ("Q1", "bad"),
        ("Q5", "ha"),
        ("Q11", "my neighbour's cat"),
    ],
)
def test_a_reply_that_answers_nothing_is_unparseable(question: str, said: str) -> None:
    reading = read(said, pending=BY_ID[question])
    assert reading.is_unparseable
    assert reading.statements == ()


@pytest.mark.parametrize(
    ("question", "said", "fact", "value"),
    [
        ("Q11", "taste, honestly", "grader", "human"),
        ("Q5", "ugh, three dozen", "examples_n", 36),
        ("Q8", "nope", "data_rights", "restricted"),
        ("Q1", "hallucinations", "gap", "knowledge"),
        ("Q16", "never", "tried_finetune", "none"),
    ],
)
def test_a_word_or_two_can_be_an_answer(question: str, said: str, fact: str, value: object) -> None:
    assert as_said(values(said, question)[fact]) == value


@pytest.mark.parametrize(
    "said", ["no idea", "not sure", "ask Ines", "keine Ahnung", "ni idea", "🤷", "no comment"]
)
def test_not_knowing_is_an_answer(said: str) -> None:
    reading = read(said, pending=BY_ID["Q8"])
    assert reading.says_unknown
    assert not reading.is_unparseable
    assert [(one.fact, one.value) for one in reading.statements] == [("data_rights", None)]


@pytest.mark.parametrize(
    "said", ["just tell me", "no more questions please", "yes or no?", "stop asking me questions"]
)
def test_impatience_is_noticed(said: str) -> None:
    reading = read(said, pending=BY_ID["Q5"])
    assert reading.wants_answer_now
    assert not reading.is_unparseable


@pytest.mark.parametrize("waiting", ["Q2", "Q6"])
@pytest.mark.parametrize(
    "said",
    [
        "Correction! In sixteen of twenty the passage was NOT in the results, scratch what I said before",
        "actually I was wrong, in most failures the passage wasn't among the results at all",
    ],
)
def test_a_correction_is_heard_while_another_question_waits(waiting: str, said: str) -> None:
    first = read("the passage is there, it misuses it", pending=BY_ID["Q4"], author_id="U1", message_id="1")
    second = read(said, pending=BY_ID[waiting], earlier=first.statements, author_id="U1", message_id="2")
    facts = understand([*first.statements, *second.statements]).facts
    assert (facts.failure_mode, facts.conflicts) == ("retrieval_miss", ())


def test_a_word_of_correction_alone_takes_nothing_back() -> None:
    first = read("the passage is there, it misuses it", pending=BY_ID["Q4"], message_id="1")
    assert read("oops, wrong channel", pending=BY_ID["Q2"], earlier=first.statements).is_unparseable
    assert read(
        "Correction! It was 40 degrees.", pending=BY_ID["Q2"], earlier=first.statements
    ).is_unparseable


def test_dropping_the_case_is_noticed() -> None:
    reading = read("forget that one. new topic: our summaries are too long", pending=BY_ID["Q5"])
    assert reading.starts_over
    assert reading.intent == "decision"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("what if we had 400 examples?", {"examples_n": 400}),
        ("and if not? suppose we have tried RAG. better?", {"tried_rag": True}),
        ("What would you say if we had no test set?", {"eval_set_n": 0}),
        ("we have 70 test cases. what if we had 400 examples?", {"examples_n": 400}),
        ("what if it rains?", {}),
    ],
)
def test_what_is_only_supposed_is_told_apart_from_what_is_so(
    said: str, expected: Mapping[str, object]
) -> None:
    reading = read(said, pending=BY_ID["Q6"], continues=True)
    assert {one.fact: one.value for one in reading.supposed} == expected
    assert {one.fact for one in reading.statements} <= {"eval_set_n"}


def test_whoever_supposes_in_an_opening_states_no_amount() -> None:
    assert "examples_n" not in values("Our bot ignores our style. What if we had 400 examples?")


@pytest.mark.parametrize(
    "said",
    [
        "the docs say 'use at least 700 examples'",
        'someone on the forum wrote "we have 700 examples"',
        "a customer wrote 'I have 700 contracts'",
        "> we have 700 examples",
    ],
)
def test_other_peoples_quoted_words_are_no_answer(said: str) -> None:
    assert "examples_n" not in values(said, "Q5")


@pytest.mark.parametrize(
    "said", ["my boss says 'we have 700 examples'", "legal wrote that we have 700 examples"]
)
def test_what_a_colleague_says_of_us_counts(said: str) -> None:
    assert values(said, "Q5")["examples_n"] == 700


@pytest.mark.parametrize("text", ["what is RAG?", "what is LoRA?", "what is fine-tuning?"])
def test_asking_what_a_lever_is_states_nothing_in_a_conversation(text: str) -> None:
    reading = read(text, continues=True)
    assert (reading.intent, reading.statements) == ("definition", ())


@pytest.mark.parametrize(
    ("said", "gap"),
    [
        ("should we fine-tune? our bot gets the tone wrong", "behaviour"),
        ("the model ignores half of our rules, should we tune it?", "behaviour"),
        ("should we fine-tune? it makes up prices", "knowledge"),
        ("our json breaks all the time. would a LoRA help?", "format"),
        ("fine-tune? answers are too slow", "cost_latency"),
    ],
)
def test_a_few_words_beside_the_question_are_heard_as_what_goes_wrong(said: str, gap: str) -> None:
    heard = {statement.fact: statement.value for statement in read(said).statements}
    assert heard["gap"] == gap


def test_a_question_alone_complains_of_nothing() -> None:
    assert {statement.fact for statement in read("should we fine-tune our support bot?").statements} <= {
        "asks",
        "goal_kind",
    }
