"""Taking back what a reviewer decided on a sheet: mended texts, review states and notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from babel.messages.catalog import Message
from pydantic import Field, ValidationError

from bot.content.model import Frozen
from bot.errors import CatalogueError
from bot.language import exceptions, pofile
from bot.language.proof import text_faults
from bot.language.uzbek import Spelling

_Text = Annotated[str, Field(max_length=10_000)]


class Answer(Frozen):
    """What a reviewer decided about one text: it is good, mended, in doubt, or only noted."""

    english: _Text
    was: _Text
    text: _Text
    verdict: Literal["good", "mended", "doubt", ""]
    note: _Text = ""


class Answers(Frozen):
    """A sheet that came back."""

    language: Literal["ru", "kk", "ky", "tg", "uz"]
    area: _Text
    state: Literal["native", "expert"]
    entries: tuple[Answer, ...]


@dataclass(slots=True)
class Taken:
    """What became of a sheet: counts, and what could not be taken, each with its reason."""

    good: int = 0
    mended: int = 0
    noted: int = 0
    refused: list[str] = field(default_factory=list)


def read_answers(path: Path) -> Answers:
    """Read the file that a sheet saved.

    Raises:
        CatalogueError: it cannot be read, or is not what a sheet saves.
    """
    try:
        return Answers.model_validate_json(path.read_bytes())
    except OSError as error:
        message = f"{path}: cannot be read"
        raise CatalogueError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        message = f"{path}: {where}: {first['msg']} (save the sheet again and send that file)"
        raise CatalogueError(message) from error


def take(locales: Path, answers: Answers) -> Taken:
    """Write into the catalogues what a reviewer decided; a second time it changes nothing.

    A text that has changed since the sheet was made, or that would be unsound as mended, is
    refused by itself; the others are taken.

    Raises:
        CatalogueError: a catalogue is missing or broken; nothing has been written then.
    """
    language = answers.language
    spelling = Spelling.load(locales / exceptions.FILE)
    files = pofile.read_all(locales, language)
    known = {pofile.ids(one)[0]: one for file in files.values() for one in file if one.id}
    taken = Taken()
    for answer in answers.entries:
        refusal = _take_one(answer, answers.state, known, taken, language, spelling)
        if refusal:
            taken.refused.append(f'"{answer.english}": {refusal}')
    for area, entries in files.items():
        path = pofile.po_path(locales, language, area)
        pofile.write(path, pofile.header(path), entries)
    return taken


def _take_one(
    answer: Answer,
    state: str,
    known: Mapping[str, Message],
    taken: Taken,
    language: str,
    spelling: Spelling,
) -> str:
    """Take one answer, or tell why it cannot be taken."""
    message = known.get(answer.english)
    if message is None or message.fuzzy or len(pofile.forms(message)) != 1:
        return "the English is no longer the same (make a new sheet)"
    [now] = pofile.forms(message)
    text = answer.text.strip()
    if now not in (answer.was, text):
        return "the translation was changed meanwhile (make a new sheet)"
    if answer.verdict in ("good", "mended"):
        if faults := list(text_faults(language, pofile.ids(message), text, spelling)):
            return "; ".join(f"{what} ({hint})" for what, hint in faults)
        mended = text != now
        message.string = text
        reached = pofile.REVIEWS.index(state)
        before = 0 if mended else pofile.REVIEWS.index(pofile.review(message))
        kept = [one for one in message.user_comments if not one.startswith("review:")]
        message.user_comments = [*kept, f"review: {pofile.REVIEWS[max(reached, before)]}"]
        taken.mended += mended
        taken.good += not mended
    note = f"note: {' '.join(answer.note.split())}"
    if answer.note.strip() and note not in message.user_comments:
        message.user_comments = [note, *message.user_comments]
        taken.noted += 1
    return ""
