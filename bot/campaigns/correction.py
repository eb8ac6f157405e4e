"""How a campaign that has gone out is corrected: other words, allowed by two people as the first were.

Pure decisions, as `bot.campaigns.approval` makes them. Who gets it and when it began stay what they are.
"""

from dataclasses import replace
from math import ceil

from bot.campaigns.commands import MACHINE, Amend, Approve, By, Command, Correct, Doubt, Withdraw
from bot.campaigns.events import (
    Allowed,
    Amended,
    Corrected,
    Doubted,
    Dropped,
    Event,
    Refusal,
)
from bot.campaigns.proposal import CORRECTABLE, DELAY, Correction, Phase, Proposal
from bot.staff.roles import Act

CORRECTS = frozenset({Phase.SENDING, Phase.PAUSED, Phase.CORRECTING, Phase.DONE})
"""From where a campaign can be corrected: it has gone out to somebody, and nobody stopped it."""


def concerns(proposal: Proposal, command: Command) -> bool:
    """Tell whether a command is about the correction that waits, or begins one."""
    waits = proposal.correction
    match command:
        case Correct() | Amend():
            return True
        case Approve() | Withdraw():
            return waits is not None
        case Doubt():
            return waits is not None and bool(waits.starts)
    return False


def decide(proposal: Proposal, command: Command, by: By, at: float) -> Event | Refusal:
    """Judge a command of those that `concerns` names, at the moment `at` in epoch seconds."""
    waits, until = proposal.correction, proposal.starts + CORRECTABLE
    if not _may(proposal, command, by):
        return Refusal.NOT_YOURS
    if isinstance(command, Correct):
        return _corrected(proposal, command, by, at)
    if waits is None:
        return Refusal.NOT_NOW
    match command:
        case Approve(digest):
            return _allowed(proposal, waits, digest, by, at)
        case Amend() if not waits.starts or at < waits.starts:
            return Refusal.TOO_SOON if waits.starts else Refusal.NOT_NOW
        case Amend() if at < until and _is_still_good(proposal, waits, command):
            return Amended()
        case Doubt():
            return Doubted()
    return Dropped()


def applied(proposal: Proposal, event: Event) -> Proposal:
    """Give the proposal after something happened to its correction."""
    waits = proposal.correction
    match event:
        case Corrected(digest, author):
            return replace(proposal, correction=Correction(digest, author))
        case Allowed(approver, _, starts) if waits:
            allowed = replace(waits, approver=approver, starts=starts)
            return replace(proposal, correction=allowed)
        case Amended() if waits:
            return replace(
                proposal,
                digest=waits.digest,
                approved=waits.digest,
                approver=waits.approver,
                phase=Phase.CORRECTING if proposal.phase is Phase.DONE else proposal.phase,
                correction=None,
                amending=True,
            )
        case Doubted() if waits:
            phase = proposal.phase if proposal.phase is Phase.DONE else Phase.PAUSED
            return replace(proposal, phase=phase, correction=Correction(waits.digest, waits.author))
    return replace(proposal, correction=None)


def _may(proposal: Proposal, command: Command, by: By) -> bool:
    """Tell whether it is hers to do."""
    approves = by.standing.may(Act.APPROVE)
    is_author = by.standing.may(Act.WRITE) and by.name == proposal.author
    match command:
        case Correct():
            return is_author or by == MACHINE
        case Approve():
            return approves
        case Withdraw():
            return is_author or approves
    return by == MACHINE


def _corrected(proposal: Proposal, command: Correct, by: By, at: float) -> Event | Refusal:
    if proposal.phase not in CORRECTS:
        return Refusal.NOT_NOW
    if at + DELAY >= proposal.starts + CORRECTABLE:
        return Refusal.TOO_LATE
    same = command.digest == proposal.digest
    return Refusal.ANOTHER if same else Corrected(command.digest, by.name)


def _allowed(
    proposal: Proposal, waits: Correction, digest: bytes, by: By, at: float
) -> Event | Refusal:
    starts = ceil(at) + DELAY
    if by.name in (proposal.author, waits.author):
        return Refusal.OWN
    if waits.starts:
        return Refusal.NOT_NOW
    if starts >= proposal.starts + CORRECTABLE:
        return Refusal.TOO_LATE
    return Allowed(by.name, digest, starts) if digest == waits.digest else Refusal.CHANGED


def _is_still_good(proposal: Proposal, waits: Correction, amend: Amend) -> bool:
    """Tell whether the approval of a correction is still good for what is about to be read."""
    by_operator = not waits.author and amend.author == MACHINE.standing
    return (
        amend.digest == waits.digest
        and (by_operator or amend.author.may(Act.WRITE))
        and amend.approver.may(Act.APPROVE)
        and waits.approver not in (proposal.author, waits.author)
    )
