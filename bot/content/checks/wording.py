"""Whether the English source and its translations are fit to be said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from bot.content.checks import campaigns, outreach, quizzes, sessions
from bot.content.checks.terms import Terms
from bot.content.checks.wishes import texts as wished
from bot.content.model import Content, Directory, Node, SectorText
from bot.content.problem import Problem
from bot.content.tree import Place

_TAG = re.compile(r"<[^<>]*>?|>")
_GOOD_TAG = re.compile(r'</?(?:b|i|code)>|</a>|<a href="(?:https://|tel:\+)[^"<>\s]+">')
_GLOSSARY = "see content/lexicon/glossary.yaml"
_SPACES = re.compile(r" {2,}| (?=\n)|\t")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One English text, where it is written, and what it may hold."""

    kind: str
    name: str
    place: Place
    text: str
    values: frozenset[str] = frozenset()
    markup: bool = False


def phrases(content: Content, terms: Terms) -> Iterator[Phrase]:
    """Every text of the content that is translated."""
    for command in content.commands.values():
        yield Phrase("command", command.name, ("text",), command.text)
    for node in content.nodes.values():
        yield from _of_node(node, terms)
    yield from _of_lines(content)
    for index, rule in enumerate(content.rules.rules if content.rules else ()):
        if rule.caution:
            yield Phrase("rules", "", ("rules", index, "caution"), rule.caution)
    for kind, name, key, text, _ in wished(content.wish_list):
        yield Phrase(kind, name, (key,), text)
    yield from _of_files(content)
    yield from _of_services(content.directory)


def _of_files(content: Content) -> Iterator[Phrase]:
    """Go through what has a file each: quizzes, sessions and posters."""
    for quiz in content.quizzes.values():
        for place, text, _ in quizzes.texts(quiz):
            yield Phrase("quiz", quiz.quiz, place, text)
    yield from _of_lists(content)
    for plan in content.sessions.values():
        for place, text, _ in sessions.texts(plan):
            yield Phrase("session", plan.session, place, text)
    yield from _of_campaigns(content)
    for poster in content.outreach.posters.values():
        for place, text in outreach.texts(poster):
            yield Phrase("poster", poster.poster, place, text)
    yield from _of_services(content.directory)


def _of_lists(content: Content) -> Iterator[Phrase]:
    """Every text of what people choose from: wishes, ribbons, topics of news."""
    for kind, name, key, text, _ in wished(content.wish_list):
        yield Phrase(kind, name, (key,), text)
    for topic in content.topics:
        yield Phrase("topic", topic.id, ("name",), topic.name)


def _of_campaigns(content: Content) -> Iterator[Phrase]:
    for one in content.campaigns.values():
        for key, text, _ in campaigns.texts(one):
            yield Phrase("campaign", one.campaign, (key,), text, markup=key == "text")


def _of_lines(content: Content) -> Iterator[Phrase]:
    for lines in content.countries.values():
        for line in lines.hotlines:
            for key in ("name", "serves", "remark"):
                if text := getattr(line, key):
                    yield Phrase("line", line.id, (key,), text)


def _of_services(directory: Directory) -> Iterator[Phrase]:
    for kind, said in directory.kinds.kinds.items():
        yield Phrase("kind", kind, ("name",), said.name)
    for sector, text in directory.sectors.sectors.items():
        for key in SectorText.model_fields:
            yield Phrase("sector", sector, (key,), getattr(text, key))
    for services in directory.countries.values():
        for service in services.all:
            if service.remark:
                yield Phrase("service", service.id, ("remark",), service.remark)


def check_wording(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield broken placeholders, markup and spacing, and words we do not say."""
    for phrase in phrases(content, terms):
        found = (*_placeholders(phrase), *_markup(phrase), *_chosen_words(phrase, terms))
        for what, hint in found:
            yield content.origin.at(phrase.kind, phrase.name, *phrase.place, what=what, hint=hint)
    for tree, place, text in content.origin.written():
        inner = text.strip("\n")
        if inner != inner.strip() or _SPACES.search(inner):
            what = "a space too many" if "\t" not in inner else "a tab inside a text"
            yield tree.at(place, f"{what} in '{_around(inner)}'")


def _of_node(node: Node, terms: Terms) -> Iterator[Phrase]:
    spec = terms.blocks.get(node.block or "")
    values = spec.values if spec else frozenset()
    for index, paragraph in enumerate(node.text):
        place = ("text", index, "text")
        yield Phrase("node", node.id, place, paragraph.text, values, markup=True)
    for index, sentence in enumerate(node.easy):
        yield Phrase("node", node.id, ("easy", index, "text"), sentence.text, values)
    for index, choice in enumerate(node.choices):
        yield Phrase("node", node.id, ("choices", index, "text"), choice.text)
    if node.called:
        yield Phrase("node", node.id, ("called",), node.called)


def _placeholders(phrase: Phrase) -> Iterator[tuple[str, str]]:
    try:
        fields = {name for _, name, _, _ in Formatter().parse(phrase.text) if name is not None}
    except ValueError:
        yield "a brace is not closed, or not opened", "a placeholder is written {name}"
        return
    for name in sorted(fields - phrase.values):
        known = ", ".join(sorted(phrase.values)) or "none"
        yield f"nothing fills the placeholder {{{name}}}", f"known here: {known}"


def _markup(phrase: Phrase) -> Iterator[tuple[str, str]]:
    open_tags: list[str] = []
    for tag in _TAG.findall(phrase.text):
        if not phrase.markup:
            yield f"no markup can stand here: {tag}", "write plain words"
            return
        if not _GOOD_TAG.fullmatch(tag):
            yield f"this markup is not known: {tag}", '<b>, <i>, <code> or <a href="https://…">'
            return
        name = tag.strip("</>").split()[0]
        if not tag.startswith("</"):
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            yield f"{tag} closes what is not open", ""
            return
    if open_tags:
        yield f"<{open_tags[-1]}> is not closed", f"add </{open_tags[-1]}>"


def _chosen_words(phrase: Phrase, terms: Terms) -> Iterator[tuple[str, str]]:
    if phrase.place == ("called",):  # what people call themselves is understood, not said
        return
    if found := terms.lexicon.hurts(phrase.text, "en"):
        yield f"we do not say '{found[0]}'", f"say: {found[1]}"
    for language in terms.languages if terms.translate else ():
        translated = terms.translate(language, phrase.text) if terms.translate else ""
        if translated == phrase.text or language == "en":
            continue
        if found := terms.lexicon.hurts(translated, language):
            yield f"the translation into {language} says '{found[0]}'", f"say: {found[1]}"
        if term := terms.lexicon.misses(phrase.text, translated, language):
            yield f"the translation into {language} has no word for '{term}'", _GLOSSARY
        if word := terms.lexicon.strays(translated, language):
            yield f"the translation into {language} holds the Russian word '{word}'", _GLOSSARY


def _around(text: str) -> str:
    """Show the surroundings of the first faulty space."""
    found = _SPACES.search(text)
    at = found.start() if found else (0 if text != text.lstrip() else len(text))
    return " ".join(text[max(0, at - 12) : at + 12].split("\n"))
