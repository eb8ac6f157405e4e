"""`nearby`: what there is for one need around the place she named, nearest first."""

from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from bot.content.blocks import BlockSpec
from bot.content.model import Audience, Content, Hotline, Node, Reports, Sector
from bot.counting.tally import Kind, Tally
from bot.directory.nearest import Atlas, Nearby
from bot.engine.blocks import service as about
from bot.engine.blocks.base import Outcome, Part, PlainBlock
from bot.engine.blocks.facts import POLICE
from bot.engine.blocks.lines import OPEN, also_to_call, in_danger, standing_in, to_call
from bot.engine.blocks.wishes import wishes_node
from bot.engine.screen import Option
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Names, Say, Value

A_PAGE = 4
"""Services on one screen: what fits on a small phone without scrolling for long."""

EARLIER, MORE, WISHES = "earlier", "more", "wishes"

_INNER = ("service_card", "wishes", "referral")


class NearbyOptions(BaseModel):
    """What is needed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sector: Sector


class NearbyServices(PlainBlock):
    """List services for `sector` page by page; a tap opens one of them at `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec(
        "nearby",
        NearbyOptions,
        goto="required",
        help=True,
        values=frozenset({"town"}),
        opens=frozenset({"wishes"}),
    )
    words: ClassVar[tuple[str, ...]] = (EARLIER, MORE, WISHES)
    timed: ClassVar[bool] = True

    def fill(self, look: Look) -> dict[str, Value]:
        """Name the place she named."""
        return about.town(look)

    def view(self, look: Look) -> Part:
        """Show the services of one page, then the lines that stand in, then the ways on."""
        found, page = _found(look), page_of(look)
        shown = found[page * A_PAGE : (page + 1) * A_PAGE]
        entries = tuple(_entry(look, number, one) for number, one in enumerate(shown, 1))
        options = tuple((_option(look, number, one),) for number, one in enumerate(shown, 1))
        return Part(
            paragraphs=(*_honestly(look, found), *entries, *_lines(look, found)),
            rows=(*options, *_pages(found, page), *_more(look)),
        )

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Open a service, turn a page, or say what matters."""
        session, page = look.session, page_of(look)
        if option in (EARLIER, MORE):
            turned = page + (1 if option == MORE else -1)
            return Outcome(replace(session, item=str(turned + 1) if turned > 0 else ""))
        if option == WISHES and wishes_node(look):
            return Outcome(replace(session, place=wishes_node(look), item=look.node.id))
        if all(one.service.id != option for one in _found(look)):
            return None
        return Outcome(replace(session, place=look.onward, item=f"{look.node.id}{AND}{option}"))

    def gaps(self, look: Look, before: Node) -> tuple[Tally, ...]:
        """Tell, for the map of gaps, that nothing known is near; of the region, never of her.

        Turning back from one of the list's own screens is no new search, nor is coming from the
        card of help, which has told already.
        """
        if before.block in _INNER or look.town is None or Atlas.lies_near(_everything(look)):
            return ()
        return (Tally(Kind.GAP, look.town.region, sector_of(look)),)


def sector_of(look: Look) -> Sector:
    """Read which sector the node is about."""
    return Sector(look.node.options["sector"])


def pages(content: Content) -> int:
    """Count the pages that the longest list of any country can have."""
    return (
        1 + max((len(one.all) for one in content.directory.countries.values()), default=0) // A_PAGE
    )


def page_of(look: Look) -> int:
    """Read the page, from 0; whatever is no page of this list is the first."""
    item = look.session.item
    page = int(item) - 1 if item.isascii() and item.isdecimal() and len(item) < 4 else 0  # noqa: PLR2004 - no list has 1,000 pages
    return page if 0 <= page * A_PAGE < max(1, len(_found(look))) else 0


def page_with(look: Look, service: str) -> str:
    """Name the page of the list on which `service` stands, as an item."""
    ids = [one.service.id for one in _found(look)]
    page = ids.index(service) // A_PAGE if service in ids else 0
    return str(page + 1) if page else ""


def _everything(look: Look) -> tuple[Nearby, ...]:
    if look.town is None:
        return ()
    return look.world.atlas.nearest(sector_of(look), look.town, look.now.date())


def _found(look: Look) -> tuple[Nearby, ...]:
    if look.town is None:
        return ()
    said = look.session.said
    found = look.world.atlas.nearest(sector_of(look), look.town, look.now.date(), said)
    if "open_now" not in said:
        return found
    states = {one.service.id: about.state(look, one.service, one.standing) for one in found}
    return tuple(sorted(found, key=lambda one: _openness(states[one.service.id])))


def _openness(state: Say | None) -> int:
    """Order by what is open, what may be, and what is closed."""
    return 1 if state is None else 0 if state is OPEN else 2


def _honestly(look: Look, found: tuple[Nearby, ...]) -> tuple[tuple[Say, ...], ...]:
    """Say so where nothing is near, and whom to call instead, before anything far away."""
    if Atlas.lies_near(found) or look.town is None:
        return ()
    nothing = Say("{town}: I know of no such place near you.", about.town(look))
    instead = (nothing, *to_call(standing_in(look, sector_of(look))))
    return (instead, (Say("What I know farther away:"),)) if found else (instead,)


def _entry(look: Look, number: int, one: Nearby) -> tuple[Say, ...]:
    service = one.service
    titled: dict[str, Value] = {"number": number, "kind": about.kind(look, service)}
    where = Say("{where}.", {"where": about.whereabouts(look, one)})
    if (state := about.state(look, service, one.standing)) is not None:
        where = Say("{where} {state}", {"where": where, "state": state})
    reach = (about.contact(look, service), *about.warned(look, service), *_police(look, service))
    rest = (where, *reach, *about.cautions(look, service, one.standing))
    if "brief" in look.session.said:
        return (Say("<b>{number}. {kind}</b>", titled), *rest)
    titled["heading"] = about.heading(look, service)
    head = Say("<b>{number}. {heading}</b>", titled)
    whom = () if Audience.ANYONE in service.serves else (about.for_whom(service),)
    return (head, *whom, *rest)


def _police(look: Look, service: about.AnyService) -> tuple[Say, ...]:
    """Say that it is the police who answer, to whoever did not look for them."""
    answer = service.reports is Reports.IS_POLICE or about.is_behind_police(look, service)
    return (POLICE[Reports.IS_POLICE],) if answer and sector_of(look) is not Sector.POLICE else ()


def _lines(look: Look, found: tuple[Nearby, ...]) -> tuple[tuple[Say, ...], ...]:
    """Name the lines that answer beside what is near, and the numbers for danger, once each."""
    lines: tuple[Hotline, ...] = ()
    if Atlas.lies_near(found):
        lines = tuple(one for one in standing_in(look, sector_of(look)) if not one.emergency)
    return ((*also_to_call(lines), in_danger(look)),)


def _option(look: Look, number: int, one: Nearby) -> Option:
    """Label a service with its number on the page: several of one kind may stand in one town."""
    titled: dict[str, Value] = {"number": number, "kind": about.kind(look, one.service)}
    also = Say("{name}", {"name": Names(one.service.names)})
    return Option(one.service.id, Say("{number}. {kind}", titled), also=also)


def _pages(found: tuple[Nearby, ...], page: int) -> tuple[tuple[Option, ...], ...]:
    row = []
    if page > 0:
        row.append(Option(EARLIER, Say("Nearer places")))
    if (page + 1) * A_PAGE < len(found):
        row.append(Option(MORE, Say("Farther places")))
    return (tuple(row),) if row else ()


def _more(look: Look) -> tuple[tuple[Option, ...], ...]:
    return ((Option(WISHES, Say("What matters to me")),),) if wishes_node(look) else ()
