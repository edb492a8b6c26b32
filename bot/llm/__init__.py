"""The way to a language model: what may leave, and in which form.

- `redaction`: what is private in a text, replaced by placeholders and put back; `credentials`, `contacts` and
  `spans` find it
"""
