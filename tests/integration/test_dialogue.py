from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.answer import ALL_DONE
from bot.conversation import ThreadMessage
from bot.counsel import give_counsel
from bot.decision.facts import Facts
from bot.decision.options import EFFORT, TRAINING, Option
from bot.decision.questions import BY_ID
from bot.dialogue import Dialogue
from bot.phrases import ENGLISH_ONLY, MISREAD, NOTHING_SAID, ONLY_SUPPOSED
from bot.rejoining import stays
from bot.replies import Clarify, Define, OffTopic, Recommend, Reply
from bot.slack.words import ASKED_ABOUT, PROMPTS
from bot.terminal import terminal_turn
from bot.verdict import NO_HARM

NOW = datetime(2026, 11, 23, tzinfo=UTC)


async def said(dialogue: Dialogue, *lines: str) -> list[Reply]:
    conversation, replies = None, []
    for number, line in enumerate(lines):
        answered = await dialogue.answer(terminal_turn(line, "talk", number, NOW), conversation)
        conversation = answered.conversation or conversation
        replies.append(answered.reply)
    return replies


async def test_to_be_told_twice_is_to_be_told_again(dialogue: Dialogue) -> None:
    asked = "should we fine-tune? our bot makes up facts about our products"
    replies = await said(dialogue, asked, "just tell me", "just tell me")
    assert [type(reply) for reply in replies] == [Clarify, Recommend, Recommend]


@pytest.mark.parametrize(
    ("asked", "kind"), [("should we tune our piano?", OffTopic), ("should we fine-tune?", Clarify)]
)
async def test_to_ask_whether_is_no_decision_about_a_model_yet(
    dialogue: Dialogue, asked: str, kind: type[Reply]
) -> None:
    (reply,) = await said(dialogue, asked)
    assert isinstance(reply, kind)


async def test_what_one_person_corrects_counts_and_leaves_no_contradiction(dialogue: Dialogue) -> None:
    asked = "tone is off. prompts and examples scored on 120 cases, 70 vs 85. 500 reviewed samples. train?"
    replies = await said(dialogue, asked, "oh scratch that number, its 15 not 500", "just tell me")
    last = replies[-1]
    assert isinstance(last, Recommend)
    assert [heard.value for heard in last.heard if heard.fact == "examples_n"] == [15]


async def test_contentment_ends_with_a_need_that_is_named_later(dialogue: Dialogue) -> None:
    asked = "should we fine-tune our mail classifier? people are happy with it, it is good enough as it is"
    first, then = await said(dialogue, asked, "hm, actually we need 95 percent")
    assert isinstance(first, Clarify)
    assert first.leading.option == "NO_CHANGE"
    assert isinstance(then, Clarify)
    assert {heard.fact: heard.value for heard in then.heard} == {"satisfied": False, "target_score": 0.95}
    assert then.leading.option != "NO_CHANGE"


MAKES_UP = "should we fine-tune? our bot makes up facts about our products"


async def test_whoever_asks_back_is_told_why_and_asked_again(dialogue: Dialogue) -> None:
    asked, told, thanked, meant, misread = await said(
        dialogue, MAKES_UP, "why do you ask?", "thanks", "what do you mean by material?", "qwrtp zzyzx"
    )
    assert isinstance(asked, Clarify)
    why = BY_ID[asked.question.id].why
    for reply, notes in ((asked, ()), (told, (why,)), (thanked, ()), (meant, (why,)), (misread, (MISREAD,))):
        assert isinstance(reply, Clarify)
        assert (reply.question, reply.notes) == (asked.question, notes)


async def test_a_term_is_explained_from_the_glossary_while_a_question_waits(dialogue: Dialogue) -> None:
    _, reply = await said(dialogue, MAKES_UP, "what do you mean by embedding?")
    assert isinstance(reply, Clarify)
    assert reply.definition
    assert reply.notes == ()


async def test_what_is_only_supposed_is_answered_while_a_question_waits_and_kept_nowhere(
    dialogue: Dialogue,
) -> None:
    asked, supposed, answered = await said(
        dialogue, MAKES_UP, "What if it had 300 pages that hardly ever change?", "just tell me"
    )
    assert isinstance(asked, Clarify)
    assert isinstance(supposed, Clarify)
    assert isinstance(answered, Recommend)
    assert supposed.question == asked.question
    assert supposed.heard == ()
    (note,) = supposed.notes
    assert "120,000 tokens of material" in note
    assert "I would keep the material in a cached prompt" in note
    assert "corpus_tokens" not in {heard.fact for heard in answered.heard}


async def test_what_is_only_supposed_revises_no_recommendation(dialogue: Dialogue) -> None:
    turns = (MAKES_UP, "just tell me", "what if we needed live stock levels?")
    *_, recommended, supposed = await said(dialogue, *turns)
    assert isinstance(recommended, Recommend)
    assert isinstance(supposed, OffTopic)
    assert "I would give it a tool" in supposed.text
    assert supposed.text.endswith(ONLY_SUPPOSED)


async def test_a_supposition_of_what_is_so_already_leaves_the_advice(dialogue: Dialogue) -> None:
    *_, supposed = await said(dialogue, SORTS, "just tell me", "what if we had 60,000 labels?")
    assert "my advice stays: Train a small classifier" in told(supposed)


DUTCH = "Gisteren hebben wij het daar met de anderen lang over gehad"


async def test_another_language_is_answered_with_which_one_is_read(dialogue: Dialogue) -> None:
    (opened,) = await said(dialogue, DUTCH)
    assert opened == OffTopic(text=ENGLISH_ONLY)
    asked, again = await said(dialogue, MAKES_UP, DUTCH)
    assert isinstance(asked, Clarify)
    assert isinstance(again, Clarify)
    assert (again.question, again.notes) == (asked.question, (ENGLISH_ONLY,))


async def test_whoever_passes_over_what_goes_wrong_is_asked_it_once_more(dialogue: Dialogue) -> None:
    replies = await said(dialogue, "should we fine-tune?", "we have 300 reviewed examples", "900 test cases")
    asked = [reply.question for reply in replies if isinstance(reply, Clarify)]
    assert [question.id == "Q1" for question in asked] == [True, True, False]
    assert asked[0].text != asked[1].text
    assert asked[0].quick_replies == asked[1].quick_replies


async def test_a_message_that_somebody_asks_about_says_what_its_author_said(dialogue: Dialogue) -> None:
    theirs = "our support bot gets the tone wrong, prompts are exhausted, we have 400 reviewed replies"
    asked = terminal_turn(ASKED_ABOUT, "talk", 0, NOW).model_copy(
        update={
            "about": theirs,
            "thread": (ThreadMessage(author_id="U0BEN", message_id="1.2", text=theirs),),
        }
    )
    answered = await dialogue.answer(asked, None)
    assert answered.conversation is not None
    assert answered.conversation.question == theirs
    quoted = [said for said in answered.conversation.statements if said.quote and said.quote in theirs]
    assert "examples_n" in {said.fact for said in quoted}
    assert {said.author_id for said in quoted} == {"U0BEN"}
    assert answered.conversation.opened_by == asked.author_id


@pytest.mark.parametrize("suggested", [message for _title, message in PROMPTS])
async def test_whatever_is_suggested_to_say_gets_an_answer(dialogue: Dialogue, suggested: str) -> None:
    (reply,) = await said(dialogue, suggested)
    assert isinstance(reply, Clarify | Define)
    assert not isinstance(reply, Define) or reply.definition.citations


SORTS = (
    "we sort tickets into 14 queues with GPT-4o, 75% right. 60,000 old tickets with their final queue, "
    "500 test cases. should we fine-tune?"
)


def told(reply: Reply) -> str:
    """Return the text of a reply that decides nothing."""
    assert isinstance(reply, OffTopic)
    return reply.text


@pytest.mark.parametrize(
    "objection",
    ["why?", "but my boss wants a fine-tune, he read that everyone does it", "I disagree", "are you sure?"],
)
async def test_an_objection_is_answered_with_the_reasons_and_what_would_change_it(
    dialogue: Dialogue, objection: str
) -> None:
    _, advised, answered = await said(dialogue, SORTS, "just tell me", objection)
    assert isinstance(advised, Recommend)
    text = told(answered)
    assert advised.leading.headline in text
    assert advised.reasons[0].text in text
    assert all(flip.text in text for flip in advised.flips)


async def test_what_is_wished_for_after_a_recommendation_is_told_in_a_few_words(dialogue: Dialogue) -> None:
    _, advised, summary, step, amount, flips = await said(
        dialogue,
        SORTS,
        "just tell me",
        "can you give me three lines for my boss",
        "and now?",
        "how many examples would we need?",
        "what would change your mind?",
    )
    assert isinstance(advised, Recommend)
    assert advised.leading.headline in told(summary)
    assert told(step).startswith(f"First: {advised.first_step}")
    assert "60,000" in told(amount)
    assert told(flips).startswith(advised.flips[0].text)


async def test_whoever_took_the_step_that_was_advised_is_not_advised_to_take_it(dialogue: Dialogue) -> None:
    _, first, then = await said(
        dialogue, SORTS, "just tell me", "ok we tried that, it scored 84 on our 500 cases. we want 92"
    )
    assert isinstance(first, Recommend)
    assert isinstance(then, Recommend)
    assert {one.fact: one.value for one in then.heard}["tried_classifier"] is True
    assert then.leading.rule != first.leading.rule
    assert first.leading.headline in then.change


async def test_news_say_what_they_changed(dialogue: Dialogue) -> None:
    _, first, stays = await said(dialogue, SORTS, "just tell me", "we now have 70,000 labelled tickets")
    assert isinstance(first, Recommend)
    assert first.change == ""
    assert isinstance(stays, Recommend)
    assert stays.change == "You told me: 70,000 reviewed examples. My advice stays."
    assert (first.is_brief, stays.is_brief) == (False, True)


async def test_whoever_starts_over_is_asked_what_it_is_about(dialogue: Dialogue) -> None:
    *_, asked, anew = await said(
        dialogue, SORTS, "just tell me", "start over", "our support replies get the tone wrong"
    )
    assert told(asked) == NOTHING_SAID
    assert isinstance(anew, Clarify)
    assert "examples_n" not in {one.fact for one in anew.heard}


async def test_a_remark_begins_no_new_case_and_another_system_does(dialogue: Dialogue) -> None:
    _, _, remark, other = await said(
        dialogue,
        SORTS,
        "just tell me",
        "no test set is perfect though, people just guess",
        "we have a second bot: it answers questions from a 200 page handbook and makes things up. tune that?",
    )
    assert not isinstance(remark, Clarify)
    assert isinstance(other, Clarify)
    assert {one.fact for one in other.heard}.isdisjoint({"examples_n", "label_count"})


async def test_what_is_asked_in_other_words_than_ours_is_answered(dialogue: Dialogue) -> None:
    _, advised, how_long, what_for = await said(
        dialogue,
        SORTS,
        "just tell me",
        "is that an afternoon's work or half a year's?",
        "how do I explain this to our head of sales in a couple of sentences?",
    )
    assert isinstance(advised, Recommend)
    assert f"a matter of {EFFORT[Option(advised.leading.option)]}" in told(how_long)
    assert advised.leading.headline in told(what_for)


async def test_a_question_beside_news_is_answered_with_the_news(dialogue: Dialogue) -> None:
    *_, revised = await said(
        dialogue, SORTS, "just tell me", "we now have 70,000 labelled tickets. how long will that take us?"
    )
    assert isinstance(revised, Recommend)
    assert revised.change.startswith("You told me: 70,000 reviewed examples")
    assert any("a matter of" in line for line in revised.answered)


async def test_whoever_asks_for_another_way_hears_what_would_lead_there(dialogue: Dialogue) -> None:
    _, advised, why = await said(dialogue, SORTS, "just tell me", "why not RAG?")
    assert isinstance(advised, Recommend)
    assert "use retrieval (RAG)" in told(why)


async def test_what_came_of_it_is_heard_in_words_of_their_own(dialogue: Dialogue) -> None:
    *_, revised = await said(
        dialogue,
        SORTS,
        "just tell me",
        "Trained a ModernBERT over the weekend, it gets 91 % and is live since noon.",
    )
    assert isinstance(revised, Recommend)
    heard = {one.fact: one.value for one in revised.heard}
    assert (heard["tried_classifier"], heard["baseline_score"]) == (True, 0.91)


async def test_whoever_took_the_step_and_asks_on_has_taken_it(dialogue: Dialogue) -> None:
    *_, then = await said(dialogue, SORTS, "just tell me", "ok, we did that. now what?")
    assert isinstance(then, Recommend)
    assert {one.fact: one.value for one in then.heard}["tried_classifier"] is True


async def test_another_case_that_is_told_with_a_question_is_begun(dialogue: Dialogue) -> None:
    *_, other = await said(
        dialogue,
        SORTS,
        "just tell me",
        "our contract summaries leave out clauses and sound nothing like our lawyers, should we fine-tune?",
    )
    assert isinstance(other, Clarify | Recommend)
    assert {one.fact for one in other.heard}.isdisjoint({"label_count", "examples_n"})


async def test_contentment_after_the_advice_ends_the_problem_and_the_need(dialogue: Dialogue) -> None:
    asked = (
        "train? tone is off, prompts and examples scored on 120 cases: 70, we need 85. 500 reviewed samples"
    )
    *_, before, after = await said(
        dialogue, asked, "just tell me", "we put it live at 82, and everybody is happy"
    )
    assert isinstance(before, Recommend)
    assert before.leading.option in TRAINING
    assert isinstance(after, Recommend)
    assert after.leading.option == Option.NO_CHANGE
    heard = {one.fact: one.value for one in after.heard}
    assert heard["satisfied"] is True
    assert "target_score" not in heard


async def test_what_can_go_wrong_and_what_it_takes_later_is_told_of_the_advice(dialogue: Dialogue) -> None:
    asked = (
        "train? tone is off, prompts and examples scored on 120 cases: 70, we need 85. 500 reviewed samples"
    )
    *_, risks, upkeep = await said(
        dialogue, asked, "just tell me", "what are the risks?", "who has to look after it?"
    )
    assert isinstance(risks, OffTopic)
    assert "lose other skills" in told(risks)
    assert isinstance(upkeep, OffTopic)
    assert told(upkeep).startswith("Score it on your 120 test cases every month")


async def test_whoever_tuned_an_encoder_with_success_is_not_told_to_tune_one(dialogue: Dialogue) -> None:
    asked = (
        "should we fine-tune to sort mail into 12 queues? the prompt with examples is scored at 78 on 200 "
        "cases, we need 90, we have 900 labelled mails and may train on them"
    )
    *_, small, tuned = await said(
        dialogue,
        asked,
        "just tell me",
        "logistic regression on embeddings got 81",
        "ModernBERT tuned on the 900: 86",
    )
    assert isinstance(small, Recommend)
    assert small.leading.rule == "D10i"
    assert isinstance(tuned, Recommend)
    assert tuned.leading.option == Option.FINE_TUNE_SFT
    assert tuned.leading.headline.startswith("Train again")


async def test_whoever_asks_again_with_nothing_new_is_told_shortly_what_stands(dialogue: Dialogue) -> None:
    _, advised, short, long, page = await said(
        dialogue,
        SORTS,
        "just tell me",
        "so does that mean we should train?",
        "the new regional manager started in May and wants to see it, does that change your advice?",
        "just tell me",
    )
    assert isinstance(advised, Recommend)
    assert told(short).splitlines()[1] == f"My advice stays: {advised.leading.headline}."
    assert told(long).startswith("I read nothing in that which I can use.\nMy advice stays:")
    assert isinstance(page, Recommend)


RETRIEVES = (
    "should we fine-tune? it answers about our handbook and gets facts wrong, we have RAG in place, "
    "60 test cases"
)


async def test_a_step_that_is_told_to_be_done_is_not_advised_again(dialogue: Dialogue) -> None:
    *_, advised, misses = await said(
        dialogue,
        RETRIEVES,
        "just tell me",
        "went through the misses with Ola: of 20, 13 weren't in the index at all, 7 were old versions",
    )
    assert isinstance(advised, Recommend)
    assert isinstance(misses, Recommend)
    assert misses.answered == (f"Done, as I read it: {advised.first_step}",)
    assert misses.is_brief
    assert misses.done == (advised.first_step,)
    assert misses.first_step == advised.next_steps[0]


async def test_did_that_is_the_first_step_that_is_left_and_can_be_taken_back(dialogue: Dialogue) -> None:
    *_, advised, once, twice, back = await said(
        dialogue, RETRIEVES, "just tell me", "we did that", "did that", "no, we haven't done that yet"
    )
    assert isinstance(advised, Recommend)
    assert isinstance(once, Recommend)
    assert once.done == (advised.first_step,)
    assert isinstance(twice, Recommend)
    assert twice.done == (advised.first_step, advised.next_steps[0])
    assert isinstance(back, Recommend)
    assert (back.done, back.first_step) == ((), advised.first_step)


async def test_where_all_is_done_it_asks_for_what_is_left(dialogue: Dialogue) -> None:
    *_, advised = await said(dialogue, RETRIEVES, "just tell me")
    assert isinstance(advised, Recommend)
    *_, last = await said(
        dialogue, RETRIEVES, "just tell me", *["we did that"] * (1 + len(advised.next_steps))
    )
    assert isinstance(last, Recommend)
    assert (last.first_step, last.next_steps) == (ALL_DONE, ())


async def test_a_trouble_that_is_over_is_no_longer_held_against_it(dialogue: Dialogue) -> None:
    invoices = "should we fine-tune? our extraction of invoices breaks the JSON format in 1 of 10"
    *_, parses = await said(
        dialogue,
        f"{invoices}, only a quick prompt so far",
        "just tell me",
        "json schema is on now and the parser hasn't thrown once since Thursday",
    )
    assert isinstance(parses, Recommend)
    assert parses.change.startswith(
        "You told me: its output parses now; a schema or tools are in use. That changes"
    )
    assert parses.leading.option == Option.NO_CHANGE


async def test_whoever_asks_outright_is_answered_in_the_first_line(dialogue: Dialogue) -> None:
    _, advised, train, live = await said(
        dialogue,
        SORTS,
        "just tell me",
        "so should we train one of our own now, yes or no?",
        "it gets 94% of our 300 test tickets right and 85% is what we need. do we put it live?",
    )
    assert isinstance(advised, Recommend)
    assert told(train).startswith("Fine-tuning: no. I would ")
    assert "My advice stays" in told(train)
    assert isinstance(live, Recommend)
    assert live.answered[0].startswith("Going live as it is: yes. It scores 94% today")


async def test_what_was_trained_is_no_question_whether_to_train(dialogue: Dialogue) -> None:
    *_, live = await said(
        dialogue,
        "should we fine-tune? our letters miss the tone, 400 good ones, 70 of 100 pass, we need 90",
        "just tell me",
        "we tuned it on the 400 and it is at 98 of 100 now. ship it or not?",
    )
    assert isinstance(live, Recommend)
    assert live.answered[0].startswith("Going live as it is: yes")


async def test_grave_mistakes_keep_it_from_going_live_whatever_it_scores(dialogue: Dialogue) -> None:
    *_, live = await said(
        dialogue,
        SORTS,
        "just tell me",
        "94% of 300 right where 85% is what we need, but twice it sent a suicide note to billing. ship it?",
    )
    assert isinstance(live, Recommend)
    assert live.answered[0] == f"Going live as it is: {NO_HARM}"
    assert live.answered[1:] == give_counsel("harm", Facts())


async def test_what_makes_it_harder_gets_counsel_and_leaves_the_advice(dialogue: Dialogue) -> None:
    _, advised, leaving, unlike = await said(
        dialogue,
        SORTS,
        "just tell me",
        "the colleague who built all of this leaves us in March and nobody else knows how it works",
        "it does well for all branches but Lisbon, they get hardly any of theirs right",
    )
    assert isinstance(advised, Recommend)
    assert told(leaving).splitlines() == [*give_counsel("handover", Facts()), stays(advised.leading.headline)]
    told_of_part = unlike.answered if isinstance(unlike, Recommend) else tuple(told(unlike).splitlines())
    assert set(give_counsel("part", Facts())) <= set(told_of_part)


async def test_who_asks_whether_to_train_now_goes_on_with_the_case(dialogue: Dialogue) -> None:
    *_, asked = await said(
        dialogue,
        SORTS,
        "just tell me",
        "the five examples made it 88, up from 84. Do we train now or is there more in the prompt?",
    )
    assert isinstance(asked, Recommend)
    assert {"label_count", "examples_n"} <= {one.fact for one in asked.heard}
