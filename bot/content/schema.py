"""JSON Schemas of the files as authors write them, so that an editor can help while they write.

Put `# yaml-language-server: $schema=…` with the path of the schema into the first line of a file.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from bot.content.blocks import BlockSpec
from bot.content.lexicon import AvoidFile, GlossaryFile, SensitiveFile
from bot.content.links import SHOWN
from bot.content.model import (
    DisclosureCommon,
    DisclosureWords,
    Flow,
    Kinds,
    Lines,
    NeverFile,
    NewsTopics,
    Node,
    Plan,
    Poster,
    PosterPlaces,
    Quiz,
    Rules,
    Sectors,
    Services,
    Template,
    WishList,
)
from bot.content.model.library import SourcesFile
from bot.content.model.pickup import PickupWords
from bot.content.notes import GIVEN
from bot.content.places_file import PlacesFile

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas(blocks: Mapping[str, BlockSpec]) -> dict[str, dict[str, Any]]:
    """Describe each kind of file, by the name of its kind."""
    plain: dict[str, type[BaseModel]] = {
        "lines": Lines,
        "rules": Rules,
        "places": PlacesFile,
        "services": Services,
        "kinds": Kinds,
        "sectors": Sectors,
        "never": NeverFile,
        "sensitive": SensitiveFile,
        "avoid": AvoidFile,
        "glossary": GlossaryFile,
        "pickup": PickupWords,
        "sources": SourcesFile,
        "quiz": Quiz,
        "wishes": WishList,
        "topics": NewsTopics,
        "session": Plan,
        "campaign": Template,
        "poster": Poster,
        "poster_places": PosterPlaces,
        "disclosure_words": DisclosureWords,
        "disclosure_common": DisclosureCommon,
    }
    return {"flow": _flow(blocks)} | {name: _described(model) for name, model in plain.items()}


def write(folder: Path, blocks: Mapping[str, BlockSpec]) -> None:
    """Write `<kind>.schema.json` for every kind of file into `folder`, which is made if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas(blocks).items():
        text = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True)
        (folder / f"{name}.schema.json").write_text(f"{text}\n", "utf-8")


def _described(model: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": _DRAFT, **model.model_json_schema(by_alias=True)}


def _flow(blocks: Mapping[str, BlockSpec]) -> dict[str, Any]:
    """Describe a flow with its nodes as a mapping and the short ways of writing a text."""
    schema = _described(Flow)
    node, parts = schema["$defs"]["Node"], schema["$defs"]
    ids = node["properties"]["id"]
    for key in GIVEN[Node]:
        del node["properties"][key]
        node["required"].remove(key)
    schema["properties"]["nodes"] = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {key: ids[key] for key in ("pattern", "maxLength")},
        "additionalProperties": {"$ref": "#/$defs/Node"},
    }
    line = dict(parts["Paragraph"]["properties"]["text"])
    paragraph = {"anyOf": [line, {"$ref": "#/$defs/Paragraph"}]}
    for key in ("text", "easy"):
        node["properties"][key] = {"anyOf": [line, {"type": "array", "items": paragraph}]}
    node["properties"]["block"] = {"enum": sorted(blocks)}
    if not node["required"]:
        del node["required"]
    node["allOf"] = [_calling(spec, parts) for _, spec in sorted(blocks.items())] + [
        {
            "if": {"properties": {"leaves": {"const": True}}, "required": ["leaves"]},
            "then": {"properties": dict.fromkeys(SHOWN, False)},
        }
    ]
    return schema


def _calling(spec: BlockSpec, parts: dict[str, Any]) -> dict[str, Any]:
    """Describe what a node with this block must and may say."""
    options = spec.options.model_json_schema(by_alias=True)
    parts.update(options.pop("$defs", {}))
    then: dict[str, Any] = {"properties": {"with": options}}
    required = (["with"] if options.get("required") else []) + (
        ["goto"] if spec.goto == "required" else []
    )
    if required:
        then["required"] = required
    if spec.goto == "none":
        then["properties"]["goto"] = False
    return {
        "if": {"properties": {"block": {"const": spec.name}}, "required": ["block"]},
        "then": then,
    }
