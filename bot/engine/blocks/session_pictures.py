"""What is printed for a session: its plan on one page, and a certificate without a name."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.content.model import Plan
from bot.content.model import Step as PlannedStep
from bot.engine.blocks.base import Drawing
from bot.engine.blocks.lines import emergency_lines
from bot.engine.blocks.session_screens import PAGE
from bot.engine.blocks.titles import NAME
from bot.engine.world import Look
from bot.language.say import Say, Value
from bot.pictures.certificate import Certificate, certificate
from bot.pictures.session_page import SessionPage, Step, session_page

_HARD: Final = Say(
    "Somebody tells something hard: listen and believe, ask for no details, tell your team."
)


def drawing(look: Look, plan: Plan, what: str) -> Drawing:
    """Say how the page or the certificate of a plan is drawn."""
    if what == PAGE:
        start = f"?start=s{plan.number}_{look.session.language}"
        caption = Say("The plan on one page, to print. The numbers on it are those of today.")
        return Drawing(_Page(page(look, plan), start), caption)
    caption = Say("To print. Write the name by hand: I do not ask for it and do not keep it.")
    return Drawing(_Certificate(_words(look, plan)), caption)


def page(look: Look, plan: Plan) -> SessionPage:
    """Put a plan into words for one sheet; the link is added when it is drawn."""
    said = partial(look.world.plain, look.session.language)
    return SessionPage(
        name=NAME,
        title=said(Say(plan.title)),
        facts=(
            said(Say("From {age} years", {"age": plan.age})),
            said(Say("{minutes} minutes", {"minutes": plan.minutes})),
        ),
        goals_head=said(Say("What it is for")),
        goals=tuple(said(Say(goal)) for goal in plan.goals),
        steps_head=said(Say("Steps")),
        # Minutes in a column, and the notes, would leave no room for longer languages.
        steps=tuple(Step(said(_step(one))) for one in plan.steps),
        help_head=said(Say("In danger, call:")),
        help=tuple(map(said, (*emergency_lines(look.world, look.session.country), _HARD))),
        invitation=said(Say("This plan and more numbers are in the bot.")),
    )


def _step(one: PlannedStep) -> Say:
    values: dict[str, Value] = {
        "title": Say(one.title),
        "minutes": one.minutes,
        "text": Say(one.text),
    }
    return Say("{title} ({minutes} min). {text}", values)


def _words(look: Look, plan: Plan) -> Certificate:
    said = partial(look.world.plain, look.session.language)
    return Certificate(
        title=said(Say("Certificate")),
        given_to=said(Say("Name")),
        about=said(Say("took part in the session")),
        session=said(Say("“{title}”", {"title": Say(plan.title)})),
        date=said(Say("{date}", {"date": look.now.date()})),
        place=said(Say("Place")),
        network=said(Say("Young people teach young people")),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """A page to be drawn; two of the same words are the same."""

    words: SessionPage
    start: str

    def __call__(self, address: str) -> bytes:
        return session_page(replace(self.words, link=f"{address}{self.start}" if address else ""))


@dataclass(frozen=True, slots=True)
class _Certificate:
    """A certificate to be drawn; it needs no link."""

    words: Certificate

    def __call__(self, _address: str) -> bytes:
        return certificate(self.words)
