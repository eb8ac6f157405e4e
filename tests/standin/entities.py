"""Formatted text as Telegram reads it: HTML in, plain text and entities out."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from tests.standin.refusal import Refusal, wrong
from tests.standin.rules import is_web_url
from tests.standin.spec import units

Entity = dict[str, Any]

MOST_TEXT = 4096
KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
ESCAPE = re.compile(r"&(?:#[0-9]{1,8}|#x[0-9a-fA-F]{1,6}|lt|gt|amp|quot);")
NAME = re.compile(r"[^\s>/=]*")
SPACE = re.compile(r"\s*")
BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]+")


@dataclass
class _Open:
    """A start tag that waits for its end."""

    name: str
    offset: int
    attributes: dict[str, str] = field(default_factory=dict)


class _Reader:
    """One pass over a text with HTML tags."""

    def __init__(self, source: str):
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.size = 0
        self.stack: list[_Open] = []
        self.entities: list[Entity] = []

    def refuse(self, what: str, at: int | None = None) -> Refusal:
        if at is not None:
            what += f" at byte offset {len(self.source[:at].encode())}"
        return wrong(f"can't parse entities: {what}")

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._text()
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            name = self.stack[-1].name
            raise self.refuse(f'Can\'t find end tag corresponding to start tag "{name}"')
        return "".join(self.out), self.entities

    def _text(self) -> None:
        end = self.source.find("<", self.at)
        end = len(self.source) if end < 0 else end
        piece = ESCAPE.sub(lambda m: html.unescape(m[0]), self.source[self.at : end])
        self.out.append(piece)
        self.size += units(piece)
        self.at = end

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._name().lower()
        if name not in KINDS:
            raise self.refuse(f'Unsupported start tag "{name}"', begin)
        attributes: dict[str, str] = {}
        while True:
            self._skip()
            if self.at >= len(self.source):
                raise self.refuse("Unclosed start tag", begin)
            if self.source[self.at] == ">":
                break
            attributes.update(self._attribute(name))
        self.at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self.refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(_Open(name, self.size, attributes))

    def _attribute(self, tag: str) -> dict[str, str]:
        key = self._name().lower()
        if not key:
            raise self.refuse(f'Empty attribute name in the tag "{tag}"', self.at)
        self._skip()
        if not self.source.startswith("=", self.at):
            if (tag, key) == ("blockquote", "expandable"):
                return {key: ""}
            raise self.refuse(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}"', self.at
            )
        self.at += 1
        self._skip()
        return {key: self._value(tag)}

    def _value(self, tag: str) -> str:
        quote = self.source[self.at : self.at + 1]
        if quote in ("'", '"'):
            end = self.source.find(quote, self.at + 1)
            if end < 0:
                raise self.refuse("Unclosed start tag", self.at)
            value = self.source[self.at + 1 : end]
            self.at = end + 1
            return ESCAPE.sub(lambda m: html.unescape(m[0]), value)
        bare = BARE_VALUE.match(self.source, self.at)
        if bare is None:
            raise self.refuse(f'Unexpected value of an attribute of the tag "{tag}"', self.at)
        self.at = bare.end()
        return bare[0].lower()

    def _end_tag(self) -> None:
        begin = self.at
        self.at += 2
        name = self._name().lower()
        self._skip()
        if not self.source.startswith(">", self.at):
            raise self.refuse("Unclosed end tag", begin)
        self.at += 1
        if not self.stack:
            raise self.refuse("Unexpected end tag", begin)
        tag = self.stack.pop()
        if name not in ("", tag.name):
            raise self.refuse(
                f"Unmatched end tag at byte offset {len(self.source[:begin].encode())}, expected"
                f' "</{tag.name}>", found "</{name}>"'
            )
        self._close(tag)

    def _close(self, tag: _Open) -> None:
        entity: Entity = {
            "type": KINDS[tag.name],
            "offset": tag.offset,
            "length": self.size - tag.offset,
        }
        if tag.name == "a":
            url = tag.attributes.get("href") or "".join(self.out)
            if not is_web_url(url):
                return
            entity["url"] = url
        if tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        language = tag.attributes.get("class", "").removeprefix("language-")
        if tag.name == "code" and language and any(t.name == "pre" for t in self.stack):
            entity |= {"type": "pre", "language": language}
        self.entities.append(entity)

    def _name(self) -> str:
        match = NAME.match(self.source, self.at)
        assert match is not None
        self.at = match.end()
        return match[0]

    def _skip(self) -> None:
        match = SPACE.match(self.source, self.at)
        assert match is not None
        self.at = match.end()


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities; Refusal 400 for tags that Telegram cannot parse."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram drops white space around a text and moves the entities along."""
    start = text.lstrip()
    cut = units(text) - units(start)
    text = start.rstrip()
    end = units(text)
    kept: list[Entity] = []
    for entity in entities:
        begin = max(entity["offset"] - cut, 0)
        length = min(entity["offset"] + entity["length"] - cut, end) - begin
        moved = {**entity, "offset": begin, "length": length}
        if length > 0 and moved not in kept:
            kept.append(moved)
    return text, sorted(kept, key=lambda one: (one["offset"], -one["length"]))


def formatted(
    source: str, mode: str | None, given: list[Entity] | None
) -> tuple[str, list[Entity]]:
    """A request's text as it will be shown, 1-4096 UTF-16 units; else Refusal 400."""
    if (mode or "").lower() == "html":
        text, entities = parse_html(source)
    elif mode:
        raise wrong(f"unsupported parse_mode {mode} (the double reads HTML only)")
    else:
        text, entities = source, given or []
        size = units(text)
        if any(e["offset"] < 0 or e["offset"] + e["length"] > size for e in entities):
            raise wrong("can't parse entities: an entity lies outside of the text")
    text, entities = _trimmed(text, entities)
    if not text:
        raise wrong("message text is empty")
    if units(text) > MOST_TEXT:
        raise wrong("message is too long")
    return text, entities
