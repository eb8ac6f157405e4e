"""Sessions made to fit: older content, another offer or another screen may have left them odd."""

from collections.abc import Mapping
from dataclasses import replace

from bot.engine.blocks import BLOCKS
from bot.engine.recall import Recall
from bot.engine.session import AND, Session
from bot.engine.world import World
from bot.language.tongues import first_language


class Mender:
    """Mends the sessions of one world."""

    def __init__(self, world: World) -> None:
        """Look up what asks for each fact, and where answers to what was heard stand."""
        nodes = world.content.nodes.values()
        self._content, self._offered = world.content, world.offered
        specs = {node.id: BLOCKS[node.block].spec for node in nodes if node.block}
        self.asking: Mapping[str, str] = {spec.asks: id_ for id_, spec in specs.items()}
        self._answers = frozenset(id_ for id_, spec in specs.items() if spec.back)
        self._remembering = frozenset(id_ for id_, spec in specs.items() if spec.remembers)
        self._news = frozenset(id_ for id_, spec in specs.items() if spec.news)
        self._boards = frozenset(id_ for id_, spec in specs.items() if spec.board)

    def sound(self, session: Session) -> Session:
        """Mend a session that older content or another offer has left standing nowhere."""
        session = self.readable(session)
        if session.country and session.country not in self._offered.countries:
            session = replace(session, country="")
        node = self._content.nodes.get(session.place)
        abroad = node is not None and "country" in node.needs and not session.country
        if node is None or node.leaves or abroad:
            session = replace(session, place=self._content.start, item="")
        session = self.kept(self.bound(session))
        if "town" in self._content.nodes[session.place].needs and not session.town:
            # What she stood on was about a place that is not known any more: it is asked for again.
            session = replace(session, place=self.asking["town"], item="", after=session.place)
        return session

    def readable(self, session: Session) -> Session:
        """Put a language that is offered into a session."""
        languages = self._offered.languages
        if session.language in languages:
            return session
        return replace(session, language=first_language(session.language, languages))

    def bound(self, session: Session) -> Session:
        """Let go of a way on that leads nowhere, and of a way back away from the answers."""
        *way, last = session.after.split(AND)
        known = all(place in self._content.nodes for place in (*way, *([last] if last else ())))
        fits = known and (not way or session.place in self._answers)
        return session if fits else replace(session, after="")

    def is_answer(self, place: str) -> bool:
        """Tell whether `place` answers what was heard, with a way back to where she was."""
        return place in self._answers

    def recalled(self, session: Session, place: str, recall: Recall, besides: str = "") -> Session:
        """Look up what is kept of her and `place` works with, unless `besides` did so already."""
        if place in self._remembering and besides not in self._remembering:
            session = replace(session, memory=recall.memory())
        if place in self._news and besides not in self._news:
            session = replace(session, subscription=recall.subscription())
        if place in self._boards and besides not in self._boards:
            session = replace(session, board=recall.board())
        return session

    def kept(self, session: Session) -> Session:
        """Let go of the town, of what she said and of what was heard where it is no help any more.

        Town and answers live on the survivor track only, and a town of another country leads
        astray; what was heard lives at its answer and where campaigns are written, what is remembered at the quizzes, and what was
        asked for at the news.
        """
        if session.memory is not None and session.place not in self._remembering:
            session = replace(session, memory=None)
        if session.subscription is not None and session.place not in self._news:
            session = replace(session, subscription=None)
        if session.board is not None and session.place not in self._boards:
            session = replace(session, board=None)
        if (
            session.heard
            and not self.is_answer(session.place)
            and session.place not in self._boards
        ):
            session = replace(session, heard=())
        if not self._content.nodes[session.place].sensitive:
            bare = not session.town and not session.said
            return session if bare else replace(session, town="", said=())
        town = self._content.places.get(session.town)
        if session.town and (town is None or town.country != session.country):
            return replace(session, town="")
        return session
