"""What a plan shows: what it is for, its steps, its links, its end."""

from typing import Final

from bot.content.model import Plan, Step
from bot.engine.blocks.base import Part
from bot.engine.blocks.facts import named
from bot.engine.blocks.titles import bold
from bot.engine.screen import ADDRESS, Option
from bot.engine.world import Look
from bot.language.say import Say

NEXT, BACK, OVERVIEW, END = "next", "back", "overview", "end"
"""What can be tapped to go through a plan, and the word for its end."""

LINKS: Final = {
    "link-before": Say("Link for before"),
    "link-after": Say("Link for after"),
    "link-questions": Say("Link for questions"),
}
"""The links that a group opens, each on a screen of its own, so that it can be held up."""

PAGE, PDF, CODES, CERTIFICATE, REPORT = "page", "page-pdf", "codes", "certificate", "report"
"""What is made of a plan: a page to print, as a picture or as a file, codes to hold up for its
links, a certificate, a report."""

PAGE_LABEL: Final = Say("Page to print")
_CODES_LABEL: Final = Say("Codes for the group")

_WHAT_FOR: Final = {
    "link-before": Say("The group opens this link before the session. Nothing is explained yet."),
    "link-after": Say("The group opens this link after the session. Each answer is explained."),
    "link-questions": Say("Here everybody can ask the team without a name."),
}
_PAPER: Final = Say(
    "Questions are collected on paper here: no team is set up to get them. Pass a box round."
)
_LETTERS: Final = {"link-before": "b", "link-after": "a"}


def overview(look: Look, plan: Plan, *, reports: bool) -> Part:
    """Say what a plan is for, and offer everything around it."""
    facts = {"age": plan.age, "minutes": plan.minutes, "steps": len(plan.steps)}
    goals = tuple(Say("– {text}", {"text": Say(goal)}) for goal in plan.goals)
    links = tuple((Option(name, label),) for name, label in LINKS.items())
    report = ((Option(REPORT, Say("Report")),),) if reports and look.session.leads else ()
    return Part(
        (
            (bold(plan.title), Say(plan.about)),
            (Say("From {age} years · {minutes} minutes · steps: {steps}", facts),),
            (Say("What it is for:"), *goals),
            (Say("Read all of it once before you begin."),),
        ),
        (
            (Option(NEXT, Say("To the first step")),),
            *links,
            (Option(CODES, _CODES_LABEL),),
            (Option(PAGE, PAGE_LABEL), Option(PDF, Say("Page as PDF"))),
            (Option(CERTIFICATE, Say("Certificate")),),
            *report,
        ),
    )


def step(look: Look, plan: Plan, number: int) -> Part:
    """Show a step: what to do, then what only who leads needs to know."""
    here = plan.steps[number - 1]
    where = {"number": number, "all": len(plan.steps), "minutes": here.minutes}
    notes = ((Say("For you: {notes}", {"notes": Say(here.notes)}),),) if here.notes else ()
    onward = Say("Next") if number < len(plan.steps) else Say("To the end")
    return Part(
        (
            (bold(here.title), Say("Step {number} of {all} · {minutes} min", where)),
            (Say(here.text),),
            *notes,
            *_sources(look, here),
        ),
        (*_linked(here), (*_back(), Option(NEXT, onward)), _to_overview()),
    )


def _sources(look: Look, here: Step) -> tuple[tuple[Say, ...], ...]:
    """Name the first source: more would bury the step."""
    if not here.sources:
        return ()
    source = look.world.content.sources[here.sources[0]]
    return ((Say("Source: {source}", {"source": named(source)}),),)


def _linked(here: Step) -> tuple[tuple[Option, ...], ...]:
    """Offer the link that a step needs."""
    name = {
        "test-before": "link-before",
        "test-after": "link-after",
        "questions": "link-questions",
    }.get(here.kind)
    return ((Option(name, LINKS[name]),),) if name else ()


def end(plan: Plan) -> Part:
    """Thank who has led it."""
    return Part(
        (
            (bold(plan.title),),
            (Say("This was the last step. Thank you for leading it."),),
            (Say("Did something hard come up? Talk to your team today, and rest a little."),),
        ),
        (_back(), _to_overview()),
    )


def link(look: Look, plan: Plan, name: str) -> Part:
    """Show a link to read out, to write on a board or to copy."""
    if name == "link-questions" and not look.world.has_team:
        return Part(((bold(plan.title), LINKS[name]), (_PAPER,)), (_back(),))
    url = f"{ADDRESS}{start(look, plan, name)}"
    codes = ((Option(CODES, _CODES_LABEL),),) if name in _LETTERS else ()
    return Part(
        ((bold(plan.title), LINKS[name]), (_WHAT_FOR[name],), (Say("{link}", {"link": url}),)),
        ((Option("copy", Say("Copy the link"), copies=url),), *codes, _back()),
    )


def start(look: Look, plan: Plan, name: str) -> str:
    """Write what a link has behind the bot's address, for her language; it names no topic."""
    quiz, letter = look.world.content.quizzes[plan.quiz], _LETTERS.get(name)
    what = f"q{quiz.number}{letter}" if letter else "b"
    return f"?start={what}_{look.session.language}"


def _back() -> tuple[Option, ...]:
    return (Option(BACK, Say("Back")),)


def _to_overview() -> tuple[Option, ...]:
    return (Option(OVERVIEW, Say("To the plan")),)
