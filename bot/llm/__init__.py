"""A language model through LangChain, by any vendor: implements `bot.language_model`.

Start with `model`; `prompts` has what it is told, `connection` how it is reached, `redaction` what it never
gets to see.
"""
