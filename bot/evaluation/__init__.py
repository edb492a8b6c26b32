"""Measuring answers on case files: decisions, replies, retrieval, dialogues.

- `cases`: the files' formats, told apart by their keys
- `scoring`: what each kind of case counts
- `report`: the figures as values, JSON and a table
"""
