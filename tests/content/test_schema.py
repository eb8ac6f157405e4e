"""Truths about the schemas that help authors in their editors."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.content.schema import schemas, write
from bot.content.tree import read_tree
from bot.engine.blocks import SPECS
from tests.content.directory_kit import write_all
from tests.content.kit import BLOCKS

KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
COUNTRIES = ("kz", "kg", "tj", "uz")
SILENT = {"$schema", "$defs", "title", "description", "default", "format", "uniqueItems"}


def fits(value: Any, schema: Any, root: dict[str, Any]) -> bool:
    """Judge by the few words of JSON Schema that our schemas use; any other word is an error."""
    if isinstance(schema, bool):
        return schema
    if "$ref" in schema:
        return fits(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if not _type(value, schema.get("type"), schema, root):
        return False
    return all(
        word in SILENT or JUDGES[word](value, wanted, schema, root)
        for word, wanted in schema.items()
    )


def _type(value, wanted, _schema, _root):
    if wanted is None:
        return True
    if wanted == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if wanted == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, KINDS[wanted])


def _properties(value, wanted, _schema, root):
    known = wanted.items() if isinstance(value, dict) else ()
    return all(fits(value[key], each, root) for key, each in known if key in value)


def _additional(value, wanted, schema, root):
    known = schema.get("properties", {})
    return all(fits(value[key], wanted, root) for key in value if key not in known)


JUDGES = {
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": lambda value, wanted, *_: all(key in value for key in wanted),
    "patternProperties": lambda value, wanted, _, root: all(
        fits(value[key], each, root)
        for pattern, each in wanted.items()
        for key in value
        if re.search(pattern, key)
    ),
    "propertyNames": lambda value, wanted, _, root: all(fits(key, wanted, root) for key in value),
    "items": lambda value, wanted, _, root: all(fits(each, wanted, root) for each in value),
    "anyOf": lambda value, wanted, _, root: any(fits(value, each, root) for each in wanted),
    "allOf": lambda value, wanted, _, root: all(fits(value, each, root) for each in wanted),
    "if": lambda value, wanted, schema, root: (
        not fits(value, wanted, root) or fits(value, schema["then"], root)
    ),
    "then": lambda *_: True,
    "enum": lambda value, wanted, *_: value in wanted,
    "const": lambda value, wanted, *_: value == wanted,
    "pattern": lambda value, wanted, *_: re.search(wanted, value) is not None,
    "minLength": lambda value, wanted, *_: len(value) >= wanted,
    "maxLength": lambda value, wanted, *_: len(value) <= wanted,
    "maxItems": lambda value, wanted, *_: len(value) <= wanted,
    "minItems": lambda value, wanted, *_: len(value) >= wanted,
    "minProperties": lambda value, wanted, *_: len(value) >= wanted,
    "minimum": lambda value, wanted, *_: value >= wanted,
    "maximum": lambda value, wanted, *_: value <= wanted,
}


FOLDERS = {
    "flows": "flow",
    "sources": "sources",
    "quizzes": "quiz",
    "sessions": "session",
    "campaigns": "campaign",
    "outreach": "poster",
}


def kind(path: Path) -> str:
    """Name the kind of a content file."""
    if "disclosures" in path.parts:
        return "disclosure_common" if path.stem == "common" else "disclosure_words"
    if path.parts[-2:] == ("outreach", "places.yaml"):
        return "poster_places"
    for folder, called in FOLDERS.items():
        if f"/content/{folder}/" in path.as_posix():
            return called
    if path.stem not in COUNTRIES:
        return path.stem
    return {"hotlines": "lines"}.get(path.parent.name, path.parent.name)


def test_the_shipped_content_fits_its_schemas(request):
    """An editor that follows the schemas has nothing to say about the content we ship."""
    known = schemas(SPECS)
    files = sorted((request.config.rootpath / "content").rglob("*.yaml"))
    assert files
    for path in files:
        assert fits(read_tree(path, path.name).data, known[kind(path)], known[kind(path)]), path


def node(**body: Any) -> dict[str, Any]:
    return {"flow": "more", "nodes": {"more": body}}


CHOICE = {"id": "a", "text": "A", "goto": "help"}


@pytest.mark.parametrize(
    "body",
    [
        {"text": "Hi"},
        {"text": ["Hi", {"text": "Ho", "when": {"country": ["kz"]}}]},
        {"choices": [CHOICE]},
        {"block": "numbers", "with": {"need": "talk"}},
        {"block": "ask_country", "goto": "help"},
        {"leaves": True, "called": "bye"},
    ],
)
def test_what_authors_write_fits(body):
    """All the short ways of writing a node are known to editors."""
    schema = schemas(BLOCKS)["flow"]
    assert fits(node(**body), schema, schema)


@pytest.mark.parametrize(
    "body",
    [
        {"txt": "Hi"},
        {"id": "more"},
        {"text": 112},
        {"text": [["Hi"]]},
        {"choices": [{**CHOICE, "goto": "Help"}]},
        {"choices": [{"id": "a", "text": "A"}]},
        {"block": "nubmers"},
        {"block": "numbers"},
        {"block": "numbers", "with": {"ned": "talk"}},
        {"block": "ask_country"},
        {"block": "note", "goto": "help"},
        {"leaves": True, "text": "Bye"},
        {"leaves": True, "choices": [CHOICE]},
    ],
)
def test_what_the_loader_refuses_does_not_fit(body):
    """Editors underline what `tirek check` would refuse."""
    schema = schemas(BLOCKS)["flow"]
    assert not fits(node(**body), schema, schema)


def test_schemas_are_written_for_editors(tmp_path):
    """Each kind of file gets a schema of its own, in a form that is the same every time."""
    write(tmp_path / "schemas", BLOCKS)
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "schemas").iterdir()}
    assert set(written) == {f"{name}.schema.json" for name in schemas(BLOCKS)}
    write(tmp_path / "schemas", BLOCKS)
    for name, text in written.items():
        assert (tmp_path / "schemas" / name).read_text("utf-8") == text
        assert json.loads(text)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    content = write_all(tmp_path)
    for path in content.rglob("*.yaml"):
        schema = json.loads(written[f"{kind(path)}.schema.json"])
        assert fits(read_tree(path, path.name).data, schema, schema)
