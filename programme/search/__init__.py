"""Finding texts in Welsh and in English, as people type them.

A text is kept as the *keys* of its words, so that a word is found in each of its forms: `welsh.py` undoes mutations and
plurals, PostgreSQL's own stemmer does the same for English, `words.py` cuts and folds, `index.py` writes, `finding.py`
answers, `evaluation.py` measures.
"""
