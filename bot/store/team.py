"""Those who work with the bot and those who are invited to, within the caller's transaction."""

from collections.abc import Callable

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)

from bot.counting.weeks import DAY
from bot.errors import StoreError
from bot.staff import invitation as invitations
from bot.staff.audit import Deed
from bot.staff.doings import Accepted, Confirmed, Doing, Left, Passed
from bot.staff.invitation import CODE_BYTES, LIFE, TOKEN_BYTES, Invitation, Member, Waiting
from bot.staff.roles import ACTS, Act, Role, may_found
from bot.staff.standing import Standing
from bot.store.audits import AuditBook
from bot.store.erased import ErasedBook
from bot.store.statements import (
    drop_corrections_of,
    drop_invitation,
    drop_role,
    unname_approver,
    unname_author,
)
from bot.store.tables import campaign, invitation, staff
from bot.store.turning import Turning

_AMONG = b"staff"
_WHO: BindParameter[bytes] = bindparam("who")
_TOKEN: BindParameter[bytes] = bindparam("secret")
_CODE: BindParameter[str] = bindparam("which")
_open = invitation.c.expires > bindparam("now")
_untaken = invitation.c.person.is_(None)

_standing = union_all(
    select(literal("serves"), staff.c.role, literal(""), literal(False)).where(
        staff.c.person == _WHO
    ),
    select(literal("invited"), invitation.c.role, invitation.c.code, invitation.c.passed).where(
        invitation.c.person == _WHO, _open
    ),
    select(literal("opens"), invitation.c.role, literal(""), literal(False)).where(
        invitation.c.token == _TOKEN, _untaken, _open
    ),
)
_accept = (
    update(invitation).where(invitation.c.token == _TOKEN, _untaken, _open).values(person=_WHO)
)
_pass = update(invitation).where(invitation.c.person == _WHO, _open).values(passed=True)
_waiting = select(invitation.c.code, invitation.c.person, invitation.c.role).where(
    invitation.c.passed, _open
)
_passed = _waiting.where(invitation.c.code == _CODE)
_confirming = select(func.count()).where(
    staff.c.role.in_([role for role in Role if Act.CONFIRM in ACTS[role]])
)
_taken = select(exists().where(invitation.c.person == _WHO))
_HERS = (campaign.c.author, campaign.c.approver, campaign.c.corrector, campaign.c.confirmer)
_wrote = select(exists().where(or_(*(column == _WHO for column in _HERS))))
_confirm = delete(invitation).where(invitation.c.code == _CODE)
_role = select(staff.c.role).where(staff.c.person == _WHO)
_called = select(staff.c.person, staff.c.role).where(staff.c.code == _CODE)
_invitations = select(invitation).where(_open).order_by(invitation.c.expires)
_members = select(staff).order_by(staff.c.since, staff.c.code)


class TeamBook:
    """Keeps the rows of `staff` and `invitation`, and notes in the audit log what it did."""

    def __init__(
        self,
        turning: Turning,
        audits: AuditBook,
        erased: ErasedBook,
        chance: Callable[[int], bytes],
    ) -> None:
        """Name rows as `turning` says, mark in `erased` who leaves; `chance` gives random bytes."""
        self._turning, self._audits, self._erased, self._chance = turning, audits, erased, chance

    def standing(self, connection: Connection, user_id: int, token: str, now: int) -> Standing:
        """Look up how somebody stands, and what the invitation `token` opens: in one query."""
        who = self.called(connection, user_id)
        asked = {"who": who, "secret": self._secret(connection, token), "now": now}
        found = {row[0]: row for row in connection.execute(_standing, asked)}
        serves, invited, opens = (found.get(one) for one in ("serves", "invited", "opens"))
        role = Role(serves[1]) if serves else None
        confirms = role is not None and Act.CONFIRM in ACTS[role]
        return Standing(
            role=role,
            invited=Role(invited[1]) if invited else None,
            passed=bool(invited and invited[3]),
            check=self._words(connection, invited[2], who) if invited else b"",
            opens=Role(opens[1]) if opens and not serves and not invited else None,
            waiting=self._waiting(connection, now) if confirms else (),
        )

    def standing_of(self, connection: Connection, who: bytes) -> Standing:
        """Look up how the member with this long-term name stands now."""
        role = connection.execute(_role, {"who": who}).scalar_one_or_none()
        return Standing(role=Role(role) if role else None)

    def note(self, connection: Connection, user_id: int, doing: Doing, now: int) -> None:
        """Apply what she did.

        Raises:
            StoreError: another process was faster; the turn is to be taken again.
        """
        who = self.called(connection, user_id)
        match doing:
            case Accepted(token):
                self._accept(connection, who, self._secret(connection, token), now)
            case Passed():
                connection.execute(_pass, {"who": who, "now": now})
            case Confirmed(code):
                self._confirm(connection, who, code, now)
            case Left():
                self._leave(connection, who, now)

    def invite(self, connection: Connection, role: Role, now: int) -> tuple[str, str]:
        """Make an invitation; return the secret of its link, which is kept nowhere, and its code."""
        token = invitations.token(self._chance(TOKEN_BYTES))
        code = invitations.code(self._chance(CODE_BYTES))
        row = {
            "token": self._secret(connection, token),
            "code": code,
            "role": role,
            "expires": now + LIFE,
        }
        connection.execute(insert(invitation), [row | {"passed": False}])
        self._audits.note(connection, Deed.INVITED, role, now)
        return token, code

    def check(self, connection: Connection, code: str, now: int) -> Waiting | None:
        """Look up who waits under `code`, once she has passed the test; None without such a one."""
        row = connection.execute(_passed, {"which": code, "now": now}).one_or_none()
        return self._waits(connection, *row) if row else None

    def founds(self, connection: Connection, role: Role) -> bool:
        """Tell whether the operator alone may confirm somebody as `role` now."""
        return may_found(role, connection.execute(_confirming).scalar_one())

    def found(self, connection: Connection, code: str, now: int) -> bool:
        """Give her the role on the operator's word alone; False where that is not enough."""
        waiting = self.check(connection, code, now)
        if waiting is None or not self.founds(connection, waiting.role):
            return False
        self._serve(connection, code, now)
        self._audits.note(connection, Deed.FOUNDED, waiting.role, now)
        return True

    def end(self, connection: Connection, code: str, now: int) -> Role | None:
        """End the role of whoever is called `code`; return it, or None if nobody is."""
        row = connection.execute(_called, {"which": code}).one_or_none()
        if row is None:
            return None
        self._turning.current(connection)  # a mark tells under which version it names her
        # An older copy put back must not give the role again (R6): the mark comes first.
        self._erased.mark_known(connection, [bytes(row.person)], now)
        connection.execute(drop_role, {"who": bytes(row.person)})
        self._audits.note(connection, Deed.ENDED, Role(row.role), now)
        return Role(row.role)

    def invitations(self, connection: Connection, now: int) -> list[Invitation]:
        """List the open invitations, those first that end first."""
        return [
            Invitation(
                row.code,
                Role(row.role),
                invitations.state(accepted=row.person is not None, passed=row.passed),
                row.expires,
            )
            for row in connection.execute(_invitations, {"now": now})
        ]

    def members(self, connection: Connection) -> list[Member]:
        """List those who serve, those first who began first."""
        return [Member(row.code, Role(row.role), row.since) for row in connection.execute(_members)]

    def forget(self, connection: Connection, user_id: int, now: int) -> None:
        """End her role and what she was invited to, and unname her in campaigns; marked first."""
        who = self.called(connection, user_id)
        self._leave(connection, who, now)
        if connection.execute(_taken, {"who": who}).scalar_one():
            self._erased.mark_known(connection, [who], now)
            connection.execute(drop_invitation, {"who": who})
        if connection.execute(_wrote, {"who": who}).scalar_one():
            self._erased.mark_known(connection, [who], now)
            for unname in (unname_author, unname_approver, drop_corrections_of):
                connection.execute(unname, {"who": who})

    def lock(self, connection: Connection, now: int) -> None:
        """End every role and every invitation."""
        gone = [connection.execute(delete(table)).rowcount for table in (staff, invitation)]
        if any(gone):
            self._audits.note(connection, Deed.LOCKED, None, now)

    def name(self, user_id: int) -> bytes:
        """What somebody is called here, and nowhere else: 16 bytes that say nothing without the key."""
        return self._turning.key.current.pseudonym(user_id, _AMONG)

    def called(self, connection: Connection, user_id: int) -> bytes:
        """As `name`, at the version of the key that the database is at."""
        return self._turning.current(connection).pseudonym(user_id, _AMONG)

    def _accept(self, connection: Connection, who: bytes, secret: bytes, now: int) -> None:
        values = {"who": who, "secret": secret, "now": now}
        role = select(invitation.c.role).where(invitation.c.token == secret)
        if connection.execute(_accept, values).rowcount != 1:
            raise StoreError("An invitation was taken up by somebody else at the same moment.")
        self._audits.note(
            connection, Deed.ACCEPTED, Role(connection.execute(role).scalar_one()), now
        )

    def _confirm(self, connection: Connection, by: bytes, code: str, now: int) -> None:
        """Give the role of `code`, by the word of somebody who may confirm at this moment."""
        waiting = self.check(connection, code, now)
        if waiting is None or not self.standing_of(connection, by).may(Act.CONFIRM):
            raise StoreError("Somebody else confirmed it, or it is over: look again.")
        self._serve(connection, code, now)
        self._audits.note(connection, Deed.CONFIRMED, waiting.role, now)

    def _serve(self, connection: Connection, code: str, now: int) -> None:
        """Let whoever passed under `code` serve, called by that code from now on."""
        row = connection.execute(_passed, {"which": code, "now": now}).one()
        one = {"person": row.person, "role": row.role, "code": code, "since": now // DAY}
        connection.execute(insert(staff), [one])
        connection.execute(_confirm, {"which": code})

    def _waiting(self, connection: Connection, now: int) -> tuple[Waiting, ...]:
        rows = connection.execute(_waiting, {"now": now}).all()
        return tuple(self._waits(connection, *row) for row in rows)

    def _waits(self, connection: Connection, code: str, person: bytes, role: str) -> Waiting:
        return Waiting(code, Role(role), self._words(connection, code, bytes(person)))

    def _leave(self, connection: Connection, who: bytes, now: int) -> None:
        role = connection.execute(_role, {"who": who}).scalar_one_or_none()
        if role is None:
            return
        self._erased.mark_known(connection, [who], now)
        connection.execute(drop_role, {"who": who})
        self._audits.note(connection, Deed.LEFT, Role(role), now)

    def _secret(self, connection: Connection, token: str) -> bytes:
        return self._turning.current(connection).phrase(token)

    def _words(self, connection: Connection, code: str, who: bytes) -> bytes:
        """Bytes that this invitation and this person alone have: two accepters have other words."""
        return self._turning.current(connection).phrase(f"words {code} {who.hex()}")
