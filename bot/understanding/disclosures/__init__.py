"""Whether somebody says that she, or somebody she knows, is being hurt.

Words of every language are looked up by their stems and become concepts; rules over concepts
become labels. No model, no list of sentences, and nothing of what is typed is kept.
"""

from bot.understanding.disclosures.engine import Disclosures, Explained, Understood

__all__ = ["Disclosures", "Explained", "Understood"]
