"""Words that must not stand where others see them, and words we do not say at all."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Both lists, ready for searching.

    Attributes:
        sensitive: for each language, a pattern of the words that tell the topic.
        avoid: for each language, patterns of words we do not say, each with what to say instead.
    """

    sensitive: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    avoid: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = field(default_factory=dict)

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


def folded(text: str) -> str:
    """Return a text in one case, one normal form and with one kind of apostrophe."""
    return unicodedata.normalize("NFC", text).casefold().translate(_APOSTROPHES)


def read_lexicon(folder: Path) -> tuple[Lexicon, list[Problem]]:
    """Read `sensitive.yaml` and `avoid.yaml` in `folder`; what cannot be read is a problem."""
    problems: list[Problem] = []
    files: list[SensitiveFile | AvoidFile] = []
    for name, model in (("sensitive", SensitiveFile), ("avoid", AvoidFile)):
        file = f"{folder.parent.name}/{folder.name}/{name}.yaml"
        tree = read_tree(folder / f"{name}.yaml", file)
        problems.extend(tree.problems)
        if tree.problems:
            continue
        try:
            files.append(model.model_validate(tree.data))
        except ValidationError as error:
            problems.extend(explain(error, tree, (), model))
    return _lexicon(files), sorted(problems)


def _lexicon(files: list[SensitiveFile | AvoidFile]) -> Lexicon:
    sensitive: dict[str, re.Pattern[str]] = {}
    avoid: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {}
    for file in files:
        if isinstance(file, SensitiveFile):
            sensitive = {language: _starts(words) for language, words in file.words.items()}
        else:
            for entry in file.avoid:
                for language, words in entry.words.items():
                    pair = (_starts(words), entry.instead)
                    avoid[language] = (*avoid.get(language, ()), pair)
    return Lexicon(sensitive, avoid)


def _starts(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of `words` where a word begins; endings are free, but a final `.` allows none."""
    each = (
        re.escape(folded(word[:-1])) + r"(?!\w)" if word.endswith(".") else re.escape(folded(word))
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})\w*")
