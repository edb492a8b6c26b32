"""What kind of message it is: a decision, a question about a term, abuse, small talk, or something else."""

from __future__ import annotations

import re
from typing import Literal

from bot.understanding.message import Message

Intent = Literal["decision", "definition", "off_topic", "abuse", "small_talk", "answer", "unclear"]

_ABUSE = re.compile(
    r"@(?:channel|here|everyone)\b[^.]{0,60}\b(?:repeat|ping|pings|notify|say|post|announce|tag|message|mandatory|everyone|attention|wake)\b|\b(?:repeat|ping|notify|post|announce|tag|mention|alert)\b[^.]{0,60}@(?:channel|here|everyone)\b"
    r"|\b(?:print|show|reveal|leak|dump|give|tell|send|share|paste|output|expose|list|repeat|display|what is|whats)\b[^.?]{0,40}\b(?:your|the|all) (?:\w+ ){0,2}?(?:system prompt|hidden prompt|initial instructions|bot tokens?|slack (?:bot )?tokens?|api[ -]?keys?|secrets?|passwords?|credentials|environment variables|env vars?|signing secret|access tokens?|private keys?)\b"
    r"|\b(?:api keys?|bot token|slack token|secrets?|env) (?:in|from) (?:your |the )?env\b"
    r"|\b(?:phish\w*|spear[ -]?phish\w*|ransomware|malware|keylogger|scam (?:mails?|emails?|messages|calls)|credential (?:theft|harvest\w*)|fake (?:bank|login|invoice) (?:mails?|emails?|pages?))\b(?!.{0,40}\b(?:detect\w*|filter|classif\w*|flag|report|spot|awareness|protect\w*|block))"
    r"|\b(?:remove|drop|drops|disable|disables|strip|strips|bypass|bypasses|turn off|get rid of|without|train (?:away|out)|kill|delete|break|unlearn)\b[^.?]{0,30}\b(?:safeguards?|safety|refusals?|every refusal|guardrails?|content filters?|moderation filters?|censorship|alignment|safety filters?|its ethics|restrictions on)\b"
    r"|\b(?:uncensor\w*|jailbreak(?:ing)? (?:it|the|your|our|gpt|claude|model)|build (?:a )?bomb|make (?:a )?(?:bomb|weapon|explosives)|child porn|csam|dox+|deepfake porn|hack into|steal (?:passwords|credentials|data|accounts)|impersonate (?:the ceo|our ceo|a bank))\b"
)
_SAFE_TOPIC = re.compile(r"\b(?:detect\w*|classif\w*|filter(?:ing|s)?|flag(?:s|ging)?|spot|block(?:s|ing)?|protect\w*|prevent\w*|whats? (?:is )?|what does|how do people|explain|meaning|attack called|stop)\b")

AI_WORDS = re.compile(
    r"\b(?:llms?|large language models?|language models?|models?|fine-?tun\w*|finetun\w*|tuned?|tuning|train(?:ed|ing|s)? (?:a|an|the|our|it|on|your|one|custom|something|model)|training|prompts?|prompting|prompted|rag|retriev\w+|retreival|gpt\S*|chatgpt|claude|gemini|"
    r"llama\S*|qwen\S*|mistral|openai|anthropic|bedrock|lora|qlora|peft|sft|dpo|rlhf|rft|embeddings?|embed(?:ding)?s|vectors?|vector (?:db|database|store)s?|chat ?bots?|chunk\w*|tokeni[sz]er|tokens?|tokns|context (?:window|length)|few-shot|zero-shot|many-shot|many shot|few shot|zero shot|"
    r"in-context|hallucinat\w*|hallucin\w+|confabulat\w*|distil\w*|destillation|quanti[sz]\w*|gguf|inference|evals?|eval|agents?|agentic|mcp|guardrails|guard rails|jailbreak|prompt injection|temperature|top-p|nucleus sampling|classifier|classif\w+|"
    r"ai|a\.i|genai|machine learning|nlp|neural|transformers?|transfomer|json (?:mode|schema)|structured outputs?|constrained decoding|function calling|tool (?:use|calling)|re-?rank\w*|cross-encoder|bi-encoder|semantic search|hybrid search|keyword search|bm25|hnsw|faiss|ann search|pgvector|pinecone|qdrant|"
    r"kv cache|prompt cach\w+|cache|vllm|paged attention|ttft|reward model|preference (?:data|tuning)|catastrophic forgetting|instruction tuning|pretrain\w*|adapters?|adaptor|weights|reciprocal rank|grounding|constrained|pydantic|react pattern|"
    r"bot|assistant|copilot|summari[sz]\w+|extraction|teacher student|student model|benchmark|golden dataset|test set|held out|"
    r"context|system prompt|parameters?|175b|bpe|lost in the middle|owasp|self hosting|search hits|search|make(?:s)? stuff up|making (?:stuff|things) up|text-embedding\S*|temp ?= ?\d|temp\b(?= to| at)|passages|(?:docs|documents|pdfs) into|paste in|quant|destill\w*|deterministic|rows|churn|invoices?|tickets?)\b"
)
_STRONG_AI = re.compile(
    r"\b(?:llms?|language models?|fine-?tun\w*|prompts?|prompting|rag|gpt\S*|chatgpt|claude|llama\S*|lora|sft|dpo|rlhf|rft|embeddings?|chat ?bots?|few-shot|zero-shot|hallucinat\w*|distil\w*|classifier|machine learning|nlp|"
    r"retrieval|models?|assistant|bot|ai|train (?:a|an|the|our|it|on|one|something)|training|tuned?|tuning|agents?|genai|summari[sz]er|vector (?:db|database|search))\b"
)
_NEVER_OURS = re.compile(
    r"\b(?:pizza|lunch|dinner|coffee at|printer|wi-?fi|linkedin|guitar|whisk(?:e)?y|gaming|weather|stock should (?:i|we) buy|ai stock|vote for|election|french revolution|toddler|real estate|lorawan|horoscope|vacation days|youtube)\b"
)
_OFF_TOPIC = re.compile(
    r"\b(?:pizza|lunch|coffee|beer|dinner|printer|wifi|wi-fi|linkedin|guitar|whisk(?:e)?y|vacation|holidays?|football|gaming|weather|stock should i buy|election|essay|kubernetes|jwt|youtube|toddler|real estate|lorawan|"
    r"gpu should i buy|movie|birthday|parking|restaurant|hotel|flight|recipe|car rental|nvda|amd|crypto|bitcoin|salary|pto|expense report|stand ?up|meeting room|password reset|vpn|laptop|monitor|backprop\w*|gan|stable diffusion|nda with|top \d+ customers|"
    r"berlin tomorrow|poem|joke|promotion|song|horoscope|dating|gym|bus|train (?:station|ticket|to)|weekend)\b"
)
_DECIDE = re.compile(
    r"\b(?:should (?:we|i|our)|shall we|do we need (?:to |a )?|is it (?:worth|time|justified|sensible|enough)|worth it|worth (?:trying|tuning|spending|supporting|funding)|go or no go|which (?:llm|model|approach|training method|option)|what (?:would you do|should we|now|kind of tuning)|"
    r"where (?:do we|to) start|can we (?:train|teach|tune|distil\w*|fine-tune|proceed)|finetune (?:or|now|it|yes)|fine-tune (?:or|now|it|yes|on)|(?:rag|prompt|tune|train) or|or rag|or prompt|or train|or (?:do we )?fine-?tune|train (?:a|it|on it|one|anything)\b|start (?:the )?training|next step|thinking (?:of|about)|considering|"
    r"recommend|advice|opinion|steer|best way|whats the move|the move|boss says|cto wants|wants? to (?:fine-tune|finetune|train|tune)|just tell me|yes or no|tune\?|distil\w*\?|train\?|rft\?|sft\?|keep (?:it|trying|feeding)|am i missing|did i do it wrong|is that (?:enough|normal)|help|sensible|tiny pilot)\b"
)
_MINE = re.compile(r"\b(?:we|our|us|my|weve|were|wed|ive|im|i have|i want|i need|i tuned|i loaded|i upload|i can|boss|cto|ceo|team|customers?|users?|leadership|finance|board|management|vp)\b")
_PROBLEM = re.compile(
    r"\b(?:keeps?|breaks?|broken|wrong|bad|slow|expensive|costs?|fails?|failing|ignores?|makes? up|invents?|cant|doesnt|never|too|bill|stuck|poor|drifts?|need(?:s)?|want(?:s)?|latency|quality|misses|prefers?)\b"
)
_DEFINES = re.compile(
    r"^\W*(?:(?:hi|hey|hello|ok|so|and|also|btw|wait|sorry|quick question|question|one more|um|hm+|pls|please|guys|all|dumb question|stupid question|first|but)[ ,:!-]+)*"
    r"(?:whats?(?: is| are|s)?\b|what (?:is|are|does|do)\b|wtf is\b|wats\b|who (?:is|are)\b|define\b|definition of\b|explain\b|meaning of\b|(?:can|could|would) (?:someone|anyone|you|somebody) (?:please )?(?:explain|define|tell me what|eli5)|tell me (?:what|about)\b|eli5\b|"
    r"how (?:is|does|do|are) (?:\w+ ){0,8}?(?:work|called|differ|different|named)\b|how (?:does|do) \w+|diff(?:erence)? between\b|whats the diff\w*|is (?:a |an |the )?\S+(?: \S+){0,3} (?:the same|same as|a kind|better than|part of|a database|secret)\b|"
    r"(?:was ist|was bedeutet|que es|que significa|quest-ce que|cosa e|o que e|wat is)\b)"
)
_TERM_SHAPE = re.compile(
    r"\b(?:meaning|(?:what|does|do)\b.{1,60}\bmeans?|eli5|in plain (?:words|english)|like im five|whats that|whats that about|what is that|what are these|what are those|is that a thing|whats the (?:idea|difference|q)|difference\??|(?:is|are|arent|isnt)\b.{1,60}\bthe same(?: as)?|stand(?:s)? for|explained?|huh|how does (?:it|that) work|why do(?:es)? (?:it|we|a|the|long|german|input)|in one sentence|definition|refresher|heard of|short(?:ly)? explain)\b"
)
_VERSUS = re.compile(r"^\W*[\w/ -]{2,30} (?:vs\.?|versus) [\w/ -]{2,40}(?:,? (?:difference|whats the difference|which is which|what do these even do|what is the difference))?\W*$")
_SHORT_TERM = re.compile(r"^\W*(?:the |a |an )?[\w/().-]+(?: [\w/().-]+){0,3}\s*\?+\W*$")
_GENERAL_QUESTION = re.compile(r"^\W*(?:do|does|is|are|can|could|will|why|how|what|whats|when|where|which|should i|min|minimum|does)\b")
_QUESTION_INSIDE = re.compile(r"\?|\b(?:how|why|what|whats|when|does|explain|called|is it|do people)\b")
_SMALL_TALK = re.compile(
    r"^\W*(?:hi|hello|hey|hiya|yo|moin|hola|thanks?|thank you|thx|ty|cheers|great|cool|nice|ok|okay|k|lol|haha+|good (?:morning|afternoon|evening|bot)|bye|see you|brb(?: \w+)?|gm|np|no worries|perfect|awesome|got it|ah ok|hallo|danke|gracias|merci|sorry|ping|test|you there|are you there|how are you)(?:[ ,!.]+(?:there|bot|all|everyone|team|so much|a lot|mate|guys|again|you|that helps|for that|thanks|much|man|very much))*\W*$"
)
_ANSWER_NOW = re.compile(
    r"\b(?:just (?:tell|say|answer|give me)(?: me| us| it)?|(?:dont|do not|stop|no more|enough|quit|without) (?:\w+ )?(?:ask(?:ing)?(?: me)?(?: \w+)? ?questions?|questions|asking)|no (?:more )?questions|yes or no(?=\W|$)|short answer|bottom line|just (?:your|the) (?:answer|recommendation|verdict|opinion|best guess)|cut to the chase|"
    r"best guess|give me (?:an|the|your) answer|answer (?:now|already)|skip the questions|sag(?:s)? (?:es )?einfach|solo dime)\b"
)
_STARTS_OVER = re.compile(r"\b(?:forget (?:that one|about that|all that|the last one|that question|it)|other (?:thing|topic|question)|new (?:topic|question|case)|different (?:topic|question|project|case)|start(?:ing)? over|unrelated|never ?mind that|scrap that one)\b(?: ?[:,.-]|$| (?:now|here))")

_MOST_TERM_WORDS = 22
_SHORT = 6


def wants_answer_now(message: Message) -> bool:
    """Say whether they ask for an answer without further questions."""
    return _ANSWER_NOW.search(message.plain) is not None


def starts_over(message: Message) -> bool:
    """Say whether they drop what was said so far for something else."""
    return _STARTS_OVER.search(message.plain) is not None


def is_abuse(message: Message) -> bool:
    """Say whether it asks to remove safeguards, leak secrets, ping everybody, or help an attack."""
    said = re.sub(r"<!(channel|here|everyone)[^>]*>", r"@\1", message.said.lower())
    for text in (message.plain, said):
        match = _ABUSE.search(text)
        if match is not None and not (_SAFE_TOPIC.search(text) and "train" not in match[0] and not _MASS.search(text) and _is_question_about(text, match)):
            return True
    return False


_MASS = re.compile(r"@(?:channel|here|everyone)|token|key|secret|password|system prompt")


def _is_question_about(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    after = text[match.end() : match.end() + 40]
    return bool(_SAFE_TOPIC.search(before) or _SAFE_TOPIC.search(after))


def read_intent(message: Message, *, has_facts: bool) -> Intent:
    """Return the kind of a message that answers no question of ours; `has_facts`: some were found in it."""
    plain = message.plain.strip()
    if is_abuse(message):
        return "abuse"
    if not re.search(r"\w", plain):
        return "unclear"
    if _SMALL_TALK.match(plain):
        return "small_talk"
    if _NEVER_OURS.search(plain) and not has_facts:
        return "off_topic"
    is_ai = AI_WORDS.search(plain) is not None
    if _OFF_TOPIC.search(plain) and not (_STRONG_AI.search(plain) and (has_facts or _DECIDE.search(plain))):
        return "off_topic"
    if is_ai and _is_definition(message, plain, has_facts=has_facts):
        return "definition"
    if _is_decision(plain, is_ai=is_ai, has_facts=has_facts):
        return "decision"
    if is_ai and (_GENERAL_QUESTION.match(plain) or _QUESTION_INSIDE.search(plain)):
        return "definition"
    if wants_answer_now(message) or (is_ai and _STRONG_AI.search(plain)):
        return "decision"
    return "off_topic" if len(plain.split()) > 1 else "unclear"


def _is_decision(plain: str, *, is_ai: bool, has_facts: bool) -> bool:
    if _DECIDE.search(plain) and (is_ai or has_facts):
        return True
    if has_facts and (is_ai or _MINE.search(plain)):
        return True
    return is_ai and _MINE.search(plain) is not None and (_PROBLEM.search(plain) is not None or len(plain.split()) > _SHORT)


def _is_definition(message: Message, plain: str, *, has_facts: bool) -> bool:
    words = len(plain.split())
    if words > _MOST_TERM_WORDS or _tells_a_case(message, plain, has_facts=has_facts):
        return False
    if _VERSUS.match(plain) or _DEFINES.match(plain) or _TERM_SHAPE.search(plain):
        return True
    if _SHORT_TERM.match(plain) and not _DECIDE.search(plain):
        return True
    return bool(_GENERAL_QUESTION.match(plain)) and not _DECIDE.search(plain)


def _tells_a_case(message: Message, plain: str, *, has_facts: bool) -> bool:
    """Say whether the message describes somebody's own situation, so that a term in it is only its subject."""
    is_personal = re.search(r"\b(?:should (?:we|i)|we (?:have|want|need|use|run|built|tried)|our \w+ (?:is|are|keeps|hits|ignores|doesnt)|i (?:have|want|tuned|loaded)|weve|finetune\?|fine-tune\?)\b", plain)
    return bool(is_personal) and (has_facts or _DECIDE.search(plain) is not None) and not _VERSUS.match(plain)


def find_term_query(message: Message, intent: Intent) -> str:
    """Return the part that asks about a term, as it was said; "" when none does."""
    if intent == "definition":
        return message.said.strip()
    for sentence in message.sentences:
        words = message.plain[sentence.start : sentence.end].strip()
        is_question = message.plain[sentence.end : sentence.end + 1] == "?"
        match = _ASIDE.search(words)
        if match is not None and len(words.split()) <= _MOST_TERM_WORDS and AI_WORDS.search(words[match.start() :]) and (is_question or match.start() == 0):
            offset = message.plain.index(words, sentence.start)
            return message.quote(offset + match.start(), sentence.end)
    return ""


_ASIDE = re.compile(
    r"(?:^|[,(-] ?|\band |\bbtw,? |\balso,? |\bwait,? )(?:whats|what is|what are|what does|wtf is|what do you mean by|explain|can you explain|define|remind me what|was ist|que es|quest-ce que|whats the difference|difference between|diff between)(?! (?:the (?:best|right|move|next)|wrong|now|should|next|your|best|goes|our))\b"
)
