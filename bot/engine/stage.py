"""Screens built and translated, each remembered: what a person sees at one node.

Pure in what it answers; it only remembers what it has answered before, because most screens are
the same for everybody who reads the same language in the same country.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.content.model import Node
from bot.counting.ribbons import Tree
from bot.directory.hotlines import offer
from bot.engine import reading
from bot.engine.blocks import BLOCKS, service_card
from bot.engine.blocks import service as about
from bot.engine.blocks.base import Part
from bot.engine.blocks.campaign_screens import sample
from bot.engine.blocks.lines import emergency_lines
from bot.engine.blocks.sources import VIDEO
from bot.engine.phrases import CONTINUE, INTERRUPTED, LEADS, REMOVE_CARD, UNABLE
from bot.engine.replies import REMOVE, RESUME
from bot.engine.screen import (
    CardPage,
    Label,
    NewsPage,
    Option,
    Page,
    PicturePage,
    RecordingPage,
    Screen,
    VenuePage,
)
from bot.engine.session import AND, Session
from bot.engine.world import Look, Words, World
from bot.language.say import Names, Say, Value

_REMEMBERED = 1024

_LONGEST = 4000
"""Letters of a page with its markup; a message may have 4,096 without it (Bot API)."""


class Stage:
    """The pages of one `World`. Make a new one when the content is reloaded."""

    def __init__(self, world: World) -> None:
        """Start with nothing remembered."""
        self.world = world
        self._pages: dict[tuple[object, ...], Page] = {}
        self._fleeting: tuple[tuple[object, ...], Page] | None = None

    def grown(self, tree: Tree) -> "Stage":
        """Return the stage with this wishing tree: another one, unless it stands there already."""
        return self if tree == self.world.tree else Stage(self.world.grown(tree))

    def look(self, session: Session, now: datetime) -> Look:
        """Look at the node where `session` stands."""
        return Look(self.world, self.world.content.nodes[session.place], session, now)

    def page(self, session: Session, now: datetime, lead: str = "") -> Page:
        """Show the page where `session` stands, in its language, at `now`.

        A page with opening hours on it is kept for the current minute, one about the law for the
        day, one that hardly two people see for this turn, any other for good.
        """
        node = self.world.content.nodes[session.place]
        block = BLOCKS[node.block] if node.block else None
        minute = int(now.timestamp()) // 60 if block and block.timed else 0
        kept = (session.memory, session.subscription, session.board)
        day = now.toordinal() if node.law or session.memory else 0
        where = (node.id, session.item, session.country, session.town, session.said)
        shape = session.cover and session.cover.confirmed
        chosen = (session.heard, session.idle, session.standing, shape)
        key = (where, chosen, kept, session.language, lead, minute, day)
        if (
            any(kept)
            or session.standing.check
            or session.standing.waiting
            or (block and block.fleeting and AND in session.item)
        ):
            last = self._fleeting
            if last is None or last[0] != key:
                fresh = replace(self._fitting(node, session, now, lead), fleeting=True)
                self._fleeting = last = (key, fresh)
            return last[1]
        page = self._pages.get(key)
        if page is None:
            if len(self._pages) >= _REMEMBERED:
                self._pages.clear()
            page = self._pages[key] = self._fitting(node, session, now, lead)
        return page

    def card(self, session: Session, now: datetime) -> CardPage | None:
        """Show the number of the line or service `session` is about; None if it may not be shown.

        Not its name: the list of chats shows the newest message to whoever holds the phone (R14).
        """
        called = self._line(session, now) or self._service(session, now)
        if called is None:
            return None
        number, e164 = called
        say, language = self.world.words.say, session.language
        return CardPage(
            place=session.place,
            item=session.item,
            text=say(
                language,
                Say("The number you asked for: <b>{number}</b>", {"number": e164 or number}),
            ),
            name=number,
            e164=e164,
            remove=Label(REMOVE, say(language, REMOVE_CARD)),
        )

    def venue(self, session: Session, now: datetime) -> VenuePage | None:
        """Show where the service `session` is about lies; None if that may not be shown."""
        look, language = self.look(session, now), session.language
        service = service_card.find(look)
        if service is None or not service_card.is_on_map(service):
            return None
        return VenuePage(
            place=session.place,
            item=session.item,
            title=self.world.plain(language, about.kind(look, service)),
            address=service.address or self.world.plain(language, about.place(look, service)),
            lat=service.lat or 0.0,
            lon=service.lon or 0.0,
            remove=Label(REMOVE, self.world.words.say(language, REMOVE_CARD)),
        )

    def recording(self, session: Session, now: datetime) -> RecordingPage | None:
        """Give what the page says as sound or film; None if there is none, or none any more."""
        file = reading.recorded(self.look(session, now), session.item)
        if file is None:
            return None
        remove = Label(REMOVE, self.world.words.say(session.language, REMOVE_CARD))
        return RecordingPage(session.place, session.item, file, session.item == VIDEO, remove)

    def picture(self, session: Session, now: datetime) -> PicturePage | None:
        """Give what the block of the page draws about its item; None if there is no such picture.

        Its file is called the same whatever it shows: a name may stay in a gallery (R12). That of a
        PDF says in her language that it is for print, as she finds it by its name.
        """
        look, say = self.look(session, now), self.world.words.say
        drawing = BLOCKS[look.node.block].picture(look) if look.node.block else None
        if drawing is None:
            return None
        name = drawing.name
        return PicturePage(
            place=session.place,
            item=session.item,
            file_name=f"{self.world.plain(session.language, name)}.pdf" if name else "picture.png",
            draw=drawing.draw,
            caption=say(session.language, drawing.caption),
            remove=Label(REMOVE, say(session.language, REMOVE_CARD)),
            is_pdf=name is not None,
        )

    def sample(self, session: Session, now: datetime) -> NewsPage | None:
        """Give a message as others will get it; None if it is not that any more, or not hers to see."""
        return sample(self.look(session, now))

    def _line(self, session: Session, now: datetime) -> tuple[str, str] | None:
        content = self.world.content
        lines = content.countries.get(session.country)
        for line in lines.hotlines if lines else ():
            if line.id == session.item and offer(line, content.rules, now.date()):
                return line.number, line.e164 or ""
        return None

    def _service(self, session: Session, now: datetime) -> tuple[str, str] | None:
        look = self.look(session, now)
        service = service_card.find(look)
        if service is None or not service.phones:
            return None
        phone = service.phones[0]
        return phone.number, phone.e164 or ""

    def note(self, session: Session) -> Page:
        """Show, neutrally, that something was interrupted and one tap goes on."""
        start, say = self.world.content.start, self.world.words.say
        go_on = Label(RESUME, say(session.language, CONTINUE))
        return Page(start, "", say(session.language, INTERRUPTED), ((go_on,),), sensitive=True)

    def emergency(self, language: str) -> Page:
        """Show the emergency numbers of every country: for when we cannot look anybody up."""
        say, start = self.world.words.say, self.world.content.start
        go_on = Label(RESUME, say(language, CONTINUE))
        text = "\n".join(say(language, line) for line in (UNABLE, *emergency_lines(self.world)))
        return Page(start, "", text, ((go_on,),), sensitive=True)

    def _fitting(self, node: Node, session: Session, now: datetime, lead: str) -> Page:
        """Build a page; in fewer words where names and languages would make it too long to send."""
        whole = self._translate(screen(Look(self.world, node, session, now)), session, lead)
        if len(whole.text) <= _LONGEST or "brief" in session.said:
            return whole
        brief = session.saying("brief")
        return self._translate(screen(Look(self.world, node, brief, now)), brief, lead)

    def _translate(self, shown: Screen, session: Session, lead: str) -> Page:
        say, language = self.world.words.say, session.language
        town = self.world.content.places.get(session.town)
        place: dict[str, Value] = {"place": Names(town.names)} if town else {}
        first = ((Say(LEADS[lead].text, place),),) if lead in LEADS else ()
        paragraphs = (*first, *shown.paragraphs)
        return Page(
            place=session.place,
            item=session.item,
            text="\n\n".join(
                "\n".join(say(language, line) for line in lines) for lines in paragraphs
            ),
            rows=tuple(
                tuple(_label(self.world.words, language, one) for one in row) for row in shown.rows
            ),
            sensitive=shown.sensitive,
            live=shown.live,
        )


def _label(words: Words, language: str, one: Option) -> Label:
    also = words.say(language, one.also) if one.also else ""
    return Label(one.id, words.say(language, one.label), one.copies, one.url, also)


def screen(look: Look) -> Screen:
    """Build the screen of `look`: the node's own words, then its block, then the ways on."""
    node: Node = look.node
    block = BLOCKS[node.block] if node.block else None
    part = block.view(look) if block else Part()
    values = block.fill(look) if block else {}
    own = tuple(_lines(one.text, values) for one in reading.told(look) if look.holds(one.when))
    return Screen(
        (*own, *reading.instead(look), *part.paragraphs),
        (*part.rows, *reading.ways(look), *ways_on(look)),
        sensitive=node.sensitive,
        live=part.live,
    )


def _lines(text: str, values: Mapping[str, Value]) -> tuple[Say, ...]:
    """Fill a paragraph; one that is a placeholder alone may be filled with several lines."""
    lines = values.get(text.removeprefix("{").removesuffix("}"))
    if isinstance(lines, tuple):
        return tuple(one for one in lines if isinstance(one, Say))
    return (Say(text, dict(values)),)


def ways_on(look: Look) -> tuple[tuple[Option, ...], ...]:
    """Name the node's own choices that are open to this person, row by row."""
    rows: list[tuple[Option, ...]] = []
    for choice in look.node.choices:
        if look.holds(choice.when):
            option = Option(choice.id, Say(choice.text))
            if choice.beside and rows:
                rows[-1] = (*rows[-1], option)
            else:
                rows.append((option,))
    return tuple(rows)
