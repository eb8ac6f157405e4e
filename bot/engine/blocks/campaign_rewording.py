"""Other words for what has gone out, as its author writes them: one language after the other."""

from dataclasses import replace

from bot.campaigns.approval import applied, decide
from bot.campaigns.board import Board, Ordered, Posted, Reworded
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import By, Correct, Withdraw
from bot.campaigns.events import Refusal
from bot.campaigns.wording import Wording
from bot.engine import drafting
from bot.engine.blocks import campaign_changes as changes
from bot.engine.blocks import campaign_correction as correction
from bot.engine.blocks import campaign_drafts as drafts
from bot.engine.blocks.base import Outcome, Part
from bot.engine.blocks.campaign_progress import WRITE, may_reword
from bot.engine.events import Strayed, Wrote
from bot.engine.world import Look


def begin(look: Look, board: Board, one: Posted, name: str) -> Outcome | None:
    """Ask for other words in language `name`, where she may write them."""
    return changes.at(look, one, WRITE, name) if may_reword(look, board, one) else None


def asked(look: Look, board: Board, one: Posted, more: list[str]) -> str:
    """Name the language in which she is asked for other words; "" where she is not."""
    match more:
        case [step, name] if step == WRITE and name in one.campaign.messages:
            return name if may_reword(look, board, one) else ""
    return ""


def ask(one: Posted, name: str) -> Part:
    """Ask for the text in language `name`, as for that of a draft, and say what comes of it."""
    text = drafts.ask_for_text(_newest(one), name)
    return replace(text, paragraphs=(*text.paragraphs, (correction.EFFECT,)))


def receive(
    look: Look, board: Board, one: Posted, more: list[str], sent: Wrote | Strayed
) -> Outcome | None:
    """Propose what she wrote as a correction, beside what already waits, or say why not."""
    match asked(look, board, one, more), sent:
        case "", _:
            return None
        case name, Wrote(typed, _, marks):
            newest, wording = _newest(one), Wording.of(typed, marks)
            why = drafting.refused(look.world, newest, sent, wording)
            if why:
                return replace(changes.at(look, one, WRITE, name), lead=why)
            words = drafting.said(look.world, newest, name, wording)
            return _proposed(look, board, one, name, words)
    return None


def _newest(one: Posted) -> Campaign:
    """Give what it is to say once all that waits counts."""
    return one.words or one.campaign


def _proposed(look: Look, board: Board, one: Posted, name: str, words: Campaign) -> Outcome | None:
    """Show her what now waits for a colleague; words that readers have already correct nothing."""
    if words == _newest(one):
        return correction.begin(look, one, name) or changes.at(look, one)
    if not words.corrects(one.campaign):
        return replace(changes.at(look, one), doing=Ordered(one.campaign.id, Withdraw()))
    by, at = By(board.name, look.session.standing), look.now.timestamp()
    digest = words.digest(one.audience, one.proposal.starts)
    event = decide(one.proposal, Correct(digest), by, at)
    if isinstance(event, Refusal):
        return changes.at(look, one)
    waits = replace(one, words=words, proposal=applied(one.proposal, event))
    there = correction.begin(look, waits, name)
    return replace(there, doing=Reworded(words)) if there else None
