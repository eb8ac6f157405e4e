"""What a reply looks like when it is sent: built late, from the content as it stands then."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.channels.port import PassedOn, Removal, Shown
from bot.engine.replies import (
    Card,
    Leave,
    Note,
    PassOn,
    Picture,
    Recording,
    Remove,
    Sample,
    Show,
    Venue,
)
from bot.engine.screen import Page
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.outward.parcels import Parcel


def rendered(stage: Stage, parcel: Parcel, now: float) -> Shown | None:
    """Build what the parcel shows at `now` epoch seconds; None where that may not be shown."""
    nodes, reader = stage.world.content.nodes, parcel.reader
    moment = datetime.fromtimestamp(now, UTC)
    match parcel.reply:
        case Show(place, item, lead):
            if place not in nodes:
                return neutral(stage, parcel.face, reader.language, now)
            return stage.page(replace(reader, place=place, item=item), moment, lead)
        case Card(place, item):
            return stage.card(replace(reader, place=place, item=item), moment)
        case (
            Venue(place, item) | Recording(place, item) | Picture(place, item) | Sample(place, item)
        ):
            there = replace(reader, place=place, item=item)
            return _to_look_at(stage, parcel.reply, there, moment) if place in nodes else None
        case Remove():
            return Removal(neutral(stage, parcel.face, reader.language, now))
        case PassOn():
            # A team that was taken out of the settings meanwhile gets nothing.
            return None if stage.world.team is None else PassedOn(stage.world.team)
        case Note():
            return stage.note(reader)
        case Leave():
            return None  # the chat is cleared instead


def _to_look_at(
    stage: Stage, reply: Venue | Recording | Picture | Sample, there: Session, moment: datetime
) -> Shown | None:
    match reply:
        case Venue():
            return stage.venue(there, moment)
        case Recording():
            return stage.recording(there, moment)
        case Picture():
            return stage.picture(there, moment)
        case Sample():
            return stage.sample(there, moment)


def neutral(stage: Stage, face: str, language: str, now: float) -> Page:
    """Build the screen that tells nothing: node `face`, or the start where there is no such node."""
    content = stage.world.content
    place = face if face in content.nodes else content.start
    return stage.page(Session(place, language), datetime.fromtimestamp(now, UTC))
