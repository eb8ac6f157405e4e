"""What people see, in every language and country: sizes, and words that tell the topic."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from bot.content.checks.terms import Terms
from bot.content.faults import Fault
from bot.content.model import Content, Node
from bot.content.problem import Problem
from bot.content.tree import Place

TEXT: Final = 4096
"""UTF-16 units a message may have after its markup is read (Bot API)."""
BUTTONS: Final = 100
"""Buttons under a message (Bot API)."""
LABEL: Final = 40
"""Characters of a label; small phones cut what is longer. Good labels have 24."""
NEUTRAL: Final = 100
"""Characters at the beginning of an ordinary message that must not tell the topic (R12)."""
LOCK_SCREEN: Final = 40
"""Characters of any message that a lock screen shows."""

WHOLE: Final = ((), ("choices",))
"""Places that hold more than one thing: a problem there stands at the key."""

_TAG = re.compile(r"<[^<>]*>")


def check_limits(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield commands that tell the topic, and every screen that is too large or tells it."""
    for command in content.commands.values():
        for key in ("name", "text"):
            if word := _told(terms, getattr(command, key)):
                what = f"the command menu tells the topic: '{word}'"
                yield content.origin.at("command", command.name, key, what=what)
    for node in content.nodes.values():
        found = dict.fromkeys(_shown(node, content, terms))
        for place, what, hint in found:
            yield content.origin.at(
                "node", node.id, *place, what=what, hint=hint, key=place in WHOLE
            )


def too_long(texts: Iterable[tuple[Place, str, int]], terms: Terms) -> Iterator[Fault]:
    """Yield texts that in some language have more characters than fit: each with its place."""
    texts = [*texts]
    for language in terms.languages:
        for place, text, most in texts:
            if (many := len(terms.said(language, text))) > most:
                yield place, f"in {language} this has {many} characters, {most} fit", ""


def _shown(node: Node, content: Content, terms: Terms) -> Iterator[Fault]:
    yield from _source(node, content, terms)
    if terms.render is None or node.leaves:
        return
    for language in terms.languages:
        labels: set[str] = set()
        for country in (*(() if "country" in node.needs else ("",)), *terms.countries):
            for about in terms.items(node, country):
                text, buttons = terms.render(node.id, about, language, country)
                labels.update(buttons := [*buttons])
                yield from _screen(node, language, plain(text), len(buttons), terms)
        yield from _labels(node, language, labels, content, terms)


def _source(node: Node, content: Content, terms: Terms) -> Iterator[Fault]:
    """Look at the English source, which needs no rendering and has exact places."""
    start = " ".join(each.text for each in node.text)
    if word := terms.lexicon.tells(plain(start)[: _neutral(node)]):
        yield ("text",), f"the first {_neutral(node)} characters tell the topic: '{word}'", ""
    for index, choice in enumerate(node.choices):
        place = ("choices", index, "text")
        if len(choice.text) > LABEL:
            what = f"a label of {len(choice.text)} characters, {LABEL} fit"
            yield place, what, "aim at 24: translations are longer"
        if node.id == content.start and (word := terms.lexicon.tells(choice.text)):
            yield place, f"a button of the start screen tells the topic: '{word}'", ""


def _screen(node: Node, language: str, text: str, buttons: int, terms: Terms) -> Iterator[Fault]:
    """Look at one screen as one person sees it."""
    if (many := units(text)) > TEXT:
        yield (), f"in {language} the text has {many} characters, {TEXT} fit", "shorten it"
    if not text.strip():
        yield (), f"in {language} the screen has no text", "add 'text:'"
    if buttons > BUTTONS:
        yield (), f"in {language} there are {buttons} buttons, {BUTTONS} fit", ""
    if node.sensitive and not node.text:
        return  # it begins with what the person has just asked for, such as the name of a line
    if word := terms.lexicon.tells(text[: _neutral(node)]):
        what = f"in {language} the first {_neutral(node)} characters tell the topic: '{word}'"
        yield ("text",), what, ""


def _labels(
    node: Node, language: str, labels: set[str], content: Content, terms: Terms
) -> Iterator[Fault]:
    """Look at all the labels that can stand on a screen in one language."""
    long = sorted(
        (each for each in labels if len(each) > LABEL), key=lambda each: (-len(each), each)
    )
    if long:
        others = f" (and {len(long) - 1} more)" if len(long) > 1 else ""
        what = f"in {language} '{long[0]}' is a label of {len(long[0])} characters{others}"
        yield ("choices",), what, f"{LABEL} fit, aim at 24"
    for word in sorted(filter(None, map(terms.lexicon.tells, labels))):
        if node.id == content.start:
            what = f"in {language} a button of the start screen tells the topic: '{word}'"
            yield ("choices",), what, ""


def _neutral(node: Node) -> int:
    return LOCK_SCREEN if node.sensitive else NEUTRAL


def units(text: str) -> int:
    """Count characters as Telegram does: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def plain(text: str) -> str:
    """Take the markup out of a text."""
    return unescape(_TAG.sub("", text))


def _told(terms: Terms, text: str) -> str | None:
    """Find a telling word in an English text or any of its translations."""
    texts = (text, *(terms.said(language, text) for language in terms.languages))
    return next(filter(None, map(terms.lexicon.tells, texts)), None)
