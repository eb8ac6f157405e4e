"""Every screen there is: what each node can be about, for whoever looks at them all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import get_args

from bot.campaigns.audience import Audience, Reader
from bot.campaigns.board import Board, Posted
from bot.campaigns.campaign import Campaign
from bot.campaigns.progress import Going
from bot.campaigns.proposal import Correction, Phase, Proposal
from bot.campaigns.subscription import QUIET, Subscription
from bot.content.checks.terms import About
from bot.content.model import Content, Label, Node
from bot.engine.blocks.campaign_drafts import READ
from bot.engine.blocks.campaign_drafts import STEPS as DRAFTING
from bot.engine.blocks.campaign_lists import NEW, OWN
from bot.engine.blocks.campaign_progress import CORRECTION, WRITE
from bot.engine.blocks.campaign_screens import mark
from bot.engine.blocks.live import RUNNING, SECONDS
from bot.engine.blocks.news_screens import STEPS
from bot.engine.blocks.quiz import DUE, item_of
from bot.engine.blocks.session_screens import END, LINKS
from bot.engine.campaigns import made
from bot.engine.reading import EASY
from bot.engine.session import AND
from bot.engine.world import Club, World
from bot.language.tongues import LANGUAGES
from bot.learning.headcount import AGES, GROUPS, MOST, Headcount
from bot.learning.play import Play
from bot.learning.spelling import spelt
from bot.learning.tour import tour

CLUBS = (Club(-1, "Youth club, Osh"), Club(-2, "Youth club, Aktau"))
"""Groups for live quizzes as an operator may call them."""

_PAGES = 3
"""Pages of each list that are looked at: those of her own region come first."""


def abouts(content: Content, node: Node, country: str) -> Iterable[About]:
    """Name what a node can be about: the lines and services of the country, lists near a region."""
    lines, services = content.countries.get(country), content.directory.countries.get(country)
    regions = content.places.regions.get(country, ())
    match node.block:
        case "contact_card" if lines is not None:
            return [About(line.id) for line in lines.hotlines]
        case "service_card" if services is not None:
            return [About(one.id) for one in services.all]
        case "nearby":
            pages = ("", *(str(page) for page in range(2, _PAGES + 1)))
            return [About(page, region.id) for region in regions for page in pages]
        case "referral":
            return [About("", region.id, ("recent", "tonight")) for region in regions]
        case "heard":
            return [About(), *(About(heard=(label,)) for label in get_args(Label))]
        case "sources":
            return [About(one.id) for one in content.nodes.values() if one.sources]
        case "quiz" | "course_test" | "live" | "session" | "session_report" | "news_choices":
            return _stepwise(content, node.block, country)
    easy = [About(said=(EASY,))] if node.easy else []
    remembered = [About(remembered=True)] if node.block == "quizzes" else []
    subscribed = [About(subscribed=True)] if node.block == "news" else []
    return (About(), *easy, *remembered, *subscribed)


def _stepwise(content: Content, block: str, country: str) -> Iterable[About]:
    match block:
        case "quiz" | "course_test":
            return _rounds(content, country, tests=block == "course_test")
        case "live":
            return _games(content)
        case "session":
            return _plans(content)
        case "news_choices":
            return [About(AND.join((step, *_chosen(content, country)))) for step in STEPS]
    return _reports(content, country)


def _games(content: Content) -> Iterable[About]:
    """Name the screens on which a live quiz is led."""
    club = CLUBS[0].code
    yield from (About(), About(AND), About(club), About(AND.join((club, RUNNING))))
    for quiz in content.played:
        yield About(AND.join((club, quiz)))
        yield About(AND.join((club, quiz, SECONDS[-1])))


def _rounds(content: Content, country: str, *, tests: bool) -> Iterable[About]:
    """Name the screens of every quiz, or test: its first one, each question and answer, the end."""
    for quiz in content.quizzes.values():
        if quiz.is_test is not tests:
            continue
        yield About(quiz.quiz)
        yield About(AND.join((quiz.quiz, DUE)), remembered=True)
        for round_ in tour(quiz, country):
            yield About(item_of(Play(quiz, round_)))


def _plans(content: Content) -> Iterable[About]:
    """Name the screens of every plan: its overview, its steps, its links, its end."""
    for plan in content.sessions.values():
        yield About(plan.session)
        numbers = map(str, range(1, len(plan.steps) + 1))
        yield from (About(AND.join((plan.session, where))) for where in (*numbers, *LINKS, END))


def _reports(content: Content, country: str) -> Iterable[About]:
    """Name the screens of a report: for others, the countries or regions, and a full count."""
    yield About()
    full = Headcount(counts=(MOST // len(GROUPS),) * len(GROUPS))
    for plan in content.sessions.values():
        yield About(plan.session)
        for region in content.places.regions.get(country, ()):
            yield About(AND.join((plan.session, region.id, *full.written())))


def subscriber(content: Content, country: str, today: date) -> Subscription:
    """Think of somebody who gets news and chose all there is to choose."""
    region = next((one.id for one in content.places.regions.get(country, ())), "")
    topics = frozenset(one.id for one in content.topics)
    return Subscription(today, 1, Reader(LANGUAGES[0], country, region, AGES[0], topics))


def _chosen(content: Content, country: str) -> tuple[str, ...]:
    """Name what she had chosen before, as it stands behind a button."""
    reader = subscriber(content, country, date.min).reader
    every = spelt((1 << len(content.topics)) - 1, 1)
    return (reader.language, country, reader.region, reader.age, *every, QUIET[0])


def shown_board(world: World, now: datetime) -> Board:
    """Think of every campaign as a draft of hers, as proposed by a colleague, and as hers that goes out."""
    starts, posted = int(now.timestamp()) + 3600, []
    for template in world.content.campaigns.values():
        one, audience = made(world, template, template.campaign), _narrow(world, template.topic)
        for author, phase, at in (
            (b"hers", Phase.DRAFT, starts),
            (b"other", Phase.PROPOSED, starts + 1),
        ):
            proposal = Proposal(author, one.digest(audience, at), at, phase)
            posted.append(Posted(one, audience, proposal))
        posted.append(_gone_out(one, audience, starts + 2))
    return Board(b"hers", tuple(posted))


def _gone_out(one: Campaign, audience: Audience, starts: int) -> Posted:
    """Think of a campaign of hers as going out and corrected in each language, with every count there is."""
    digest, words = one.digest(audience, starts), replace(one, link=f"{one.link}0")
    waits = Correction(words.digest(audience, starts), b"hers")
    proposal = Proposal(b"hers", digest, starts, Phase.SENDING, b"other", digest, waits)
    going = Going(1000, 500, 50, 30, 20, 10, 100, 1500)
    return Posted(one, audience, proposal, 1000, 500, going, words=words)


def _narrow(world: World, topic: str) -> Audience:
    """Think of an audience that is chosen in every way at once."""
    country = world.offered.countries[0]
    regions = frozenset(one.id for one in world.content.places.regions.get(country, ()))
    return Audience(
        frozenset(world.offered.languages),
        frozenset({country}),
        regions,
        frozenset(AGES),
        frozenset({topic}),
    )


def of_board(world: World, board: Board) -> Iterable[About]:
    """Name the screens on which campaigns are written, and on which each is looked at."""
    yield from (About(), About(NEW), About(AND.join((NEW, OWN))))
    yield from (About(AND.join((NEW, name))) for name in world.content.campaigns)
    for one in board.posted:
        named = mark(one.proposal.digest)
        yield About(AND.join(named))
        if waits := one.proposal.correction:
            yield About(AND.join((CORRECTION, *mark(waits.digest), *spelt(1, 1), "ru")))
            yield from (About(AND.join((*named, WRITE, name))) for name in one.campaign.messages)
        if one.proposal.phase is not Phase.DRAFT:
            yield from (About(AND.join((*named, "aa", name))) for name in one.campaign.messages)
            continue
        for step in DRAFTING:
            names = one.campaign.messages if step in (READ, WRITE) else ("",)
            yield from (About(AND.join((*named, step, *filter(None, (name,))))) for name in names)
