"""The words by which a message's kind is recognised."""

from __future__ import annotations

import re

ABUSE = re.compile(
    r"@(?:channel|here|everyone)\b[^.]{0,60}\b(?:repeat|ping|pings|notify|say|post|"
    r"announce|tag|message|mandatory|everyone|attention|wake)\b|\b(?:repeat|ping|notify|"
    r"post|announce|tag|mention|alert)\b[^.]{0,60}@(?:channel|here|everyone)\b"
    r"|\b(?:print|show|reveal|leak|dump|give|tell|send|share|paste|output|expose|list|"
    r"repeat|display|what is|whats)\b[^.?]{0,40}\b(?:your|the|"
    r"all) (?:\w+ ){0,2}?(?:system prompt|hidden prompt|initial instructions|bot tokens?|"
    r"slack (?:bot )?tokens?|api[ -]?keys?|secrets?|passwords?|credentials|"
    r"environment variables|env vars?|signing secret|access tokens?|private keys?)\b"
    r"|\b(?:api keys?|bot token|slack token|secrets?|env) (?:in|from) (?:your |the )?env\b"
    r"|\b(?:remove|drop|drops|disable|disables|strip|strips|bypass|bypasses|turn off|"
    r"get rid of|without|train (?:away|out)|kill|delete|break|"
    r"unlearn)\b[^.?]{0,30}\b(?:safeguards?|safety|refusals?|every refusal|guardrails?|"
    r"content filters?|moderation filters?|censorship|alignment|safety filters?|"
    r"its ethics|restrictions on)\b"
    r"|\b(?:uncensor\w*|jailbreak(?:ing)? (?:it|the|your|our|gpt|claude|model)|"
    r"child porn|csam|dox+|"
    r"deepfake porn|hack into|steal (?:passwords|credentials|data|accounts)|"
    r"impersonate (?:the ceo|our ceo|a bank))\b"
)
ATTACK = re.compile(
    r"\b(?:(?:build|mak(?:e|ing)|building) (?:an? )?(?:bomb|weapon|explosive)s?|"
    r"phish\w*|spear[ -]?phish\w*|ransomware|malware|keylogger|scam (?:mails?|"
    r"emails?|messages|calls)|credential (?:theft|harvest\w*)|fake (?:bank|login|"
    r"invoice) (?:mails?|emails?|pages?))\b(?!.{0,40}\b(?:detect\w*|filter|classif\w*|"
    r"flag|report|spot|awareness|protect\w*|block))"
)
WHETHER = re.compile(
    r"\b(?:does|do|will|can|could|might|would|did|why|how|when|if|whether|that)\b(?: \S+){0,6} ?$"
)
SAFE_TOPIC = re.compile(
    r"\b(?:detect\w*|classif\w*|filter(?:ing|s)?|flag(?:s|ging)?|spot|block(?:s|ing)?|"
    r"protect\w*|prevent\w*|what(?:s| is| are| does)|how do people|explain|meaning|"
    r"attack called|stop)\b"
)

AI_WORDS = re.compile(
    r"\b(?:llms?|large language models?|language models?|models?|fine-?tun\w*|finetun\w*|"
    r"tuned?|tuning|train(?:ed|ing|s)? (?:a|an|the|our|it|on|your|one|custom|something|"
    r"model)|training|prompts?|prompting|prompted|rag|retriev\w+|retreival|gpt\S*|chatgpt|"
    r"claude|gemini|"
    r"llama\S*|qwen\S*|mistral|openai|anthropic|bedrock|lora|qlora|peft|sft|dpo|rlhf|rft|"
    r"embeddings?|embed(?:ding)?s|vectors?|vector (?:db|database|store)s?|chat ?bots?|"
    r"chunk\w*|tokeni[sz]er|tokens?|tokns|context (?:window|length)|few-shot|zero-shot|"
    r"many-shot|many shot|few shot|zero shot|"
    r"in-context|hallucinat\w*|hallucin\w+|confabulat\w*|distil\w*|destillation|"
    r"quanti[sz]\w*|gguf|inference|evals?|eval|agents?|agentic|mcp|guardrails|guard rails|"
    r"jailbreak|prompt injection|temperature|top-p|nucleus sampling|classifier|classif\w+|"
    r"ai|a\.i|genai|machine learning|nlp|neural|transformers?|transfomer|json (?:mode|"
    r"schema)|structured outputs?|constrained decoding|function calling|tool (?:use|"
    r"calling)|re-?rank\w*|cross-encoder|bi-encoder|semantic search|hybrid search|"
    r"keyword search|bm25|hnsw|faiss|ann search|pgvector|pinecone|qdrant|"
    r"kv cache|prompt cach\w+|cache|vllm|paged attention|ttft|reward model|"
    r"preference (?:data|tuning)|catastrophic forgetting|instruction tuning|pretrain\w*|"
    r"adapters?|adaptor|weights|reciprocal rank|grounding|constrained|pydantic|"
    r"react pattern|"
    r"bot|assistant|copilot|summari[sz]\w+|extraction|teacher student|student model|"
    r"benchmark|golden dataset|test sets?|held[- ]out|hold-?out|validation set|overfit\w*|"
    r"epochs?|learning rate|ground truth|"
    r"context|system prompt|parameters?|175b|bpe|lost in the middle|owasp|self hosting|"
    r"search hits|search|make(?:s)? stuff up|making (?:stuff|things) up|text-embedding\S*|"
    r"temp ?= ?\d|temp\b(?= to| at)|passages|(?:docs|documents|pdfs) into|paste in|quant|"
    r"destill\w*|deterministic|rows|churn|invoices?|tickets?)\b"
)
DECIDE = re.compile(
    r"\b(?:or (?:a |an |just )?(?:better |custom |new |few |more )?(?:prompts?|prompting|"
    r"rag|lora|fine-tun\w+|"
    r"retrieval|train\w*|examples|model)|should (?:we|i|our)|shall we|do we need (?:to |"
    r"a )?|is it (?:worth|time|"
    r"justified|sensible|enough)|worth it|worth (?:trying|tuning|spending|supporting|"
    r"funding)|which (?:llm|model|approach|training method|option)|"
    r"what (?:would you do|should we|now)|"
    r"where (?:do we|to) start|can we (?:train|teach|tune|distil\w*|fine-tune|proceed)|"
    r"finetune (?:or|now|it|yes)|fine-tune (?:or|now|it|yes|on)|(?:rag|prompt|tune|"
    r"train) or|or rag|or prompt|or train|or (?:do we )?fine-?tune|train (?:a|it|on it|"
    r"one|anything)\b|start (?:the )?training|next step|thinking (?:of|about)|considering|"
    r"recommend|advice|opinion|steer|best way|whats the move|the move|boss says|cto wants|"
    r"wants? to (?:fine-tune|finetune|train|tune)|just tell me|yes or no|tune\?|"
    r"distil\w*\?|train\?|rft\?|sft\?|keep (?:it|trying|feeding)|"
    r"is that (?:enough|normal)|help|sensible|tiny pilot)\b"
)
MINE = re.compile(
    r"\b(?:we|our|us|my|weve|were|wed|ive|im|i have|i want|i need|i tuned|i loaded|"
    r"i upload|i can|boss|cto|ceo|team|customers?|users?|leadership|finance|board|"
    r"management|vp)\b"
)
PROBLEM = re.compile(
    r"\b(?:keeps?|breaks?|broken|wrong|bad|slow|expensive|costs?|fails?|failing|ignores?|"
    r"makes? up|invents?|cant|doesnt|never|too|bill|stuck|poor|drifts?|need(?:s)?|"
    r"want(?:s)?|latency|quality|misses|prefers?)\b"
)
DEFINES = re.compile(
    r"^\W*(?:(?:hi|hey|hello|ok|so|and|also|btw|wait|sorry|quick question|question|"
    r"one more|um|hm+|pls|please|guys|all|dumb question|stupid question|first|"
    r"but)[ ,:!-]+)*"
    r"(?:whats?(?: is| are|s)?\b|what (?:(?:exactly|actually|even|really) )?(?:is|are|does|do)\b|"
    r"wtf is\b|wats\b|who (?:is|"
    r"are)\b|define\b|definition of\b|explain\b|meaning of\b|(?:can|could|"
    r"would) (?:someone|anyone|you|somebody) (?:please )?(?:explain|define|tell me what|"
    r"eli5)|tell me (?:what|(?:more |something )?about)\b|eli5\b|"
    r"how (?:is|does|do|are) (?:\w+ ){0,8}?(?:work|called|differ|different|named)\b|"
    r"diff(?:erence)? between\b|whats the diff\w*|is (?:a |an |"
    r"the )?\S+(?: \S+){0,3} (?:the same|same as|a kind|better than|part of|a database|"
    r"secret)\b|"
    r"(?:was ist|was bedeutet|que es|que significa|quest-ce que|cosa e|o que e|wat is)\b)"
)
EXPLAIN = re.compile(
    r"^\W*(?:(?:ok|okay|so|and|also|btw|wait|please|pls|first|but|thanks|"
    r"can you|could you|would you)[ ,:!-]+)*"
    r"(?:explain|define|eli5|(?:tell me|say) (?:more |something )?about|(?:more|details) about)"
    r"(?: to me| again| briefly)? (?:what )?(?:(?:a|an|the|is|are) )?(?P<named>[^\s,]+(?: [^\s,]+){0,3})\W*$"
)
"""All of it asks to explain something, in as few words as a term has."""
ANSWER_AGAIN = re.compile(
    r"^\W*(?:(?:ok|okay|so|and|also|now|please|pls|thanks|can you|could you|would you)[ ,:!-]+)*"
    r"(?:(?:translate|rephrase|reword|shorten|summari[sz]e|repeat|write up|sum up|recap) "
    r"(?:that|this|it|(?:the|your) (?:answer|advice|recommendation|reply|decision|above))|"
    r"(?:give|send|write|make|draft) (?:me )?(?:an? )?(?:\w+ )?"
    r"(?:summary|recap|version|email|mail|note|memo|slide))"
    r"(?: (?:in|into|to|for|of|about|as|that|this|it|the|a|an|my|our|please)(?: \w+){0,3}){0,3}\W*$"
)
"""All of it asks for our answer in another form."""
TERM_SHAPE = re.compile(
    r"\b(?:meaning|(?:what|does|do)\b.{1,60}\bmeans?|eli5|in plain (?:words|english)|"
    r"like im five|whats that|whats that about|what is that|what are these|what are those|"
    r"is that a thing|whats the (?:idea|difference|q)|difference\??|(?:is|are|arent|"
    r"isnt)\b.{1,60}\bthe same(?: as)?|stand(?:s)? for|explained?|huh|how does (?:it|"
    r"that) work|why do(?:es)? (?:it|we|a|the|long|german|input)|in one sentence|"
    r"definition|refresher|heard of|short(?:ly)? explain)\b"
)
VERSUS = re.compile(
    r"^\W*[\w/ -]{2,30} (?:vs\.?|versus) [\w/ -]{2,40}(?:,? (?:difference|"
    r"whats the difference|which is which|"
    r"what is the difference))?\W*$"
)
SHORT_TERM = re.compile(r"^\W*(?:the |a |an )?[\w/().-]+(?: [\w/().-]+){0,3}\s*\?+\W*$")
GENERAL_QUESTION = re.compile(
    r"^\W*(?:do|does|is|are|can|could|will|why|how|what|whats|when|where|which|should i|min|minimum|does)\b"
)
QUESTION_INSIDE = re.compile(r"\?|\b(?:how|why|what|whats|when|does|explain|called|is it|do people)\b")
SMALL_TALK = re.compile(
    r"^\W*(?:hi|hello|hey|hiya|yo|moin|hola|thanks?|thank you|thx|ty|cheers|great|cool|"
    r"nice|ok|okay|k|lol|haha+|good (?:morning|afternoon|evening|bot)|bye|see you|"
    r"brb(?: \w+)?|gm|np|no worries|perfect|awesome|got it|ah ok|hallo|danke|gracias|"
    r"merci|sorry|ping|test|you there|are you there|how are you)(?:[ ,!.]+(?:there|bot|"
    r"all|everyone|team|so much|a lot|mate|guys|again|you|that helps|for that|thanks|much|"
    r"man|very much|(?:very |really |super |quite )?(?:useful|helpful)|makes sense|sounds good|"
    r"good to know))*\W*$"
)
ANSWER_NOW = re.compile(
    r"\b(?:just (?:tell|say|answer|give me)(?: me| us| it)?|(?:dont|do not|stop|no more|"
    r"enough|quit|without) (?:\w+ )?(?:ask(?:ing)?(?: me)?(?: \w+)? ?questions?|questions|"
    r"asking)|no (?:more )?questions|yes or no(?=\W|$)|short answer|bottom line|"
    r"just (?:your|the) (?:answer|recommendation|verdict|opinion|best guess)|"
    r"cut to the chase|"
    r"best guess|give me (?:an|the|your) answer|answer (?:now|already)|skip the questions|"
    r"sag(?:s)? (?:es )?einfach|solo dime)\b"
)
STARTS_OVER = re.compile(
    r"\b(?:forget (?:that one|about that|all that|the last one|that question|it)|"
    r"other (?:thing|topic|question|one|project)|new (?:topic|question|case|project|one)|different (?:topic|"
    r"question|project|case|one)|another (?:topic|question|project)|start(?:ing)? (?:over|again)|unrelated|"
    r"never ?mind that|"
    r"scrap that one)\b(?: ?[:,.-]|$| (?:now|here))"
)

ASKS_IN_GENERAL = re.compile(
    r"^\W*(?:how|why|what|whats|does|do|can|is|are|if|when|where|which)\b|\b(?:called|why|"
    r"works?|trust it|should it be|want that|or not|right)\W*$|= ?\w+\?|,[^,]*\?\W*$"
)
TELLS = re.compile(r"\W*(?:our|my|we|weve|i|the (?:bot|model|assistant)|it)\b")
ASIDE = re.compile(
    r"(?:^|[,(-] ?|\band |\bbtw,? |\balso,? |\bwait,? )"
    r"(?P<ask>(?:whats|what(?: exactly| actually| even| really)? (?:is|are)|"
    r"what does|wtf is|what do you mean by|explain|can you explain|define|remind me what|"
    r"was ist|que es|quest-ce que|whats the difference|difference between|"
    r"diff between)(?! (?:the (?:best|right|move|next)|wrong|now|should|next|your|best|"
    r"goes|our))\b)"
)
_FILLERS = r"\W*(?:(?:hm+|ok|okay|sorry|wait|but|and|so|um|well|please)[ ,.]+)*"
_OF_IT = r"(?:that|this|it|those|the question)"
_MATTERS = r"(?:matter|important|relevant|needed|necessary)"
ASKS_WHY = re.compile(
    _FILLERS + r"(?:why|how come|(?:what|why) for"
    r"|why (?:do|would|should|are|did) (?:you|i|we) (?:ask|need|want|care|have to)[^.!?]*"
    rf"|(?:why|how) (?:does|is|would) {_OF_IT} {_MATTERS}[^.!?]*|does {_OF_IT} matter[^.!?]*"
    rf"|what(?:s| is) {_OF_IT} (?:for|good for)|what do you need {_OF_IT} for)\W*"
)
"""A whole message that asks what our question is for."""
ASKS_MEANING = re.compile(
    _FILLERS + r"(?:wdym|(?:which|what) \w+(?: exactly)? ?\?"
    r"|(?:what|how|which)(?: \w+)? (?:do|did) you mean[^.!?]*"
    r"|what(?: exactly)? (?:does|do) [^.!?]{1,40} mean(?: here| exactly)?"
    r"|what (?:is meant by|counts as) [^.!?]{1,40}"
    rf"|i (?:dont|do not) (?:understand|get)(?: (?:{_OF_IT}|what you mean|your question))?"
    rf"|(?:can|could) you (?:explain|rephrase)(?: {_OF_IT}| your question)?)\W*"
)
"""A whole message that asks what our question means."""
