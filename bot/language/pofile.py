"""Reading a catalogue file strictly and writing it so that a diff shows only what changed.

A slip is an error with its line, never a lost letter. The header of a file belongs to its
translators and is kept as it stands; no date is written that nobody asked for.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, denormalize, normalize, read_po

from bot.content.problem import Problem
from bot.errors import CatalogueError
from bot.language.plurals import PLURAL_FORMS
from bot.language.tongues import NAMES

REVIEWS = ("drafted", "native", "expert")
"""How far a translation was reviewed, in rising order: written, agreed by a native reader,
agreed by somebody who works with survivors."""

_REVIEW = "review:"
_WIDTH = 100
_STRING = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(
    rf"\s*(?:#(?!~).*|(?P<old>#~\s*)?(?:(?P<keyword>msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"
    rf"(?P<string>{_STRING}))?\s*"
)
_HEADER = """\
# Tirek: {name}
# Licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/
msgid ""
msgstr ""
"Project-Id-Version: Tirek\\n"
"Language: {language}\\n"
"Language-Team: translators and readers of Tirek\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"
"""


def pot_path(folder: Path, area: str) -> Path:
    """Say where the English texts of an area stand in `locales/`."""
    return folder / f"{area}.pot"


def po_path(folder: Path, language: str, area: str) -> Path:
    """Say where the catalogue of a language and an area stands in `locales/`."""
    return folder / language / "LC_MESSAGES" / f"{area}.po"


def areas(folder: Path, language: str) -> list[str]:
    """Name the areas that a language has a catalogue for in `locales/`.

    Raises:
        CatalogueError: it has none at all.
    """
    found = po_path(folder, language, "*")
    if areas := sorted(path.stem for path in found.parent.glob(found.name)):
        return areas
    problem = Problem(shown(folder, found), 0, 0, "there is none", "run `tirek words update`")
    raise CatalogueError(str(problem))


def shown(folder: Path, path: Path) -> str:
    """Name a file under `locales/` as its authors know it."""
    return (Path(folder.name) / path.relative_to(folder)).as_posix()


def new_header(language: str) -> str:
    """Write the header of a fresh catalogue."""
    return _HEADER.format(
        name=NAMES[language], language=language, plural_forms=PLURAL_FORMS[language]
    )


def read(folder: Path, language: str, area: str) -> Catalog:
    """Read the catalogue of a language and an area from `locales/`.

    Raises:
        CatalogueError: the file is not there, not UTF-8 or not a valid catalogue; the text
            begins with `file:line:col`.
    """
    path = po_path(folder, language, area)
    name = shown(folder, path)
    try:
        lines = _sound_lines(name, path.read_bytes().decode("utf-8"))
        catalog = read_po(lines, locale=language, abort_invalid=True)
    except OSError as error:
        problem = Problem(name, 0, 0, "cannot be read", "run `tirek words update`")
        raise CatalogueError(str(problem)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CatalogueError(str(Problem(name, line, 0, "is not UTF-8"))) from error
    except PoFileError as error:
        what = str(error).rpartition(" on ")[0]
        raise CatalogueError(str(Problem(name, error.lineno + 1, 1, what))) from error
    except ValueError as error:
        hint = "compare it with the header of another catalogue"
        raise CatalogueError(str(Problem(name, 1, 1, f"wrong header: {error}", hint))) from error
    for message in (*catalog, *catalog.obsolete.values()):
        _take_previous(message)
    return catalog


def read_all(folder: Path, language: str) -> dict[str, Catalog]:
    """Read every catalogue of a language from `locales/`, by area.

    Raises:
        CatalogueError: there is none, or one is broken.
    """
    return {area: read(folder, language, area) for area in areas(folder, language)}


def header(path: Path) -> str:
    """Give the header of a catalogue as its translators wrote it."""
    return path.read_text("utf-8").partition("\n\n")[0]


def write(path: Path, header: str, catalog: Catalog) -> None:
    """Write a header and all entries, in the order of the catalogue; makes missing folders."""
    count = catalog.num_plurals
    parts = [header.rstrip("\n"), *(_entry(one, count) for one in catalog if one.id)]
    parts += [_entry(one, count, "#~ ") for one in sorted(catalog.obsolete.values())]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(parts) + "\n", "utf-8")


def ids(message: Message) -> tuple[str, ...]:
    """Give the English of an entry: the text, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    """Give the translation of an entry: one text, or as many as the language has forms."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def review_line(message: Message) -> str:
    """Give what an entry says of its review, or nothing."""
    for comment in message.user_comments:
        if comment.startswith(_REVIEW):
            return comment.removeprefix(_REVIEW).strip()
    return ""


def review(message: Message) -> str:
    """Tell how far an entry was reviewed; what nobody can read counts as drafted."""
    state = review_line(message)
    return state if state in REVIEWS else REVIEWS[0]


def _sound_lines(name: str, text: str) -> Iterator[str]:
    """Yield the lines, refusing what Babel would read with letters or entries missing."""
    seen: dict[str, int] = {}
    msgid: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        found = _LINE.fullmatch(line)
        if not found:
            hint = 'write msgid "…" or msgstr "…", and \\" for a quote inside'
            problem = Problem(name, number, 1, "not a line of a catalogue", hint)
            raise CatalogueError(str(problem))
        if found["string"] and not found["old"]:
            keyword = found["keyword"]
            if keyword == "msgid":
                start, msgid = number, [found["string"][1:-1]]
            elif not keyword and start:
                msgid.append(found["string"][1:-1])
            elif keyword and start:
                first = seen.setdefault("".join(msgid), start)
                if first != start:
                    what, hint = "a second entry for the same text", f"the first is in line {first}"
                    raise CatalogueError(str(Problem(name, start, 1, what, hint)))
                start = 0
        yield line


def _take_previous(message: Message) -> None:
    """Move the earlier English (`#| msgid "…"`) from the comments, where Babel leaves it."""
    lines = [one[1:].strip() for one in message.user_comments if one.startswith("|")]
    if lines:
        message.user_comments = [one for one in message.user_comments if not one.startswith("|")]
        texts = re.split(r"^(?:msgid_plural|msgid) ", "\n".join(lines), flags=re.MULTILINE)
        message.previous_id = [denormalize(text.strip()) for text in texts if text]


def _entry(message: Message, count: int, prefix: str = "") -> str:
    lines = [f"# {comment}" for comment in message.user_comments]
    if not prefix:
        lines += [f"#: {file}:{line}" for file, line in message.locations]
        if message.fuzzy:
            lines.append("#, fuzzy")
            lines += _english(message.previous_id, "#| ")
    lines += _english(ids(message), prefix)
    if not message.pluralizable:
        return "\n".join(lines + _field("msgstr", forms(message)[0], prefix))
    for number, form in enumerate((*forms(message), *[""] * count)[:count]):
        lines += _field(f"msgstr[{number}]", form, prefix)
    return "\n".join(lines)


def _english(texts: Iterable[object], prefix: str) -> list[str]:
    fields = zip(("msgid", "msgid_plural"), texts, strict=False)
    return [line for keyword, text in fields for line in _field(keyword, str(text), prefix)]


def _field(keyword: str, text: str, prefix: str) -> list[str]:
    return [prefix + line for line in f"{keyword} {normalize(text, width=_WIDTH)}".split("\n")]
