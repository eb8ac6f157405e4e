"""The proof over everything authors and translators wrote: content, screens, catalogues."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog

from bot.campaigns.audience import Audience, Reader
from bot.campaigns.board import Board, Posted
from bot.campaigns.proposal import Phase, Proposal
from bot.campaigns.subscription import QUIET, Subscription
from bot.content.check import examine
from bot.content.checks.terms import About, Terms
from bot.content.draft import Draft
from bot.content.lexicon import read_lexicon
from bot.content.load import read
from bot.content.model import Content, Label, Node
from bot.content.problem import Problem
from bot.engine.blocks import NEEDED, SPECS
from bot.engine.blocks.campaign_screens import EVERYWHERE, NEW, mark
from bot.engine.blocks.campaigns import Campaigns
from bot.engine.blocks.live import RUNNING, SECONDS, LiveQuiz
from bot.engine.blocks.news_screens import STEPS
from bot.engine.blocks.quiz import DUE, item_of
from bot.engine.blocks.session import REPORTING, LeadSession
from bot.engine.blocks.session_pictures import drawing
from bot.engine.blocks.session_screens import CERTIFICATE, END, LINKS, PAGE
from bot.engine.campaigns import made
from bot.engine.reading import EASY
from bot.engine.session import AND, Session
from bot.engine.stage import Stage
from bot.engine.world import Club, Look, Offered, World
from bot.errors import PictureError
from bot.language.areas import by_area
from bot.language.catalogue import Catalogues
from bot.language.proof import check as check_catalogues
from bot.language.sheet import Line, screens_of, sheet
from bot.language.sources import extract
from bot.language.tongues import LANGUAGES, TRANSLATED
from bot.learning.headcount import AGES, GROUPS, MOST, Headcount
from bot.learning.memory import Memory
from bot.learning.play import Play
from bot.learning.spelling import spelt
from bot.learning.tour import tour
from bot.settings import Settings
from bot.staff.roles import Role
from bot.staff.standing import NOBODY, Standing

_CODE = Path(__file__).parent

_PAGES = 3
"""Pages of each list that are looked at: those of her own region come first."""

_LED = (LiveQuiz.spec.name, LeadSession.spec.name, REPORTING, Campaigns.spec.name)
"""The blocks that show more to who may lead."""

_ADDRESS = "https://t.me/" + "b" * 32
"""As long as the address of a bot can be."""


_CLUBS = (Club(-1, "Youth club, Osh"), Club(-2, "Youth club, Aktau"))
"""Groups for live quizzes as an operator may call them."""


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
            clubs=_CLUBS,
            lexicon=lexicon,
            team=_CLUBS[0].chat_id,
        )
        terms = _with_screens(terms, world)
        problems += _unprinted(draft, world, terms)
    return sorted({*problems, *examine(folder, terms)})


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
    """Name pages, items of quizzes, steps of sessions and campaigns, by their file, with their lines.

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
    """Yield the plans that do not fit on one page, or the titles that fit on no certificate."""
    noon = datetime.combine(terms.today, time(12), UTC)
    place = next((one.id for one in draft.nodes.values() if one.block == LeadSession.spec.name), "")
    for language, plan in product(terms.languages, draft.sessions.values() if place else ()):
        look = Look(world, draft.nodes[place], Session(place, language), noon)
        for what in (PAGE, CERTIFICATE):
            try:
                drawing(look, plan, what).draw(_ADDRESS)
            except PictureError as error:
                yield draft.origin.at("session", plan.session, what=f"in {language}: {error}")


def _with_screens(terms: Terms, world: World) -> Terms:
    stage, noon = Stage(world), datetime.combine(terms.today, time(12), UTC)
    player, board = _player(world.content, terms.today), _board(world, noon)

    def render(place: str, about: About, language: str, country: str) -> tuple[str, list[str]]:
        known = Session(place, language, about.item, country, told=True, town=about.town)
        memory = player if about.remembered else None
        asked = _subscriber(world.content, country, terms.today) if about.subscribed else None
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
            return _campaigns(world, board)
        return _items(world.content, node, country)

    return replace(terms, render=render, items=items)


def _items(content: Content, node: Node, country: str) -> Iterable[About]:
    """Name what a node can be about: the lines and services of the country, lists near a region."""
    lines, services = content.countries.get(country), content.directory.countries.get(country)
    regions = content.places.regions.get(country, ())
    match node.block:
        case "contact_card" if lines is not None:
            return [About(line.id) for line in lines.hotlines]
        case "service_card" if services is not None:
            return [About(one.id) for one in services.all]
        case "nearby":
            pages = ("", *(str(page) for page in range(2, _PAGES + 1)))
            return [About(page, region.id) for region in regions for page in pages]
        case "referral":
            return [About("", region.id, ("recent", "tonight")) for region in regions]
        case "heard":
            return [About(), *(About(heard=(label,)) for label in get_args(Label))]
        case "sources":
            return [About(one.id) for one in content.nodes.values() if one.sources]
        case "quiz" | "course_test" | "live" | "session" | "session_report" | "news_choices":
            return _stepwise(content, node.block, country)
    easy = [About(said=(EASY,))] if node.easy else []
    remembered = [About(remembered=True)] if node.block == "quizzes" else []
    subscribed = [About(subscribed=True)] if node.block == "news" else []
    return (About(), *easy, *remembered, *subscribed)


def _stepwise(content: Content, block: str, country: str) -> Iterable[About]:
    match block:
        case "quiz" | "course_test":
            return _rounds(content, country, tests=block == "course_test")
        case "live":
            return _games(content)
        case "session":
            return _plans(content)
        case "news_choices":
            return [About(AND.join((step, *_chosen(content, country)))) for step in STEPS]
    return _reports(content, country)


def _games(content: Content) -> Iterable[About]:
    """Name the screens on which a live quiz is led."""
    club = _CLUBS[0].code
    yield from (About(), About(AND), About(club), About(AND.join((club, RUNNING))))
    for quiz in content.played:
        yield About(AND.join((club, quiz)))
        yield About(AND.join((club, quiz, SECONDS[-1])))


def _rounds(content: Content, country: str, *, tests: bool) -> Iterable[About]:
    """Name the screens of every quiz, or test: its first one, each question and answer, the end."""
    for quiz in content.quizzes.values():
        if quiz.is_test is not tests:
            continue
        yield About(quiz.quiz)
        yield About(AND.join((quiz.quiz, DUE)), remembered=True)
        for round_ in tour(quiz, country):
            yield About(item_of(Play(quiz, round_)))


def _player(content: Content, today: date) -> Memory:
    """Think of a player who is remembered and of whom everything is due."""
    memory = Memory(today - timedelta(days=1), 1)
    for quiz in content.played.values():
        for item in quiz.items:
            memory = memory.answered(quiz, item, memory.agreed, right=False)
    return memory


def _subscriber(content: Content, country: str, today: date) -> Subscription:
    """Think of somebody who gets news and chose all there is to choose."""
    region = next((one.id for one in content.places.regions.get(country, ())), "")
    topics = frozenset(one.id for one in content.topics)
    return Subscription(today, 1, Reader(LANGUAGES[0], country, region, AGES[0], topics))


def _chosen(content: Content, country: str) -> tuple[str, ...]:
    """Name what she had chosen before, as it stands behind a button."""
    reader = _subscriber(content, country, date.min).reader
    every = spelt((1 << len(content.topics)) - 1, 1)
    return (reader.language, country, reader.region, reader.age, *every, QUIET[0])


def _board(world: World, now: datetime) -> Board:
    """Think of every campaign as proposed by a colleague."""
    starts, posted = int(now.timestamp()) + 3600, []
    for template in world.content.campaigns.values():
        one, audience = made(world, template, template.campaign), Audience()
        digest = one.digest(audience, starts)
        posted.append(Posted(one, audience, Proposal(b"other", digest, starts, Phase.PROPOSED)))
    return Board(b"hers", tuple(posted))


def _campaigns(world: World, board: Board) -> Iterable[About]:
    """Name the screens on which campaigns are written, and on which each is looked at."""
    yield from (About(), About(NEW))
    for name in world.content.campaigns:
        for chosen in ((), (EVERYWHERE,), world.offered.languages[:1]):
            yield About(AND.join((NEW, name, *chosen)))
    for one in board.posted:
        yield from (About(AND.join(mark(one))), About(AND.join((*mark(one), "ru"))))


def _plans(content: Content) -> Iterable[About]:
    """Name the screens of every plan: its overview, its steps, its links, its end."""
    for plan in content.sessions.values():
        yield About(plan.session)
        numbers = map(str, range(1, len(plan.steps) + 1))
        yield from (About(AND.join((plan.session, where))) for where in (*numbers, *LINKS, END))


def _reports(content: Content, country: str) -> Iterable[About]:
    """Name the screens of a report: for others, the countries or regions, and a full count."""
    yield About()
    full = Headcount(counts=(MOST // len(GROUPS),) * len(GROUPS))
    for plan in content.sessions.values():
        yield About(plan.session)
        for region in content.places.regions.get(country, ()):
            yield About(AND.join((plan.session, region.id, *full.written())))
