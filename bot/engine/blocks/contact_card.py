"""`contact_card`: everything to know before calling one line, and the way to call or keep it."""

from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.content.model import Cost, Hotline, Lines
from bot.directory.hotlines import Offer, answers, offer
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.facts import POLICE, told_check, told_hours, told_languages
from bot.engine.blocks.lines import for_whom
from bot.engine.replies import Card
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say

KEEP, COPY, WRITE = "keep", "copy", "write"

_COSTS = {
    Cost.FREE: Say("Cost: free."),
    Cost.FREE_MOBILE: Say("Cost: free from mobile phones."),
    Cost.ORDINARY: Say("Cost: as an ordinary call."),
    Cost.INTERNET: Say("Cost: internet only."),
    Cost.UNKNOWN: Say("Cost: not known to us."),
}
_WITHHELD = Say("This line is not shown any more. Please go back.")


class ContactCard(PlainBlock):
    """Show one line of the country, whole; `goto` is the list it came from."""

    spec: ClassVar[BlockSpec] = BlockSpec("contact_card", NoOptions, goto="required", help=True)
    words: ClassVar[tuple[str, ...]] = (KEEP, COPY, WRITE)
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
    before.append(POLICE[line.reports])
    if line.remark:
        before.append(Say(line.remark))
    facts = [for_whom(line)]
    # Nobody in danger is to wonder whether an emergency number answers, or what it costs.
    if line.hours.known or not line.emergency:
        facts.append(told_hours(line.hours, answers=answers(one, lines.timezone, look.now)))
    facts += told_languages(line.languages)
    if line.cost is not Cost.UNKNOWN or not line.emergency:
        facts.append(_COSTS[line.cost])
    checked = told_check(line.checked, line.called, line.sources[0])
    return tuple(head), tuple(before), tuple(facts), (checked,)


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
