"""What we remember, in Redis: the adapters behind the store protocols of `bot.ports`.

- `server`: a Redis of our own, for machines that have none (`keeper` is the process that looks after it)
- `connection`: the clients, and what is checked before the first use
- `keys`: every key and every lifetime
- `conversations`, `decisions`, `posted_replies`, `inbox`, `ledger`, `channel_settings`, and for digests
  `digest_marks`, `digest_times`, `term_counts`: one protocol each
"""
