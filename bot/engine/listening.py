"""What typed words and shared points lead to, whatever screen stands there. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.engine.blocks import ASK_TOWN, BLOCKS
from bot.engine.blocks.ask_gently import misheard
from bot.engine.blocks.hotlines import Hotlines
from bot.engine.blocks.numbers import Numbers
from bot.engine.blocks.question_box import ONLY_WORDS
from bot.engine.blocks.quiz import PlayQuiz
from bot.engine.bywords import Bywords
from bot.engine.events import Strayed, Wrote
from bot.engine.match import Phrasebook, Typed
from bot.engine.moves import Moves, Turn
from bot.engine.safety import Safety
from bot.engine.session import Session
from bot.understanding.normalise import loose_words, words

_CALL = 5
"""Words of a text that are rather a call to this bot than a question to somebody else."""


class Listener:
    """Listens in one world, in all offered languages at once."""

    def __init__(self, moves: Moves) -> None:
        """Prepare the phrases that lead somewhere, as they are spelt and as people type them."""
        world = moves.stage.world
        self._moves, self._stage, self._mender = moves, moves.stage, moves.mender
        self._books = (Phrasebook(world, words), Phrasebook(world, loose_words))
        self._bywords = Bywords(world, self._books)
        self._safety, self._content = Safety(world), world.content
        nodes = world.content.nodes.values()
        self._help = next(node.id for node in nodes if node.help)
        self._card = self._content.place_of("contact_card")
        self._about = self._content.place_of("privacy")
        self._numbers = self._content.place_of(Numbers.spec.name)

    def places(self, text: str) -> tuple[str, ...]:
        """Name the nodes that these words call, however they are read."""
        places = (book.place(book.read(text)) for book in self._books)
        return tuple(place for place in places if place is not None)

    def wrote(
        self,
        session: Session,
        wrote: Wrote,
        now: datetime,
        left: Mapping[str, Session],
    ) -> Turn:
        """Take words for what they name in full, a phrase, what is asked for, harm that is told, or the rest."""
        text = wrote.text
        early = self._awaited(session, text, now) or self._refused(session, text, now)
        return early or self._taken(session, wrote, now, left)

    def _taken(
        self, session: Session, wrote: Wrote, now: datetime, left: Mapping[str, Session]
    ) -> Turn:
        text = wrote.text
        read: list[tuple[Phrasebook, Typed]] = []
        for book in self._books:
            typed = book.read(text)
            turn = self._called(book, session, typed, now)
            if turn is not None:
                return turn
            read.append((book, typed))
        phrase = self._stage.world.pickup.phrase(text)
        if phrase is not None and phrase in left:
            return self._taken_up(session, phrase, left[phrase])
        if phrase is not None:
            return replace(self._moves.stay(session, "words_old"), conceal=True)
        exact, typed = read[0]
        if (exit_ := exact.exit(typed)) is not None:
            # "Stop, he is coming" must not light up the screen with an answer.
            return self._moves.go(session, exit_)
        if any(book.is_a_line(typed) for book, typed in read):
            return self._loosely(session, text, now)
        if (kept := self.received(session, wrote, now)) is not None:
            return kept
        told = self.harm(session, text)
        if told is None:
            passed = self._passed_on(session, text, now, plain=wrote.plain)
            return passed or self._loosely(session, text, now)
        # In doubt, a place that is named is the better answer than a question.
        return told if told.reader.heard else self._named_place(session, text, now) or told

    def _awaited(self, session: Session, text: str, now: datetime) -> Turn | None:
        """Take the very words that a screen waits for; None for all others."""
        block = self._content.nodes[session.place].block
        if block is None or not BLOCKS[block].awaits:
            return None
        heard = BLOCKS[block].hear(self._stage.look(session, now), text)
        return self._moves.after(heard) if heard else None

    def _refused(self, session: Session, text: str, now: datetime) -> Turn | None:
        """Refuse what anybody may type where only words of her own are taken, and say so.

        Who calls for numbers sees them all the same. The way out and the buttons are not refused.
        """
        block = self._content.nodes[session.place].block
        lead = BLOCKS[block].refuses if block else ""
        if not lead:
            return None
        page, called = self._stage.page(session, now), self.places(text)
        nodes = [self._content.nodes[place] for place in called]
        pressed = any(book.option_called(page, book.read(text)) for book in self._books)
        if pressed or any(node.leaves for node in nodes):
            return None
        for node in nodes:
            if node.block and BLOCKS[node.block].spec.help:
                return self._moves.go(session, node.id, lead)
        return self._moves.stay(session, lead) if self._bywords.holds(text) else None

    def received(self, session: Session, sent: Wrote | Strayed, now: datetime) -> Turn | None:
        """Take words or a photo that the screen asks for, whatever is told in them.

        Who writes about harm is not taken away from it, but is told where help is.
        """
        block = self._content.nodes[session.place].block
        kept = BLOCKS[block].receive(self._stage.look(session, now), sent) if block else None
        if kept is None:
            return None
        heard = self._safety.hears(sent.text) if isinstance(sent, Wrote) else ()
        return self._moves.after(replace(kept, session=replace(kept.session, heard=heard)))

    def harm(self, session: Session, text: str) -> Turn | None:
        """Answer words that tell of harm; None where they tell nothing of it."""
        heard = self._safety.heard(session, text)
        return None if heard is None else self._moves.stay(heard)

    def option(self, session: Session, text: str, now: datetime) -> Turn | None:
        """Take words for one of the options on the screen; None where they are none."""
        page = self._stage.page(session, now)
        for book in self._books:
            typed = book.read(text)
            option = book.option_called(page, typed) or book.option_meant(page, typed)
            if option is not None:
                return self._moves.choose(session, option, now)
        return None

    def located(self, session: Session, lat: float, lon: float, now: datetime) -> Turn:
        """Take a point on the map for the answer to where she is, once the country is known."""
        asker = self._mender.asking.get("town")
        if asker is None:
            return self._moves.stay(session, "wordless")
        if not session.country:
            asked = replace(session, after=asker)
            return self._moves.go(asked, self._mender.asking["country"], "country_first")
        look = self._stage.look(self._asked(session, asker), now)
        return self._moves.after(ASK_TOWN.locate(look, lat, lon))

    def _called(
        self, book: Phrasebook, session: Session, typed: Typed, now: datetime
    ) -> Turn | None:
        """Take typed words for what they name in full: an option, a node, a country, a language."""
        moves, page = self._moves, self._stage.page(session, now)
        if self._mender.is_answer(session.place) and book.denies(typed):
            return moves.after(misheard(self._stage.look(session, now)))
        option, place = book.option_called(page, typed), book.place(typed)
        if option is not None:
            return moves.choose(session, option, now) or moves.stay(session)
        if place is not None:
            # "Help" must lead to help, even where one label happens to contain the word.
            return moves.go(session, self._at_once(session, place))
        if country := book.country(typed):
            return self._in_country(session, country)
        language = book.language(typed)
        return moves.stay(replace(session, language=language)) if language else None

    def _at_once(self, session: Session, place: str) -> str:
        """Name where `place` leads: who calls for numbers meets some before a question about the country."""
        lists = self._content.nodes[place].block == Hotlines.spec.name
        return self._numbers if lists and not session.country else place

    def _in_country(self, session: Session, country: str) -> Turn:
        """Take the country, and go on to where she was going."""
        there = replace(session, country=country)
        if self._mender.is_answer(session.place):
            return self._moves.stay(there)
        return self._moves.go(there, session.after or self._help)

    def _taken_up(self, session: Session, phrase: str, left: Session) -> Turn:
        """Go on with a conversation from another phone; this phone's cover and time stay."""
        taken = replace(left, place=self._help, idle=session.idle, cover=session.cover)
        turn = self._moves.go(self._mender.sound(taken), self._help)
        return replace(turn, conceal=True, taken=phrase)

    def _passed_on(self, session: Session, text: str, now: datetime, *, plain: bool) -> Turn | None:
        """Take words for somebody else, where the block passes them on.

        Nothing is guessed in them, unless they are so few that they may call for something here.
        What is neither passed on nor understood must not stay in her chat either.
        """
        block = self._content.nodes[session.place].block
        if block is None or not BLOCKS[block].passes_on:
            return None
        heard = BLOCKS[block].hear(self._stage.look(session, now), text)
        if heard is None:
            return None
        called = self._short_call(session, text, now) if len(words(text)) <= _CALL else None
        if called is not None:
            return called
        turn = self._moves.after(heard) if plain else self._moves.stay(session, ONLY_WORDS)
        return replace(turn, conceal=True)

    def _short_call(self, session: Session, text: str, now: datetime) -> Turn | None:
        """Take a few words for what they mean on any screen, or for what some of them call."""
        turn = self._somehow(session, text, now) or self._named_place(session, text, now)
        if turn is not None:
            return turn
        for language in self._stage.world.offered.languages:
            page = self._stage.page(replace(session, language=language), now)
            for book in self._books:
                if (option := book.option_meant(page, book.read(text))) is not None:
                    return self._moves.choose(session, option, now)
        for book in self._books:
            if (place := book.place_among(text)) is not None:
                return self._moves.go(session, place)
            if (line := book.line_among(text)) is not None:
                return self._meant(book, session, line, now) or self._moves.go(session, self._help)
        return None

    def _loosely(self, session: Session, text: str, now: datetime) -> Turn:
        """Take words that tell of no harm for a place they name, or for what they may mean."""
        return self._named_place(session, text, now) or self._guessed(session, text, now)

    def _guessed(self, session: Session, text: str, now: datetime) -> Turn:
        """Take words that name nothing for what they may mean, or say kindly what is here."""
        block = self._content.nodes[session.place].block
        listening = BLOCKS[block] if block else None
        if listening and listening.puzzled:
            heard = listening.hear(self._stage.look(session, now), text)
            turn = self._moves.after(heard) if heard else self._somehow(session, text, now)
            return turn or self._moves.stay(replace(session, item=""), listening.puzzled)
        return self._somehow(session, text, now) or self._not_understood(session)

    def _not_understood(self, session: Session) -> Turn:
        """Say kindly what is here: the same screen, or first what everybody is told, then help.

        Whoever has told of harm is not told that nothing was understood: numbers stand there (A3).
        """
        if self._mender.is_answer(session.place):
            return self._moves.stay(self._safety.answered(session))
        if not session.told and not self._plays(session):
            return self._moves.go(session, self._about, "unmatched")
        if session.place == self._about:
            return self._moves.go(session, self._help, "unmatched")
        return self._moves.stay(session, "unmatched")

    def _plays(self, session: Session) -> bool:
        """Tell whether she plays a quiz: a word too many must not cost her the round."""
        return self._content.nodes[session.place].block == PlayQuiz.spec.name

    def _somehow(self, session: Session, text: str, now: datetime) -> Turn | None:
        """Take typed words for what they may mean in either way of reading them."""
        turns = (self._meant(book, session, book.read(text), now) for book in self._books)
        return next((turn for turn in turns if turn is not None), None)

    def _meant(
        self, book: Phrasebook, session: Session, typed: Typed, now: datetime
    ) -> Turn | None:
        """Take typed words for what they may mean, the nearest first; None when it is nothing."""
        option = book.option_meant(self._stage.page(session, now), typed)
        if option is not None:
            return self._moves.choose(session, option, now) or self._moves.stay(session)
        line = book.line(session.country, typed)
        if line is not None and self._stage.card(replace(session, item=line), now) is not None:
            return self._moves.go(session, self._card, item=line)
        if not session.country and book.is_a_line(typed):
            return self._moves.go(session, self._help)
        return None

    def _named_place(self, session: Session, text: str, now: datetime) -> Turn | None:
        """Take a place that is named on any screen for the answer to where she is.

        Where the country is asked for, a place names it: she says it herself.
        """
        asker = self._mender.asking.get("town")
        known = self._stage.world.places.named(text, session.country or None)
        if asker is None or known.status == "none":
            return None
        if not session.country:
            countries = {place.country for place in known.places}
            asked = session.place == self._mender.asking["country"] and len(countries) == 1
            return self._in_country(session, countries.pop()) if asked else None
        heard = ASK_TOWN.hear(self._stage.look(self._asked(session, asker), now), text)
        return self._moves.after(heard) if heard else None

    def _asked(self, session: Session, asker: str) -> Session:
        """Stand where the town is asked for, on the way to where she was going, or is, with one."""
        here = session.place if "town" in self._content.nodes[session.place].needs else ""
        after = session.after or here
        return self._mender.bound(replace(session, place=asker, item="", after=after))
