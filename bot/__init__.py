"""Answers "should we fine-tune?" in Slack and in the terminal, from an explicit policy.

Where to look first:

- how an answer is decided: `bot.decision.policy` (a table of rules) and `bot.decision.readiness`
- what happens in one turn of a conversation: `bot.advisor`
- how words become facts: `bot.understanding`
- where a language model helps, if one is set: `bot.assisting`; how it is reached: `bot.llm`
- what people do with a decision: `bot.deciding`; who may: `bot.permissions`; who may see it: `bot.visibility`
- what the bot writes unasked: `bot.reminding`, `bot.watching`; and that it does so once: `bot.outreach`
- what Slack sends and sees: `bot.slack`
- how everything is put together: `bot.app`
"""
