"""What a person can do and see, without any channel: pages, taps, and how far help is."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from typing import get_args

from bot.campaigns.subscription import QUIET
from bot.content.model import Sector
from bot.content.model.disclosures import Label as Heard
from bot.engine.blocks.news_screens import STEPS
from bot.engine.blocks.quiz import item_of
from bot.engine.blocks.session_screens import END, LINKS
from bot.engine.events import Chosen
from bot.engine.replies import Card, Leave, Note, PassOn, Picture, Recording, Remove, Show, Venue
from bot.engine.screen import Label, Page
from bot.engine.session import AND, Session
from bot.learning.headcount import AGES
from bot.learning.play import Play
from bot.learning.spelling import spelt
from bot.learning.tour import tour
from bot.staff.roles import Role
from bot.staff.standing import Standing

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
"""A Monday morning in Central Asia."""

LEADER = Standing(Role.VOLUNTEER)
"""How somebody stands to the team who may lead sessions and live quizzes."""

LISTS = ("hotlines", "numbers", "heard")
"""The blocks that tell whom to call."""

COUNTRIES = ("kz", "kg", "tj", "uz")
LANGUAGES = ("kk", "ky", "tg", "uz", "uz_Cyrl", "ru", "en")
SAID = (
    (),
    ("hurt", "no_police", "recent", "tonight"),
    ("brief", "children", "men", "open_now", "police", "step_free"),
)
"""Nothing, what changes the order, and what changes the lists."""

_PAGE = 23
"""Each page of the library is looked at in one of so many pairs of language and country."""

_EVERY = 7
"""One in so many services stands in for the rest, where all of them would take minutes."""


@dataclass(frozen=True)
class Button:
    """A label on the screen of `place` about `item`."""

    place: str
    item: str
    label: Label

    @property
    def tap(self):
        return Chosen(self.place, self.label.id, self.item)

    @property
    def silent(self):
        """Copying and opening happen on the phone; nothing comes back."""
        return bool(self.label.copies or self.label.url)


def at(reader, place, item=""):
    return replace(reader, place=place, item=item, after="")


def pages(stage, turn, now=NOW):
    """Everything a turn shows, rendered."""
    shown = []
    for reply in turn.replies:
        match reply:
            case Show(place, item, lead):
                shown.append(stage.page(at(turn.reader, place, item), now, lead))
            case Card(place, item):
                shown.append(stage.card(at(turn.reader, place, item), now))
            case Venue(place, item):
                shown.append(stage.venue(at(turn.reader, place, item), now))
            case Recording(place, item):
                shown.append(stage.recording(at(turn.reader, place, item), now))
            case Picture(place, item):
                shown.append(stage.picture(at(turn.reader, place, item), now))
            case Note():
                shown.append(stage.note(turn.reader))
            case Leave():
                shown.append(stage.page(turn.reader, now))
            case Remove() | PassOn():
                pass
    return shown


def labels(page):
    return page.labels if isinstance(page, Page) else (page.remove,)


def buttons(page):
    return [Button(page.place, page.item, label) for label in labels(page)]


def lists_lines(stage, page):
    """Tell whether numbers to call stand on a page."""
    node = stage.world.content.nodes[page.place]
    called = isinstance(page, Page) and node.block in LISTS
    return called and re.search(r"\b\d{3}\b", page.text) is not None


def taps_to_help(engine, session, page, now=NOW, most=4):
    """Count the taps from `page` to a list of numbers; `most` if there are at least that many."""
    edge = [(session, page)]
    for taps in range(most):
        if any(lists_lines(engine.stage, one) for _, one in edge):
            return taps
        onward = {}
        for standing, one in edge:
            for button in buttons(one):
                if button.silent:
                    continue
                turn = engine.step(standing, button.tap, now)
                for shown in pages(engine.stage, turn, now):
                    if isinstance(shown, Page):
                        onward[turn.session, id(shown)] = (turn.session, shown)
        edge = list(onward.values())
    return most


def towns(content, country):
    """A large city, a region, a district and a small village of a country."""
    places = content.places
    by_size = sorted(places.settlements[country], key=lambda one: (one.population, one.id))
    areas = [one for one in places.places.values() if one.country == country and one.is_area]
    district = next(one for one in areas if one.kind == "district")
    return by_size[-1], places.regions[country][-1], district, by_size[0]


def list_of(content, sector):
    """The node that lists the services of a sector."""
    return next(
        node.id
        for node in content.nodes.values()
        if node.block == "nearby" and node.options["sector"] == sector
    )


def listed_in(content, service):
    """The node of a list in which a service may stand; of social ones there is no list."""
    listed = (one for one in service.sectors if one is not Sector.SOCIAL)
    return list_of(content, next(listed, Sector.SHELTER))


def every_session(stage):
    """Each place a person can stand at, in every language and country, with every line.

    The lists are looked at from a few towns, and one in seven services is looked at. Nobody
    stands at a node that leaves, and behind the cover, or in the team, everything is another matter.
    """
    content = stage.world.content
    for pair, (language, country) in enumerate(product(LANGUAGES, ("", *COUNTRIES))):
        for number, node in enumerate(content.nodes.values()):
            if node.leaves or node.cover or node.staff or ("country" in node.needs and not country):
                continue
            if node.easy and (number + pair) % _PAGE:
                continue
            session = Session(node.id, language, country=country, told=True)
            for known in _known(content, node, country):
                for item in _items(content, node, country):
                    yield replace(session, item=item, **known)


def chosen(content, country):
    """All that somebody can choose who wants news, as it stands behind a button."""
    every = spelt((1 << len(content.topics)) - 1, 1)
    return ("ky", country, content.places.regions[country][-1].id, AGES[0], *every, QUIET[-1])


def rounds(content, country):
    """The first screen of every quiz, and some of its questions, answers, scenes and ends."""
    found = []
    for number, quiz in enumerate(content.played.values()):
        some = [item_of(Play(quiz, one)) for one in tour(quiz, country)]
        found += [quiz.quiz, *some[number :: 3 * _EVERY]]
    return found


def plans(content):
    """The overview of every plan, and some of its steps, links and ends."""
    found = [*content.sessions]
    for number, plan in enumerate(content.sessions.values()):
        wheres = [*map(str, range(1, len(plan.steps) + 1)), *LINKS, END]
        found += [AND.join((plan.session, where)) for where in wheres[number::_EVERY]]
    return found


def _known(content, node, country):
    """What the person who stands there has named and said."""
    if "town" in node.needs:
        there = [one.id for one in towns(content, country)]
        return [{"town": town, "said": SAID[at % len(SAID)]} for at, town in enumerate(there)]
    if node.block == "heard":
        return [{"heard": heard} for heard in ((), *((label,) for label in get_args(Heard)))]
    if node.easy:
        return [{}, {"said": ("easy",)}]
    if node.block in ("wishes", "service_card"):
        return [{"said": SAID[0]}, {"said": SAID[2]}]
    return [{}]


def _items(content, node, country):
    if node.block == "contact_card":
        return [line.id for line in content.countries[country].hotlines]
    if node.block == "service_card":
        some = content.directory.countries[country].all[::_EVERY]
        return [f"{listed_in(content, one)}{AND}{one.id}" for one in some]
    if node.block == "nearby":
        return ["", "2"]
    if node.block == "ask_town":
        return ["", AND.join(one.id for one in content.places.settlements[country][:5])]
    if node.block == "wishes":
        return [list_of(content, Sector.SHELTER)]
    if node.block in ("quiz", "session"):
        return rounds(content, country) if node.block == "quiz" else plans(content)
    if node.block == "sources":
        return [one.id for one in content.nodes.values() if one.sources][::_EVERY]
    wish, ribbon = content.wish_list.wishes[-1].id, content.wish_list.ribbons[-1].id
    steps = STEPS if node.block == "news_choices" else ()
    more: dict[str, tuple[str, ...]] = {
        "tie_ribbon": (wish,),
        "wishing_tree": (AND.join((wish, ribbon)),),
        "news_choices": tuple(AND.join((step, *chosen(content, country))) for step in steps),
    }
    return ["", *more.get(node.block, ())]
