"""Cues about the right to train on the data, and about where the model must run."""

from __future__ import annotations

from bot.understanding.cues import Cue, cue

_DATA = (
    r"(?:data|text|texts|mails?|emails?|content|tickets?|logs?|docs|documents|messages|"
    r"chats|customer|customers|records|transcripts|pii|material|conversations)"
)

RIGHTS_CUES: tuple[Cue, ...] = (
    cue(
        "data_rights",
        "restricted",
        rf"{_DATA} (?:\w+ ){{0,4}}?(?:cant|may not|must not|mustnt|cannot|not allowed to|not|"
        r"never|isnt|arent|shouldnt) (?:\w+ ){0,3}?(?:used?|train\w*|"
        r"leave for)(?: \w+){0,2}",
        r"(?:cant|may not|not allowed to|not permitted to|must not|mustnt|arent allowed to|"
        r"forbidden to|forbid us to|forbids us to|never allowed to|"
        r"no right to) (?:\w+ )?(?:train|tune|fine-tune|use)(?: (?:on|"
        r"with))? (?:\w+ ){0,3}?(?:data|text|mails?|emails?|content|tickets?|logs?|docs|"
        r"documents|messages|chats|it|that|this|them|those|these|customer\w*|"
        r"transcripts)(?: for (?:training|tuning|that))?",
        r"not for (?:training|tuning|fine-tuning)",
        r"no consent",
        r"without consent",
        r"(?:pii|personal data|patient data|customer data) (?:everywhere|all over|in (?:it|"
        r"there|all of it|every|most))",
        r"(?:forbid|forbids|forbade|prohibit|prohibits|rules? out|excludes?|blocks?|bans?|"
        r"vetoed|disallows?) (?:\w+ ){0,2}?(?:train\w*|tuning|fine-tuning|it|that|us|"
        r"use)(?: \w+)?",
        r"(?:legal|dpo|privacy|compliance|lawyers?|contract|contracts|gdpr|"
        r"works council)(?: team| officer)? (?:say|says|said|told us|wont|doesnt|does not|"
        r"do not|will not|blocked|refused|objects?|vetoed)(?: (?:no|absolutely no|hard no|"
        r"let us|allow\w*|us|it|nope|permit\w*))(?: \w+){0,2}",
        r"(?:only|ok|fine|okay) for inference",
        r"rights (?:are |is )?(?:not|unclear|missing|restricted)(?: (?:cleared|ours))?(?<!unclear)",
        r"nda (?:forbids|covers|prohibits)",
        r"(?:keine|nicht) \w* ?erlaub\w*",
        r"no podemos (?:usar|entrenar)",
        r"darf nicht",
        plainly=True,
    ),
    cue(
        "data_rights",
        "ok",
        r"(?:were |we are |is |are |be |its |am |been |thats |all |fully |"
        r"explicitly )?(?:allowed|permitted|free|cleared|ok|okay|fine|licensed|consented|"
        r"approved|good|entitled|happy) (?:to (?:train|tune|use (?:it|them|that|the data|"
        r"our data)(?: (?:for|to))? ?(?:train\w*)?)(?: (?:on|with)(?: (?:it|them|that|"
        r"this))?)?|for (?:training|tuning|fine-tuning))",
        r"rights? (?:to train )?(?:are |is |all |were |have been )?(?:\w+ )?(?:ok|okay|"
        r"cleared|fine|confirmed|sorted|in place|clear|secured|ours|good|checked)",
        r"legal (?:has |have |already |team )?(?:ok|oks|okayed|okd|okay|okays|signed off|"
        r"cleared|approved(?! (?:each|every|all|the|of|them|it))|is fine|is ok|said (?:yes|ok|"
        r"okay|fine|its fine|its ok|go)|gave (?:us )?(?:the |a )?(?:ok|green light|go|"
        r"thumbs up|permission)|agreed|"
        r"green ?lit)(?! for inference)(?: \w+ training)?(?: (?:on )?(?:training|it|them))?",
        r"(?:contract|contracts|license|terms|consent|t&c|policy|"
        r"agreement)s? (?:\w+ )?(?:allows?|permits?|covers?|lets us|"
        r"includes? training)(?: \w+)?",
        r"license to train",
        r"(?:consented|consent|permission|licensed|cleared|approval|"
        r"approved) (?:to use \w+ )?for (?:training|tuning|fine-tuning)",
        r"data (?:is |are |was |s )?(?:all )?(?:ours|cleared|anonymized and cleared|licensed)",
        r"(?:we|they) own (?:all )?(?:of )?(?:the |our )?(?:data|rights|content|text|texts|"
        r"copyright|material)",
        r"(?:cleared|approved|signed off) by legal",
        r"data (?:\+ |and )?\w* ?cleared",
        r"durfen (?:wir )?(?:damit )?trainieren",
        r"we (?:may|can) (?:train|use) (?:on )?(?:it|them|that|all|everything|those|these|our)(?: \w+)?",
    ),
    cue(
        "data_rights",
        "ok",
        r"our own (?:text|texts|data|content|docs|documents|writing|material|words)",
        r"(?:allowed|permitted|ours|all ours|no problem|contract allows it|fine to train|"
        r"thats fine|its fine|we own (?:it|them|everything|all))",
        r"public(?: data| domain)?",
        r"synthetic",
        r"(?:customers?|clients?|users|they|people) (?:have |has |all )?(?:signed off|agreed|"
        r"consented|opted in|gave (?:us )?(?:consent|permission))",
        denied="restricted",
        asked_only=True,
    ),
    cue(
        "data_rights",
        "restricted",
        r"(?:not allowed|forbidden|restricted|off limits|pii|no consent|personal data|verboten|prohibido)",
        asked_only=True,
        plainly=True,
    ),
)

HOSTING_CUES: tuple[Cue, ...] = (
    cue(
        "hosting",
        "air_gapped",
        r"air[ -]?gap\w*",
        r"no internet(?: access| connection)?",
        r"(?:offline|classified|disconnected|isolated) (?:site|network|environment|facility|"
        r"machine|system)s?",
        r"without (?:any )?internet",
        plainly=True,
    ),
    cue(
        "hosting",
        "edge",
        r"on[ -]device",
        r"(?:runs?|running|run it|has to run|must run|works?|needs to run|fits?|live|lives|"
        r"deploy\w*|inference) (?:\w+ ){0,2}?(?:on|in) (?:the|a|an|each|every|our|their|"
        r"peoples|users) (?:\w+ )?(?:device|phone|tablet|laptop|car|vehicle|robot|camera|"
        r"handset|headset|scanner|watch|raspberry pi|browser|glasses|drone|truck|"
        r"machine itself|microcontroller|terminal|kiosk)s?(?: itself)?",
        r"edge (?:devices?|hardware|box|boxes|deployment)",
        r"embedded (?:devices?|hardware|board|system)s?",
        r"(?:phone|tablet|device|handheld) itself",
        r"on (?:the |a )?(?:iphone|android|raspberry pi|jetson|handhelds?)s?",
        plainly=True,
    ),
    cue(
        "hosting",
        "vpc",
        r"vpc",
        r"private cloud",
        r"(?:our|my) own (?:aws|azure|gcp|cloud) (?:account|tenant|subscription)",
        r"inside our (?:cloud|tenant|aws|azure|gcp)(?: \w+)?",
        r"single[ -]tenant",
        r"private (?:endpoint|deployment|tenancy)",
        plainly=True,
    ),
    cue(
        "hosting",
        "on_prem",
        r"on[ -]prem\w*",
        r"(?:our|own|my|their|customers) (?:own )?(?:servers?|gpus?|hardware|machines?|"
        r"data ?cent(?:er|re)s?|box|boxes|infrastructure|cluster|racks?|metal|"
        r"basement)(?! in the cloud)",
        r"self[ -]?host\w*",
        r"in[ -]house (?:servers?|gpus?|hardware)",
        r"nothing (?:\w+ )?(?:leaves?|leaving|goes out of|may leave|can leave) (?:the |"
        r"our )?(?:building|premises|network|company|house|hospital|site|datacenter|campus)",
        r"(?:cant|must not|may not|not allowed to|never) leave (?:the |our )?(?:building|"
        r"network|premises|company|house|hospital|site)",
        r"(?:everything|it|data|all|must) (?:\w+ )?stays? (?:local|in[ -]house|"
        r"inside the (?:building|company|hospital)|on (?:my|our) (?:machines?|servers?|"
        r"premises|hardware))",
        r"no cloud",
        r"(?:locally|local) (?:served|hosted|running|run|deployed) (?:model|llm)?",
        r"local (?:\w+ )?(?:models?|llms?|server|inference)",
        r"runs? (?:it |them )?locally",
        r"(?:no|not allowed any) (?:outside|external|third[ -]party|hosted) (?:apis?|"
        r"providers?|services?)(?: \w+)?",
        r"cant go to (?:an? )?(?:outside|external|third[ -]party) \w+",
        r"one workstation",
        r"eigene[nr]? servern?",
        r"servidores propios",
        r"nos (?:propres )?serveurs",
        plainly=True,
    ),
    cue(
        "hosting",
        "region_locked",
        r"(?:eu|europe|european|germany|german|swiss|switzerland|uk|us|canada|canadian|india|"
        r"indian|australia|australian|frankfurt|singapore)(?:[ -](?:region|regions|"
        r"data ?cent(?:er|re)s?|residency|hosted|hosting|servers?|cloud))?[ -](?:only|region|"
        r"regions|residency|hosted|hosting|data ?cent(?:er|re)s?|servers? only)",
        r"data residency",
        r"(?:stays?|staying|remain|kept|keep|hosted|processed|live) (?:\w+ )?(?:in|inside|"
        r"within) (?:the )?(?:eu|europe|germany|switzerland|uk|us|canada|country|india|region|"
        r"australia)",
        r"region[ -]locked",
        r"(?:must|has to|needs to|have to|should) (?:be|stay|run|remain) (?:\w+ )?(?:in|"
        r"inside|within) (?:the )?(?:eu|europe|"
        r"germany|switzerland|uk|us|canada|country|france|india|australia)",
        r"only (?:in |within )(?:the )?(?:eu|europe|germany|switzerland|uk|country)",
        plainly=True,
    ),
    cue(
        "hosting",
        "any_api",
        r"any (?:cloud|provider|hosting|vendor|hosted api|api (?:is|works|will))(?: \w+)?",
        r"(?:cloud|apis?|hosted api|saas|public cloud) (?:is|are|s) (?:fine|ok|okay|good|allowed)",
        r"(?:on|via|through|using) (?:together|together ai|fireworks|replicate|groq|openrouter|anyscale)",
        r"no (?:hosting )?(?:restrictions?|constraints?) (?:on|about|for) (?:hosting|where|location)",
        r"(?:doesnt matter|dont care|no matter|anywhere|wherever)(?: \w+){0,2} (?:runs?|hosted|lives)",
        r"hosted apis? (?:is|are)? ?(?:fine|ok|okay)",
    ),
    cue(
        "hosting",
        "any_api",
        r"(?:can|may) use (?:anything|any(?: \w+)?)",
        r"anything goes",
        r"no (?:restrictions?|constraints?|preference)",
        asked_only=True,
    ),
)
