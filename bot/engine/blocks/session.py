"""`session`: the plan of one session, led from the phone step by step."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.content.model import MOST_STEPS, Plan
from bot.engine.blocks.base import Drawing, NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.session_pictures import drawing
from bot.engine.blocks.session_screens import (
    BACK,
    CERTIFICATE,
    CODES,
    END,
    LINKS,
    NEXT,
    OVERVIEW,
    PAGE,
    PDF,
    REPORT,
    end,
    link,
    overview,
    step,
)
from bot.engine.replies import Picture
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say

REPORTING: Final = "session_report"
"""The block in whose node a session is reported."""

DRAWN: Final = (PAGE, PDF, CODES, CERTIFICATE)
"""What is drawn of a plan, each in a message of its own."""

SENT: Final = "report-sent"
"""Said by who has sent a report: until she begins another one, no old tap sends it again."""

_GONE: Final = Say("This plan is not here any more. Here are others.")


class LeadSession(PlainBlock):
    """Show the plan that the item names; `goto` is where others are."""

    spec: ClassVar[BlockSpec] = BlockSpec(
        "session", NoOptions, goto="required", opens=frozenset({REPORTING})
    )
    staffed: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (
        *(NEXT, BACK, OVERVIEW, END, *DRAWN, REPORT, "copy"),
        *LINKS,
        *map(str, range(1, MOST_STEPS + 1)),
    )

    def view(self, look: Look) -> Part:
        """Show the overview, a step, a link or the end."""
        plan, where = _read(look)
        if plan is None:
            return Part(((_GONE,),))
        name, _, _ = where.partition(AND)
        if name in LINKS:
            return link(look, plan, name)
        if where == END:
            return end(plan)
        number = _number(plan, where)
        if number:
            return step(look, plan, number)
        return overview(look, plan, reports=bool(_report_node(look)))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go through the plan, or to what is made of it."""
        plan, where = _read(look)
        if plan is None:
            return None
        if option in DRAWN:
            about = AND.join((plan.session, option))
            return Outcome(look.session, (Picture(look.node.id, about),))
        if option == REPORT and look.session.leads and (place := _report_node(look)):
            anew = look.session.saying(SENT, holds=False)
            return Outcome(replace(anew, place=place, item=plan.session))
        there = _onward(plan, where, option)
        if there is None:
            return None
        item = AND.join(filter(None, (plan.session, there)))
        return Outcome(replace(look.session, item=item))

    def picture(self, look: Look) -> Drawing | None:
        """Draw the page to print, the codes for a group, or the certificate."""
        plan, where = _read(look)
        return drawing(look, plan, where) if plan and where in DRAWN else None


def _onward(plan: Plan, where: str, option: str) -> str | None:
    """Say where `option` leads; "" is the overview. A link knows the step it was opened from."""
    number, last = _number(plan, where), len(plan.steps)
    name, _, step_before = where.partition(AND)
    if option == OVERVIEW:
        return ""
    if name in LINKS:
        return step_before if option == BACK else None
    if option in LINKS:
        return AND.join((option, str(number))) if number else option
    if option == NEXT and where != END:
        return str(number + 1) if number < last else END
    if option == BACK and (number or where == END):
        before = (number or last + 1) - 1
        return str(before) if before else ""
    return None


def _number(plan: Plan, where: str) -> int:
    """Read the number of a step; 0 where it is none of this plan."""
    number = int(where) if where.isdecimal() else 0
    return number if number <= len(plan.steps) else 0


def _read(look: Look) -> tuple[Plan | None, str]:
    """Read the plan, and where in it she stands."""
    name, _, where = look.session.item.partition(AND)
    return look.world.content.sessions.get(name), where


def _report_node(look: Look) -> str:
    return look.world.content.place_of(REPORTING)
