"""Campaigns of a conversation on paper: kept in memory, decided about by the real rules."""

from dataclasses import replace

from bot.campaigns.approval import applied, decide
from bot.campaigns.board import Board, Drafted, Ordered, Posted, Rewritten, Writing
from bot.campaigns.commands import By, Command, Revise
from bot.campaigns.estimate import reach
from bot.campaigns.events import Refusal
from bot.campaigns.proposal import Phase, Proposal
from bot.staff.roles import Act


class PaperDesk:
    """The campaigns of one paper, each of which would reach the same number of readers."""

    def __init__(self, readers: int) -> None:
        self._readers = reach(readers)
        self._posted: dict[str, Posted] = {}

    def board(self, by: By) -> Board | None:
        """Show what somebody sees: her own, and to an approver all that were proposed."""
        approves = by.standing.may(Act.APPROVE)
        if not approves and not by.standing.may(Act.WRITE):
            return None
        seen = (
            one
            for one in self._posted.values()
            if one.proposal.author == by.name
            or (approves and one.proposal.phase is not Phase.DRAFT)
        )
        return Board(by.name, tuple(seen))

    def note(self, writing: Writing, by: By, at: float) -> None:
        """Do what somebody did."""
        match writing:
            case Drafted(one, audience, starts):
                proposal = Proposal(by.name, one.digest(audience, starts), starts)
                self._posted[one.id] = Posted(one, audience, proposal, self._readers)
            case Rewritten(one, audience, starts):
                revise = Revise(one.digest(audience, starts), starts)
                before = replace(self._posted[one.id], campaign=one, audience=audience)
                self._posted[one.id] = self._ordered(before, revise, by, at)
            case Ordered(id_, command):
                self._posted[id_] = self._ordered(self._posted[id_], command, by, at)
        gone = (id_ for id_, one in self._posted.items() if one.proposal.phase is Phase.DELETED)
        for id_ in [*gone]:
            del self._posted[id_]

    def _ordered(self, one: Posted, command: Command, by: By, at: float) -> Posted:
        event = decide(one.proposal, command, by, at)
        assert not isinstance(event, Refusal), "only what may be done is offered"
        return replace(one, proposal=applied(one.proposal, event))
