"""The files under `content/lexicon/disclosures/`: words of each language, and common rules."""

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from bot.content.model import (
    DisclosureLexicon,
    DisclosureRule,
    DisclosureRules,
    DisclosureWords,
)
from bot.content.notes import Notes
from bot.content.origin import Origin
from bot.content.problem import Problem
from bot.content.tree import Place, Tree, read_tree
from bot.content.weights_file import NAME, read_weights
from bot.understanding.disclosures import Disclosures
from bot.understanding.disclosures.building import at_once
from bot.understanding.disclosures.patterns import are_sound, parse

FOLDER: Final = "lexicon/disclosures"
"""Where the files lie in the content folder."""
MOST_ENTRIES: Final = 2_500
"""Entries in the file of a language."""
_BUILT_IN: Final = frozenset({"not", "not_after"})
"""Concepts that the engine itself uses."""

_File = TypeVar("_File", DisclosureWords, DisclosureRules)


@at_once()
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
    tree = read_tree(folder / "rules.yaml", f"{shown}/rules.yaml")
    common = _read(DisclosureRules, tree, notes)
    if common:
        _rules(common.rules, tree, notes)
        wrong = _entries(common.wrong, {}, ("not",), tree, notes)
        common = common.model_copy(update={"wrong": wrong})
    weights = read_weights(folder / NAME, f"{shown}/{NAME}", notes)
    return DisclosureLexicon(
        languages=tuple(languages), common=common or DisclosureRules(), weights=weights
    )


def _read(model: type[_File], tree: Tree, notes: Notes) -> _File | None:
    notes.problems.extend(tree.problems)
    if tree.problems:
        return None
    name = "common" if model is DisclosureRules else tree.file.rpartition("/")[2][:-5]
    notes.origin.things["disclosures", name] = (tree, ())
    return notes.valid(model, tree, (), tree.data)


def _sound(words: DisclosureWords, tree: Tree, notes: Notes) -> DisclosureWords:
    """Return what can be read, noting entries that cannot and those that are there twice."""
    if not tree.file.endswith(f"/{words.language}.yaml"):
        notes.note(tree, ("language",), f"this is '{words.language}'", "the file has another name")
    _rules(words.rules, tree, notes)
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


def _rules(rules: Sequence[DisclosureRule], tree: Tree, notes: Notes) -> None:
    for index, rule in enumerate(rules):
        notes.first("disclosure rule", rule.rule, tree, ("rules", index))


def check_disclosures(lexicon: DisclosureLexicon, origin: Origin) -> Iterator[Problem]:
    """Yield concepts that lead nowhere, and rules whose example does not make them fire.

    Concepts of rules that no word says, and concepts of words that no rule asks about.
    """
    if not lexicon.languages:
        return
    said = {concept for words in lexicon.languages for concept in words.concepts}
    common = lexicon.common
    asked = {*_meant(lexicon, common.quiet), *common.people, *_BUILT_IN}
    for place, concepts in _asked(lexicon):
        asked.update(concepts)
        for concept in concepts:
            if concept not in said and place[0] == "rule":
                what = f"no word of any language says '{concept}'"
                hint = f"the rule '{place[1]}' asks for it"
                yield origin.at("disclosure rule", place[1], what=what, hint=hint)
    for words in lexicon.languages:
        for concept in words.concepts:
            if concept not in asked:
                yield origin.at(
                    "disclosures",
                    words.language,
                    "concepts",
                    concept,
                    key=True,
                    what=f"no rule asks for '{concept}'",
                )
    disclosures = Disclosures(lexicon)
    for rule in lexicon.rules:
        if rule.example and rule.rule not in disclosures.understand(rule.example).rules:
            yield origin.at(
                "disclosure rule",
                rule.rule,
                "example",
                what=f"this does not make '{rule.rule}' fire",
                hint="tirek understand shows why",
            )


def _asked(lexicon: DisclosureLexicon) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Give for each rule and addition the concepts that it asks about."""
    for rule in lexicon.rules:
        signs = [one.removeprefix("-") for sign in rule.when for one in sign.split("|")]
        yield ("rule", rule.rule), _meant(lexicon, [*signs, *(rule.unless or ())])
    for each in lexicon.common.adds:
        signs = [one.removeprefix("-") for sign in each.when for one in sign.split("|")]
        yield ("addition", each.label), _meant(lexicon, [*signs, *each.unless])


def _meant(lexicon: DisclosureLexicon, concepts: Iterable[str]) -> list[str]:
    return [one for concept in concepts for one in lexicon.meant(concept)]
