"""`campaigns`: write a campaign, read what others wrote, approve it, see to it while it goes out."""

from dataclasses import replace
from typing import ClassVar

from bot.campaigns.board import Board, Ordered, Posted
from bot.campaigns.commands import Delete
from bot.content.blocks import BlockSpec
from bot.engine.blocks import campaign_changes as changes
from bot.engine.blocks import campaign_correction as correction
from bot.engine.blocks import campaign_drafts as drafts
from bot.engine.blocks import campaign_lists as lists
from bot.engine.blocks import campaign_progress as progress
from bot.engine.blocks import campaign_rewording as rewording
from bot.engine.blocks.base import Drawing, NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.campaign_screens import (
    ACTIONS,
    CHANGED,
    DONE,
    DRAWN,
    HELP,
    LIST,
    MARK,
    NOT_HERS,
    SAMPLE,
    allowed,
    back,
    found,
    mark,
    offered,
    opened,
    opening,
    shown,
)
from bot.engine.blocks.headway_picture import drawing
from bot.engine.events import Strayed, Wrote
from bot.engine.replies import Picture
from bot.engine.screen import Option
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.spelling import every_word
from bot.staff.roles import Act

_DOORS = (drafts.DRAFT, drafts.UNSET, drafts.NO_BUTTON, *drafts.STEPS, *drafts.STARTS)
_BESIDE = (Say("Do you need help yourself? “I want to talk to someone” is below."),)


class Campaigns(PlainBlock):
    """Everything about campaigns, for those who may write or approve them."""

    spec: ClassVar[BlockSpec] = BlockSpec("campaigns", NoOptions, board=True)
    fleeting: ClassVar[bool] = True
    staffed: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (
        *(lists.NEW, lists.OWN, lists.TAKE, DONE, LIST, SAMPLE, HELP, DRAWN),
        *(progress.LOOK, progress.CORRECTION, correction.DROP, correction.BACK),
        *_DOORS,
        *ACTIONS,
        *lists.PLACES,
        *every_word(),
    )

    def view(self, look: Look) -> Part:
        """Show the list, a campaign that is being written, or one that is there.

        Who wrote of harm is told where help is, whatever she wrote it for.
        """
        part = _viewed(look)
        if not (look.session.heard and look.session.item):
            return part
        help_ = (Option(HELP, Say("I want to talk to someone")),)
        return replace(part, paragraphs=(_BESIDE, *part.paragraphs), rows=(help_, *part.rows))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take a choice; what is not offered at this moment is no option."""
        board = _board(look)
        if board is None:
            return None
        if option == HELP:
            nodes = look.world.content.nodes.values()
            place = next(node.id for node in nodes if node.help)
            return Outcome(replace(look.session, place=place, item=""))
        return _at(look) if option == LIST else _chosen(look, board, option)

    def picture(self, look: Look) -> Drawing | None:
        """Draw how a campaign went out that she may see at this moment."""
        board = _board(look)
        one = found(board, look.session.item.split(AND)[:MARK]) if board else None
        return drawing(look, one) if one is not None and one.is_drawn else None

    def receive(self, look: Look, sent: Wrote | Strayed) -> Outcome | None:
        """Take what the author of a campaign was asked for."""
        board, words = _board(look), look.session.item.split(AND)
        one = found(board, words[:MARK]) if board else None
        if board is None or one is None:
            return None
        if drafts.may_change(look, board, one):
            return changes.receive(look, one, drafts.step_of(words), sent)
        return rewording.receive(look, board, one, words[MARK:], sent)


def _viewed(look: Look) -> Part:
    board = _board(look)
    if board is None:
        return Part(((NOT_HERS,),))
    match look.session.item.split(AND):
        case [""]:
            return lists.listed(look, board)
        case [lists.NEW, *chosen] if look.session.standing.may(Act.WRITE):
            return lists.begun(look, board, chosen)
        case [progress.CORRECTION, *words]:
            return correction.shown(look, board, words)
        case [*_, "campaign-done"]:
            return Part(((Say("Done."),),), (back(LIST),))
        case [*words] if (one := found(board, words[:MARK])) is not None:
            return _opened(look, board, one, words)
    return Part(((CHANGED,),), (back(LIST),))


def _opened(look: Look, board: Board, one: Posted, words: list[str]) -> Part:
    if drafts.may_change(look, board, one):
        return drafts.view(look, board, one, drafts.step_of(words))
    name = rewording.asked(look, board, one, words[MARK:])
    return rewording.ask(one, name) if name else shown(look, board, one, words[MARK:])


def _chosen(look: Look, board: Board, option: str) -> Outcome | None:
    writes = look.session.standing.may(Act.WRITE)
    match look.session.item.split(AND):
        case [""] if option == lists.NEW and writes:
            return _at(look, lists.NEW)
        case [""] if option in lists.PLACES[: len(board.posted)]:
            posted = board.posted[lists.PLACES.index(option)]
            return _at(look, *mark(posted.proposal.digest))
        case [lists.NEW, *chosen]:
            return lists.begin(look, board, chosen, option) if writes else None
        case [progress.CORRECTION, *words]:
            return correction.choose(look, board, words, option)
        case [*words] if (one := found(board, words[:MARK])) is not None:
            return _see_to(look, board, one, words, option)
    return None


def _board(look: Look) -> Board | None:
    """Give the board, where her role of this moment lets her see it."""
    standing = look.session.standing
    sees = standing.may(Act.WRITE) or standing.may(Act.APPROVE)
    return look.session.board if sees else None


def _at(look: Look, *words: str, doing: Ordered | None = None) -> Outcome:
    return Outcome(replace(look.session, item=AND.join(words), heard=()), doing=doing)


def _see_to(look: Look, board: Board, one: Posted, words: list[str], option: str) -> Outcome | None:
    """Change it, read it in another language, or do what she may at this moment."""
    named, more = mark(one.proposal.digest), words[MARK:]
    if drafts.may_change(look, board, one):
        return _drafts(look, board, one, words, option)
    if rewording.asked(look, board, one, more):
        return changes.at(look, one) if option == drafts.DRAFT else None
    seen, read = opened(look, one, more)
    command = offered(look, board, one, more).get(option)
    if command is not None and one.going is not None:
        after = progress.after(look, board, one, command)
        session = replace(look.session, item=AND.join(named), board=after, heard=())
        return Outcome(session, doing=Ordered(one.campaign.id, command))
    if command is not None:
        return _at(look, *named, DONE, doing=Ordered(one.campaign.id, command))
    if option in one.campaign.messages:
        return _at(look, *named, *opening(one, seen, language=option), option)
    if option == SAMPLE and read:
        there = _at(look, *named, *opening(one, seen, picture=True), read)
        return changes.sampled(there, read)
    if option == progress.WRITE:
        return rewording.begin(look, board, one, read)
    return _watched(look, one, option)


def _drafts(look: Look, board: Board, one: Posted, words: list[str], option: str) -> Outcome | None:
    """Change a draft of hers, propose it, or let go of it: that is asked once more."""
    step = drafts.step_of(words)
    changed = changes.choose(look, one, step, option)
    command = allowed(look, board, one).get(option)
    if isinstance(command, Delete) and step != [drafts.DELETE]:
        return changes.at(look, one, drafts.DELETE)
    if changed is not None or command is None:
        return changed
    done = (*mark(one.proposal.digest), DONE)
    return _at(look, *done, doing=Ordered(one.campaign.id, command))


def _watched(look: Look, one: Posted, option: str) -> Outcome | None:
    """Look again at one that goes out, at its picture or at its correction."""
    if option == DRAWN and one.is_drawn:
        return Outcome(look.session, (Picture(look.node.id, look.session.item),))
    if option == progress.LOOK:
        return _at(look, *mark(one.proposal.digest))
    return correction.begin(look, one) if option == progress.CORRECTION else None
