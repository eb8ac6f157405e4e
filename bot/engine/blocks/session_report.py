"""`session_report`: how many took part, by sex and age, for those who may lead; never who."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.content.model import Place, Plan
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.blocks.session import REPORTING, SENT
from bot.engine.blocks.team import NOT_YOURS
from bot.engine.blocks.titles import bold
from bot.engine.screen import Option, in_rows
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Names, Say
from bot.learning.headcount import AGES, GROUPS, MOST, SEXES, Headcount
from bot.learning.spelling import every_word

SEND, NEXT, BEFORE = "send", "next-group", "group-before"
"""What can be tapped besides regions and figures: to send it, and to go from group to group."""

FIGURES: Final = {"minus-one": -1, "plus-one": 1, "plus-five": 5}
"""What changes the count of the present group."""

_LABELS: Final = {"minus-one": Say("−1"), "plus-one": Say("+1"), "plus-five": Say("+5")}
_WORDS: Final = {
    "minus-one": Say("One fewer"),
    "plus-one": Say("One more"),
    "plus-five": Say("Five more"),
}
_SEXES: Final = {
    "girls": Say("Girls, women"),
    "boys": Say("Boys, men"),
    "unsaid": Say("Not said"),
}
_OLDER: Final = Say("older")
_A_ROW: Final = 2


class SessionReport(PlainBlock):
    """Count who took part, send the numbers, go back to the plan at `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec(REPORTING, NoOptions, goto="required")
    fleeting: ClassVar[bool] = True
    staffed: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = (SEND, NEXT, BEFORE, *FIGURES, *every_word())

    def view(self, look: Look) -> Part:
        """Ask where it was, then how many of each group took part."""
        plan, region, headcount = _read(look)
        if plan is None or not look.session.leads:
            return Part((NOT_YOURS,))
        heading = (bold(plan.title), Say("Report"))
        if not look.session.country:
            return Part((heading, (Say("In which country was it?"),)), _countries(look))
        if region is None:
            return Part((heading, (Say("In which region was it?"),)), _regions(look))
        return Part(
            (
                (*heading, Say("{name}", {"name": Names(region.names)})),
                tuple(_line(headcount, sex) for sex in SEXES),
                (
                    Say("In all: {n}, {most} at most.", {"n": headcount.total, "most": MOST}),
                    Say("Now: {group}", {"group": _now(headcount)}),
                ),
                (Say("Only numbers are sent: the week, the region and how many. No names."),),
            ),
            _figures(headcount),
        )

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take the region, count, or send: this is counted once."""
        plan, region, headcount = _read(look)
        if plan is None or not look.session.leads or SENT in look.session.said:
            return None
        if not look.session.country:
            offered = option in look.world.offered.countries
            return Outcome(replace(look.session, country=option)) if offered else None
        if region is None:
            there = any(one.id == option for one in _known(look))
            return _at(look, plan, option, Headcount()) if there else None
        if option in FIGURES:
            return _at(look, plan, region.id, headcount.plus(FIGURES[option]))
        if option in (NEXT, BEFORE):
            return _at(look, plan, region.id, headcount.moved(1 if option == NEXT else -1))
        if option != SEND or not headcount.total:
            return None
        sent = look.session.saying(SENT)
        back = replace(sent, place=look.onward, item=plan.session)
        return Outcome(back, lead="reported", tallies=headcount.tallies(region.id))


def _at(look: Look, plan: Plan, region: str, headcount: Headcount) -> Outcome:
    item = AND.join((plan.session, region, *headcount.written()))
    return Outcome(replace(look.session, item=item))


def _read(look: Look) -> tuple[Plan | None, Place | None, Headcount]:
    """Read what is counted so far; what does not fit any more begins anew."""
    name, *words = look.session.item.split(AND)
    plan = look.world.content.sessions.get(name)
    region = next((one for one in _known(look) if words[:1] == [one.id]), None)
    headcount = Headcount.read(tuple(words[1:]))
    return plan, region if headcount else None, headcount or Headcount()


def _known(look: Look) -> tuple[Place, ...]:
    return look.world.content.places.regions.get(look.session.country, ())


def _countries(look: Look) -> tuple[tuple[Option, ...], ...]:
    return tuple((Option(one, COUNTRIES[one]),) for one in look.world.offered.countries)


def _regions(look: Look) -> tuple[tuple[Option, ...], ...]:
    options = [Option(one.id, Say("{name}", {"name": Names(one.names)})) for one in _known(look)]
    return in_rows(options, _A_ROW)


def _line(headcount: Headcount, sex: str) -> Say:
    """Say how many of one sex there were, age by age."""
    counted = dict(zip(GROUPS, headcount.counts, strict=True))
    bands = tuple(
        Say("{age}: {n}", {"age": _age(age), "n": counted[f"{sex}-{age}"]}) for age in AGES
    )
    return Say("{sex} – {bands}", {"sex": _SEXES[sex], "bands": bands})


def _now(headcount: Headcount) -> Say:
    sex, _, age = GROUPS[headcount.at].partition("-")
    n = headcount.counts[headcount.at]
    return Say("<b>{sex}, {age}: {n}</b>", {"sex": _SEXES[sex], "age": _age(age), "n": n})


def _age(age: str) -> Say:
    return _OLDER if age == AGES[-1] else Say("{age}", {"age": age.replace("-", "–")})


def _figures(headcount: Headcount) -> tuple[tuple[Option, ...], ...]:
    figures = tuple(Option(name, label, also=_WORDS[name]) for name, label in _LABELS.items())
    groups = (Option(BEFORE, Say("Group before")), Option(NEXT, Say("Next group")))
    send = ((Option(SEND, Say("Send")),),) if headcount.total else ()
    return (figures, groups, *send)
