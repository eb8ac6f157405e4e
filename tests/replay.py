"""Conversations on paper: a script of what a person does becomes the conversation it leads to.

A line `> words` is typed, `> [label]` presses a button of the newest message, `> /name` is a
command, `> @ 40.51, 72.80` shares that point on the map, and `> (photo)` sends a picture.
`> [old: place item choice]` presses a button of a message from long ago, its parts as content
names them. `> (it is now 2027-05-24T10:00+05:00)` lets time go by. At the top `# language_code:`
names her app's language and `# now:` the moment. `# country:` begins with the country chosen and
the promises read, in `# language:` where that is another one than her app's. `# weak_places:` and
`# listed_places:` are the operator's. `# leads: yes` lets her lead sessions, and with `# team: yes`
somebody gets the questions that are passed on. With `# readers:` so many people get news; then she is a
volunteer, and after `> (the approver)` a colleague types who approves, until `> (the volunteer)`.
What the bot answers stands between, ours to compare. Where a campaign goes out (`# sends: yes`) more than the
engine is on the paper: `tests/sent_paper.py` holds it.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.campaigns.board import Writing
from bot.campaigns.campaign import Photo
from bot.campaigns.commands import By
from bot.campaigns.subscription import Subscription
from bot.channels.terminal import unmarked
from bot.content.lexicon import read_lexicon
from bot.engine.events import Chosen, Commanded, Event, Located, Strayed, Wrote
from bot.engine.recall import Recall
from bot.engine.replies import (
    Card,
    Leave,
    Note,
    PassOn,
    Picture,
    Recording,
    Remove,
    Reply,
    Sample,
    Show,
    Venue,
)
from bot.engine.screen import (
    CardPage,
    Label,
    NewsPage,
    Page,
    PicturePage,
    RecordingPage,
    VenuePage,
)
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine, Turn
from bot.just_heard import JustHeard
from bot.staff.roles import Role
from bot.staff.standing import NOBODY, Standing
from tests.paper_desk import PaperDesk

_LEXICON = Path(__file__).parent.parent / "content" / "lexicon"

_Shown = NewsPage | Page | CardPage | VenuePage | RecordingPage | PicturePage


@dataclass
class _Person:
    """Somebody on a paper: what is kept of her, and what she sees."""

    number: int
    session: Session | None
    standing: Standing
    asked: list[Subscription] = field(default_factory=list)
    shown: list[tuple[str, str, Label]] = field(default_factory=list)

    @property
    def by(self) -> By:
        return By(bytes([self.number]), self.standing)


_POINT = re.compile(r"@ (-?[\d.]+), (-?[\d.]+)")
LATER = re.compile(r"\(it is now (\S+)\)")
_TURNS = ("(the volunteer)", "(the approver)")
_OLD = re.compile(r"\[old: (?P<place>\S+) (?:(?P<item>\S+) )?(?P<choice>\S+)\]")


def replay(stage: Stage, on_paper: str) -> str:
    """Hold the conversation whose `>` lines stand on paper; return it as it went."""
    heads = [line for line in on_paper.splitlines() if line.startswith("#")]
    doings = [line[2:] for line in on_paper.splitlines() if line.startswith("> ")]
    facts = dict(head.lstrip("# ").split(": ", 1) for head in heads if ": " in head)
    now = datetime.fromisoformat(facts["now"])
    stage = run_as(stage, facts)
    engine, desk = Engine(stage), PaperDesk(int(facts.get("readers", "0")))
    she, *_ = people = _people(engine, facts)
    held, just_heard = [*heads], JustHeard()
    for doing in doings:
        held += ["", f"> {doing}"]
        if later := LATER.fullmatch(doing):
            now = datetime.fromisoformat(later[1])
            continue
        if doing in _TURNS:
            she = people[_TURNS.index(doing)]
            continue
        known = just_heard.recall(she.number, she.session, now.timestamp())
        turn = _turn(
            engine,
            desk,
            she,
            known,
            event_of(doing, she.shown),
            now,
            facts.get("language_code"),
        )
        just_heard.keep(she.number, turn.session, now.timestamp())
        she.session = through_text(turn.session)
        if turn.subscription is not None:
            she.asked[:] = [one for one in (turn.subscription,) if isinstance(one, Subscription)]
        she.shown = []
        for text, labels in answers(stage, turn, now):
            held += [f"< {line}".rstrip() for line in text.splitlines()]
            held += [f"  [{label.text}]{more_of(label)}" for _, _, label in labels]
            she.shown += labels
    return "\n".join(held) + "\n"


def _turn(
    engine: Engine,
    desk: PaperDesk,
    she: _Person,
    known: Session | None,
    event: Event,
    now: datetime,
    language_code: str | None,
) -> Turn:
    recall = Recall(
        subscription=lambda: next(iter(she.asked), None), board=lambda: desk.board(she.by)
    )
    turn = engine.step(known, event, now, language_code, recall=recall, standing=she.standing)
    if isinstance(turn.doing, Writing):
        desk.note(turn.doing, she.by, now.timestamp())
        turn = engine.looked_again(turn, recall)
    return turn


def _people(engine: Engine, facts: dict[str, str]) -> list[_Person]:
    """Name who is on the paper: her, and beside a volunteer the colleague who approves."""
    leads = "leads" in facts or "readers" in facts
    her = _Person(1, _known(engine, facts), Standing(Role.VOLUNTEER) if leads else NOBODY)
    if "readers" not in facts:
        return [her]
    return [her, _Person(2, _known(engine, facts), Standing(Role.APPROVER))]


def answers(
    stage: Stage, turn: Turn, now: datetime
) -> list[tuple[str, list[tuple[str, str, Label]]]]:
    """Render every reply of a turn as text and its buttons with the screen they belong to."""
    made: list[tuple[str, list[tuple[str, str, Label]]]] = []
    for reply in turn.replies:
        page: _Shown | None
        match reply:
            case Show(place, item, lead):
                page = stage.page(replace(turn.reader, place=place, item=item), now, lead)
            case Card(place, item) | Venue(place, item) | Recording(place, item):
                page = _asked_for(stage, reply, replace(turn.reader, place=place, item=item), now)
            case Picture(place, item) | Sample(place, item):
                page = _asked_for(stage, reply, replace(turn.reader, place=place, item=item), now)
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
        made.append((words_of(page), [*labels_of(page)]))
    return made


def _asked_for(stage: Stage, reply: Reply, there: Session, now: datetime) -> _Shown | None:
    shows: dict[type[Reply], Callable[[Session, datetime], _Shown | None]] = {
        Card: stage.card,
        Venue: stage.venue,
        Recording: stage.recording,
        Picture: stage.picture,
        Sample: stage.sample,
    }
    return shows[type(reply)](there, now)


def labels_of(page: _Shown) -> Iterator[tuple[str, str, Label]]:
    """Name the buttons that can be pressed here; those of a sample are for its readers."""
    if not isinstance(page, NewsPage):
        labels = page.labels if isinstance(page, Page) else (page.remove,)
        yield from ((page.place, page.item, label) for label in labels)


def words_of(page: _Shown) -> str:
    if isinstance(page, NewsPage):
        picture = ["(picture)"] if page.picture else []
        button = [f"[ {page.button.text} ] ({page.button.url})"] if page.button else []
        return "\n".join([*picture, unmarked(page.text), *button, f"[ {page.leave} ]"])
    if isinstance(page, PicturePage):
        kind = f"file “{page.file_name}”" if page.is_pdf else "picture"
        return f"({kind}) {unmarked(page.caption)}"
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
    facts = asdict(
        replace(session, heard=(), cover=None, memory=None, subscription=None, board=None)
    )
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


def run_as(stage: Stage, facts: dict[str, str]) -> Stage:
    """Let the operator decide as the paper says."""
    chosen: dict[str, Any] = {
        name: facts[name] for name in ("weak_places", "listed_places") if name in facts
    }
    if "team" in facts:
        stage = Stage(replace(stage.world, team=-1_007_000_000_001))
    if "readers" in facts:
        lexicon, _ = read_lexicon(_LEXICON)
        stage = Stage(replace(stage.world, lexicon=lexicon))
    if not chosen:
        return stage
    return Stage(replace(stage.world, policy=replace(stage.world.policy, **chosen)))


def event_of(doing: str, shown: list[tuple[str, str, Label]]) -> Event:
    if doing == "(photo)":
        return Strayed(wordless=True, photo=Photo("photo", "photo"))
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


def more_of(label: Label) -> str:
    return f" ({label.copies or label.url})" if label.copies or label.url else ""
