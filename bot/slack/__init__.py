"""What Slack sends and sees.

The way of one message, and the module of each step:

- `door`: taken in — into the inbox first, only then acknowledged (`payloads` reads Slack's dicts)
- `worker`: taken from the inbox, one conversation in order, many in parallel
- `answering`: made a turn (`turns`, `audiences`), answered by the advisor, posted
- `log_answers`: or, when it is a sub-command (`subcommands`), answered from the decision log
- `decisions`: … or, pressed under a recommendation, kept in its record and shown there
- `digest_answers`, `settings_answers`: … or about a channel's digest and settings, which `gate` and `opening`
  obey
- `publisher`: posted where it belongs, once (`blocks` draws it)
- `serving`: all of it put together; connected by a socket (`connection`) or by HTTP (`http_server`)

A view is opened, and a form checked, at the `door` while Slack waits (`asked_views`, `override_form`,
`settings_form`). Digests are posted by `digests`, whenever `bot.digest_clock` finds one due.

Nothing in here decides anything about fine-tuning.
"""
