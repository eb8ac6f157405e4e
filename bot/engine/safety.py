"""What no other rule of a turn comes before: whoever tells of harm is heard, in every state. Pure."""

from dataclasses import replace

from bot.engine.blocks.ask_gently import remembered
from bot.engine.session import Session
from bot.engine.world import World

_DOUBT = "doubt"
"""Stands for words that may tell of harm, where a label of them is asked for."""


class Safety:
    """Knows where it is answered that somebody is being hurt."""

    def __init__(self, world: World) -> None:
        """Look up the answer and the soft question."""
        node_of = {node.block: node.id for node in world.content.nodes.values()}
        self._heard, self._gently = node_of["heard"], node_of["ask_gently"]
        self._disclosures = world.disclosures

    def hears(self, text: str) -> tuple[str, ...]:
        """Name what the words tell of, or may tell of; empty where they say nothing of harm."""
        understood = self._disclosures.understand(text)
        return understood.labels or ((_DOUBT,) if understood.asks else ())

    def heard(self, session: Session, text: str) -> Session | None:
        """Stand at the answer to `text`, or at the soft question; None where it says nothing.

        From either a way leads back to where `session` stands. Who has been answered already is
        not asked softly: the answer stays.
        """
        understood = self._disclosures.understand(text)
        if not understood.labels and not understood.asks:
            return None
        sure = bool(understood.labels) or session.place == self._heard
        place = self._heard if sure else self._gently
        if session.place not in (self._heard, self._gently):
            session = remembered(session, place)
        return replace(session, place=place, heard=understood.labels)

    def answered(self, session: Session) -> Session:
        """Stand at the answer: for words that mean nothing there or at the soft question."""
        return replace(session, place=self._heard)
