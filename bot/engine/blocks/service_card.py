"""`service_card`: everything to know before calling or going to one service, and the ways to."""

from dataclasses import replace
from typing import ClassVar, TypeGuard

from bot.content.blocks import BlockSpec
from bot.content.model import Office, Phone, Refuge
from bot.directory.standing import Standing
from bot.engine.blocks import service as about
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.facts import POLICE, told_check, told_hours, told_languages
from bot.engine.blocks.nearby import NearbyServices, page_with
from bot.engine.replies import Card, Venue
from bot.engine.screen import Option
from bot.engine.session import AND, Session
from bot.engine.world import Look
from bot.language.say import Names, Say

BACK, KEEP, MAP, WRITE, COPY = "list", "keep", "map", "write", "copy"

MOST_PHONES = 4
"""Numbers with a button of their own; nobody tries a fifth."""

_USES = tuple(f"{use}-{at}" for use in (WRITE, COPY) for at in range(MOST_PHONES))

_WITHHELD = Say("This place is not shown any more. Please go back.")
_HIDDEN = Say("The address is not told here, to keep people there safe. Call first.")

_CHILDREN = {
    True: Say("Children: may come."),
    False: Say("Children: may not come."),
    None: Say("Children: not known to us. Ask when you call."),
}
_STEPS = {
    True: Say("Steps: no steps in the way."),
    False: Say("Steps: there are steps in the way."),
    None: Say("Steps: not known to us. Ask when you call."),
}


class ServiceCard(PlainBlock):
    """Show the service that `item` names after the list it was opened from."""

    spec: ClassVar[BlockSpec] = BlockSpec(
        "service_card", NoOptions, goto="required", help=True, opens=frozenset({"nearby"})
    )
    words: ClassVar[tuple[str, ...]] = (BACK, KEEP, MAP, *_USES)
    timed: ClassVar[bool] = True

    def view(self, look: Look) -> Part:
        """Show who and where it is, what to know before, and how sure we are."""
        back = ((Option(BACK, Say("Back to the list")),),)
        service = find(look)
        if service is None:
            return Part(((_WITHHELD,),), back)
        standing = look.world.atlas.standing(service, look.now.date())
        brief = "brief" in look.session.said
        facts = () if brief else (_facts(look, service, standing), (_checked(look, service),))
        return Part(
            (_head(look, service), _before(look, service, standing), *facts),
            (*_uses(service), *back),
        )

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Send the contact or the map, or go back to the page of the list it came from."""
        if option == BACK:
            return Outcome(_back(look))
        service = find(look)
        if service is None:
            return None
        if option == KEEP and service.phones:
            return Outcome(look.session, (Card(look.node.id, look.session.item),))
        if option == MAP and is_on_map(service):
            return Outcome(look.session, (Venue(look.node.id, look.session.item),))
        return None


def find(look: Look) -> Refuge | Office | None:
    """Find the service of her country that the screen is about, if it may be shown."""
    service = look.world.atlas.service(look.session.item.rpartition(AND)[2])
    if service is None or look.world.atlas.country_of(service) != look.session.country:
        return None
    return service if look.world.atlas.standing(service, look.now.date()).shown else None


def _back(look: Look) -> Session:
    """Go back to the page of the list on which the service stands, or to the node's own way on."""
    came_from, _, service = look.session.item.rpartition(AND)
    node = look.world.content.nodes.get(came_from)
    if node is None or node.block is None:
        return replace(look.session, place=look.onward, item="")
    if node.block != NearbyServices.spec.name:
        return replace(look.session, place=node.id, item="")
    page = page_with(replace(look, node=node), service)
    return replace(look.session, place=node.id, item=page)


def _head(look: Look, service: Refuge | Office) -> tuple[Say, ...]:
    """Say what it is called, where it is and how to reach it."""
    head = [Say("<b>{heading}</b>", {"heading": about.heading(look, service)})]
    place = about.home(look, service)
    if place is not None:
        head.append(Say("Place: {place}", {"place": Names(place.names)}))
    if isinstance(service, Refuge):
        head.append(_HIDDEN)
    elif service.address:
        head.append(Say("Address: {address}", {"address": service.address}))
    warned = () if service.phones else about.warned(look, service)
    return (*head, about.contact(look, service), *warned)


def _before(look: Look, service: Refuge | Office, standing: Standing) -> tuple[Say, ...]:
    """Say what she should know before she calls or goes."""
    remark = (Say(service.remark),) if service.remark else ()
    return (*about.cautions(look, service, standing), POLICE[service.reports], *remark)


def _facts(look: Look, service: Refuge | Office, standing: Standing) -> tuple[Say, ...]:
    facts = [
        about.for_whom(service),
        _CHILDREN[service.children],
        _STEPS[service.step_free],
        told_hours(service.hours, answers=about.answers(look, service, standing)),
    ]
    if service.hours.known and not service.hours.always:
        facts.append(Say("On public holidays the hours may differ."))
    return (*facts, *told_languages(service.languages))


def _checked(look: Look, service: Refuge | Office) -> Say:
    sources = look.world.content.directory.countries[look.session.country].sources
    source = None if isinstance(service, Refuge) else sources[service.sources[0]]
    return told_check(service.checked, service.called, source)


def _uses(service: Refuge | Office) -> tuple[tuple[Option, ...], ...]:
    """Offer to copy each number, to write, to keep the first one, and to see the address."""
    rows = [(_use(at, phone),) for at, phone in enumerate(service.phones[:MOST_PHONES])]
    if service.phones:
        rows.append((Option(KEEP, Say("Keep this number in the chat")),))
    if is_on_map(service):
        rows.append((Option(MAP, Say("Show on a map")),))
    return tuple(rows)


def _use(at: int, phone: Phone) -> Option:
    if phone.channel == "whatsapp" and phone.e164:
        url = f"https://wa.me/{phone.e164.removeprefix('+')}"
        return Option(f"{WRITE}-{at}", Say("Write on WhatsApp"), url=url)
    number = about.dialled(phone)
    return Option(f"{COPY}-{at}", Say("Copy {number}", {"number": phone.number}), copies=number)


def is_on_map(service: Refuge | Office) -> TypeGuard[Office]:
    """Tell whether a source measured where it is and anybody may know it."""
    return isinstance(service, Office) and service.lat is not None and service.lon is not None
