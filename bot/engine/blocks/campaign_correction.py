"""The screen of a correction: what readers are to see instead, and who lets them."""

from dataclasses import replace
from typing import Final

from bot.campaigns.approval import decide
from bot.campaigns.board import Board, Ordered, Posted
from bot.campaigns.commands import Approve, By, Command, Withdraw
from bot.campaigns.events import Refusal
from bot.engine.blocks.base import Outcome, Part
from bot.engine.blocks.campaign_progress import CHANGE, CORRECTION, WRITE, after, may_reword
from bot.engine.blocks.campaign_screens import (
    ACTIONS,
    CHANGED,
    MARK,
    back,
    in_language,
    mark,
    message,
)
from bot.engine.screen import Option
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say
from bot.language.tongues import NAMES
from bot.learning.spelling import spelt, unspelt

DROP, BACK = "drop-correction", "back-to-campaign"
"""What can be tapped here, besides languages and the approval."""

_READ: Final = Say("Read each language that changed. Then: approve exactly these words?")
EFFECT: Final = Say("Ten minutes after the approval every message that was delivered is edited.")


def begin(look: Look, one: Posted, name: str = "") -> Outcome | None:
    """Open the correction of a campaign in language `name`, or else the first that it changes."""
    changed = _changed(one)
    if not changed:
        return None
    language = name if name in changed else changed[0]
    return _at(look, one, frozenset({language}), language)


def shown(look: Look, board: Board, words: list[str]) -> Part:
    """Show the words in one language, and what may be done about them once all were read."""
    one, opened, language = _found(board, words)
    if one is None or one.words is None or language not in one.words.messages:
        return Part(((CHANGED,),), (back("campaign-list"),))
    said = one.words.messages[language]
    unread = tuple(NAMES[name] for name in _changed(one) if name not in opened)
    offered = _allowed(look, board, one)
    hold = Say(
        "Before you can approve: open each language. Left: {languages}", {"languages": unread}
    )
    if unread:
        offered.pop("approve", None)
    rows = [(name, Say(NAMES[name])) for name in _changed(one) if name != language]
    rows += [(name, _label(name)) for name in offered]
    return Part(
        (
            (_READ, EFFECT),
            in_language(language),
            *message(said.text, said.button),
            *(((hold,),) if unread else ()),
        ),
        (
            *((CHANGE,) if may_reword(look, board, one) else ()),
            *((Option(name, label),) for name, label in rows),
            (Option(BACK, Say("Back")),),
        ),
    )


def choose(look: Look, board: Board, words: list[str], option: str) -> Outcome | None:
    """Read it in another language, approve it, drop it, or go back to the campaign."""
    one, opened, language = _found(board, words)
    if one is None:
        return None
    if option == WRITE and may_reword(look, board, one):
        return _in_campaign(look, one, WRITE, language)
    if option == BACK:
        return _in_campaign(look, one)
    if option in _changed(one):
        return _at(look, one, opened | {option}, option)
    command = _allowed(look, board, one).get(option)
    read = opened >= {*_changed(one)}
    if command is None or (option == "approve" and not read):
        return None
    there = _in_campaign(look, one)
    session = replace(there.session, board=after(look, board, one, command))
    return replace(there, session=session, doing=Ordered(one.campaign.id, command))


def _in_campaign(look: Look, one: Posted, *there: str) -> Outcome:
    item = AND.join((*mark(one.proposal.digest), *there))
    return Outcome(replace(look.session, item=item, heard=()))


def _at(look: Look, one: Posted, opened: frozenset[str], language: str) -> Outcome:
    waits = one.proposal.correction
    bits = sum(1 << place for place, name in enumerate(_changed(one)) if name in opened)
    digest = waits.digest if waits else b""
    words = (CORRECTION, *mark(digest), *spelt(bits, 1), language)
    return Outcome(replace(look.session, item=AND.join(words), heard=()))


def _found(board: Board, words: list[str]) -> tuple[Posted | None, frozenset[str], str]:
    """Find the campaign whose correction these words name, which languages were opened, and which is."""
    named, (bits, language) = tuple(words[:MARK]), [*words[MARK:], "", ""][:2]
    for one in board.posted:
        waits = one.proposal.correction
        if waits and mark(waits.digest) == named:
            seen = unspelt([bits]) or 0
            opened = (name for place, name in enumerate(_changed(one)) if seen >> place & 1)
            return one, frozenset(opened), language
    return None, frozenset(), ""


def _changed(one: Posted) -> tuple[str, ...]:
    """Name the languages in which it would say something else, or lead elsewhere."""
    before, words = one.campaign, one.words
    if words is None:
        return ()
    return tuple(
        name
        for name in sorted(words.messages)
        if words.messages[name] != before.messages.get(name) or words.link != before.link
    )


def _allowed(look: Look, board: Board, one: Posted) -> dict[str, Command]:
    """Name what she may do about it now."""
    waits = one.proposal.correction
    by, at = By(board.name, look.session.standing), look.now.timestamp()
    commands: dict[str, Command] = {
        "approve": Approve(waits.digest if waits else b""),
        DROP: Withdraw(),
    }
    return {
        name: command
        for name, command in commands.items()
        if not isinstance(decide(one.proposal, command, by, at), Refusal)
    }


def _label(name: str) -> Say:
    return Say("Drop the correction") if name == DROP else ACTIONS[name]
