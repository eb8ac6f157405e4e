"""What pydantic finds wrong, retold for the person who wrote the YAML."""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from inspect import isclass
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.content.problem import Problem
from bot.content.tree import MAX_PROBLEMS, Place, Spot, Tree

SHOWN: Final = 60
"""Characters of a faulty value that are repeated in a message."""

_PATTERNS: Final = {
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*$": (
        "is no id",
        "lower-case letters, digits and single hyphens, like safe-place",
    ),
    "^[a-z][a-z0-9_]{0,31}$": (
        "is no name of a command",
        "lower-case letters, digits and _, at most 32",
    ),
    r"^([01]\d|2[0-3]):[0-5]\d$": ("is no time of day", 'write "HH:MM"'),
    "^[0-9+() -]{2,24}$": ("is no number to dial", "digits, spaces, hyphens, ( ) and +"),
    r"^\+[1-9]\d{6,14}$": ("is no international number", 'write "+" and digits only'),
    "^[0-9]{2,6}$": ("is no short number", "two to six digits"),
    "^[a-z]{2}$": ("is no code of a place", "two small letters that mean nothing"),
}
_WANTED: Final = {
    "bool": ("true or false is wanted here", ""),
    "int": ("a whole number is wanted here", ""),
    "float": ("a number is wanted here", ""),
    "tuple": ("a list is wanted here", "[one, two], or a line for each with '- '"),
    "list": ("a list is wanted here", "[one, two], or a line for each with '- '"),
    "dict": ("a mapping is wanted here", "lines of 'key: value'"),
    "mapping": ("a mapping is wanted here", "lines of 'key: value'"),
    "model": ("a mapping is wanted here", "lines of 'key: value'"),
    "date": ("a date is wanted here", "write YYYY-MM-DD"),
}


def near(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint: the known word that looks most like `word`, or `otherwise`."""
    found = get_close_matches(word[:SHOWN], [*known], n=1)
    return f"did you mean '{found[0]}'?" if found else otherwise


def short(value: object) -> str:
    """Return a value as one short line."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def explain(
    error: ValidationError,
    tree: Tree,
    base: Place,
    model: type[BaseModel],
    given: Iterable[str] = (),
) -> list[Problem]:
    """Turn the errors of validating the value at `base` as `model` into problems in reading order.

    At most `MAX_PROBLEMS` are explained, and one for each place besides
    what is missing there. `given` names the keys that the
    loader fills in, so that nobody is told to write them.
    """
    found: dict[tuple[str, int, int, str], Problem] = {}
    listed = error.errors(include_url=False)[:MAX_PROBLEMS]
    parents = {each["loc"][:i] for each in listed for i in range(len(each["loc"]))}
    for details in listed:
        if details["type"] == "too_short" and details["loc"] in parents:
            continue  # pydantic does not count the faulty items, which are told anyway
        place, on_key = (*base, *details["loc"]), details["type"] == "extra_forbidden"
        if details["type"] == "missing" or place[-1:] == ("[key]",):
            place, on_key = place[:-1], True
        what, hint = _retell(details, tree.nearest(place), model, given)
        problem = tree.at(place, what, hint, key=on_key)
        absent = what if details["type"] == "missing" else ""
        found.setdefault((problem.file, problem.line, problem.col, absent), problem)
    return sorted(found.values())


def _retell(
    details: ErrorDetails, spot: Spot, model: type[BaseModel], given: Iterable[str]
) -> tuple[str, str]:
    """Say in plain words what is wrong and what may help."""
    kind, value = details["type"], details["input"]
    last = str(details["loc"][-1]) if details["loc"] else ""
    if kind == "missing":
        return f"'{last}' is missing", ""
    if kind == "extra_forbidden":
        known = [key for key in _keys(model, details["loc"][:-1]) if key not in given]
        return f"unknown key '{short(last)}'", near(last, known, f"known: {', '.join(known)}")
    if kind == "string_type":
        return _no_text(value, spot)
    if retold := _FAULTS.get(kind):
        return retold(value, details.get("ctx", {}))
    if wanted := _WANTED.get(kind.partition("_")[0]):
        return wanted
    return f"'{short(value)}': {details['msg'][:1].lower()}{details['msg'][1:]}", ""


def _unlisted(value: object, context: dict[str, Any]) -> tuple[str, str]:
    known = re.findall(r"'([^']*)'|(\d+)", str(context.get("expected", "")))
    known = [word or number for word, number in known]
    return f"'{short(value)}' is not known here", near(
        str(value), known, f"known: {', '.join(known)}"
    )


def _misshapen(value: object, context: dict[str, Any]) -> tuple[str, str]:
    what, hint = _PATTERNS.get(str(context.get("pattern")), ("has another form", ""))
    return f"'{short(value)}' {what}", hint


def _too_long(value: object, context: dict[str, Any]) -> tuple[str, str]:
    return f"the text has {len(str(value))} characters, at most {context['max_length']} fit", ""


_FAULTS: Final[dict[str, Callable[[object, dict[str, Any]], tuple[str, str]]]] = {
    "literal_error": _unlisted,
    "enum": _unlisted,
    "string_pattern_mismatch": _misshapen,
    "string_too_long": _too_long,
    "string_too_short": lambda _value, _context: ("the text is empty", ""),
    "greater_than_equal": lambda value, context: (f"{value} is less than {context['ge']}", ""),
    "less_than_equal": lambda value, context: (f"{value} is more than {context['le']}", ""),
    "value_error": lambda _value, context: (str(context["error"]), ""),
    "too_short": lambda _value, context: (f"at least {context['min_length']} is wanted here", ""),
}


def _no_text(value: object, spot: Spot) -> tuple[str, str]:
    """Say what stands where a text is wanted."""
    if isinstance(value, dict | list):
        return (
            f"a text is wanted here, not a {'mapping' if isinstance(value, dict) else 'list'}",
            "",
        )
    if value is None:
        return "a text is wanted here, and there is none", ""
    spelt = spot.spelt or short(value)
    kind = "true or false" if isinstance(value, bool) else "a number"
    return f"a text is wanted here, and {spelt} is {kind}", f'quote it: "{spelt}"'


def _keys(model: type[BaseModel], place: Place) -> list[str]:
    """List the keys that may stand at `place` in a value of `model`."""
    here: type[BaseModel] | None = model
    for step in place:
        if here is not None and isinstance(step, str):
            fields = {each.alias or name: each for name, each in here.model_fields.items()}
            here = _model_in(fields[step].annotation) if step in fields else here
    fields = {} if here is None else here.model_fields
    return [each.alias or name for name, each in fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the model in an annotation like `tuple[Choice, ...]` or `Hours | None`."""
    if isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
