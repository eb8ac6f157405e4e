"""Every name of every place, found exactly or within a slip or two of the finger."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content.model import Gazetteer, Place
from bot.understanding.normalise import skeleton
from bot.understanding.spelling import LOOSENING, SPACE, WORD, key, loosened, merged, plain, whole
from bot.understanding.units import Unit, unit_of

LOOSE: Final = 2
"""The tier of names that are like what was typed only in a looser spelling."""
_ONE_SLIP: Final = 5
_TWO_SLIPS: Final = 8
"""Letters from which a name may have one or two slips; shorter ones are meant as they stand."""
_START: Final = 3
"""Letters of a key that tell whether to look further."""
_FAR: Final = 3
"""More slips than any name may have; so far may one slip set two keys apart: Tshkent."""
_EDGE: Final = 2
"""Two slips are not found when one is in the first and one in the last so many letters."""


class Match(NamedTuple):
    """A place and how well its name fits what was typed.

    Attributes:
        place: the place.
        tier: 0 for the same letters, 1 for the same skeleton, LOOSE for a looser likeness.
        unit: what the name calls an area: "город Ош" is an area called a town; None for a place.
        own: whether it is the name of today; an area has no other.
        slips: how many letters differ; a wrong first letter counts twice.
    """

    place: Place
    tier: int
    unit: Unit | None
    own: bool = True
    slips: int = 0


class _Name(NamedTuple):
    """A name without its unit word, in its letters and its skeleton; both in one word."""

    plain: str
    whole: str
    place: Place
    unit: Unit | None
    own: bool


class Names:
    """An index over all names of a gazetteer; it does not change once made."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Spell every name once."""
        names: dict[str, dict[tuple[str, str, Unit | None], _Name]] = {}
        for at, name in _spelt(gazetteer):
            names.setdefault(at, {}).setdefault((name.place.id, name.plain, name.unit), name)
        self._names = {at: tuple(there.values()) for at, there in names.items()}
        self._longest = max(
            (len(one.whole) for there in self._names.values() for one in there), default=0
        )
        self._edges: dict[tuple[str, int], list[str]] = {}
        self._starts = {at[:_START] for at in self._names}
        self._merged: dict[str, list[str]] = {}
        for at in self._names:
            for edge in _edges(at):
                self._edges.setdefault((edge, len(at)), []).append(at)
            self._merged.setdefault(merged(at), []).append(at)

    def begin(self, bones: str) -> bool:
        """Tell quickly whether any name begins as a skeleton does, whatever ending it has."""
        short = bones[: _START + 1].translate(LOOSENING)
        loose = loosened(bones)[:_START]
        begun = (loose, loose[: _START - 1], short[:_START], short[: _START - 1])
        return not self._starts.isdisjoint(begun)

    def exact(self, typed: str, bones: str, country: str | None) -> list[Match]:
        """Find the places with a name like this: its plain letters, its whole skeleton."""
        if len(bones) > self._longest:
            return []
        return _best(
            Match(
                name.place,
                0 if name.plain == typed else 1 if name.whole == bones else LOOSE,
                name.unit,
                name.own,
            )
            for name in self._names.get(key(bones), ())
            if country in (None, name.place.country)
        )

    def like(self, typed: str, bones: str, country: str | None) -> list[Match]:
        """Find the places whose name differs by the fewest letters, if they are few enough."""
        matches = _best(self._alike(typed, bones, country)) if len(typed) >= _ONE_SLIP else []
        fewest = min((one.slips for one in matches), default=0)
        return [one for one in matches if one.slips == fewest]

    def _alike(self, typed: str, bones: str, country: str | None) -> Iterator[Match]:
        for at, apart in self._near(key(bones)):
            for name in self._names[at]:
                if country not in (None, name.place.country):
                    continue
                slips = min(
                    apart or _FAR,
                    OSA.distance(typed, name.plain, score_cutoff=_FAR),
                    OSA.distance(bones, name.whole, score_cutoff=_FAR),
                )
                letters = min(len(typed), len(name.plain))
                # Whoever slips twice, or in a short name, still begins it rightly.
                begun = typed[0] == name.plain[0] or bones[0] == name.whole[0]
                # A slip may be a letter left out, so that what was typed is shorter than the name.
                most = _slips(min(len(typed) + 1, len(name.plain)))
                if slips <= most and (begun or (slips == 1 and letters > _ONE_SLIP)):
                    yield Match(name.place, LOOSE, name.unit, name.own, slips + (not begun))

    def _near(self, at: str) -> Iterator[tuple[str, int]]:
        """Give the keys near a key; 1 with those in which a stands for o: that is one slip."""
        around = range(len(at) - _FAR, len(at) + _FAR + 1)
        shelves = (self._edges.get((edge, size), ()) for edge in _edges(at) for size in around)
        keys = list(dict.fromkeys(chain.from_iterable(shelves)))
        found = process.extract(at, keys, scorer=OSA.distance, score_cutoff=_FAR, limit=None)
        yield from ((name, 1) for name in self._merged.get(merged(at), ()))
        yield from ((name, 0) for name, *_ in found)


def _best(matches: Iterable[Match]) -> list[Match]:
    """Keep the best match of each place under each unit.

    It is of the name of today if that one fits too: Balqash is an old spelling, and Балқаш.
    """
    best: dict[tuple[str, Unit | None], Match] = {}
    for one in matches:
        known = best.setdefault((one.place.id, one.unit), one)
        better = min(known, one, key=_worth)
        fits = [each for each in (known, one) if each.slips == better.slips and each.tier < LOOSE]
        best[one.place.id, one.unit] = better._replace(
            own=any(each.own for each in fits or [better])
        )
    return list(best.values())


def _worth(one: Match) -> tuple[int, int, bool]:
    return one.slips, one.tier, not one.own


def _slips(letters: int) -> int:
    return (letters >= _ONE_SLIP) + (letters >= _TWO_SLIPS)


def _edges(at: str) -> tuple[str, str]:
    return f"{at[:_EDGE]}-", f"-{at[-_EDGE:]}"


def _spelt(gazetteer: Gazetteer) -> Iterator[tuple[str, _Name]]:
    """Give every name under its key, and one with "yo" also under the key it has with "e".

    All names go through the tables as lines of one text: one by one would take far longer.
    """
    called = [
        (place, name.replace("\n", " "), own or place.is_area)
        for place in gazetteer.places.values()
        for names, own in ((place.names.values(), True), (place.also, False))
        for name in names
    ]
    if not called:
        return
    lines = plain("\n".join(name for _, name, _ in called)).split("\n")
    bones = skeleton("\n".join(lines)).split("\n")
    units: list[Unit | None] = [None] * len(called)
    for at, (place, *_) in enumerate(called):
        if place.is_area:
            lines[at], bones[at], units[at] = _area(place, lines[at], bones[at])
    for at, (place, name, own) in enumerate(called[:]):
        if "yo" in lines[at]:
            called.append((place, name, own))
            lines.append(lines[at])
            bones.append(skeleton(lines[at].replace("yo", "e")))
            units.append(units[at])
    wholes = whole("\n".join(bones))
    each = zip(
        called, units, SPACE.sub("", "\n".join(lines)).split("\n"), wholes.split("\n"),
        loosened(wholes).split("\n"), strict=True,
    )  # fmt: skip
    shared: dict[str, str] = {}  # many names have one spelling, and many a spelling is its key
    for (place, _, own), unit, line, bone, loose in each:
        if bone:
            typed, sure, under = (
                shared.setdefault(one, one) for one in (line, bone, key(bone, loose))
            )
            yield under, _Name(typed, sure, place, unit, own)


def _area(place: Place, line: str, bone: str) -> tuple[str, str, Unit]:
    """Spell the name of an area without the word that says what it is."""
    unit: Unit = "region" if place.kind == "region" else "district"
    pairs = list(zip(WORD.findall(line), WORD.findall(bone), strict=False))
    bare = [(word, bones) for word, bones in pairs if not unit_of(bones)] or pairs
    said = next((one for _, bones in pairs if (one := unit_of(bones))), unit)
    return " ".join(word for word, _ in bare), " ".join(bones for _, bones in bare), said
