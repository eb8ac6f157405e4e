"""The proof over everything authors and translators wrote: content, screens, catalogues."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path

from babel.messages.catalog import Catalog

from bot.content.check import judge
from bot.content.checks.terms import About, Terms
from bot.content.draft import Draft
from bot.content.lexicon import read_lexicon
from bot.content.load import read
from bot.content.model import Content, Node
from bot.content.problem import Problem
from bot.engine.blocks import NEEDED, SPECS
from bot.engine.blocks.campaigns import Campaigns
from bot.engine.blocks.live import LiveQuiz
from bot.engine.blocks.session import REPORTING, LeadSession
from bot.engine.blocks.session_pictures import drawing
from bot.engine.blocks.session_screens import CERTIFICATE, CODES, PAGE
from bot.engine.every_screen import CLUBS, abouts, of_board, shown_board, subscriber
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.world import Look, Offered, World
from bot.errors import PictureError
from bot.language.areas import by_area
from bot.language.catalogue import Catalogues
from bot.language.proof import check as check_catalogues
from bot.language.sheet import Line, screens_of, sheet
from bot.language.sources import extract
from bot.language.tongues import TRANSLATED
from bot.learning.memory import Memory
from bot.pictures.poster import laid
from bot.posters import sheet as poster_sheet
from bot.settings import Settings
from bot.staff.roles import Role
from bot.staff.standing import NOBODY, Standing

_CODE = Path(__file__).parent

_LED = (LiveQuiz.spec.name, LeadSession.spec.name, REPORTING, Campaigns.spec.name)
"""The blocks that show more to who may lead."""

_ADDRESS = "https://t.me/" + "b" * 32
"""As long as the address of a bot can be."""


_CODE_OF_PLACE = "zz"
"""As long as what links call any kind of place."""


def prove(settings: Settings, today: date, *, screens: bool = True) -> list[Problem]:
    """List every problem of the content and of the screens it makes, in reading order.

    Every screen is rendered in every offered language and country, at noon of `today`; without
    `screens` only texts and links are looked at, which takes seconds.

    Raises:
        CatalogueError: if a catalogue cannot be read at all.
    """
    folder, words = settings.content.folder, Catalogues.load(settings.content.locales)
    lexicon, problems = read_lexicon(folder / "lexicon")
    draft = read(folder, SPECS)
    terms = Terms(
        blocks=SPECS,
        today=today,
        needed=NEEDED,
        countries=settings.offered.countries,
        languages=settings.offered.languages,
        lexicon=lexicon,
        translate=words.text,
    )
    if screens and not draft.problems:
        offered = Offered(terms.countries, terms.languages)
        world = World(
            draft.content(),
            words,
            offered,
            bytes,
            policy=settings.directory.policy,
            clubs=CLUBS,
            lexicon=lexicon,
            team=CLUBS[0].chat_id,
        )
        terms = _with_screens(terms, world)
        problems += _unprinted(draft, world, terms)
    return sorted({*problems, *judge(draft, folder, terms)})


def prove_words(settings: Settings) -> list[Problem]:
    """List every text of every catalogue that is missing, stale or unsound, in reading order.

    Raises:
        CatalogueError: if a catalogue or a source of texts cannot be read at all.
    """
    return check_catalogues(settings.content.locales, texts(settings))


def texts(settings: Settings) -> Catalog:
    """Collect every English text from the content and from the program."""
    return extract(settings.content.folder, _CODE)


def screens(settings: Settings) -> dict[str, list[tuple[int, str]]]:
    """Name pages, items of quizzes, steps of sessions, campaigns and posters, each with its line.

    They stand in reading order.
    """
    draft = read(settings.content.folder, SPECS)
    at = draft.origin.at
    written = [(at("node", name, what="", key=True), name) for name in draft.nodes]
    for quiz in draft.quizzes.values():
        written.append((at("quiz", quiz.quiz, what=""), quiz.quiz))
        items = ((number, item.id) for number, item in enumerate(quiz.items))
        written += [(at("quiz", quiz.quiz, "items", n, what=""), name) for n, name in items]
    for plan in draft.sessions.values():
        written.append((at("session", plan.session, what=""), plan.session))
        titles = ((number, step.title) for number, step in enumerate(plan.steps))
        written += [(at("session", plan.session, "steps", n, what=""), name) for n, name in titles]
    for one in draft.campaigns.values():
        written.append((at("campaign", one.campaign, what=""), one.campaign))
    written += [(at("poster", name, what=""), name) for name in draft.outreach.posters]
    found: dict[str, list[tuple[int, str]]] = {}
    for place, name in written:
        found.setdefault(place.file, []).append((place.line, name))
    return {file: sorted(names) for file, names in found.items()}


def review_sheet(settings: Settings, language: str, area: str) -> str:
    """Lay out what a reviewer reads: each text of an area in one language, beside the English.

    Raises:
        KeyError: the language is not translated, or there is no such area; says which there are.
        CatalogueError: if a catalogue or a source of texts cannot be read at all.
    """
    if language not in TRANSLATED:
        message = f"'{language}' has no catalogue (there are: {', '.join(TRANSLATED)})"
        raise KeyError(message)
    words, english = Catalogues.load(settings.content.locales), texts(settings)
    if area not in (areas := by_area(english)):
        message = f"there is no area '{area}' (there are: {', '.join(areas)})"
        raise KeyError(message)
    helping = {"ru": (), "uz": ("ru", "uz_Cyrl")}.get(language, ("ru",))

    def line(msgid: str) -> Line:
        beside = tuple(words.text(other, msgid) for other in helping)
        return Line(msgid, words.text(language, msgid), beside)

    return sheet(language, area, screens_of(area, english, screens(settings), line))


def _unprinted(draft: Draft, world: World, terms: Terms) -> Iterator[Problem]:
    """Yield plans and posters that do not fit on a page, titles on no certificate or codes."""
    noon = datetime.combine(terms.today, time(12), UTC)
    place = world.content.place_of(LeadSession.spec.name)
    for language, plan in product(terms.languages, draft.sessions.values() if place else ()):
        look = Look(world, draft.nodes[place], Session(place, language), noon)
        for what in (PAGE, CODES, CERTIFICATE):
            try:
                drawing(look, plan, what).draw(_ADDRESS)
            except PictureError as error:
                yield draft.origin.at("session", plan.session, what=f"in {language}: {error}")
    for language, poster in product(terms.languages, draft.outreach.posters.values()):
        try:
            laid(poster_sheet(world, poster, language, _CODE_OF_PLACE, _ADDRESS))
        except PictureError as error:
            yield draft.origin.at("poster", poster.poster, what=f"in {language}: {error}")


def _with_screens(terms: Terms, world: World) -> Terms:
    stage, noon = Stage(world), datetime.combine(terms.today, time(12), UTC)
    player, board = _player(world.content, terms.today), shown_board(world, noon)

    def render(place: str, about: About, language: str, country: str) -> tuple[str, list[str]]:
        known = Session(place, language, about.item, country, told=True, town=about.town)
        memory = player if about.remembered else None
        asked = subscriber(world.content, country, terms.today) if about.subscribed else None
        session = replace(known, said=about.said, heard=about.heard, memory=memory)
        session = replace(session, subscription=asked)
        # Who may not lead never gets beyond the screen that is about nothing yet.
        leads = world.content.nodes[place].block in _LED and bool(about.item)
        session = replace(session, standing=Standing(Role.VOLUNTEER) if leads else NOBODY)
        boards = leads and world.content.nodes[place].block == Campaigns.spec.name
        page = stage.page(replace(session, board=board if boards else None), noon)
        return page.text, [label.text for label in page.labels]

    def items(node: Node, country: str) -> Iterable[About]:
        if node.block == Campaigns.spec.name:
            return of_board(world, board)
        return abouts(world.content, node, country)

    return replace(terms, render=render, items=items)


def _player(content: Content, today: date) -> Memory:
    """Think of a player who is remembered and of whom everything is due."""
    memory = Memory(today - timedelta(days=1), 1)
    for quiz in content.played.values():
        for item in quiz.items:
            memory = memory.answered(quiz, item, memory.agreed, right=False)
    return memory
