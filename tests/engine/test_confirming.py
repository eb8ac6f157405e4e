"""Truths about the screen of the second person: she hears three words, sees a role, and says yes."""

import random
from dataclasses import replace

import pytest

from bot.engine.blocks.confirming import YES
from bot.engine.blocks.course import check_words
from bot.engine.blocks.team import CONFIRM
from bot.engine.events import Chosen, Wrote
from bot.engine.session import Session
from bot.language.say import Say
from bot.staff.doings import Confirmed
from bot.staff.invitation import Waiting
from bot.staff.roles import ACTS, Act, Role
from bot.staff.standing import NOBODY, Standing
from tests.engine.walking import LANGUAGES, NOW

PLACE = "team-confirm"
CHANCE = random.Random(26)
CONFIRMS = [role for role in Role if Act.CONFIRM in ACTS[role]]


def waits(code="abcdefgh", role=Role.VOLUNTEER):
    return Waiting(code, role, CHANCE.randbytes(16))


def chief(*waiting, role=Role.OPERATOR):
    return Standing(role, waiting=waiting)


def words(engine, language, one):
    world = engine.stage.world
    said = Say("{words}", {"words": check_words(world, language, one.check)})
    return world.words.say(language, said)


def heard(engine, text, standing, language="en"):
    return engine.step(Session(PLACE, language, told=True), Wrote(text), NOW, standing=standing)


def said_yes(engine, session, standing):
    return engine.step(session, Chosen(PLACE, YES, session.item), NOW, standing=standing)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_words_are_heard_in_every_language(engine, spoken):
    """Whatever they are in other places, towns or signs of harm, here they are whose words they are."""
    for _ in range(60):
        one, other = waits(), waits("mnpqrstu", Role.APPROVER)
        turn = heard(engine, words(engine, spoken, one).upper(), chief(other, one))
        assert turn.conceal
        assert turn.session.place == PLACE
        assert turn.doing is None, "the role is read before anybody says yes"
        assert said_yes(engine, turn.session, chief(other, one)).doing == Confirmed(one.code)


def test_the_role_is_told_and_no_code(engine):
    """What she says yes to stands on the screen; the code of the operator does not."""
    for role in Role:
        one = waits(role=role)
        session = heard(engine, words(engine, "en", one), chief(one)).session
        text = engine.stage.page(replace(session, standing=chief(one)), NOW).text
        assert f"invited as: {role}." in text
        assert one.code not in text


def test_other_words_confirm_nobody(engine):
    """Two of three, a slip, another order or another's words: it says so and offers no yes."""
    one, other = waits(), waits("mnpqrstu")
    first, second, third = words(engine, "en", one).split()
    wrong = [f"{first} {second}", f"{third} {second} {first}", f"{first} {second} {third} {first}"]
    for text in (*wrong, words(engine, "en", other), words(engine, "kk", other)):
        turn = heard(engine, text, chief(one))
        assert turn.doing is None
        assert turn.session.item == ""
        assert YES not in [one.id for one in engine.stage.page(turn.session, NOW).labels]


def test_how_many_wait_is_not_told(engine):
    """With nobody, one or ten who wait the screen is the same, byte for byte (R28)."""
    standings = [chief(*(waits(f"abcdefg{n}") for n in range(many))) for many in (0, 1, 10)]
    pages = [
        engine.stage.page(Session(PLACE, "en", told=True, standing=standing), NOW)
        for standing in standings
    ]
    assert len({page.text for page in pages}) == 1
    assert len({tuple(page.labels) for page in pages}) == 1


@pytest.mark.parametrize("standing", [NOBODY, *(Standing(role) for role in Role)])
def test_a_yes_to_nobody_who_waits_does_nothing(engine, standing):
    """A button left over after the other was confirmed, or her own role ended, changes nothing."""
    one = waits()
    session = heard(engine, words(engine, "en", one), chief(one)).session
    assert said_yes(engine, session, standing).doing is None
    assert said_yes(engine, replace(session, item=""), chief(one)).doing is None


@pytest.mark.parametrize("role", [*Role])
def test_only_who_may_confirm_is_led_there(engine, role):
    """The button on /team is there for approvers and operators; others who tap it stay where they are."""
    standing = Standing(role)
    page = engine.stage.page(Session("team", "en", told=True, standing=standing), NOW)
    assert (CONFIRM in [one.id for one in page.labels]) is (role in CONFIRMS)
    tap = Chosen("team", CONFIRM, "")
    turn = engine.step(Session("team", "en", told=True), tap, NOW, standing=standing)
    assert (turn.session.place == PLACE) is (role in CONFIRMS)


def test_harm_is_heard_there_too(engine):
    """Who tells of harm on this screen is answered as everywhere: with numbers to call."""
    turn = heard(engine, "my husband beats me", chief(waits()))
    assert turn.session.place != PLACE
    assert turn.session.heard
