"""`campaigns`: write a campaign, read what others wrote, approve it, see to it while it goes out."""

from dataclasses import replace
from typing import ClassVar

from bot.campaigns.board import Board, Drafted, Ordered, Posted
from bot.content.blocks import BlockSpec
from bot.engine.blocks import campaign_correction, campaign_progress
from bot.engine.blocks.base import Drawing, NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.campaign_screens import (
    ACTIONS,
    CHANGED,
    DONE,
    DRAWN,
    EVERYWHERE,
    LIST,
    MARK,
    NEW,
    NOT_HERS,
    PLACES,
    STARTS,
    allowed,
    audience,
    back,
    found,
    listed,
    mark,
    shown,
    written,
)
from bot.engine.blocks.headway_picture import drawing
from bot.engine.campaigns import made, missing
from bot.engine.replies import Picture
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.spelling import every_word
from bot.staff.invitation import CODE_BYTES, code
from bot.staff.roles import Act


class Campaigns(PlainBlock):
    """Everything about campaigns, for those who may write or approve them."""

    spec: ClassVar[BlockSpec] = BlockSpec("campaigns", NoOptions, board=True)
    fleeting: ClassVar[bool] = True
    staffed: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (
        *(NEW, EVERYWHERE, DONE, LIST, DRAWN),
        *(campaign_progress.LOOK, campaign_progress.CORRECTION),
        *(campaign_correction.DROP, campaign_correction.BACK),
        *STARTS,
        *ACTIONS,
        *PLACES,
        *every_word(),
    )

    def view(self, look: Look) -> Part:
        """Show the list, a campaign that is being written, or one that is there."""
        board = _board(look)
        if board is None:
            return Part(((NOT_HERS,),))
        match look.session.item.split(AND):
            case [""]:
                return listed(look, board)
            case ["new-campaign", *chosen]:
                return written(look, chosen)
            case ["see-correction", *words]:
                return campaign_correction.shown(look, board, words)
            case [*_, "campaign-done"]:
                return Part(((Say("Done."),),), (back(LIST),))
            case [*words] if (one := found(board, words[:MARK])) is not None:
                return shown(look, board, one, words[MARK:])
        return Part(((CHANGED,),), (back(LIST),))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take a choice; what is not offered at this moment is no option."""
        board = _board(look)
        if board is None:
            return None
        if option == LIST:
            return _at(look)
        match look.session.item.split(AND):
            case [""] if option == NEW and look.session.standing.may(Act.WRITE):
                return _at(look, NEW)
            case [""] if option in PLACES[: len(board.posted)]:
                return _at(look, *mark(board.posted[PLACES.index(option)]))
            case ["new-campaign", *chosen]:
                return _write(look, chosen, option)
            case ["see-correction", *words]:
                return campaign_correction.choose(look, board, words, option)
            case [*words] if (one := found(board, words[:MARK])) is not None:
                return _see_to(look, board, one, option)
        return None

    def picture(self, look: Look) -> Drawing | None:
        """Draw how a campaign went out that she may see at this moment."""
        board = _board(look)
        one = found(board, look.session.item.split(AND)[:MARK]) if board else None
        return drawing(look, one) if one is not None and one.is_drawn else None


def _board(look: Look) -> Board | None:
    """Give the board, where her role of this moment lets her see it."""
    standing = look.session.standing
    sees = standing.may(Act.WRITE) or standing.may(Act.APPROVE)
    return look.session.board if sees else None


def _at(look: Look, *words: str, doing: Drafted | Ordered | None = None) -> Outcome:
    return Outcome(replace(look.session, item=AND.join(words)), doing=doing)


def _write(look: Look, chosen: list[str], option: str) -> Outcome | None:
    """Go on writing; with the last choice it becomes a draft."""
    templates = look.world.content.campaigns
    if not look.session.standing.may(Act.WRITE):
        return None
    if option in templates:
        return _at(look, NEW, option)
    template = templates.get(chosen[0]) if chosen else None
    if template is None:
        return None
    absent = missing(look.world, template)
    tongues = [one for one in look.world.offered.languages if one not in absent]
    if option in (EVERYWHERE, *look.world.offered.countries, *tongues):
        return _at(look, NEW, template.campaign, option)
    where = chosen[1] if chosen[1:] else ""
    if option in STARTS and tongues and where in (EVERYWHERE, *look.world.offered.countries):
        starts = int(look.now.timestamp()) + STARTS[option][1]
        one = made(look.world, template, code(look.world.draw(CODE_BYTES)))
        drafted = Drafted(one, audience(template, where), starts)
        return _at(look, DONE, doing=drafted)
    return None


def _see_to(look: Look, board: Board, one: Posted, option: str) -> Outcome | None:
    """Read it in another language, or do what she may at this moment."""
    if option in one.campaign.messages:
        return _at(look, *mark(one), option)
    if option == DRAWN and one.is_drawn:
        return Outcome(look.session, (Picture(look.node.id, look.session.item),))
    if option == campaign_progress.LOOK:
        return _at(look, *mark(one))
    if option == campaign_progress.CORRECTION:
        return campaign_correction.begin(look, one)
    command = allowed(look, board, one).get(option)
    if command is None:
        return None
    if one.going is not None:
        there = campaign_progress.after(look, board, one, command)
        session = replace(look.session, item=AND.join(mark(one)), board=there)
        return Outcome(session, doing=Ordered(one.campaign.id, command))
    return _at(look, *mark(one), DONE, doing=Ordered(one.campaign.id, command))
