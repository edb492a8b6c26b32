"""The signs of a task's kind, whatever goes wrong with it."""

from __future__ import annotations

from bot.understanding.kinds import Sign, sign

GOAL_SIGNS: tuple[Sign, ...] = (
    sign(3.5, "", r"classif\w*", r"categori[sz]\w*", r"triag\w*", r"rout(?:e|es|ing) (?:\w+ ){0,3}?(?:tickets?|mails?|emails?|requests?|calls?|messages?|cases|claims|to)", r"sort(?:s|ing|ed)? (?:\w+ ){0,5}?(?:into|by|in|to)", r"spam", r"sentiment", r"(?:support |user |customer )?intents?", r"label(?:s|ing)? (?:for|tickets|mails|news|tweets|messages)", r"tag(?:s|ging)? (?:with|tickets|columns|products|sensitive|mails|each)", r"(?:which|right|wrong) (?:team|department|category|folder|bucket|queue)", r"moderation", r"detect(?:s|ing)? (?:spam|fraud|toxic|phishing|abuse)", r"accept ?/ ?reject decision", r"severity", r"relevance(?: judge)?", r"(?:nine|ten|\d+) (?:buckets|categories|classes|folders|fields|kinds|request types)", r"train a router", r"router that", r"score (?:web )?(?:pages|query|queries|documents)", r"sortiert", r"clasific\w+", r"einordn\w+", r"category out of", r"choosing the wrong one", goal="classification"),
    sign(3.5, "", r"extract\w*", r"pull(?:s|ing)? (?:\w+ ){0,3}?(?:fields?|entities|values|names|dates|amounts|numbers|attributes|categories)", r"entit(?:y|ies)(?: recogni\w+)?", r"ner", r"fields? from", r"line[- ]items", r"key[- ]value pairs", r"fill (?:a |the |in )?(?:\w+ )?forms?", r"parse (?:invoices|pdfs|reports|documents|cvs|resumes)", r"attributes (?:per|each|in|from)", r"into clean text", r"company names out of", r"tag product", goal="extraction"),
    sign(2, "", r"summar(?:y|ies)", goal="summarisation"),
    sign(3.5, "", r"summar(?:y|ies) (?:are|is|should|come|look|sound|of|that|for)", r"summar(?:i[sz]e|i[sz]es|i[sz]er|i[sz]ers|i[sz]ing|i[sz]ation)", r"tl;?dr", r"zusammenfass\w+", r"resum(?:en|enes|ir)", r"condens\w+", goal="summarisation"),
    sign(3.5, "", r"translat\w+", r"locali[sz]ation", r"ubersetz\w+", r"traduc\w+", goal="translation"),
    sign(4, "", r"churn", r"forecast\w*", r"predict(?:s|ing|ion|ions)? (?:\w+ ){0,4}?(?:columns?|numeric|tables?|sales|demand|prices?|numbers|values|from tables)", r"tabular", r"numeric (?:columns|features)", r"regression", r"gradient[ -]boost\w*", r"xgboost", r"time series", r"pure tables of numbers", r"predicting from", r"(?:\d+|thirty|twenty) (?:numeric )?columns", r"credit scor\w+", goal="prediction_tabular"),
    sign(2, "", r"(?:write|writes|writing|draft|drafts|drafting|generate|generates|generating|compose|composes|produce|produces) (?:\w+ ){0,4}?(?:replies|emails?|letters|copy|code|descriptions?|posts?|articles|flashcards|reports?|text|blurbs|components|notes|ads|commands|newsletters|search query)", r"code (?:generator|generation|assistant|completion)", r"generator", r"suggests commands", r"image/text pairs", r"question generation", r"vision-language", r"replies", r"assistant passes", goal="generation"),
    sign(1, "", r"style|tone|voice|wording", goal="style_tone"),
)
