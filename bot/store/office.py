"""What the operator does about roles, from the command line: each in a transaction of its own."""

from collections.abc import Callable

from bot.staff.audit import Entry
from bot.staff.invitation import Invitation, Member, Waiting
from bot.staff.roles import Role
from bot.store.audits import AuditBook
from bot.store.database import Database
from bot.store.team import TeamBook


class Office:
    """Invites, confirms the first ones, and ends. Every method raises `StoreError` if the database cannot."""

    def __init__(
        self, database: Database, team: TeamBook, audits: AuditBook, clock: Callable[[], float]
    ) -> None:
        """Work in `database`; `clock` in epoch seconds."""
        self._database, self._team, self._audits, self._clock = database, team, audits, clock

    async def invite(self, role: Role) -> tuple[str, str]:
        """Make an invitation; return the secret of its link, which is kept nowhere, and its code."""
        now = int(self._clock())
        return await self._database.run(lambda at: self._team.invite(at, role, now))

    async def check(self, code: str) -> Waiting | None:
        """Look up who waits under `code`.

        None unless she has passed the test, and the day of the invitation is not over.
        """
        now = int(self._clock())
        return await self._database.read(lambda at: self._team.check(at, code, now))

    async def founds(self, role: Role) -> bool:
        """Tell whether the operator alone may confirm somebody as `role` now."""
        return await self._database.read(lambda at: self._team.founds(at, role))

    async def found(self, code: str) -> bool:
        """Give her the role on the operator's word alone; False where that is not enough."""
        now = int(self._clock())
        return await self._database.run(lambda at: self._team.found(at, code, now))

    async def end(self, code: str) -> Role | None:
        """End the role of the member called `code`; return it, or None if nobody is called so."""
        now = int(self._clock())
        return await self._database.run(lambda at: self._team.end(at, code, now))

    async def invitations(self) -> list[Invitation]:
        """List the open invitations."""
        now = int(self._clock())
        return await self._database.read(lambda at: self._team.invitations(at, now))

    async def members(self) -> list[Member]:
        """List those who serve."""
        return await self._database.read(self._team.members)

    async def audit(self) -> list[Entry]:
        """Read the audit log."""
        return await self._database.read(self._audits.all)
