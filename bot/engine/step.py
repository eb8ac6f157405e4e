"""One turn: the session after an event, and what to say. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.engine.blocks import BLOCKS
from bot.engine.events import Chosen, Commanded, Departed, Event, Strayed, Wrote
from bot.engine.match import Phrasebook, Typed
from bot.engine.replies import REMOVE, RESUME, Remove, Reply, Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.language.tongues import first_language
from bot.understanding.normalise import loose_words, words


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn decided: the session to keep, or None to erase it, and the replies in order.

    `reader` is the session to render the replies with; it outlives an erasure by one message.
    """

    session: Session | None
    replies: tuple[Reply, ...]
    reader: Session


class Engine:
    """The engine over one stage: everything a step looks up is prepared once, then only read."""

    def __init__(self, stage: Stage) -> None:
        """Prepare the phrases that lead somewhere, as they are spelt and as people type them."""
        world = stage.world
        self._books = (Phrasebook(world, words), Phrasebook(world, loose_words))
        self.stage = stage
        self._content = world.content
        self._start = world.content.start
        nodes = world.content.nodes.values()
        self._help = next(node.id for node in nodes if node.help)
        self._card = next(node.id for node in nodes if node.block == "contact_card")
        self._about = next(node.id for node in nodes if node.block == "privacy")
        self._asking = {BLOCKS[node.block].spec.asks: node.id for node in nodes if node.block}

    def begin(self, language_code: str | None) -> Session:
        """Start a conversation nobody remembers: the neutral first screen."""
        language = first_language(language_code, self.stage.world.offered.languages)
        return Session(place=self._start, language=language)

    def step(
        self, known: Session | None, event: Event, now: datetime, language_code: str | None = None
    ) -> Turn:
        """Take one turn.

        Args:
            known: the session as it was kept, or None for a newcomer or somebody forgotten.
            event: what the person did.
            now: the present moment, timezone-aware.
            language_code: the tag of her app's language; only a newcomer's first screen uses it.

        Stale, forged and dead buttons are ordinary life: they lead to a screen, never to an error.
        """
        session = self._sound(known) if known else self.begin(language_code)
        match event:
            case Commanded(name) if name in self._content.commands:
                return self._go(session, self._content.commands[name].goto)
            case Commanded(name):
                return self._wrote(session, name, now)
            case Chosen():
                return self._chosen(session, event, now, fresh=known is None)
            case Wrote(text):
                return self._wrote(session, text, now)
            case Departed():
                return Turn(None, (), session)
            case Strayed() if known is None:
                return self._go(session, self._start)
            case Strayed(wordless):
                return self._stay(session, "wordless" if wordless else "old")

    def _sound(self, session: Session) -> Session:
        """Mend a session that older content or another offer has left standing nowhere."""
        offered = self.stage.world.offered
        if session.language not in offered.languages:
            session = replace(session, language=first_language(session.language, offered.languages))
        if session.country and session.country not in offered.countries:
            session = replace(session, country="")
        node = self._content.nodes.get(session.place)
        if node is None or (node.needs and not session.country):
            session = replace(session, place=self._start, item="")
        if session.after and session.after not in self._content.nodes:
            session = replace(session, after="")
        return session

    def _chosen(self, session: Session, tap: Chosen, now: datetime, *, fresh: bool) -> Turn:
        if tap.choice == REMOVE:
            return Turn(session, (Remove(),), session)
        if tap.choice == RESUME:
            return self._stay(session)
        node = self._content.nodes.get(tap.place)
        if node is None or (fresh and node.sensitive):
            # After a pause everybody meets the neutral home, whoever holds the phone (R15).
            return self._go(session, self._start) if fresh else self._stay(session, "old")
        if node.needs and not session.country:
            return self._go(session, node.id)
        turn = self._choose(replace(session, place=tap.place, item=tap.item), tap.choice, now)
        return turn or self._stay(session, "old")

    def _wrote(self, session: Session, text: str, now: datetime) -> Turn:
        for book in self._books:
            turn = self._understood(book, session, book.read(text), now)
            if turn is not None:
                return turn
        return self._go(session, self._help if session.told else self._about, "unmatched")

    def _understood(
        self, book: Phrasebook, session: Session, typed: Typed, now: datetime
    ) -> Turn | None:
        """Take typed words for what they name, the nearest first; None when they name nothing."""
        page = self.stage.page(session, now)
        option, place = book.option_called(page, typed), book.place(typed)
        if option is None and place is not None:
            # "Help" must lead to help, even where one label happens to contain the word.
            return self._go(session, place)
        if option is None and (language := book.language(typed)):
            return self._stay(replace(session, language=language))
        option = option or book.option_meant(page, typed)
        if option is not None:
            return self._choose(session, option, now) or self._stay(session)
        if country := book.country(typed):
            there = replace(session, country=country)
            return self._go(there, session.after or self._help)
        line = book.line(session.country, typed)
        if line is not None and self.stage.card(replace(session, item=line), now) is not None:
            return self._go(session, self._card, item=line)
        if not session.country and book.is_a_line(typed):
            return self._go(session, self._help)
        return None

    def _choose(self, session: Session, option: str, now: datetime) -> Turn | None:
        """Take `option` where `session` stands; None when there is no such way on."""
        look = self.stage.look(session, now)
        for choice in look.node.choices:
            if choice.id == option and look.holds(choice.when):
                return self._go(session, choice.goto)
        if look.node.block is None:
            return None
        outcome = BLOCKS[look.node.block].choose(look, option)
        if outcome is None:
            return None
        if outcome.replies:
            return Turn(outcome.session, outcome.replies, outcome.session)
        return self._go(outcome.session, outcome.session.place, item=outcome.session.item)

    def _go(self, session: Session, place: str, lead: str = "", item: str = "") -> Turn:
        """Stand at `place`, asking first for what it needs."""
        node = self._content.nodes[place]
        missing = next((need for need in node.needs if not getattr(session, need)), None)
        if missing is not None:
            session = replace(session, after=place)
            return self._go(session, self._asking[missing], lead)
        asks = BLOCKS[node.block].spec.asks if node.block else ""
        after = session.after if asks else ""
        session = replace(session, place=place, item=item, after=after)
        return self._stay(session, lead)

    def _stay(self, session: Session, lead: str = "") -> Turn:
        """Show the screen where `session` stands."""
        node = self._content.nodes[session.place]
        if node.block:
            session = BLOCKS[node.block].enter(session)
        show = Show(session.place, session.item, lead)
        return Turn(None if node.forgets else session, (show,), session)
