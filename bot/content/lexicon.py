"""Words that must not stand where others see them, words we do not say, and words we always say."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from bot.content.explain import explain
from bot.content.model import Frozen, Language, Text
from bot.content.problem import Problem
from bot.content.tree import read_tree

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("ʼ‘’'`´", "ʻ"))


class Avoided(Frozen):
    """Words that hurt, why they do, and what is said instead."""

    words: Annotated[Mapping[Language, tuple[Text, ...]], Field(min_length=1)]
    why: Text
    instead: Text


class SensitiveFile(Frozen):
    """`lexicon/sensitive.yaml`: for each language, the beginnings of words that tell the topic."""

    words: Annotated[Mapping[Language, tuple[Text, ...]], Field(min_length=1)]


class AvoidFile(Frozen):
    """`lexicon/avoid.yaml`: a list of what we do not say."""

    avoid: Annotated[tuple[Avoided, ...], Field(min_length=1)]


class Foreign(Frozen):
    """Whole words that no text in these languages holds."""

    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    words: Annotated[tuple[Text, ...], Field(min_length=1)]


class Thing(Frozen):
    """What English calls a thing, and the beginnings of what each language may call it."""

    en: Annotated[tuple[Text, ...], Field(min_length=1)]
    ru: tuple[Text, ...] = ()
    kk: tuple[Text, ...] = ()
    ky: tuple[Text, ...] = ()
    tg: tuple[Text, ...] = ()
    uz: tuple[Text, ...] = ()


class GlossaryFile(Frozen):
    """`lexicon/glossary.yaml`: what things are called, and words that have strayed."""

    terms: Annotated[tuple[Thing, ...], Field(min_length=1)]
    foreign: Foreign


FILES: Final[Mapping[str, type[SensitiveFile | AvoidFile | GlossaryFile]]] = {
    "sensitive": SensitiveFile,
    "avoid": AvoidFile,
    "glossary": GlossaryFile,
}
"""The lists by the names of their files."""


@dataclass(frozen=True, slots=True)
class Term:
    """A thing of the glossary: how English calls it, and patterns of how the others must."""

    name: str
    english: re.Pattern[str]
    said: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists, ready for searching.

    Attributes:
        sensitive: for each language, a pattern of the words that tell the topic.
        avoid: for each language, patterns of words we do not say, each with what to say instead.
        terms: the glossary.
        foreign: for each language, a pattern of words of another one.
    """

    sensitive: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    avoid: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    foreign: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def tells(self, text: str) -> str | None:
        """Find a word in any language that tells the topic; None where a text is neutral."""
        plain = folded(text)
        found = filter(None, (each.search(plain) for each in self.sensitive.values()))
        return next((each[0] for each in found), None)

    def hurts(self, text: str, language: str) -> tuple[str, str] | None:
        """Find a word we do not say in `language`, with what to say instead."""
        plain = folded(text)
        for pattern, instead in self.avoid.get(language, ()):
            if found := pattern.search(plain):
                return found[0], instead
        return None

    def misses(self, english: str, text: str, language: str) -> str | None:
        """Find a thing of the glossary that a translation calls by none of its names."""
        source, plain = folded(english), folded(text)
        for term in self.terms:
            said = term.said.get(language)
            if said and term.english.search(source) and not said.search(plain):
                return term.name
        return None

    def strays(self, text: str, language: str) -> str | None:
        """Find a word of another language in a text."""
        pattern = self.foreign.get(language)
        found = pattern.search(folded(text)) if pattern else None
        return found[0] if found else None


def folded(text: str) -> str:
    """Return a text in one case, one normal form and with one kind of apostrophe."""
    return unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES)


def read_lexicon(folder: Path) -> tuple[Lexicon, list[Problem]]:
    """Read the three lists in `folder`; what cannot be read is a problem."""
    problems: list[Problem] = []
    files: dict[str, SensitiveFile | AvoidFile | GlossaryFile] = {}
    for name, model in FILES.items():
        file = f"{folder.parent.name}/{folder.name}/{name}.yaml"
        tree = read_tree(folder / f"{name}.yaml", file)
        problems.extend(tree.problems)
        if tree.problems:
            continue
        try:
            files[name] = model.model_validate(tree.data)
        except ValidationError as error:
            problems.extend(explain(error, tree, (), model))
    return _lexicon(files.values()), sorted(problems)


def _lexicon(files: Iterable[SensitiveFile | AvoidFile | GlossaryFile]) -> Lexicon:
    lexicon = Lexicon()
    for file in files:
        match file:
            case SensitiveFile():
                sensitive = {
                    str(language): _starts(words) for language, words in file.words.items()
                }
                lexicon = replace(lexicon, sensitive=sensitive)
            case AvoidFile():
                avoid: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {}
                for entry in file.avoid:
                    for language, words in entry.words.items():
                        pair = (_starts(words), entry.instead)
                        avoid[language] = (*avoid.get(language, ()), pair)
                lexicon = replace(lexicon, avoid=avoid)
            case GlossaryFile():
                whole = _starts(tuple(f"{word}." for word in file.foreign.words))
                foreign = {str(language): whole for language in file.foreign.languages}
                lexicon = replace(lexicon, terms=tuple(map(_term, file.terms)), foreign=foreign)
    return lexicon


def _term(thing: Thing) -> Term:
    english = tuple(form for word in thing.en for form in (f"{word}.", f"{word}s."))
    said = {language: _starts(words) for language, words in thing if language != "en" and words}
    return Term(thing.en[0], _starts(english), said)


def _starts(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of `words` where a word begins; endings are free, but a final `.` allows none."""
    each = (
        re.escape(folded(word[:-1])) + r"(?!\w)" if word.endswith(".") else re.escape(folded(word))
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})\w*")
