"""Whether every campaign can be read anywhere, and nobody is told its topic over a shoulder."""

from collections.abc import Iterator
from typing import Final

from bot.content.checks.limits import LABEL, NEUTRAL, TEXT, plain, units
from bot.content.checks.quizzes import TITLE
from bot.content.checks.terms import Terms
from bot.content.model import Content, Template
from bot.content.problem import Problem

ABOUT: Final = 200


def check_campaigns(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield texts that are too long in any language, and beginnings that tell the topic (R12)."""
    for one in content.campaigns.values():
        for what, hint in _list(one, content, terms):
            yield content.origin.at("campaign", one.campaign, "campaign", what=what, hint=hint)
        for language in terms.languages:
            for place, what in (*_long(one, language, terms), *_telling(one, language, terms)):
                yield content.origin.at("campaign", one.campaign, place, what=what)


def _list(one: Template, content: Content, terms: Terms) -> Iterator[tuple[str, str]]:
    """A campaign called as another button of its screens would never be opened by its own."""
    taken = {*terms.languages, *terms.countries}
    for node in content.nodes.values():
        if node.block == "campaigns":
            taken |= {choice.id for choice in node.choices}
    if one.campaign in taken:
        what = f"where campaigns are written there is a button '{one.campaign}' already"
        yield what, "give the campaign, and its file, another id"


def texts(one: Template) -> Iterator[tuple[str, str, int]]:
    """Give every text of a campaign: its key, what it is, and how many characters fit."""
    yield "title", one.title, TITLE
    yield "about", one.about, ABOUT
    yield "text", one.text, TEXT
    yield "button", one.button, LABEL


def _long(one: Template, language: str, terms: Terms) -> Iterator[tuple[str, str]]:
    for key, text, most in texts(one):
        if (many := units(plain(_said(terms, language, text)))) > most:
            yield key, f"in {language} this has {many} characters, {most} fit"


def _telling(one: Template, language: str, terms: Terms) -> Iterator[tuple[str, str]]:
    for key in ("text", "button"):
        beginning = plain(_said(terms, language, getattr(one, key)))[:NEUTRAL]
        if word := terms.lexicon.tells(beginning):
            yield key, f"in {language} the first {NEUTRAL} characters tell the topic: '{word}'"


def _said(terms: Terms, language: str, text: str) -> str:
    return terms.translate(language, text) if terms.translate else text
