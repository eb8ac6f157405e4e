"""One turn: the session after an event, and what to say. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.engine.blocks import ASK_TOWN, BLOCKS
from bot.engine.blocks.base import Outcome
from bot.engine.events import Chosen, Commanded, Departed, Event, Located, Strayed, Wrote
from bot.engine.match import Phrasebook, Typed
from bot.engine.replies import REMOVE, RESUME, Gap, Remove, Reply, Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.world import Look
from bot.language.tongues import first_language
from bot.understanding.normalise import loose_words, words


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn decided: the session to keep, or None to erase it, and the replies in order.

    `reader` is the session to render the replies with; it outlives an erasure by one message.
    `gaps` are what she looked for and nobody known to us gives near her.
    """

    session: Session | None
    replies: tuple[Reply, ...]
    reader: Session
    gaps: tuple[Gap, ...] = ()


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
        turn = self._turn(session, event, now, known=known)
        return replace(turn, gaps=self._gaps(session, turn, now))

    def _turn(
        self, session: Session, event: Event, now: datetime, *, known: Session | None
    ) -> Turn:
        match event:
            case Commanded(name) if name in self._content.commands:
                return self._go(session, self._content.commands[name].goto)
            case Commanded(name):
                return self._wrote(session, name, now)
            case Chosen():
                return self._chosen(session, event, now, fresh=known is None)
            case Wrote(text):
                return self._wrote(session, text, now)
            case Located(lat, lon):
                return self._located(session, lat, lon, now)
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
        session = self._kept(session)
        if "town" in self._content.nodes[session.place].needs and not session.town:
            # What she stood on was about a place that is not known any more: it is asked for again.
            asker = self._asking["town"]
            session = replace(session, place=asker, item="", after=session.place)
        return session

    def _kept(self, session: Session) -> Session:
        """Let go of the town and of what she said where it is no help any more.

        Both live on the survivor track only, and a town of another country leads astray.
        """
        if not self._content.nodes[session.place].sensitive:
            return replace(session, town="", said=())
        town = self._content.places.get(session.town)
        if session.town and (town is None or town.country != session.country):
            return replace(session, town="")
        return session

    def _gaps(self, before: Session, turn: Turn, now: datetime) -> tuple[Gap, ...]:
        """Find what she came to look for in vain, if this turn brought her to a new screen."""
        session = turn.session
        if session is None or session.place == before.place:
            return ()
        node, from_ = self._content.nodes[session.place], self._content.nodes[before.place]
        look = self.stage.look(session, now)
        return BLOCKS[node.block].gaps(look, from_) if node.block else ()

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
        node = self._content.nodes[session.place]
        listening = BLOCKS[node.block] if node.block else None
        puzzled = listening.puzzled if listening else ""
        for book in self._books:
            typed = book.read(text)
            turn = self._called(book, session, typed, now)
            if turn is None and not puzzled:
                turn = self._meant(book, session, typed, now)
            if turn is not None:
                return turn
        if listening and puzzled:
            heard = listening.hear(self.stage.look(session, now), text)
            turn = self._after(heard) if heard else self._somehow(session, text, now)
            return turn or self._stay(replace(session, item=""), puzzled)
        turn = self._named_town(session, text, now)
        return turn or self._go(session, self._help if session.told else self._about, "unmatched")

    def _called(
        self, book: Phrasebook, session: Session, typed: Typed, now: datetime
    ) -> Turn | None:
        """Take typed words for what they name in full: an option, a node, a country, a language."""
        option, place = book.option_called(self.stage.page(session, now), typed), book.place(typed)
        if option is not None:
            return self._choose(session, option, now) or self._stay(session)
        if place is not None:
            # "Help" must lead to help, even where one label happens to contain the word.
            return self._go(session, place)
        if country := book.country(typed):
            there = replace(session, country=country)
            return self._go(there, session.after or self._help)
        language = book.language(typed)
        return self._stay(replace(session, language=language)) if language else None

    def _meant(
        self, book: Phrasebook, session: Session, typed: Typed, now: datetime
    ) -> Turn | None:
        """Take typed words for what they may mean, the nearest first; None when it is nothing."""
        option = book.option_meant(self.stage.page(session, now), typed)
        if option is not None:
            return self._choose(session, option, now) or self._stay(session)
        line = book.line(session.country, typed)
        if line is not None and self.stage.card(replace(session, item=line), now) is not None:
            return self._go(session, self._card, item=line)
        if not session.country and book.is_a_line(typed):
            return self._go(session, self._help)
        return None

    def _somehow(self, session: Session, text: str, now: datetime) -> Turn | None:
        """Take typed words for what they may mean in either way of reading them."""
        turns = (self._meant(book, session, book.read(text), now) for book in self._books)
        return next((turn for turn in turns if turn is not None), None)

    def _named_town(self, session: Session, text: str, now: datetime) -> Turn | None:
        """Take a place that is named on any screen for the answer to where she is."""
        asker = self._asking.get("town")
        known = self.stage.world.places.named(text, session.country or None)
        if asker is None or not session.country or known.status == "none":
            return None
        heard = ASK_TOWN.hear(self.stage.look(self._asked(session, asker), now), text)
        return self._after(heard) if heard else None

    def _located(self, session: Session, lat: float, lon: float, now: datetime) -> Turn:
        """Take a point on the map for the answer to where she is, once the country is known."""
        asker = self._asking.get("town")
        if asker is None:
            return self._stay(session, "wordless")
        if not session.country:
            return self._go(replace(session, after=asker), self._asking["country"], "country_first")
        look = self.stage.look(self._asked(session, asker), now)
        return self._after(ASK_TOWN.locate(look, lat, lon))

    def _asked(self, session: Session, asker: str) -> Session:
        """Stand where the town is asked for, on the way to where she was going, or is, with one."""
        here = session.place if "town" in self._content.nodes[session.place].needs else ""
        return replace(session, place=asker, item="", after=session.after or here)

    def _choose(self, session: Session, option: str, now: datetime) -> Turn | None:
        """Take `option` where `session` stands; None when there is no such way on."""
        look = self.stage.look(session, now)
        for choice in look.node.choices:
            if choice.id == option and look.holds(choice.when):
                return self._go(self._coming_back(look, choice.goto), choice.goto)
        if look.node.block is None:
            return None
        outcome = BLOCKS[look.node.block].choose(look, option)
        if outcome is None:
            return None
        return self._after(outcome)

    def _coming_back(self, look: Look, goto: str) -> Session:
        """Remember a screen whose answer she goes to change, so that the new one leads back."""
        block = self._content.nodes[goto].block
        asks = BLOCKS[block].spec.asks if block else ""
        return replace(look.session, after=look.node.id if asks in look.node.needs else "")

    def _after(self, outcome: Outcome) -> Turn:
        """Do what a block decided."""
        session = outcome.session
        if outcome.replies:
            return Turn(session, outcome.replies, session)
        return self._go(session, session.place, outcome.lead, item=session.item)

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
        node, session = self._content.nodes[session.place], self._kept(session)
        if node.block:
            session = BLOCKS[node.block].enter(session)
        show = Show(session.place, session.item, lead)
        return Turn(None if node.forgets else session, (show,), session)
