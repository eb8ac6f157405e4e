"""Every request against the Bot API's own table of names, types, marks and lengths."""

import functools
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tests.standin.refusal import Refusal, wrong
from tests.standin.rules import METHOD_RULES, TYPE_RULES

Check = Callable[[Any], None]

INTEGER = re.compile(r"-?[0-9]{1,19}")

# Types told apart by a field "type" that holds the end of the subtype's name in snake case.
NAMED_BY_TYPE = ("BotCommandScope", "MenuButton", "ReactionType", "InputMedia")


class Mismatch(Exception):  # noqa: N818
    """A value is not what the table says; its text leads from the parameter to the fault."""


class Upload:
    """A file part of a multipart body."""

    def __init__(self, name: str, content: bytes):
        self.name, self.content = name, content


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _scalar(name: str, *kinds: type) -> Check:
    def check(value: Any) -> None:
        if type(value) not in kinds:
            raise Mismatch(f"must be of type {name}")

    return check


def _array(item: Check) -> Check:
    def check(value: Any) -> None:
        if type(value) is not list:
            raise Mismatch("must be an Array")
        for index, one in enumerate(value):
            try:
                item(one)
            except Mismatch as no:
                raise Mismatch(f"[{index}] {no}") from None

    return check


def _measured(check: Check, least: int, most: int, unit: str) -> Check:
    def measured(value: Any) -> None:
        check(value)
        size = len(value.encode()) if unit == "bytes" else units(value)
        if not least <= size <= most:
            raise Mismatch(f"has {size} {unit}, allowed are {least}-{most}")

    return measured


def _ranged(check: Check, least: int, most: int) -> Check:
    def ranged(value: Any) -> None:
        check(value)
        if not least <= value <= most:
            raise Mismatch(f"is {value}, allowed are {least}-{most}")

    return ranged


def _any_of(checks: dict[str, Check]) -> Check:
    def check(value: Any) -> None:
        fitting: list[str] = []
        for one in checks.values():
            try:
                one(value)
            except Mismatch as no:
                fitting.append(str(no))
            else:
                return
        # The shape that is wrong deepest inside is the one that was meant.
        raise Mismatch(max(fitting, key=lambda text: ("must be" not in text, len(text))))

    return check


def _by_type(checks: dict[str, Check]) -> Check:
    def check(value: Any) -> None:
        kind = value.get("type") if type(value) is dict else None
        one = checks.get(kind) if isinstance(kind, str) else None
        if one is None:
            raise Mismatch(f'has type "{kind}", allowed are {", ".join(checks)}')
        one(value)

    return check


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class _Object:
    """The check of one object type; its fields are compiled when first met (types recurse)."""

    def __init__(self, spec: "Spec", name: str):
        self._spec = spec
        self._name = name
        self._fields: dict[str, Check] | None = None
        self._required: list[str] = []
        self._rule = TYPE_RULES.get(name)

    def __call__(self, value: Any) -> None:
        if type(value) is not dict:
            raise Mismatch(f"must be of type {self._name}")
        if self._fields is None:
            fields = self._spec.types[self._name]["fields"]
            self._fields = {key: self._spec.compile(field) for key, field in fields.items()}
            self._required = [key for key, field in fields.items() if field["required"]]
        for key, item in value.items():
            check = self._fields.get(key)
            if check is None:
                raise Mismatch(f'has an unknown field "{key}" for {self._name}')
            try:
                check(item)
            except Mismatch as no:
                raise Mismatch(f".{key} {no}") from None
        for key in self._required:
            if key not in value:
                raise Mismatch(f'misses the field "{key}" of {self._name}')
        if self._rule is not None:
            self._rule(value)


class Method:
    """One method: what it takes, and how its parameters are read."""

    def __init__(self, spec: "Spec", name: str, params: dict[str, Any]):
        self.name = name
        self._types = {key: tuple(field["types"]) for key, field in params.items()}
        self._required = [key for key, field in params.items() if field["required"]]
        self._rule = METHOD_RULES.get(name)
        formatted = "parse_mode" in params
        self._checks = {
            # These two are measured after their entities are parsed.
            key: spec.compile(
                {**field, "len": None} if formatted and key in ("text", "caption") else field
            )
            for key, field in params.items()
        }

    def read(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters with their JSON decoded; Refusal when any breaks the table or a rule."""
        params: dict[str, Any] = {}
        for key, value in raw.items():
            check = self._checks.get(key)
            if check is None:
                raise wrong(f'unknown parameter "{key}" for {self.name}')
            try:
                params[key] = decoded = _decode(value, self._types[key])
                check(decoded)
            except Mismatch as no:
                raise wrong(f"parameter {key} {no}") from None
        for key in self._required:
            if key not in params:
                raise wrong(f'parameter "{key}" is required')
        if self._rule is not None:
            self._rule(params)
        return params


class Form(str):
    """A value from a query or a form, where everything is text."""

    __slots__ = ()


def _decode(value: Any, types: tuple[str, ...]) -> Any:
    """A form's text as the JSON value it stands for; JSON strings may hold objects, too."""
    if not isinstance(value, str) or "InputFile" in types:
        return value
    text = str(value)
    if "Integer" in types and (type(value) is Form or "String" in types):
        if INTEGER.fullmatch(text):
            return int(text)
        if "String" not in types:
            raise Mismatch("must be an Integer")
    if "String" in types:
        return text
    if type(value) is Form and types[0] in ("Boolean", "Float"):
        return _plain(text, types[0])
    if types[0] in ("Integer", "Boolean", "Float"):
        return value
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError):
        raise Mismatch(f"can't be parsed as JSON of {' or '.join(types)}") from None


def _plain(text: str, kind: str) -> Any:
    if kind == "Boolean" and text in ("true", "false"):
        return text == "true"
    if kind == "Float":
        try:
            return float(text)
        except ValueError:
            pass
    raise Mismatch(f"must be of type {kind}")


@functools.cache
def the_spec() -> "Spec":
    """The table, read and compiled once in a process."""
    return Spec()


class Spec:
    """The compiled table; methods are found without regard to case, as Telegram does."""

    def __init__(self):
        table = json.loads(Path(__file__).with_name("bot-api.json").read_text())
        self.types: dict[str, Any] = table["types"]
        # Measured by the rule of the button, which gives Telegram's own answer.
        self.types["InlineKeyboardButton"]["fields"]["callback_data"]["len"] = None
        # python-telegram-bot says `{}` for a keyboard without buttons, and Telegram takes it.
        self.types["InlineKeyboardMarkup"]["fields"]["inline_keyboard"]["required"] = False
        self._known: dict[str, Check] = {
            "String": _scalar("String", str),
            "Integer": _scalar("Integer", int),
            "Float": _scalar("Float", float, int),
            "Boolean": _scalar("Boolean", bool),
            "InputFile": _scalar("InputFile", str, Upload),
        }
        self._names = {name.lower(): name for name in table["methods"]}
        self._table = table["methods"]
        self._methods: dict[str, Method] = {}

    def method(self, name: str) -> Method:
        """The method of this name; Refusal 404 when there is none."""
        found = self._names.get(name.lower())
        if found is None:
            raise Refusal(404, "Not Found: method not found", violation=True)
        if found not in self._methods:
            self._methods[found] = Method(self, found, self._table[found]["params"])
        return self._methods[found]

    def compile(self, field: dict[str, Any]) -> Check:
        """The check of one parameter or field as the table describes it."""
        types = field["types"]
        check = self._type(types[0]) if len(types) == 1 else self._union(types)
        if field.get("len"):
            return _measured(check, *field["len"])
        return _ranged(check, *field["range"]) if field.get("range") else check

    def _union(self, names: list[str]) -> Check:
        if names == ["Integer", "String"]:
            return _scalar("Integer or String", int, str)
        return _any_of({name: self._type(name) for name in names})

    def _type(self, name: str) -> Check:
        if name not in self._known:
            self._known[name] = self._make(name)
        return self._known[name]

    def _make(self, name: str) -> Check:
        if name.startswith("Array of "):
            return _array(self._type(name.removeprefix("Array of ")))
        subtypes = self.types[name].get("subtypes")
        if not subtypes:
            return _Object(self, name)
        if name in NAMED_BY_TYPE:
            return _by_type({_snake(s.removeprefix(name)): self._type(s) for s in subtypes})
        return self._union(subtypes)
