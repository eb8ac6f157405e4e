"""From a link to a role and out of it again, through turns that are committed (R24, R26)."""

import asyncio
import re
from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.engine.blocks.course import are_hers
from bot.engine.events import Chosen, Commanded, Departed, Located, Strayed, Wrote
from bot.learning.play import Play
from bot.learning.round import Round
from bot.staff.audit import broken_at
from bot.staff.invitation import State
from bot.staff.roles import Role
from bot.store.batch import HOUR
from tests.staff.serving import CHIEF, confirm, found
from tests.store.examining import rows
from tests.talking import Talk, clock, session
from tests.virtual_time import in_virtual_time

ANNA, BOTA = 101, 102
TEST = "course-test"


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


async def last(talk, who):
    return talk.channel.to(who)[-1].shown


async def tap(talk, who, choice):
    """Tap on what she sees."""
    shown = await last(talk, who)
    await talk.do(who, Chosen(shown.place, choice, shown.item), over=5)
    return await last(talk, who)


async def accept(talk, who, secret):
    await talk.do(who, Commanded("start", f"i_{secret}"))
    return await last(talk, who)


def answer(talk, item, *, right):
    """Name the taps that answer the question on the screen, right or wrong."""
    quiz = talk.stage.world.content.quizzes["course"]
    _, *words = item.split("+")
    round_ = Round.read(tuple(words))
    assert round_ is not None
    asked = Play(quiz, round_).item
    if asked.fact is not None:
        return ["fact" if asked.fact is right else "myth"]
    if asked.order:
        steps = [str(at) for at in range(1, len(asked.order) + 1)]
        return steps[:-1] if right else steps[:0:-1]
    good = [str(at) for at, one in enumerate(asked.answers, 1) if one.right]
    bad = [str(at) for at, one in enumerate(asked.answers, 1) if not one.right]
    return [*(good if right else bad[:1]), *(["done"] if asked.several else [])]


async def take_test(talk, who, *, right):
    """Play a round in which the first `right` answers are right; return its last screen."""
    await talk.do(who, Chosen("course", "test"), over=5)
    shown = await tap(talk, who, "begin")
    for number in range(8):
        for choice in answer(talk, shown.item, right=number < right):
            shown = await tap(talk, who, choice)
        shown = await tap(talk, who, "next")
    return shown


def words(shown):
    """Read the three words off a screen."""
    found = re.search(r"three words: <b>(.*?)</b>", shown.text)
    return found[1] if found else ""


async def volunteer(talk, who):
    """Make somebody a volunteer; return the code the operator calls her by."""
    secret, code = await talk.store.office.invite(Role.VOLUNTEER)
    await accept(talk, who, secret)
    await take_test(talk, who, right=6)
    await confirm(talk.store, code)
    return code


@in_virtual_time
async def test_a_link_leads_through_the_course_to_a_role(talk):
    """Link, course, test, three words that only she and the operator know, role, and out again."""
    await talk.open()
    office, world = talk.store.office, talk.stage.world
    await found(talk.store, CHIEF, Role.APPROVER)
    secret, code = await office.invite(Role.VOLUNTEER)
    assert "You are invited as: volunteer" in (await accept(talk, ANNA, secret)).text
    assert await office.check(code) is None
    assert not await office.found(code)
    assert "tap “Once more”" not in (await take_test(talk, ANNA, right=5)).text
    assert await office.check(code) is None
    said = words(await take_test(talk, ANNA, right=6))
    check = (await office.check(code)).check
    assert len(said.split()) == 3
    assert are_hers(world, said, check)
    assert not are_hers(world, "apple river window", check)
    await talk.say(CHIEF, "/team")
    await tap(talk, CHIEF, "confirm-somebody")
    await talk.say(CHIEF, said)
    assert "invited as: volunteer" in (await last(talk, CHIEF)).text
    await tap(talk, CHIEF, "confirm-person")
    assert "works with us" in (await last(talk, CHIEF)).text
    await talk.say(ANNA, "/team")
    assert "Your role: volunteer" in (await last(talk, ANNA)).text
    assert "lead sessions" in (await last(talk, ANNA)).text
    assert (code, Role.VOLUNTEER) in [(one.code, one.role) for one in await office.members()]
    assert await office.invitations() == []
    await tap(talk, ANNA, "leave")
    await tap(talk, ANNA, "lay-down")
    assert "You have left the team" in (await last(talk, ANNA)).text
    assert [one.role for one in await office.members()] == [Role.APPROVER]
    deeds = [one.deed for one in await office.audit()][3:]
    assert deeds == ["invited", "accepted", "confirmed", "left"]
    assert broken_at(await office.audit(), int(clock() // HOUR)) is None


@in_virtual_time
async def test_the_words_belong_to_one_person(talk):
    """Somebody else who took up the link first has other words than she whom the operator expects."""
    await talk.open()
    office, seen = talk.store.office, []
    for who in (ANNA, BOTA):
        secret, code = await office.invite(Role.VOLUNTEER)
        await accept(talk, who, secret)
        said = words(await take_test(talk, who, right=8))
        seen.append((said, (await office.check(code)).check))
    world = talk.stage.world
    assert [[are_hers(world, said, check) for _, check in seen] for said, _ in seen] == [
        [True, False],
        [False, True],
    ]


@in_virtual_time
async def test_of_two_who_open_a_link_at_once_one_is_invited(talk):
    """Of any number of accepters in one commit the first is invited; all others see any start."""
    await talk.open()
    secret, _ = await talk.store.office.invite(Role.VOLUNTEER)
    people = range(200, 230)
    await talk.conversation.take(
        [talk.doing(who, Commanded("start", f"i_{secret}")) for who in people]
    )
    await talk.conversation.settled()
    invited = [who for who in people if "You are invited" in (await last(talk, who)).text]
    assert invited == [200]
    (row,) = await rows(talk.store, "invitation")
    await talk.do(300, Commanded("start", "i_AAAAAAAAAAAAAAAAAAAAAA"))
    none = (await last(talk, 300)).text
    assert {(await last(talk, who)).text for who in people if who != 200} == {none}
    assert not row.passed


@in_virtual_time
async def test_a_link_works_once_and_for_a_day(talk):
    """A second use, also by her who used it, and a use after a day change nothing."""
    await talk.open()
    office = talk.store.office
    secret, _ = await office.invite(Role.VOLUNTEER)
    await accept(talk, ANNA, secret)
    before = await rows(talk.store, "invitation")
    assert (await accept(talk, ANNA, secret)).place == "course"
    assert (await accept(talk, BOTA, secret)).place != "course"
    assert await rows(talk.store, "invitation") == before
    late, _ = await office.invite(Role.VOLUNTEER)
    await asyncio.sleep(24 * HOUR + 1)
    assert (await accept(talk, BOTA, late)).place != "course"
    assert await office.invitations() == []
    await talk.store.sweep(clock())
    assert await rows(talk.store, "invitation") == []


@in_virtual_time
async def test_a_day_is_all_there_is(talk):
    """Whoever has passed and is not confirmed within the day is not confirmed any more."""
    await talk.open()
    secret, code = await talk.store.office.invite(Role.VOLUNTEER)
    await accept(talk, ANNA, secret)
    await take_test(talk, ANNA, right=8)
    await asyncio.sleep(24 * HOUR)
    assert await talk.store.office.check(code) is None
    await talk.say(ANNA, "/team")
    assert (await last(talk, ANNA)).place != "team"


@in_virtual_time
async def test_only_a_whole_round_passes(talk):
    """Trying again what was missed shows the right answers, and does not pass the test."""
    await talk.open()
    secret, code = await talk.store.office.invite(Role.VOLUNTEER)
    await accept(talk, ANNA, secret)
    await take_test(talk, ANNA, right=5)
    shown = await tap(talk, ANNA, "missed")
    while (ways := {one.id for one in shown.labels}) & {"next", "skip"}:
        if "next" in ways:
            shown = await tap(talk, ANNA, "next")
            continue
        for choice in answer(talk, shown.item, right=True):
            shown = await tap(talk, ANNA, choice)
    assert "Only a whole round counts" in shown.text
    assert [one.state for one in await talk.store.office.invitations()] == [State.ACCEPTED]
    assert await talk.store.office.check(code) is None


@in_virtual_time
async def test_without_an_invitation_the_test_leads_nowhere(talk):
    """Anybody may read the course and take the test; then nothing is noted of it."""
    await talk.open()
    await talk.say(ANNA, "/start")
    shown = await take_test(talk, ANNA, right=8)
    assert words(shown) == ""
    assert "ask the organisation" in shown.text
    for table in ("staff", "invitation", "audit", "tally"):
        assert await rows(talk.store, table) == []


@in_virtual_time
async def test_for_everybody_else_there_is_no_team(talk):
    """`/team` and its buttons are answered, byte for byte, as a command and buttons nobody knows."""
    await talk.open()
    await volunteer(talk, BOTA)
    for place in ("hub", "talk", "course", "pro", "start", "play"):
        answers = []
        for who, name in ((ANNA, "team"), (ANNA + 1000, "qzteam")):
            await talk.do(who, Chosen("start", "continue"), over=5)
            await talk.do(who, Chosen("country", "kz"), over=5)
            await talk.do(who, Chosen(place, "menu"), over=5)
            await talk.say(who, f"/{name}")
            known = await session(talk, who)
            answers.append((await last(talk, who), known))
        assert answers[0] == answers[1]
    for choice in ("leave", "course", "menu"):
        await talk.do(ANNA, Chosen("team", choice), over=5)
        assert (await last(talk, ANNA)).place not in ("team", "team-leave", "course")
    await talk.do(ANNA, Chosen("team-leave", "lay-down"), over=5)
    assert len(await talk.store.office.members()) == 2


@in_virtual_time
async def test_a_role_that_ended_opens_nothing(talk):
    """From the operator's word on, neither a button nor the screen she stands on is there for her."""
    await talk.open()
    called = await volunteer(talk, ANNA)
    await talk.say(ANNA, "/team")
    assert await talk.store.office.end(called) is Role.VOLUNTEER
    assert await talk.store.office.end(called) is None
    await talk.do(ANNA, Wrote("Leave the team"))
    assert (await last(talk, ANNA)).place != "team-leave"
    await talk.do(ANNA, Chosen("team", "leave"), over=5)
    assert (await last(talk, ANNA)).place != "team-leave"
    assert [one.deed for one in await talk.store.office.audit()][-1] == "ended"


@pytest.mark.parametrize("way", [Departed(), Commanded("forget")])
@in_virtual_time
async def test_erasing_somebody_ends_her_role(talk, way):
    """Whoever blocks the bot or is forgotten has no role and no invitation, within five seconds."""
    await talk.open()
    await volunteer(talk, ANNA)
    secret, _ = await talk.store.office.invite(Role.VOLUNTEER)
    await accept(talk, BOTA, secret)
    for who in (ANNA, BOTA):
        await talk.do(who, way)
        if not isinstance(way, Departed):
            shown = await last(talk, who)
            (yes,) = (
                one.id for one in shown.labels if one.id not in ("menu", "close", "back", "no")
            )
            await tap(talk, who, yes)
    await asyncio.sleep(5)
    assert [one.role for one in await rows(talk.store, "staff")] == ["operator"], "the chief stays"
    assert await rows(talk.store, "invitation") == []


@in_virtual_time
async def test_a_plain_turn_asks_nothing_of_the_team(talk):
    """Only a turn at a screen of the team, or with a link that invites, has one query more."""
    await talk.open()
    await volunteer(talk, ANNA)
    statements = []
    engine = talk.store._database._engine
    event.listen(engine, "after_cursor_execute", lambda *a: statements.append(a[2]))

    async def asked(doing, **facts):
        statements.clear()
        await talk.do(BOTA, doing, **facts)
        return sum("FROM staff" in one for one in statements)

    plain = (
        Commanded("start"), Commanded("menu"), Wrote("menu"), Wrote("qwertz"), Located(43.2, 76.9),
        Strayed(), Chosen("hub", "talk"), Chosen("talk", "close"), Commanded("start", "q7"),
    )  # fmt: skip
    assert [await asked(one, over=5 if isinstance(one, Chosen) else None) for one in plain] == [
        0 for _ in plain
    ]
    assert await asked(Commanded("team")) == 1
    assert await asked(Commanded("start", "s1")) == 1
    assert await asked(Wrote("play in a group")) == 1
    assert await asked(Commanded("start", "i_AAAAAAAAAAAAAAAAAAAAAA")) == 1
    assert await asked(Chosen("course", "test"), over=5) == 1


@in_virtual_time
async def test_nothing_of_her_words_stays_in_the_pages(talk):
    """The screen with the three words is drawn for her alone, and not remembered."""
    await talk.open()
    secret, _ = await talk.store.office.invite(Role.VOLUNTEER)
    await accept(talk, ANNA, secret)
    shown = await take_test(talk, ANNA, right=8)
    assert shown.fleeting
    assert not any(words(shown) in page.text for page in talk.stage._pages.values())
    assert replace(shown, fleeting=False) not in talk.stage._pages.values()
