"""`referral`: one card in the order of urgency, made from what she answered and where she is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.content.model import SHOWN_SECTORS, Hotline, Node, Reports, Sector
from bot.counting.tally import Kind, Tally
from bot.directory.nearest import Atlas, Nearby
from bot.engine.blocks import service as about
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.lines import (
    also_to_call,
    called,
    in_danger,
    standing_in,
    to_call,
    warnings,
)
from bot.engine.blocks.nearby import NearbyServices
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say, Value

FEWER = "fewer"

_INNER = ("nearby", "service_card", "wishes")


class Referral(PlainBlock):
    """Show every sector in the order she needs it, each with one way to reach it and a list."""

    spec: ClassVar[BlockSpec] = BlockSpec(
        "referral",
        NoOptions,
        help=True,
        values=frozenset({"town"}),
        opens=frozenset({"nearby"}),
    )
    words: ClassVar[tuple[str, ...]] = (FEWER, *Sector)
    timed: ClassVar[bool] = True

    def fill(self, look: Look) -> dict[str, Value]:
        """Name the place she named."""
        return about.town(look)

    def view(self, look: Look) -> Part:
        """Show the sectors, the numbers for danger, and a button for each list."""
        order = in_order(look)
        sections, seen = [], dict[str, int]()
        for number, sector in enumerate(order, 1):
            best = _best(look, sector)
            sections.append(_section(look, number, sector, _reach(look, sector, best, seen)))
            if best is not None:
                seen.setdefault(best.service.id, number)
        lists = _lists(look)
        rows = tuple((Option(one, _title(look, one)),) for one in order if one in lists)
        brief = "brief" in look.session.said
        switch = Option(FEWER, Say("More words") if brief else Say("Fewer words"))
        return Part((*sections, (in_danger(look),)), (*rows, (switch,)))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Open the list of one sector, or show fewer words."""
        session = look.session
        if option == FEWER:
            return Outcome(session.saying("brief", holds="brief" not in session.said))
        place = _lists(look).get(option)
        return Outcome(replace(session, place=place, item="")) if place else None

    def gaps(self, look: Look, before: Node) -> tuple[Tally, ...]:
        """Tell, for the map of gaps, each sector of which nothing known is near."""
        if before.block in _INNER or look.town is None:
            return ()
        missing = (one for one in in_order(look) if _best(look, one) is None)
        return tuple(Tally(Kind.GAP, look.town.region, one) for one in missing)


def in_order(look: Look) -> tuple[Sector, ...]:
    """Order the sectors by urgency.

    Medical help comes first while time matters for it. A psychosocial support service of her
    region comes before all others: it helps at once and leads on to them. A safe place comes
    first for a night without one, and the police last where she does not want them now.
    """
    said = look.session.said
    sectors = [one for one in look.world.content.directory.sectors.sectors if one in SHOWN_SECTORS]
    best = _best(look, Sector.PSYCHOSOCIAL)
    kinds = look.world.content.directory.kinds.kinds
    hub = best is not None and kinds[best.service.kind].first

    def urgency(sector: Sector) -> int:
        if sector is Sector.MEDICAL and ("hurt" in said or "recent" in said):
            return 0
        if sector is Sector.SHELTER and "tonight" in said:
            return 1
        if sector is Sector.PSYCHOSOCIAL and hub:
            return 2
        if sector is Sector.POLICE:
            return 3 if "police" in said else 5 if "no_police" in said else 4
        return 4

    return tuple(sorted(sectors, key=urgency))


def _best(look: Look, sector: Sector) -> Nearby | None:
    """Find the first service of a sector that is near, or none."""
    if look.town is None:
        return None
    today, said = look.now.date(), look.session.said
    found = look.world.atlas.nearest(sector, look.town, today, said)
    return next((one for one in found if Atlas.lies_near((one,))), None)


def _section(look: Look, number: int, sector: Sector, reach: tuple[Say, ...]) -> tuple[Say, ...]:
    """Say what happens there, what to bring, that refusing is fine, and one way to reach it."""
    texts = look.world.content.directory.sectors.sectors[sector]
    head = Say("<b>{number}. {sector}</b>", {"number": number, "sector": Say(texts.name)})
    if "brief" in look.session.said:
        return (head, *reach)
    if sector is Sector.POLICE and "no_police" in look.session.said:
        return (head, Say("Only if and when you want it."), *reach)
    return (head, Say(texts.happens), Say(texts.bring), Say(texts.refuse), *reach)


def _reach(
    look: Look, sector: Sector, best: Nearby | None, seen: Mapping[str, int]
) -> tuple[Say, ...]:
    """Say how to reach the best service there is, and the lines that answer in its stead.

    The lines stand there where they are quicker or surer: before everything in medical need, and
    after a service that may not answer, or that the police lead to and she does not want them.
    """
    instead = _lines(look, sector)
    if best is None:
        told = about.town(look) | {"lines": tuple(map(called, instead))}
        none = Say("{town}: I know of none near you. You can call: {lines}", told)
        return (none, *warnings(instead))
    if sector is Sector.MEDICAL:
        return (*to_call(instead), *_service(look, best, seen))
    unwanted = "no_police" in look.session.said and about.is_behind_police(look, best.service)
    if best.service.id in seen or not (best.standing.caution or unwanted):
        return _service(look, best, seen)
    return (*_service(look, best, seen), *also_to_call(instead))


def _service(look: Look, best: Nearby, seen: Mapping[str, int]) -> tuple[Say, ...]:
    """Say what and where it is and how to reach it, or where that was said above."""
    service = best.service
    if service.id in seen:
        again: dict[str, Value] = {"kind": about.kind(look, service), "number": seen[service.id]}
        return (Say("{kind}: the same place as under {number}.", again),)
    titled: dict[str, Value] = {
        "kind": about.kind(look, service),
        "where": about.whereabouts(look, best),
    }
    return (
        Say("{kind}. {where}.", titled),
        about.contact(look, service),
        *about.warned(look, service),
        *about.cautions(look, service, best.standing),
    )


def _lines(look: Look, sector: Sector) -> tuple[Hotline, ...]:
    """Name the lines that stand in, without the police where she does not want them now."""
    lines = standing_in(look, sector)
    if "no_police" not in look.session.said or sector is Sector.POLICE:
        return lines
    return tuple(one for one in lines if one.reports is not Reports.IS_POLICE) or lines


def _lists(look: Look) -> dict[str, str]:
    """Name the node that lists each sector."""
    nodes = look.world.content.nodes.values()
    return {
        str(node.options["sector"]): node.id
        for node in nodes
        if node.block == NearbyServices.spec.name
    }


def _title(look: Look, sector: Sector) -> Say:
    return Say(look.world.content.directory.sectors.sectors[sector].name)
