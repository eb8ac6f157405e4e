"""The lexicon we ship, indexed once."""

import pytest

from bot.content.disclosures import read_disclosures
from bot.content.notes import Notes
from bot.understanding.disclosures import Disclosures


@pytest.fixture(scope="session")
def shipped(request):
    """The lexicon and what was noted while it was read."""
    notes = Notes()
    return read_disclosures(request.config.rootpath / "content", notes), notes


@pytest.fixture(scope="session")
def disclosures(shipped):
    made = Disclosures(shipped[0])
    made.prepare()
    return made
