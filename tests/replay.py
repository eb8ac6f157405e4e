"""Conversations on paper: a script of what a person does becomes the conversation it leads to.

A line `> words` is typed, `> [label]` presses a button of the newest message, `> /name` is a
command, and `> (photo)` sends a picture. `# language_code:` names her app's language and
`# now:` the moment; both stand at the top. What the bot answers stands between, ours to compare.
"""

import json
from dataclasses import asdict
from datetime import datetime

from bot.channels.terminal import unmarked
from bot.engine.events import Chosen, Commanded, Event, Strayed, Wrote
from bot.engine.replies import Card, Note, Remove, Show
from bot.engine.screen import CardPage, Label, Page
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine, Turn


def replay(stage: Stage, on_paper: str) -> str:
    """Hold the conversation whose `>` lines stand on paper; return it as it went."""
    heads = [line for line in on_paper.splitlines() if line.startswith("#")]
    doings = [line[2:] for line in on_paper.splitlines() if line.startswith("> ")]
    facts = dict(head.lstrip("# ").split(": ", 1) for head in heads if ": " in head)
    now = datetime.fromisoformat(facts["now"])
    engine, session = Engine(stage), None
    shown: list[tuple[str, str, Label]] = []
    held = [*heads]
    for doing in doings:
        event = _event(doing, shown)
        turn = engine.step(session, event, now, facts.get("language_code"))
        session = through_text(turn.session)
        held += ["", f"> {doing}"]
        shown = []
        for text, labels in answers(stage, turn, now):
            held += [f"< {line}".rstrip() for line in text.splitlines()]
            held += [f"  [{label.text}]{_more(label)}" for _, _, label in labels]
            shown += labels
    return "\n".join(held) + "\n"


def answers(
    stage: Stage, turn: Turn, now: datetime
) -> list[tuple[str, list[tuple[str, str, Label]]]]:
    """Render every reply of a turn as text and its buttons with the screen they belong to."""
    made: list[tuple[str, list[tuple[str, str, Label]]]] = []
    for reply in turn.replies:
        page: Page | CardPage | None
        match reply:
            case Show(place, item, lead):
                page = stage.page(_at(turn.reader, place, item), now, lead)
            case Card(place, item):
                page = stage.card(_at(turn.reader, place, item), now)
            case Note():
                page = stage.note(turn.reader)
            case Remove():
                made.append(("(the message is removed)", []))
                continue
        assert page is not None
        labels = (page.remove,) if isinstance(page, CardPage) else page.labels
        made.append((unmarked(page.text), [(page.place, page.item, label) for label in labels]))
    return made


def through_text(session: Session | None) -> Session | None:
    """Send a session through text and back, as every store does."""
    return Session(**json.loads(json.dumps(asdict(session)))) if session else None


def _event(doing: str, shown: list[tuple[str, str, Label]]) -> Event:
    if doing == "(photo)":
        return Strayed(wordless=True)
    if doing.startswith("/"):
        return Commanded(doing[1:])
    if doing.startswith("["):
        for place, item, label in shown:
            if label.text == doing[1:-1]:
                return Chosen(place, label.id, item)
        raise AssertionError(f"no button {doing} among {[one[2].text for one in shown]}")
    return Wrote(doing)


def _more(label: Label) -> str:
    return f" ({label.copies or label.url})" if label.copies or label.url else ""


def _at(reader: Session, place: str, item: str) -> Session:
    return Session(place, reader.language, item, reader.country, told=reader.told)
