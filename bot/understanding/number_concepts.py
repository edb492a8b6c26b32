"""Groups of words that mean the same for a number, so that a word never seen beside one still tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_CONCEPTS: Mapping[str, str] = {
    "kind": r"class|classes|categor\w*|labels?|intents?|kinds?|types?|buckets?|teams?|queues?|topics?|codes?|routes?|"
    r"folders?|departments?|tags?|themes?|emotions?|groups?|status(?:es)?|sentiments?|levels?|destinations?|"
    r"outcomes?|reasons?|taxonomy|thesaurus|skills?|handlers?|desks?|grades?|scale|kategorie\w*|klassen|arten|"
    r"tipos?|clases|categorias|types|abteilungen|verdicts?|accounts?|products|areas|streams?|terms?",
    "sort": r"sort\w*|classif\w*|categor\w*|rout(?:e|es|ed|ing|er)|triag\w*|tag|tags|tagging|tagger|label|labels|"
    r"bucket\w*|assign\w*|detect\w*|flag\w*|intents?|moderat\w*|predict\w*|multi-?class|binary|dispatch\w*|"
    r"einordn\w*|sortier\w*|clasific\w*",
    "item": r"tickets?|e?mails?|letters?|chats?|transcripts?|messages?|conversations?|dialog\w*|calls?|documents?|"
    r"docs?|reports?|records?|rows|items?|traces?|threads?|comments?|reviews|posts?|articles?|logs?|notes?|"
    r"contracts?|invoices?|claims?|forms?|images?|photos?|pictures?|files?|sentences?|sessions?|queries|quer|"
    r"orders?|recordings?|tweets?|utterances?|lines?|entries|snippets?|texts?|clips?|scans?|filings?|abstracts?|"
    r"paragraphs?|statements?|descriptions?|decisions?|rulings?|listings?|complaints?|headlines?|interactions?|"
    r"prompts?|drafts?|segments?|captions?|submissions?|essays?|memos?|cases|nachrichten|correos|mensajes",
    "pair": r"pairs?|examples?|samples?|demonstrations?|triples?|triplets?|annotations?|exemplars?|solutions?|"
    r"answers?|replies|summaries|translations?|responses?|completions?|beispiele?n?|ejemplos?|exemples?|esempi|"
    r"muestras|instances?|datapoints?|dataset|training|corrections?|gold",
    "reviewed": r"labell?ed|annotated|reviewed|approved|tagged|curated|checked|verified|corrected|vetted|validated|"
    r"graded|rated|written|wrote|picked|classified|confirmed|signed|marked|judged|double|gold|golden|hand|"
    r"human|experts?|manually|clean|cleaned|adjudicated|coded|resolved|keyed|redacted|scored|gepruft\w*|"
    r"revisad[oa]s|etiquetad[oa]s|relus|annote\w*|verifie\w*|parallel|aligned|accepted|edited|paired|matched|"
    r"worked|solved|ideal|good|best|perfect|polished|published|lawyers?|doctors?|editors?|reviewers?|clerks?|"
    r"analysts?|nurses?|annotators?|lektoriert",
    "raw": r"unlabell?ed|unreviewed|raw|logged|logs|scraped|dump|backlog|archive[ds]?|history|unread|unannotated|"
    r"collected|closed|exported|unchecked|uncurated|stored|unfiltered|unsorted|untagged|crude|brut|bruts|roh\w*|"
    r"sin|historical|old|past|crawl\w*|recordings?|pile|lake|untouched|uncleaned",
    "unread": r"nobody|none|never|nothing|unlabell?ed|zero|no|not|without|noone|havent|hasnt|arent|isnt",
    "test": r"tests?|tested|testing|evals?|evaluat\w*|holdout|heldout|held|validation|benchmark\w*|golden|dev|"
    r"measured?|suite|regression|acceptance|harness|scored|judged|checklist|aside|testfalle|casos|cas",
    "prefer": r"prefer\w*|picks?|picked|chosen|choices?|rejected|votes?|pairwise|comparisons?|better|winner|rank\w*|"
    r"thumbs?|judg(?:e?)ments?|side|versus|upvot\w*|dpo|favou?r\w*|choose|chose|duels?|comparaisons",
    "wanted": r"needs?|needed|wants?|wanted|targets?|targeting|goal|bar|requir\w*|must|should|threshold|hop(?:e|ing)|"
    r"expect\w*|asks?|asked|promised|agreed|minimum|acceptable|aim\w*|demand\w*|insist\w*|enough|ship|contract\w*|"
    r"sla|reach|objective|ideally|necesitamos|brauchen|ziel|objetivo|faut|faudrait|would|required|wishes",
    "reached": r"gets?|got|getting|stuck|sits?|hover\w*|scor(?:e|es|ed|ing)|reach(?:es|ed)|accuracy|accurate|f1|"
    r"precision|recall|match|pass|passes|passed|passing|right|correct|correctly|today|currently|now|plateau\w*|"
    r"agree\w*|success|auc|bleu|rouge|hits?|manages?|lands?|baseline|flat|still|works?|fine|ok|okay|usable|"
    r"solves?|solved|achiev\w*|exact|compil\w*|accept\w*|resol\w*|finds?|catch\w*|valid|parse[ds]?|macro|micro",
    "wrong": r"wrong|fail\w*|miss|missed|misses|missing|errors?|mistakes?|broken|invalid|incorrect\w*|reject\w*|"
    r"hallucinat\w*|garbage|fix|fixed|edit|edits|drops?|fabricat\w*|invents?|made|backwards|rewrit\w*|redo|"
    r"misrout\w*|false|bad|breaks?|confus\w*|swaps?|ignor\w*|malformed|unusable|bounce[ds]?|escalat\w*",
    "before": r"from|was|before|earlier|previously|used|went|old|started|originally|first",
    "after": r"to|after|then|now|up|since|reaches|became",
    "people": r"people|persons?|users?|agents?|employees|staff|customers?|engineers?|colleagues|devs?|developers?|"
    r"seats?|analysts?|lawyers?|attorneys?|doctors?|nurses?|clerks?|students?|clients?|annotators?|reviewers?|"
    r"members?|folks|editors?|heads?|interns?|operators?|teachers?|tenants?|reps?|ppl|leute|personas|offices?",
    "thing": r"gpus?|cards?|servers?|countries|languages|steps?|epochs?|versions?|variants?|iterations?|tools?|apis?|"
    r"endpoints?|rules|columns|fields?|features?|parameters?|params|layers|cores|times|models?|attributes|months?|"
    r"weeks?|years?|days?|hours?|points?|stars?|vendors?|regions?|systems?|databases?|tables?|sources?|providers?|"
    r"adapters?|runs?|prompts|shots?|chunks?|passages|bullets?|characters?|attempts?|sites?|branches|hospitals?",
    "large": r"gpt|opus|claude|sonnet|gemini|o[134]|frontier|bigger|biggest|large|teacher|stronger|405b|70b|72b|big",
    "small": r"haiku|mini|nano|flash|small|smaller|tiny|student|llama|qwen|mistral|phi|gemma|bert|distil\w*|8b|7b|3b|"
    r"1b|svm|tf|setfit|regression|local|cheap|cheaper|roberta|deberta|t5",
    "tuned": r"tuned|tune|tuning|lora|qlora|sft|trained|train|training|adapter|dpo|finetun\w*|epochs?",
    "retrieval": r"retriev\w*|passages?|chunks?|top|rank|embed\w*|reranker|search|hits?|index|mrr|bm25|nearest|section",
    "prompt": r"prompts?|instructions?|system|preamble|prefix|context|header|boilerplate|template|fixed|policy",
    "corpus": r"docs?|documents?|documentation|handbooks?|manuals?|wiki|corpus|guides?|library|archive|pdfs?|books?|"
    r"specs?|policies|confluence|sharepoint|knowledge|material|articles|runbooks?|contracts?|files|regulations?|"
    r"catalog\w*|content|notes|laws?|code|novels?|everything|leaflets?|minutes",
    "output": r"outputs?|completions?|generates?|generated|response|responses|answers?|replies|long|summary|emits?",
    "money": r"budget\w*|approved|spend|spending|spent|cost|costs|costing|pay|paying|paid|bills?|quotes?|quoted|"
    r"invoice[ds]?|price|usd|dollars?|eur|euros?|grants?|funding|saved?|saves|fee|presupuesto|grand|charge[ds]?|allocated",
    "maybe": r"could|would|might|will|can|if|plan\w*|hope|hoping|should|next|soon|eventually|generate|produce|label|"
    r"wants?|by|another|more|add|collect|write",
    "asking": r"many|enough|much|how|suffic\w*|sensible|worth",
    "shown": r"shots?|few|shown|show|paste[ds]?|put|prompt|inline|examples",
    "fast": r"latency|p9\d|p50|under|within|below|budget|sla|limit|timeout|respond|milliseconds?|ms|realtime|fast",
    "slow": r"takes?|took|slow|wait\w*|currently|spends?|averag\w*|now|sits",
    "retire": r"retir\w*|deprecat\w*|sunset\w*|switched|off|eol|discontinu\w*|expire[sd]?|gone|abgeschaltet|shut\w*|away",
    "requests": r"requests?|calls?|queries|questions?|hits?|traffic|volume|volumes|load|usage|users?|anfragen|"
    r"daily|day|peak|rps|qps|come|arrive|incoming|receive|process\w*|handle|get|inbox",
    "other": r"competitors?|vendors?|paper|blog|leaderboard|published|they|theirs|someone|read|heard|claims?|consultants?",
    "of_all": r"traffic|volume|cost|costs|spend|users|cases|time|tokens|data|cheaper|faster|slower|more|less|higher|lower",
}
_PATTERNS = tuple((name, re.compile(words)) for name, words in _CONCEPTS.items())


@lru_cache(maxsize=8192)
def concepts_of(word: str) -> tuple[str, ...]:
    """Return the names of the groups that a word belongs to."""
    return tuple(name for name, pattern in _PATTERNS if pattern.fullmatch(word))
