"""How a campaign comes to be sent: one person writes it, another one allows exactly that (R17).

Pure decisions. Each command is judged as things stand at that moment, and gives what happened or
why it may not. Roles are those of the moment, too (R24): who has lost hers decides nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.campaigns import correction
from bot.campaigns.commands import (
    MACHINE,
    Approve,
    Begin,
    By,
    Command,
    Delete,
    Doubt,
    Finish,
    Pause,
    Propose,
    Recall,
    Resume,
    Revise,
    Stop,
    Withdraw,
)
from bot.campaigns.events import (
    Allowed,
    Amended,
    Approved,
    Begun,
    Corrected,
    Deleted,
    Doubted,
    Dropped,
    Event,
    Finished,
    Lapsed,
    Paused,
    Proposed,
    Recalled,
    Refusal,
    Resumed,
    Revised,
    Stopped,
    Withdrawn,
)
from bot.campaigns.proposal import CORRECTABLE, DELAY, DELETABLE, FARTHEST, Phase, Proposal
from bot.staff.roles import Act

_OPEN: Final = frozenset({Phase.DRAFT, Phase.PROPOSED, Phase.APPROVED})
_WAITING: Final = frozenset({Phase.PROPOSED, Phase.APPROVED})
_RUNNING: Final = frozenset({Phase.SENDING, Phase.PAUSED, Phase.CORRECTING})
_SENT: Final = _RUNNING | {Phase.DONE, Phase.STOPPED}


def decide(proposal: Proposal, command: Command, by: By, at: float) -> Event | Refusal:
    """Judge a command at the moment `at`, in epoch seconds; whoever may, may at once."""
    if correction.concerns(proposal, command):
        return correction.decide(proposal, command, by, at)
    refusal = _unfit(proposal, command, by) or _untimely(proposal, command, at)
    return refusal or _happened(proposal, command, by, at)


def applied(proposal: Proposal, event: Event) -> Proposal:
    """Give the proposal after something happened."""
    match event:
        case Approved(approver, digest):
            return replace(proposal, phase=Phase.APPROVED, approver=approver, approved=digest)
        case Revised(digest, starts):
            return Proposal(proposal.author, digest, starts)
        case Withdrawn() | Lapsed():
            return Proposal(proposal.author, proposal.digest, proposal.starts)
        case Corrected() | Allowed() | Amended() | Doubted() | Dropped():
            return correction.applied(proposal, event)
        case Stopped() | Recalled():
            phase = _AFTER[type(event)]
            return replace(proposal, phase=phase, correction=None, amending=False)
        case Finished() if not (proposal.amending and proposal.phase is Phase.SENDING):
            return replace(proposal, phase=Phase.DONE, amending=False)
        case Resumed(late=True):
            return replace(proposal, phase=Phase.CORRECTING)
    return replace(proposal, phase=_AFTER[type(event)])


_AFTER: Final[Mapping[type[Event], Phase]] = {
    Proposed: Phase.PROPOSED,
    Deleted: Phase.DELETED,
    Begun: Phase.SENDING,
    Paused: Phase.PAUSED,
    Resumed: Phase.SENDING,
    Stopped: Phase.STOPPED,
    Finished: Phase.CORRECTING,
    Recalled: Phase.RECALLED,
}
"""Where a campaign stands after what happened, unless its correction leads elsewhere."""

_PLAIN: Final[Mapping[type[Command], Event]] = {
    Propose: Proposed(),
    Withdraw: Withdrawn(),
    Delete: Deleted(),
    Pause: Paused(),
    Stop: Stopped(),
    Finish: Finished(),
    Recall: Recalled(),
}
"""What happens by those commands that are done as soon as they may be."""

_FROM: Final[Mapping[type[Command], frozenset[Phase]]] = {
    Propose: frozenset({Phase.DRAFT}),
    Approve: frozenset({Phase.PROPOSED}),
    Revise: _OPEN,
    Withdraw: _WAITING,
    Delete: frozenset({Phase.DRAFT}),
    Begin: frozenset({Phase.APPROVED}),
    Doubt: frozenset({Phase.APPROVED, Phase.SENDING, Phase.CORRECTING}),
    Pause: frozenset({Phase.SENDING, Phase.CORRECTING}),
    Resume: frozenset({Phase.PAUSED}),
    Stop: _WAITING | _RUNNING,
    Finish: _RUNNING,
    Recall: _SENT,
}
"""From where each command leads on."""


def _unfit(proposal: Proposal, command: Command, by: By) -> Refusal | None:
    """Say why it is not hers to do, or not from here."""
    approves, writes = by.standing.may(Act.APPROVE), by.standing.may(Act.WRITE)
    is_author = writes and by.name == proposal.author
    match command:
        case Begin() | Doubt() | Finish():
            may = by == MACHINE
        case Propose() | Revise() | Delete():
            may = is_author
        case Approve():
            may = approves
        case Withdraw():
            may = is_author or approves
        case Pause() | Resume() | Stop() | Recall():
            may = is_author or approves or by == MACHINE
    if not may:
        return Refusal.NOT_YOURS
    if isinstance(command, Approve) and by.name == proposal.author:
        return Refusal.OWN
    if isinstance(command, Recall) and not proposal.approved:
        return Refusal.NOT_NOW  # it was stopped before anybody could get it
    if isinstance(command, Stop) and proposal.correction:
        return None  # all is sent, but the correction of it must not be
    return None if proposal.phase in _FROM[type(command)] else Refusal.NOT_NOW


def _untimely(proposal: Proposal, command: Command, at: float) -> Refusal | None:
    """Say why it is too early or too late for it."""
    ahead = proposal.starts - at
    match command:
        case Begin() | Resume() if ahead > 0:
            return Refusal.TOO_SOON
        case Finish() | Resume() if proposal.amending and at < proposal.starts + CORRECTABLE:
            # What is edited goes on beyond the end, and a pause of it until somebody ends that.
            held = isinstance(command, Finish) and proposal.phase is Phase.PAUSED
            return Refusal.NOT_NOW if held else None
        case Propose() | Approve() if ahead < DELAY:
            return Refusal.TOO_SOON
        case Propose() | Approve() if ahead > FARTHEST:
            return Refusal.TOO_FAR
        case Resume() if at >= proposal.ends:
            return Refusal.TOO_LATE
        case Recall() if at >= proposal.ends + DELETABLE:
            return Refusal.TOO_LATE
    return None


def _happened(proposal: Proposal, command: Command, by: By, at: float) -> Event | Refusal:
    match command:
        case Approve(digest):
            shown = digest == proposal.digest
            return Approved(by.name, digest) if shown else Refusal.CHANGED
        case Revise(digest, starts):
            return Revised(digest, starts)
        case Begin():
            return Begun() if _stands(proposal, command, at) else Lapsed()
        case Resume():
            return Resumed(late=at >= proposal.ends)
        case Doubt():
            return Lapsed() if proposal.phase is Phase.APPROVED else Paused()
    return _PLAIN[type(command)]


def _stands(proposal: Proposal, begin: Begin, at: float) -> bool:
    """Tell whether the approval is still good for what is about to be sent."""
    return (
        at < proposal.ends
        and begin.digest == proposal.digest == proposal.approved
        and begin.author.may(Act.WRITE)
        and begin.approver.may(Act.APPROVE)
        and proposal.approver != proposal.author
    )
