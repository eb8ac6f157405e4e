"""The files under `content/lexicon/disclosures/`: words of each language, and their weights."""

from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from bot.content.model import (
    DisclosureCommon,
    DisclosureLexicon,
    DisclosureWords,
    Weights,
)
from bot.content.notes import Notes
from bot.content.origin import Origin
from bot.content.problem import Problem
from bot.content.tree import Place, Tree, read_tree
from bot.content.weights_file import NAME, read_weights
from bot.understanding.disclosures.patterns import are_sound, parse
from bot.understanding.disclosures.weights import MEANING

FOLDER: Final = "lexicon/disclosures"
"""Where the files lie in the content folder."""
MOST_ENTRIES: Final = 2_500
"""Entries in the file of a language."""
_BUILT_IN: Final = frozenset({"not", "not_after"})
"""Concepts that the index itself uses."""

_File = TypeVar("_File", DisclosureWords, DisclosureCommon)


def read_disclosures(content: Path, notes: Notes) -> DisclosureLexicon:
    """Read the lexicon below the folder `content`; what cannot be read is noted and left out.

    Where there is no such folder the lexicon is empty.
    """
    folder = content / FOLDER
    shown = f"{content.name}/{FOLDER}"
    if not folder.is_dir():
        return DisclosureLexicon()
    languages = []
    for path in sorted((folder / "words").glob("*.yaml")):
        tree = read_tree(path, f"{shown}/words/{path.name}")
        words = _read(DisclosureWords, tree, notes)
        if words:
            languages.append(_sound(words, tree, notes))
    tree = read_tree(folder / "common.yaml", f"{shown}/common.yaml")
    common = _read(DisclosureCommon, tree, notes)
    if common:
        wrong = _entries(common.wrong, {}, ("not",), tree, notes)
        common = common.model_copy(update={"wrong": wrong})
    weights = read_weights(folder / NAME, f"{shown}/{NAME}", notes)
    return DisclosureLexicon(
        languages=tuple(languages), common=common or DisclosureCommon(), weights=weights
    )


def _read(model: type[_File], tree: Tree, notes: Notes) -> _File | None:
    notes.problems.extend(tree.problems)
    if tree.problems:
        return None
    name = "common" if model is DisclosureCommon else tree.file.rpartition("/")[2][:-5]
    notes.origin.things["disclosures", name] = (tree, ())
    return notes.valid(model, tree, (), tree.data)


def _sound(words: DisclosureWords, tree: Tree, notes: Notes) -> DisclosureWords:
    """Return what can be read, noting entries that cannot and those that are there twice."""
    if not tree.file.endswith(f"/{words.language}.yaml"):
        notes.note(tree, ("language",), f"this is '{words.language}'", "the file has another name")
    read = {
        concept: _entries(entries, words.endings, ("concepts", concept), tree, notes)
        for concept, entries in words.concepts.items()
    }
    wrong = _entries(words.wrong, words.endings, ("not",), tree, notes)
    count = len(wrong) + sum(map(len, read.values()))
    if count > MOST_ENTRIES:
        what = f"there are {count} entries, at most {MOST_ENTRIES} can be read by a reviewer"
        notes.note(tree, ("concepts",), what, "write alternatives: (a|b) c", key=True)
    return words.model_copy(update={"concepts": read, "wrong": wrong})


def _entries(
    entries: Sequence[str], classes: Container[str], place: Place, tree: Tree, notes: Notes
) -> tuple[str, ...]:
    if len(set(entries)) == len(entries) and are_sound(entries, classes):
        return tuple(entries)
    seen: dict[str, int] = {}
    for index, entry in enumerate(entries):
        here = (*place, index)
        try:
            parse(entry, classes)
        except ValueError as error:
            notes.note(tree, here, str(error))
            continue
        if entry in seen:
            notes.note(tree, here, f"'{entry}' is here twice", f"also entry {seen[entry] + 1}")
        seen.setdefault(entry, index)
    return tuple(seen)


def check_disclosures(lexicon: DisclosureLexicon, origin: Origin) -> Iterator[Problem]:
    """Yield concepts that lead nowhere: said and not weighed, or named and not said."""
    if not lexicon.languages:
        return
    said = {concept for words in lexicon.languages for concept in words.concepts}
    common = lexicon.common
    for name, concepts in (("people", common.people), ("quiet", common.quiet)):
        for index, concept in enumerate(concepts):
            if concept not in said:
                what = f"no word of any language says '{concept}'"
                yield origin.at("disclosures", "common", name, index, what=what)
    weighed = _weighed(lexicon.weights) | _BUILT_IN
    for words in lexicon.languages:
        for concept in words.concepts:
            if concept not in weighed:
                what = f"{NAME} does not weigh '{concept}'"
                hint = "write phrases that say it, then: make weights"
                yield origin.at(
                    "disclosures",
                    words.language,
                    "concepts",
                    concept,
                    key=True,
                    what=what,
                    hint=hint,
                )


def _weighed(weights: Weights | None) -> set[str]:
    """Give the concepts that are weighed, as they are said or as they are denied."""
    rows = weights.rows if weights else ()
    return {one[1:].removeprefix("-") for one in rows if one[0] == MEANING}
