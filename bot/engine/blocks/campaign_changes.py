"""What its author does in a draft: each change is kept at once, and voids what was said of it before."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.campaigns.audience import Audience
from bot.campaigns.board import Posted, Rewritten
from bot.campaigns.campaign import Campaign
from bot.campaigns.wording import Wording
from bot.engine import drafting
from bot.engine.blocks import campaign_audience
from bot.engine.blocks.base import Outcome
from bot.engine.blocks.campaign_drafts import (
    AUDIENCE,
    BUTTON,
    DELETE,
    DRAFT,
    NO_BUTTON,
    PARTS,
    PICTURE,
    READ,
    START,
    STARTS,
    UNSET,
)
from bot.engine.blocks.campaign_progress import WRITE
from bot.engine.blocks.campaign_screens import MARK, SAMPLE, mark
from bot.engine.events import Strayed, Wrote
from bot.engine.replies import Sample, Show
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.tongues import NAMES

_Choice = Callable[[Look, Posted, str, str], Outcome | None]


def choose(look: Look, one: Posted, more: list[str], option: str) -> Outcome | None:
    """Take a choice in the draft; None where it is none of these."""
    if option == DRAFT:
        return at(look, one)
    step, name = (*more, "", "")[:2]
    return _CHOICES[step](look, one, name, option)


def receive(look: Look, one: Posted, more: list[str], sent: Wrote | Strayed) -> Outcome | None:
    """Take a text or a picture where it is asked for, or say why not; then nothing of it is kept."""
    campaign = one.campaign
    match more, sent:
        case [step, name], Wrote(typed, _, marks) if _asks_for_text(one, step, name):
            wording = Wording.of(typed, marks)
            why = drafting.refused(look.world, campaign, sent, wording)
            if why:
                return replace(at(look, one, WRITE, name), lead=why)
            said = drafting.said(look.world, campaign, name, wording)
            return rewritten(look, one, READ, name, campaign=said)
        case [step], Wrote(photo=photo) | Strayed(photo=photo) if step == PICTURE and photo:
            if not drafting.has_room(campaign):
                return replace(at(look, one, PICTURE), lead=drafting.NO_ROOM)
            return rewritten(look, one, PICTURE, campaign=drafting.pictured(campaign, photo))
    return None


def rewritten(
    look: Look,
    one: Posted,
    *there: str,
    campaign: Campaign | None = None,
    audience: Audience | None = None,
    starts: int | None = None,
) -> Outcome:
    """Change it, and stand `there` in what it has become."""
    after = Rewritten(
        campaign or one.campaign,
        one.audience if audience is None else audience,
        one.proposal.starts if starts is None else starts,
    )
    digest = after.campaign.digest(after.audience, after.starts)
    if digest == one.proposal.digest:
        return at(look, one, *there)
    item = AND.join((*mark(digest), *there))
    return Outcome(replace(look.session, item=item, heard=()), doing=after)


def at(look: Look, one: Posted, *there: str) -> Outcome:
    """Stand somewhere in a campaign as it is; what was heard before is over."""
    item = AND.join((*mark(one.proposal.digest), *there))
    return Outcome(replace(look.session, item=item, heard=()))


def sampled(there: Outcome, name: str) -> Outcome:
    """Send her the message in language `name`, and below it the screen of the campaign she is at."""
    place, item = there.session.place, there.session.item
    sample = Sample(place, AND.join((*item.split(AND)[:MARK], name)))
    return replace(there, replies=(sample, Show(place, item)))


def _asks_for_text(one: Posted, step: str, name: str) -> bool:
    """Tell whether this screen asks for the text in language `name`."""
    return name in NAMES and (step == WRITE or (step == READ and name not in one.campaign.messages))


def _in_draft(look: Look, one: Posted, _: str, option: str) -> Outcome | None:
    if option in PARTS:
        return at(look, one, option)
    return at(look, one, READ, option) if option in look.world.offered.languages else None


def _in_text(look: Look, one: Posted, name: str, option: str) -> Outcome | None:
    if name not in one.campaign.messages:
        return None
    if option == WRITE:
        return at(look, one, WRITE, name)
    if option == SAMPLE:
        return sampled(at(look, one, READ, name), name)
    if option == UNSET:
        return rewritten(look, one, campaign=drafting.unsaid(one.campaign, name))
    return None


def _in_picture(look: Look, one: Posted, _: str, option: str) -> Outcome | None:
    if option != UNSET or one.campaign.picture is None:
        return None
    return rewritten(look, one, campaign=drafting.pictured(one.campaign, None))


def _in_button(look: Look, one: Posted, _: str, option: str) -> Outcome | None:
    """Let the button open what was chosen."""
    ways = drafting.openings(look.world)
    if option != NO_BUTTON and option not in ways:
        return None
    link = ways[option].link if option in ways else ""
    return rewritten(look, one, campaign=drafting.opened(look.world, one.campaign, link))


def _in_start(look: Look, one: Posted, _: str, option: str) -> Outcome | None:
    if option not in STARTS:
        return None
    return rewritten(look, one, starts=int(look.now.timestamp()) + STARTS[option][1])


def _in_audience(look: Look, one: Posted, _: str, option: str) -> Outcome | None:
    return at(look, one, option) if option in campaign_audience.STEPS else None


def _among(step: str) -> _Choice:
    """Choose readers in one way; any change is kept at once, and what it reaches is told."""

    def choose(look: Look, one: Posted, _: str, option: str) -> Outcome | None:
        if option == AUDIENCE:
            return at(look, one, AUDIENCE)
        changed = campaign_audience.chosen(look, one, step, option)
        if changed is None:
            return None
        topic, audience = changed
        campaign = replace(one.campaign, topic=topic)
        return rewritten(look, one, step, campaign=campaign, audience=audience)

    return choose


def _nothing(_look: Look, _one: Posted, _name: str, _option: str) -> Outcome | None:
    return None


_CHOICES: Final[Mapping[str, _Choice]] = {
    "": _in_draft,
    READ: _in_text,
    WRITE: _nothing,
    DELETE: _nothing,
    PICTURE: _in_picture,
    BUTTON: _in_button,
    START: _in_start,
    AUDIENCE: _in_audience,
    **{step: _among(step) for step in campaign_audience.STEPS},
}
"""What is chosen at each step; at a draft itself, under the empty word."""
