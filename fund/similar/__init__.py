"""Finding bids about the same problem: by their words, and by their meaning across Welsh and English.

How it was calibrated, and how well it does, stands in docs/decisions/similar-bids.md.
"""

from .meaning import available
from .scoring import Corpus, Match, Statement

__all__ = ["Corpus", "Match", "Statement", "available"]
