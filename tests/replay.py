"""Conversations on paper: a script of what a person does becomes the conversation it leads to.

A line `> words` is typed, `> [label]` presses a button of the newest message, `> /name` is a
command, `> @ 40.51, 72.80` shares that point on the map, and `> (photo)` sends a picture.
`> [old: place item choice]` presses a button of a message from long ago, its parts as content
names them. `> (it is now 2027-05-24T10:00+05:00)` lets time go by. At the top `# language_code:`
names her app's language and `# now:` the moment. `# country:` begins with the country chosen and
the promises read, in `# language:` where that is another one than her app's. `# weak_places:` and
`# listed_places:` are the operator's. `# leads: yes` lets her lead sessions, and with `# team: yes`
somebody gets the questions that are passed on. What the bot answers stands between, ours to compare.
"""

import json
import re
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from bot.campaigns.subscription import Subscription
from bot.channels.terminal import unmarked
from bot.engine.events import Chosen, Commanded, Event, Located, Strayed, Wrote
from bot.engine.recall import Recall
from bot.engine.replies import Card, Leave, Note, PassOn, Picture, Recording, Remove, Show, Venue
from bot.engine.screen import CardPage, Label, Page, PicturePage, RecordingPage, VenuePage
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine, Turn
from bot.just_heard import JustHeard
from bot.staff.roles import Role
from bot.staff.standing import NOBODY, Standing

_HER = 1
"""The one person on a paper."""

_POINT = re.compile(r"@ (-?[\d.]+), (-?[\d.]+)")
_LATER = re.compile(r"\(it is now (\S+)\)")
_OLD = re.compile(r"\[old: (?P<place>\S+) (?:(?P<item>\S+) )?(?P<choice>\S+)\]")


def replay(stage: Stage, on_paper: str) -> str:
    """Hold the conversation whose `>` lines stand on paper; return it as it went."""
    heads = [line for line in on_paper.splitlines() if line.startswith("#")]
    doings = [line[2:] for line in on_paper.splitlines() if line.startswith("> ")]
    facts = dict(head.lstrip("# ").split(": ", 1) for head in heads if ": " in head)
    now = datetime.fromisoformat(facts["now"])
    stage = _run_as(stage, facts)
    engine = Engine(stage)
    session = _known(engine, facts)
    shown: list[tuple[str, str, Label]] = []
    held, just_heard = [*heads], JustHeard()
    asked: list[Subscription] = []
    for doing in doings:
        if later := _LATER.fullmatch(doing):
            now = datetime.fromisoformat(later[1])
            held += ["", f"> {doing}"]
            continue
        event = _event(doing, shown)
        known = just_heard.recall(_HER, session, now.timestamp())
        turn = engine.step(
            known,
            event,
            now,
            facts.get("language_code"),
            recall=Recall(subscription=lambda: next(iter(asked), None)),
            standing=Standing(Role.VOLUNTEER) if "leads" in facts else NOBODY,
        )
        just_heard.keep(_HER, turn.session, now.timestamp())
        session = through_text(turn.session)
        if turn.subscription is not None:
            asked[:] = [one for one in (turn.subscription,) if isinstance(one, Subscription)]
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
        page: Page | CardPage | VenuePage | RecordingPage | PicturePage | None
        match reply:
            case Show(place, item, lead):
                page = stage.page(replace(turn.reader, place=place, item=item), now, lead)
            case Card(place, item):
                page = stage.card(replace(turn.reader, place=place, item=item), now)
            case Venue(place, item):
                page = stage.venue(replace(turn.reader, place=place, item=item), now)
            case Recording(place, item):
                page = stage.recording(replace(turn.reader, place=place, item=item), now)
            case Picture(place, item):
                page = stage.picture(replace(turn.reader, place=place, item=item), now)
            case Note():
                page = stage.note(turn.reader)
            case Leave():
                made.append(("(the chat is cleared; this stays)", []))
                page = stage.page(turn.reader, now)
            case Remove() | PassOn():
                copied = "a copy goes to the team; " if reply == PassOn() else ""
                made.append((f"({copied}the message is removed)", []))
                continue
        assert page is not None
        labels = page.labels if isinstance(page, Page) else (page.remove,)
        made.append((_words(page), [(page.place, page.item, label) for label in labels]))
    return made


def _words(page: Page | CardPage | VenuePage | RecordingPage | PicturePage) -> str:
    if isinstance(page, PicturePage):
        return f"(picture) {unmarked(page.caption)}"
    if isinstance(page, RecordingPage):
        return f"({page.item}) {page.file}"
    if isinstance(page, VenuePage):
        return f"(map) {page.title}\n(map) {page.address}\n(map) {page.lat}, {page.lon}"
    return unmarked(page.text)


def through_text(session: Session | None) -> Session | None:
    """Send a session through text and back, as every store does.

    What was heard and how she stands to the team are not kept; the cover has a row of its own, and so
    has what she asked to be kept for longer.
    """
    if session is None:
        return None
    facts = asdict(replace(session, heard=(), cover=None, memory=None, subscription=None))
    del facts["standing"]
    facts = json.loads(json.dumps(facts))
    return Session(**facts | {"said": tuple(facts["said"]), "heard": (), "cover": session.cover})


def _known(engine: Engine, facts: dict[str, str]) -> Session | None:
    """Remember her as the paper says: nothing, or where she is and what she reads."""
    if "country" not in facts:
        return None
    newcomer = engine.begin(facts.get("language_code"))
    language = facts.get("language", newcomer.language)
    return replace(newcomer, language=language, country=facts["country"], told=True)


def _run_as(stage: Stage, facts: dict[str, str]) -> Stage:
    """Let the operator decide as the paper says."""
    chosen: dict[str, Any] = {
        name: facts[name] for name in ("weak_places", "listed_places") if name in facts
    }
    if "team" in facts:
        stage = Stage(replace(stage.world, team=-1_007_000_000_001))
    if not chosen:
        return stage
    return Stage(replace(stage.world, policy=replace(stage.world.policy, **chosen)))


def _event(doing: str, shown: list[tuple[str, str, Label]]) -> Event:
    if doing == "(photo)":
        return Strayed(wordless=True)
    if doing.startswith("/"):
        name, _, rest = doing[1:].partition(" ")
        return Commanded(name, rest)
    if point := _POINT.fullmatch(doing):
        return Located(float(point[1]), float(point[2]))
    if old := _OLD.fullmatch(doing):
        return Chosen(old["place"], old["choice"], old["item"] or "")
    if doing.startswith("["):
        for place, item, label in shown:
            if label.text == doing[1:-1]:
                return Chosen(place, label.id, item)
        raise AssertionError(f"no button {doing} among {[one[2].text for one in shown]}")
    return Wrote(doing)


def _more(label: Label) -> str:
    return f" ({label.copies or label.url})" if label.copies or label.url else ""
