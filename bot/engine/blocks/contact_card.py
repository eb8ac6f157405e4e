"""`contact_card`: everything to know before calling one line, and the way to call or keep it."""

import re
from datetime import time
from typing import ClassVar
from urllib.parse import urlsplit

from bot.content.blocks import BlockSpec
from bot.content.model import Cost, Hotline, Hours, Lines, Reports, Source
from bot.directory.hotlines import Offer, answers, offer
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.hotlines import CLOSED, OPEN
from bot.engine.replies import Card
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say, Value

KEEP, COPY, WRITE = "keep", "copy", "write"
OWN_CHOICES = (KEEP, COPY, WRITE)

_REPORTS = {
    Reports.IS_POLICE: Say("This is the police. They act on what you tell them."),
    Reports.MUST: Say("They must tell the police about your call."),
    Reports.SERIOUS_CASES: Say("They pass serious cases to the police."),
    Reports.UNKNOWN: Say(
        "We do not know whether they must tell the police. You can ask before you say your name."
    ),
}
_COSTS = {
    Cost.FREE: Say("Cost: free."),
    Cost.FREE_MOBILE: Say("Cost: free from mobile phones."),
    Cost.ORDINARY: Say("Cost: as an ordinary call."),
    Cost.INTERNET: Say("Cost: internet only."),
    Cost.UNKNOWN: Say("Cost: not known to us."),
}
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_WITHHELD = Say("This line is not shown any more. Please go back.")
_DAYS = (Say("Mon"), Say("Tue"), Say("Wed"), Say("Thu"), Say("Fri"), Say("Sat"), Say("Sun"))
_LANGUAGES = {
    "kk": Say("Kazakh"),
    "ky": Say("Kyrgyz"),
    "tg": Say("Tajik"),
    "uz": Say("Uzbek"),
    "ru": Say("Russian"),
    "en": Say("English"),
}


class ContactCard(PlainBlock):
    """Show one line of the country, whole; `goto` is the list it came from."""

    spec: ClassVar[BlockSpec] = BlockSpec("contact_card", NoOptions, goto="required", help=True)
    timed: ClassVar[bool] = True

    def view(self, look: Look) -> Part:
        """Show the facts in the order a caller needs them, then the ways to use the number."""
        found = find(look)
        if found is None:
            return Part(paragraphs=((_WITHHELD,),))
        lines, one = found
        return Part(_facts(lines, one, look), _uses(one.line))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Send the card, or remove one that was sent."""
        if option == KEEP and find(look) is not None:
            return Outcome(look.session, (Card(look.node.id, look.session.item),))
        return None


def find(look: Look) -> tuple[Lines, Offer] | None:
    """Find the line the person is looking at, if it may be shown."""
    lines = look.world.content.countries.get(look.session.country)
    if lines is None:
        return None
    for line in lines.hotlines:
        if line.id == look.session.item:
            found = offer(line, look.world.content.rules, look.now.date())
            return (lines, found) if found else None
    return None


def _facts(lines: Lines, one: Offer, look: Look) -> tuple[tuple[Say, ...], ...]:
    """Tell in three paragraphs: whom she calls, what to know before, and how sure we are."""
    line = one.line
    number = line.e164 or line.number
    head = [Say("<b>{number}</b> — {name}", {"number": number, "name": Say(line.name)})]
    if line.landline_number:
        head.append(Say("From a landline: {number}", {"number": line.landline_number}))
    before = [Say(one.caution)] if one.caution else []
    before.append(_REPORTS[line.reports])
    if line.remark:
        before.append(Say(line.remark))
    facts = [
        Say("For whom: {whom}", {"whom": Say(line.serves)}),
        _hours(line.hours, answers=answers(one, lines.timezone, look.now)),
    ]
    if line.languages:
        tongues: tuple[Value, ...] = tuple(_LANGUAGES[code] for code in line.languages)
        facts.append(Say("Languages: {languages}", {"languages": tongues}))
    facts.append(_COSTS[line.cost])
    return tuple(head), tuple(before), tuple(facts), (_checked(line),)


def _hours(hours: Hours, *, answers: bool | None) -> Say:
    if hours.always:
        when = Say("Hours: day and night.")
    elif hours.known and hours.opens and hours.closes:
        when = Say(
            "Hours: {days} {opens}–{closes}.",
            {
                "days": _span(hours.days),
                "opens": time.fromisoformat(hours.opens),
                "closes": time.fromisoformat(hours.closes),
            },
        )
    else:
        return Say("Hours: not known to us.")
    if answers is None:
        return when
    return Say("{when} {state}", {"when": when, "state": OPEN if answers else CLOSED})


def _span(days: tuple[int, ...]) -> Value:
    consecutive = days == tuple(range(days[0], days[-1] + 1))
    if consecutive and len(days) > 1:
        return Say("{first}–{last}", {"first": _DAYS[days[0] - 1], "last": _DAYS[days[-1] - 1]})
    return tuple(_DAYS[day - 1] for day in days)


def _checked(line: Hotline) -> Say:
    values: dict[str, Value] = {"date": line.checked, "source": _named(line.sources[0])}
    if line.called:
        called: dict[str, Value] = {**values, "called": line.called}
        return Say("Called and confirmed on {called}. Source: {source}", called)
    return Say(
        "Compared with its sources on {date}; we have not called it yet. Source: {source}", values
    )


def _named(source: Source) -> str:
    """Name a source neutrally, with its date where that is a plain one."""
    site = urlsplit(source.url or "").hostname or source.title
    name = source.by or site.removeprefix("www.").rstrip(".")
    dated = _DATE.match(source.date or "")
    return f"{name}, {dated[0]}" if dated else name


def _uses(line: Hotline) -> tuple[tuple[Option, ...], ...]:
    number = {"number": line.number}
    keep = Option(KEEP, Say("Keep this number in the chat"))
    if line.channel == "whatsapp" and line.e164:
        url = f"https://wa.me/{line.e164.removeprefix('+')}"
        return ((Option(WRITE, Say("Write on WhatsApp"), url=url),), (keep,))
    return (
        (Option(COPY, Say("Copy {number}", number), copies=line.e164 or line.number),),
        (keep,),
    )
