"""The judgement: pure values and functions, no I/O, no clock, no randomness.

- `facts`: what is known about a situation, and what each value means
- `statements`: what people said, and how it becomes facts
- `thresholds`, `conditions`, `policy`, `readiness`: the rules, as tables
- `recommendation`: the rules applied to facts
- `questions`: what to ask next
- `flips`: what would change the answer
"""
