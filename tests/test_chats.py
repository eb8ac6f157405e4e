"""Conversations on paper are the conversations that are held."""

from pathlib import Path

import pytest

from tests.replay import replay

CHATS = Path(__file__).parent / "chats"


@pytest.mark.parametrize("chat", sorted(CHATS.rglob("*.chat")), ids=lambda path: path.stem)
def test_conversation(chat, stage, request):
    """The conversation on paper is the one the engine holds."""
    on_paper = chat.read_text("utf-8")
    held = replay(stage, on_paper)
    if request.config.getoption("--update-chats"):
        chat.write_text(held, "utf-8")
    else:
        assert held == on_paper
