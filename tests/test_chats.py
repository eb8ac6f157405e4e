"""Conversations on paper are the conversations that are held."""

from pathlib import Path

import pytest

from tests.replay import replay
from tests.sent_paper import sent_paper

CHATS = Path(__file__).parent / "chats"


@pytest.mark.parametrize("chat", sorted(CHATS.rglob("*.chat")), ids=lambda path: path.stem)
def test_conversation(chat, stage, request, tmp_path):
    """The conversation on paper is the one the engine holds, or the whole bot where a campaign goes out."""
    on_paper = chat.read_text("utf-8")
    sends = "\n# sends: yes\n" in on_paper
    held = sent_paper(stage, on_paper, tmp_path) if sends else replay(stage, on_paper)
    if request.config.getoption("--update-chats"):
        chat.write_text(held, "utf-8")
    else:
        assert held == on_paper
