"""What a person can do and see, without any channel: pages, taps, and how far help is."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.engine.events import Chosen
from bot.engine.replies import Card, Note, Remove, Show
from bot.engine.screen import CardPage, Label, Page
from bot.engine.session import Session

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
"""A Monday morning in Central Asia."""

COUNTRIES = ("kz", "kg", "tj", "uz")
LANGUAGES = ("kk", "ky", "tg", "uz", "uz_Cyrl", "ru", "en")


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
    return Session(place, reader.language, item, reader.country, told=reader.told)


def pages(stage, turn, now=NOW):
    """Everything a turn shows, rendered."""
    shown = []
    for reply in turn.replies:
        match reply:
            case Show(place, item, lead):
                shown.append(stage.page(at(turn.reader, place, item), now, lead))
            case Card(place, item):
                shown.append(stage.card(at(turn.reader, place, item), now))
            case Note():
                shown.append(stage.note(turn.reader))
            case Remove():
                pass
    return shown


def labels(page):
    return (page.remove,) if isinstance(page, CardPage) else page.labels


def buttons(page):
    return [Button(page.place, page.item, label) for label in labels(page)]


def lists_lines(stage, page):
    """Tell whether numbers to call stand on a page."""
    node = stage.world.content.nodes[page.place]
    return isinstance(page, Page) and node.block == "hotlines" and page.text.count("<b>") > 0


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


def every_session(stage):
    """Each place a person can stand at, in every language and country, with every line."""
    content = stage.world.content
    for language in LANGUAGES:
        for country in ("", *COUNTRIES):
            for node in content.nodes.values():
                if node.needs and not country:
                    continue
                items = [""]
                if node.block == "contact_card":
                    items = [line.id for line in content.countries[country].hotlines]
                for item in items:
                    yield Session(node.id, language, item, country, told=True)
