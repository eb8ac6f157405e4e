"""The proof over everything authors and translators wrote: content, screens, catalogues."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog

from bot.content.check import examine
from bot.content.checks.terms import About, Terms
from bot.content.lexicon import read_lexicon
from bot.content.load import read
from bot.content.model import Content, Label, Node
from bot.content.problem import Problem
from bot.engine.blocks import NEEDED, SPECS
from bot.engine.blocks.quiz import item_of
from bot.engine.reading import EASY
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.world import Offered, World
from bot.language.areas import by_area
from bot.language.catalogue import Catalogues
from bot.language.proof import check as check_catalogues
from bot.language.sheet import Line, screens_of, sheet
from bot.language.sources import extract
from bot.language.tongues import TRANSLATED
from bot.learning.play import Play
from bot.learning.tour import tour
from bot.settings import Settings

_CODE = Path(__file__).parent

_PAGES = 3
"""Pages of each list that are looked at: those of her own region come first."""


def prove(settings: Settings, today: date) -> list[Problem]:
    """List every problem of the content and of the screens it makes, in reading order.

    Every screen is rendered in every offered language and country, at noon of `today`.

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
    if not draft.problems:
        offered = Offered(terms.countries, terms.languages)
        terms = _with_screens(
            terms, World(draft.content(), words, offered, bytes, policy=settings.directory.policy)
        )
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
    """Name the pages and the items of quizzes that authors wrote, by their file, each with its line.

    They stand in reading order.
    """
    draft = read(settings.content.folder, SPECS)
    at = draft.origin.at
    written = [(at("node", name, what="", key=True), name) for name in draft.nodes]
    for quiz in draft.quizzes.values():
        written.append((at("quiz", quiz.quiz, what=""), quiz.quiz))
        items = ((number, item.id) for number, item in enumerate(quiz.items))
        written += [(at("quiz", quiz.quiz, "items", n, what=""), name) for n, name in items]
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


def _with_screens(terms: Terms, world: World) -> Terms:
    stage, noon = Stage(world), datetime.combine(terms.today, time(12), UTC)

    def render(place: str, about: About, language: str, country: str) -> tuple[str, list[str]]:
        known = Session(place, language, about.item, country, told=True, town=about.town)
        session = replace(known, said=about.said, heard=about.heard)
        page = stage.page(session, noon)
        return page.text, [label.text for label in page.labels]

    def items(node: Node, country: str) -> Iterable[About]:
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
        case "quiz" | "course_test":
            return _rounds(content, country, tests=node.block == "course_test")
    return (About(), *([About(said=(EASY,))] if node.easy else []))


def _rounds(content: Content, country: str, *, tests: bool) -> Iterable[About]:
    """Name the screens of every quiz, or test: its first one, each question and answer, the end."""
    for quiz in content.quizzes.values():
        if quiz.is_test is not tests:
            continue
        yield About(quiz.quiz)
        for round_ in tour(quiz, country):
            yield About(item_of(Play(quiz, round_)))
