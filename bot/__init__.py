"""Answers "should we fine-tune?" in Slack and in the terminal, from an explicit policy.

Where to look first:

- how an answer is decided: `bot.decision.policy` (a table of rules) and `bot.decision.readiness`
- what happens in one turn of a conversation: `bot.advisor`
- how words become facts: `bot.understanding`
- where a language model helps, if one is set: `bot.assisting`; how it is reached: `bot.llm`
- what people do with a decision: `bot.deciding`; who may: `bot.permissions`; who may see it: `bot.visibility`
- what the bot writes unasked: `bot.reminding`, `bot.watching`; and that it does so once: `bot.outreach`
- what a channel has settled: `bot.house_rules`; its weekly digest: `bot.digest` and `bot.digest_posting`
- what Slack sends: `bot.slack.payloads`, as values `bot.slack.incoming`; what answers: `bot.slack.workspace`
- how many workspaces are served apart: `bot.slack.roster`; how they come and go: `bot.membership`
- that nothing that Slack sends is lost: `bot.slack.door` and `bot.slack.worker`
- what the inside needs from the outside: `bot.ports`; what Redis keeps, and for how long: `bot.stores.keys`
- what forgets: `bot.forgetting` (words), `bot.leaving` (workspaces) and `bot.retention` (by age)
- what is counted and traced, so that somebody sees how it fares: `bot.metrics`, `bot.tracing`
- how everything is put together: `bot.app`; which process does what: `bot.serving`
"""
