"""How the lexicon writes words and phrases: what each sign in an entry asks of a message.

`ұр+v` is the stem and a chain of endings of the class `v`, or none; `саба*` the stem and
anything; `дуст*ро` the stem, anything and this end; `таяқ` exactly this word. `қол көтер*` are
neighbours; `қол ... көтер*` have up to two words between them, `қол ...5 көтер*` up to five.
`не (дает|разрешает) (мне|) (работать|из дома)` has alternatives, the last of which may be several
words, and an empty one where a word may be missing; `a|b` alone and `получ(ил|ила)` inside a word
are the same. `забрал* <> паспорт*` stand in either order. `^өл+v` compares native letters,
`<13-17>` is a number, a smiley is a word, and an entry that begins with `~` says its concept
negated.
"""

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from bot.understanding.disclosures.letters import skeleton
from bot.understanding.disclosures.reading import cleaned

MOST_STEPS: Final = 8
"""Steps of a phrase."""
MOST_DEEP: Final = 4
"""Brackets in one another."""
LEAST_LETTERS: Final = 2
"""Letters of the skeleton of a stem that something may follow."""
ANYTHING: Final = "*"
_GAP: Final = 2
"""Words that "..." stands for at most."""

_RANGE: Final = re.compile(r"<(\d{1,3})(?:-(\d{1,3}))?>|(\d{1,9})")
_PIECE: Final = re.compile(r"(\^?)([^\W_]+)(\*[^\W_]*|\+[a-z]+)?")
_SMILEY: Final = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
_HYPHEN: Final = re.compile(r"-(?![\d]+>)")
_INSIDE: Final = re.compile(r"([^\s()|]+)\(([^()\s]*)\)([^\s()|]*)|\(([^()\s]*)\)([^\s()|]+)")
"""Brackets inside a word: before, between and behind them; or between and behind them."""
_TOUCHING: Final = re.compile(r"[^\s()|]\(|\)[^\s()|]")
"""A bracket that stands beside a letter."""
_TOKEN: Final = re.compile(r"[()|]|[^\s()|]+")
_FLAT: Final = re.compile(
    r"~?\^?[^\W_]+(?:\*|\+[a-z]+)?(?: (?:\.\.\.[0-9]? )?\^?[^\W_]+(?:\*|\+[a-z]+)?){0,7}"
)
"""An entry without alternatives and numbers, as most are."""
_ROW: Final = re.compile(r"\^?[^\W_]+(?:\*|\+[a-z]+)?(?:\|\^?[^\W_]+(?:\*|\+[a-z]+)?)*")
"""Single words, of which each is a sign of its own."""
_CERTAIN: Final = 5
"""Letters of a word that has enough of them in the skeleton, too."""


class Piece(NamedTuple):
    """What one word must be.

    Attributes:
        stem: how it begins, in small letters; "" for a number.
        tail: what may follow: "" nothing, `ANYTHING`, the name of a class of endings, or
            `ANYTHING` and how the word then ends.
        exact: whether native letters must be the same.
        least: the smallest number it may be, or -1.
        most: the largest, or -1.
    """

    stem: str
    tail: str = ""
    exact: bool = False
    least: int = -1
    most: int = -1


class Slot(NamedTuple):
    """One step of a phrase.

    Attributes:
        gap: the most words that may stand before it.
        either: what it may be: a word as it is written, or several steps.
        optional: whether it may be missing.
    """

    gap: int
    either: tuple["str | tuple[Slot, ...]", ...]
    optional: bool = False


class Pattern(NamedTuple):
    """Steps in their order, and whether the entry says its concept negated."""

    slots: tuple[Slot, ...]
    negated: bool = False


def patterns(entries: Iterable[str]) -> Iterator[Pattern]:
    """Take entries apart, all at once; one may give several patterns.

    Raises:
        ValueError: telling what is wrong with the first that is none.
    """
    joined = "\n".join(entries)
    for entry in cleaned(joined).split("\n") if joined else ():
        yield from _read(entry)


def forget() -> None:
    """Let go of what was read: the loader and the index after it read the same entries."""
    _read.cache_clear()


@cache
def _read(entry: str) -> tuple[Pattern, ...]:
    if _ROW.fullmatch(entry):
        return tuple([Pattern((Slot(0, (one,)),)) for one in entry.split("|")])
    return tuple(_patterns(entry))


def parse(entry: str, classes: Container[str] = ()) -> None:
    """Read an entry to the end; `classes` are the names of the endings that it may use.

    Raises:
        ValueError: telling what is wrong with it.
    """
    for pattern in patterns([entry.replace("\n", " ")]):
        for word in words_of(pattern.slots):
            piece(word, classes)


def are_sound(entries: Iterable[str], classes: Container[str]) -> bool:
    """Tell, much quicker than one by one, whether all entries can be read."""
    try:
        for word in words_of(slot for pattern in patterns(entries) for slot in pattern.slots):
            if not word.isalpha():
                piece(word, classes)
    except ValueError:
        return False
    return True


def words_of(slots: Iterable[Slot]) -> set[str]:
    """Give every word that stands somewhere in these steps."""
    found: set[str] = set()
    for slot in slots:
        for one in slot.either:
            if isinstance(one, str):
                found.add(one)
            else:
                found |= words_of(one)
    return found


def piece(word: str, classes: Container[str]) -> Piece:
    """Read one word of an entry.

    Raises:
        ValueError: telling what is wrong with it.
    """
    if word.isalpha():
        return Piece(word)
    if word[-1] == ANYTHING and len(word) > _CERTAIN and word[:-1].isalpha():
        return Piece(word[:-1], ANYTHING)
    stem, plus, name = word.partition("+")
    if plus and name in classes and len(stem) >= _CERTAIN and stem.isalpha():
        return Piece(stem, name)
    if _SMILEY.fullmatch(word):
        return Piece(word)
    if found := _RANGE.fullmatch(word):
        least = int(found[1] or found[3])
        most = int(found[2] or least)
        if least > most:
            raise ValueError(f"'{word}' has no number in it")
        return Piece("", least=least, most=most)
    parsed = _PIECE.fullmatch(word)
    if not parsed:
        raise ValueError(f"'{word}' is no word, stem* or stem+class")
    tail = (parsed[3] or "").removeprefix("+")
    if tail and not tail.startswith(ANYTHING) and tail not in classes:
        raise ValueError(f"there is no class of endings '{tail}'")
    if tail and len(parsed[2]) < _CERTAIN and len(skeleton(parsed[2])) < LEAST_LETTERS:
        raise ValueError(f"'{parsed[2]}' is shorter than {LEAST_LETTERS} letters in the skeleton")
    return Piece(parsed[2], tail, bool(parsed[1]))


def _patterns(entry: str) -> Iterator[Pattern]:
    if _FLAT.fullmatch(entry):
        yield _flat(entry)
        return
    negated = entry.startswith("~")
    entry = _HYPHEN.sub(" ", entry.removeprefix("~"))
    left, either, right = entry.partition("<>")
    if not either:
        yield from _alone(Pattern(_parsed(entry), negated))
        return
    sides = _parsed(left), _parsed(right)
    for first, second in (sides, sides[::-1]):
        yield Pattern((*first, second[0]._replace(gap=_GAP), *second[1:]), negated)


def _flat(entry: str) -> Pattern:
    """Take an entry apart that is a plain row of words."""
    slots: list[Slot] = []
    gap = 0
    for word in entry.removeprefix("~").split(" "):
        if word.startswith("..."):
            gap = int(word[3:] or _GAP)
        else:
            slots.append(Slot(gap, (word,)))
            gap = 0
    return Pattern(tuple(slots), entry.startswith("~"))


def _alone(pattern: Pattern) -> Iterator[Pattern]:
    """Give what has only one step as a pattern for each thing that it may be."""
    if len(pattern.slots) > 1:
        yield pattern
        return
    for one in pattern.slots[0].either:
        if isinstance(one, str):
            yield Pattern((Slot(0, (one,)),), pattern.negated)
        else:
            yield from _alone(Pattern(one, pattern.negated))


def _parsed(entry: str) -> tuple[Slot, ...]:
    while _TOUCHING.search(entry) and (whole := _INSIDE.sub(_spelt_out, entry)) != entry:
        entry = whole
    tokens = _TOKEN.findall(entry)[::-1]
    slots = _sequence(tokens, 0)
    if tokens:
        raise ValueError("a bracket is closed that was not opened")
    if not 0 < len(slots) <= MOST_STEPS:
        raise ValueError(f"an entry has one to {MOST_STEPS} words")
    return slots


def _spelt_out(found: re.Match[str]) -> str:
    before, inside, behind = (
        (found[1], found[2], found[3]) if found[1] is not None else ("", found[4], found[5])
    )
    return "(" + "|".join(f"{before}{one}{behind}" for one in inside.split("|")) + ")"


def _sequence(tokens: list[str], deep: int) -> tuple[Slot, ...]:
    """Take steps from the end of `tokens` up to what ends them: `|`, a bracket or nothing."""
    slots: list[Slot] = []
    gap: int | None = None
    while tokens and tokens[-1] != ")" and not (deep and tokens[-1] == "|"):
        word = tokens.pop()
        if word[0] == ".":
            if (
                not word.startswith("...")
                or not slots
                or gap is not None
                or not (word[3:] or "0").isdecimal()
            ):
                raise ValueError("'...' stands between two words")
            gap = int(word[3:] or _GAP)
            continue
        either, optional = _group(tokens, deep + 1) if word == "(" else ((word,), False)
        while not deep and word != "(" and tokens and tokens[-1] == "|":
            tokens.pop()
            if not tokens or tokens[-1] in "()|":
                raise ValueError("a word is missing beside '|'")
            either = (*either, tokens.pop())
        slots.append(Slot(gap or 0, either, optional))
        gap = None
    if gap is not None:
        raise ValueError("'...' stands between two words")
    while slots and slots[-1].optional:
        slots.pop()
    while slots and slots[0].optional:
        slots.pop(0)
    if slots and slots[0].gap:
        slots[0] = slots[0]._replace(gap=0)
    return tuple(slots)


def _group(tokens: list[str], deep: int) -> tuple[tuple[str | tuple[Slot, ...], ...], bool]:
    """Take what stands in a bracket: what it may be, and whether it may be missing."""
    if deep > MOST_DEEP:
        raise ValueError(f"more than {MOST_DEEP} brackets in one another")
    either: list[str | tuple[Slot, ...]] = []
    optional = False
    while True:
        slots = _sequence(tokens, deep)
        if not slots:
            optional = True
        elif len(slots) == 1:
            either.extend(slots[0].either)
        else:
            either.append(slots)
        if not tokens:
            raise ValueError("a bracket is not closed")
        if tokens.pop() == ")":
            break
    if not either:
        raise ValueError("a bracket is empty")
    return tuple(either), optional
