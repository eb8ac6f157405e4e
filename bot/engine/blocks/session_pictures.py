"""What is printed for a session: its plan on one page, codes of its links, a certificate."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.content.model import Plan
from bot.content.model import Step as PlannedStep
from bot.engine.blocks.base import Drawing
from bot.engine.blocks.lines import emergency_lines
from bot.engine.blocks.session_screens import CODES, PAGE, PAGE_LABEL, PDF, start
from bot.engine.blocks.titles import NAME
from bot.engine.world import Look
from bot.errors import PictureError
from bot.language.say import Say, Value
from bot.pictures.certificate import Certificate, certificate
from bot.pictures.code_sheet import Code, CodeSheet, code_sheet
from bot.pictures.session_page import SessionPage, Step, session_page, session_pdf

_HARD: Final = Say(
    "Somebody tells something hard: listen and believe, ask for no details, tell your team."
)

_CODES: Final = {"link-before": Say("Before the session"), "link-after": Say("After the session")}
"""The links that stand on paper as codes, and what is said under each."""


def drawing(look: Look, plan: Plan, what: str) -> Drawing:
    """Say how the page, the codes or the certificate of a plan are drawn."""
    if what in (PAGE, PDF):
        draw = _Page(session_pdf if what == PDF else session_page, page(look, plan))
        caption = Say("The plan on one page, to print. The numbers on it are those of today.")
        return Drawing(draw, caption, PAGE_LABEL if what == PDF else None)
    if what == CODES:
        caption = Say(
            "Two codes for your group: before the session and after it. Hold up the phone, or print."
        )
        return Drawing(_Codes(_sheet(look, plan)), caption)
    caption = Say("To print. Write the name by hand: I do not ask for it and do not keep it.")
    return Drawing(_Certificate(_words(look, plan)), caption)


def page(look: Look, plan: Plan) -> SessionPage:
    """Put a plan into words for one sheet; its links get the bot's address when it is drawn."""
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
        link=f"?start=s{plan.number}_{look.session.language}",
        codes=_codes(look, plan),
    )


def _sheet(look: Look, plan: Plan) -> CodeSheet:
    said = partial(look.world.plain, look.session.language)
    return CodeSheet(
        title=said(Say(plan.title)),
        how=said(Say("Point the camera of a phone at a code.")),
        codes=_codes(look, plan),
    )


def _codes(look: Look, plan: Plan) -> tuple[Code, ...]:
    said = partial(look.world.plain, look.session.language)
    return tuple(Code(said(words), start(look, plan, name)) for name, words in _CODES.items())


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
    """A page to be drawn, as a picture or as a PDF; two of the same words are the same."""

    written: Callable[[SessionPage], bytes]
    words: SessionPage

    def __call__(self, address: str) -> bytes:
        link = f"{address}{self.words.link}" if address else ""
        codes = _addressed(self.words.codes, address) if address else ()
        return self.written(replace(self.words, link=link, codes=codes))


@dataclass(frozen=True, slots=True)
class _Codes:
    """Codes to be drawn; without the bot's own address there is nothing to hold up."""

    words: CodeSheet

    def __call__(self, address: str) -> bytes:
        if not address:
            raise PictureError("the bot does not know its own address yet")
        return code_sheet(replace(self.words, codes=_addressed(self.words.codes, address)))


def _addressed(codes: tuple[Code, ...], address: str) -> tuple[Code, ...]:
    return tuple(replace(one, link=f"{address}{one.link}") for one in codes)


@dataclass(frozen=True, slots=True)
class _Certificate:
    """A certificate to be drawn; it needs no link."""

    words: Certificate

    def __call__(self, _address: str) -> bytes:
        return certificate(self.words)
