"""How the encoder is fine-tuned: a small published transformer, taught on our labelled examples.

It runs in an environment of its own (`.venv-learn`, locked beside this), because PyTorch is larger than the
bot with all that it needs. So it knows nothing of the rest: what it learns from comes as a file of lessons,
and what it made leaves as one ONNX file. `lessons` says what a lesson is, `pieces` which word pieces stay,
`transformer` is the model, `batches` puts lessons together, `export` makes it small; `make encoder` runs all.
"""
