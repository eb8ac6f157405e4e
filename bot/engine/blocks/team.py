"""`team` and `leave_team`: what those see who work with the bot."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say
from bot.staff.doings import Left
from bot.staff.roles import Act, Role
from bot.staff.standing import NOBODY

LEAVE, CONFIRM = "lay-down", "confirm-somebody"

ROLES: Final = {
    Role.VOLUNTEER: Say("volunteer"),
    Role.APPROVER: Say("approver"),
    Role.HELPER: Say("helper"),
    Role.OPERATOR: Say("operator"),
}
"""What a role is called."""

NOT_YOURS: Final = (
    Say("This is for people who lead sessions with a group."),
    Say("Would you like to lead one? Ask the organisation that runs this bot."),
)
"""What somebody reads who may not lead."""

_ACTS: Final = {
    Act.LEAD: Say("You may lead sessions: quizzes before and after them, and quizzes in a group."),
    Act.WRITE: Say("You may write campaigns. A colleague reads and approves each one first."),
    Act.APPROVE: Say("You may approve campaigns that others wrote, and stop any campaign."),
    Act.CONFIRM: Say("You may confirm new people who have passed the course."),
}
_NOTHING: Final = Say("There is nothing to do here for this role yet.")
NOT_HERS: Final = Say("This screen is not open now.")


class Team(PlainBlock):
    """Say which role she has, and what it lets her do; lead those who confirm others to `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec("team", NoOptions, goto="required")
    staffed: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (CONFIRM,)

    def view(self, look: Look) -> Part:
        """Say it; after a restart nobody is known here until the next tap."""
        standing = look.session.standing
        if standing.role is None:
            return Part(((NOT_HERS,),))
        acts = tuple(text for act, text in _ACTS.items() if standing.may(act)) or (_NOTHING,)
        told = ((Say("Your role: {role}.", {"role": ROLES[standing.role]}),), acts)
        way = ((Option(CONFIRM, Say("Confirm somebody new")),),)
        return Part(told, way if standing.may(Act.CONFIRM) else ())

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go where others are confirmed, if she may."""
        if option != CONFIRM or not look.session.standing.may(Act.CONFIRM):
            return None
        return Outcome(replace(look.session, place=look.onward, item=""))


class LeaveTeam(PlainBlock):
    """Lay the role down, and go on to `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec("leave_team", NoOptions, goto="required")
    staffed: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (LEAVE,)

    def view(self, look: Look) -> Part:
        """Ask once."""
        if look.session.standing.role is None:
            return Part(((NOT_HERS,),))
        return Part(rows=((Option(LEAVE, Say("Yes, leave the team")),),))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Lay it down, if she has one."""
        if option != LEAVE or look.session.standing.role is None:
            return None
        place = look.onward
        session = replace(look.session, place=place, item="", standing=NOBODY)
        return Outcome(session, lead="team_left", doing=Left())
