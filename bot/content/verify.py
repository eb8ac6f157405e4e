"""Writing down that somebody called: the entry of a line or service is changed in its file.

Nothing else in the file moves: comments, order, quotes and line breaks stay as they are.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.content.checks.numbers import ROLE_WANTED, check_numbers, is_role
from bot.content.checks.services import check_services
from bot.content.checks.terms import Terms
from bot.content.draft import Draft
from bot.content.explain import near, short
from bot.content.load import read
from bot.content.model import Hotline, Office, Refuge
from bot.content.problem import Problem
from bot.content.splice import Splice, SpliceError, scalar
from bot.content.tree import Place, Tree
from bot.errors import ContentError

_Entry = Hotline | Office | Refuge

_BOM: Final = b"\xef\xbb\xbf"
_HOURS: Final = re.compile(r"([a-z, -]+?) +(\d\d:\d\d)-(\d\d:\d\d)")
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ORDER: Final = {
    "hotlines": tuple(Hotline.model_fields),
    "services": ("id", "kind", *(key for key in Office.model_fields if key not in ("id", "kind"))),
}
_PHONE: Final = ("number", "e164", "channel")


def verify(
    folder: Path, id_: str, *, on: date, by: str, changes: Mapping[str, str], today: date
) -> str:
    """Write into the entry `id_` that it was confirmed on a day, and what turned out otherwise.

    Args:
        folder: the content folder.
        id_: a line under `hotlines/` or a service under `services/`.
        on: the day of the call.
        by: who called: a role such as "coordinator", never a name.
        changes: new values by key, as a person types them; see `KEYS` for how.
        today: no call can be later.

    Returns:
        The file and line of the entry, for telling where it was written.

    Raises:
        ContentError: if anything is unknown or impossible, or the content would not load with
            the change; then no byte is changed.
    """
    _judge(on, by, today)
    before = read(folder, {})
    tree, place, entry = _found(before, id_)
    path = folder / Path(tree.file).relative_to(before.origin.root)
    raw = path.read_bytes()
    written = _written(raw, place, entry, on, by, changes)
    after = read(folder, {}, {path: written})
    old, new = _told(before, today), _told(after, today)
    if told := [new[each] for each in new if each not in old]:
        raise ContentError("\n".join(("nothing was changed:", *told)))
    changed = next(each for each in after.origin.trees if each.file == tree.file)
    if not _alone(tree, changed, place, {"checked", "called", "by", *changes}):
        raise ContentError(f"nothing was changed: more than '{id_}' would have been; edit the file")
    _replace(path, written)
    spot = tree.nearest(place)
    return f"{tree.file}:{spot.line}"


def changes_of(pairs: Iterable[str]) -> dict[str, str]:
    """Read what turned out otherwise from words such as "hours=always".

    Raises:
        ContentError: if a word has no "=", or a key is there twice.
    """
    changes: dict[str, str] = {}
    for pair in pairs:
        key, found, value = pair.partition("=")
        if not found or key.strip() in changes:
            raise ContentError(f"'{short(pair)}': write each key once, as key=value")
        changes[key.strip()] = value
    return changes


def _judge(on: date, by: str, today: date) -> None:
    if on > today:
        raise ContentError(f"{on} is in the future: give the day on which somebody called")
    if not is_role(by):
        raise ContentError(f"who called is told as a role: {ROLE_WANTED}")


def _found(draft: Draft, id_: str) -> tuple[Tree, Place, _Entry]:
    """Find the entry, in content that can be read.

    Raises:
        ContentError: if there is none of this id, or another problem must be mended first.
    """
    if draft.problems and (broken := _unread(draft)):
        raise ContentError("\n".join(("mend the content first:", *map(str, broken))))
    entries = _entries(draft)
    if id_ not in entries:
        hint = near(id_, entries)
        raise ContentError(f"no line or service is called '{short(id_)}'" + (hint and f" ({hint})"))
    kind = "line" if isinstance(entries[id_], Hotline) else "service"
    return (*draft.origin.things[kind, id_], entries[id_])


def _entries(draft: Draft) -> dict[str, _Entry]:
    lines = {line.id: line for one in draft.countries.values() for line in one.hotlines}
    return lines | {each.id: each for one in draft.services.values() for each in one.all}


def _unread(draft: Draft) -> list[Problem]:
    """List the problems of everything but the flows, which a call has nothing to do with."""
    flows = f"{draft.origin.root}/flows"
    return [each for each in draft.problems if not each.file.startswith(flows)]


def _told(draft: Draft, today: date) -> dict[str, str]:
    """Say what is wrong with the lines and services, by what it is and with its place."""
    terms, content = Terms({}, today), draft.partly()
    found = (*_unread(draft), *check_numbers(content, terms), *check_services(content, terms))
    return {each.what: str(each) for each in found}


def _written(
    raw: bytes, place: Place, entry: _Entry, on: date, by: str, changes: Mapping[str, str]
) -> bytes:
    """Return the file with the entry changed."""
    line = isinstance(entry, Hotline)
    order = _ORDER["hotlines" if line else "services"]
    values: dict[str, str] = {"checked": on.isoformat(), "called": on.isoformat(), "by": scalar(by)}
    known = [key for key in KEYS if key in order or key in _PHONE]
    try:
        splice = Splice(raw.decode("utf-8-sig"), place)
        for key, value in changes.items():
            if key not in known:
                hint = near(key, known, f"known: {', '.join(known)}")
                raise ContentError(f"'{short(key)}' cannot be changed here ({hint})")
            if not value.strip().isprintable() or not value.strip():
                raise ContentError(f"the value of '{key}' is empty or cannot be printed")
            values[key] = KEYS[key](value.strip())
        if not line:
            _phone(splice, entry, values, order)
        for key in sorted(values, key=order.index):
            splice.put(key, values[key], order)
    except (SpliceError, ValueError) as error:
        raise ContentError(f"'{entry.id}' was not changed: {error}") from None
    return (_BOM if raw.startswith(_BOM) else b"") + splice.done().encode()


def _phone(splice: Splice, entry: Any, values: dict[str, str], order: tuple[str, ...]) -> None:
    """Put a new number into the only phone of a service, or make it its first."""
    given = {key: values.pop(key) for key in _PHONE if key in values}
    if given and not entry.phones:
        inner = ", ".join(f"{key}: {value}" for key, value in given.items())
        splice.put("phones", f"[{{{inner}}}]", order)
    elif given and len(entry.phones) > 1:
        raise SpliceError("it has several numbers: change them in the file")
    for key in sorted(given, key=_PHONE.index) if entry.phones else ():
        splice.put(key, given[key], _PHONE, ("phones", 0))


def _alone(before: Tree, after: Tree, place: Place, keys: set[str]) -> bool:
    """Tell whether only these keys of the entry at `place` differ."""
    whole = deepcopy(before.data)
    *way, last = place
    inner, new = whole, after.data
    for step in way:
        inner, new = inner[step], new[step]
    old, inner[last] = inner[last], new[last]
    meant = keys | ({"phones"} if keys & {*_PHONE} else set())
    differ = {key for key in {*old, *new[last]} if old.get(key) != new[last].get(key)}
    return bool(whole == after.data) and differ <= meant


def _replace(path: Path, written: bytes) -> None:
    """Put the new file in the place of the old one in one step, with its rights."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as opened:
            opened.write(written)
            opened.flush()
            os.fsync(opened.fileno())
        beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ContentError(f"{path.name} cannot be written: {error.strerror}") from None


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _truth(text: str) -> str:
    if text not in ("true", "false"):
        raise ValueError(f"'{short(text)}' is neither true nor false")
    return text


def _languages(text: str) -> str:
    return f"[{', '.join(scalar(each) for each in re.split('[, ]+', text.strip(', ')))}]"


def _hours(text: str) -> str:
    """Write hours such as "always", "mon-fri 09:00-18:00" or "mon, wed 10:00-12:00"."""
    if text == "always":
        return "{always: true}"
    found = _HOURS.fullmatch(text.lower())
    if found is None:
        raise ValueError(f"'{short(text)}' are no hours: always, or mon-fri 09:00-18:00")
    days: list[int] = []
    for part in re.split("[, ]+", found[1].strip(", ")):
        first, _, last = part.partition("-")
        if first not in _DAYS or (last or first) not in _DAYS:
            raise ValueError(f"'{short(part)}' is no day: {', '.join(_DAYS)}")
        days += range(_DAYS.index(first) + 1, _DAYS.index(last or first) + 2)
    return f'{{days: {days}, opens: "{found[2]}", closes: "{found[3]}"}}'


KEYS: Final[Mapping[str, Callable[[str], str]]] = {
    "number": _quoted,
    "e164": _quoted,
    "hours": _hours,
    "languages": _languages,
    "children": _truth,
    "step_free": _truth,
    "cost": scalar,
    "reports": scalar,
    "remark": scalar,
    "status": scalar,
    "confidence": scalar,
    "verify_before_use": _truth,
    "publish": scalar,
    "withheld": scalar,
}
"""What a call can change, and how its new value is written down."""
