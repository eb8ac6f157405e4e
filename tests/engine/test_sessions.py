"""Truths about sessions: every plan can be led to its end, its links open, its report is true."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.terminal import unmarked
from bot.counting.tally import Kind
from bot.engine.blocks.session_pictures import page
from bot.engine.blocks.session_screens import LINKS
from bot.engine.events import Chosen, Commanded, Wrote
from bot.engine.replies import Picture
from bot.engine.screen import ADDRESS
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from bot.engine.world import Look
from bot.errors import PictureError
from bot.learning.headcount import GROUPS
from bot.pictures.canvas import Canvas
from bot.pictures.session_page import session_page
from bot.staff.standing import NOBODY
from tests.betrayal import lexicon
from tests.engine.walking import LANGUAGES, LEADER, NOW

PNG, PDF = b"\x89PNG", b"%PDF"
HEAVIEST = 150_000
"""Bytes of anything that is drawn."""

BOT = "https://t.me/" + "b" * 32
"""As long as the address of a bot can be."""

LONGER = 1.3
"""How much longer than the English another language may be."""


@pytest.fixture(scope="module")
def leading(world):
    return Engine(Stage(replace(world, team=-1_007_000_000_001)))


def opened(engine, link, *, standing=NOBODY, **known):
    start = Session(engine.stage.world.content.start, "en", told=True, **known)
    return engine.step(start, Commanded("start", link), NOW, standing=standing).session


def shown(engine, session):
    return engine.stage.page(session, NOW)


def tapped(engine, session, option, *, standing=NOBODY):
    return engine.step(session, Chosen(session.place, option, session.item), NOW, standing=standing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plan_is_led_to_its_end(leading, language):
    """Step by step, each shows its title, text, notes and minutes; from the end all lead back."""
    world = leading.stage.world
    for plan in world.content.sessions.values():
        session = opened(leading, f"s{plan.number}_{language}")
        assert (session.place, session.item, session.language) == (
            "session",
            plan.session,
            language,
        )
        seen = []
        for step in plan.steps:
            session = tapped(leading, session, "next").session
            text = unmarked(shown(leading, session).text)
            wanted = (step.title, step.text, step.notes or step.text)
            assert all(unmarked(world.words.text(language, one)) in text for one in wanted)
            assert str(step.minutes) in text
            seen.append(session.item)
        session = tapped(leading, session, "next").session
        assert {one.id for one in shown(leading, session).labels} >= {"back", "overview"}
        for item in reversed(seen):
            session = tapped(leading, session, "back").session
            assert session.item == item
        assert tapped(leading, session, "back").session.item == plan.session


def test_every_plan_takes_the_minutes_it_says(world):
    """The minutes of the steps add up; the help card comes before the second test."""
    for plan in world.content.sessions.values():
        assert sum(step.minutes for step in plan.steps) == plan.minutes == 40
        kinds = [step.kind for step in plan.steps]
        assert kinds.index("help") < kinds.index("test-after")
        assert 9 <= len(kinds) <= 11


def test_the_links_of_a_plan_open_its_quiz_and_the_box(leading):
    """What stands on a link's screen and behind its button opens the quiz, or the box."""
    content = leading.stage.world.content
    for plan in content.sessions.values():
        overview = opened(leading, f"s{plan.number}")
        for name in LINKS:
            there = shown(leading, tapped(leading, overview, name).session)
            (link,) = re.findall(rf"{re.escape(ADDRESS)}\?start=(\w+)", there.text)
            assert [one.copies for one in there.labels if one.copies] == [f"{ADDRESS}?start={link}"]
            led = opened(leading, link)
            if name == "link-questions":
                assert led.place == "question-box"
            else:
                kind = name.removeprefix("link-")
                assert (led.place, led.item) == ("play-quiz", f"{plan.quiz}+{kind}")


def test_a_link_leads_back_to_its_step(leading):
    """Who opens a link from a step comes back to that step, not to the beginning."""
    session = tapped(leading, tapped(leading, opened(leading, "s1"), "next").session, "next")
    there = tapped(leading, session.session, "link-before").session
    assert tapped(leading, there, "back").session == session.session


def test_a_link_to_no_plan_opens_the_start(leading):
    """A number that no plan has is no link of ours."""
    assert opened(leading, "s999").place == leading.stage.world.content.start


def test_who_may_not_lead_reports_nothing(leading):
    """The button is not there, a forged tap does nothing, and the report's own screen says why."""
    overview = opened(leading, "s1", country="kg")
    assert "report" not in {one.id for one in shown(leading, overview).labels}
    assert tapped(leading, overview, "report").session.place == "session"
    forged = replace(overview, place="session-report", item="free-yes")
    turn = tapped(leading, forged, "kg-osh-region")
    assert turn.tallies == ()
    assert turn.session.item == forged.item
    leader = tapped(leading, overview, "report", standing=LEADER).session
    counting = tapped(leading, leader, "kg-osh-region", standing=LEADER).session
    counting = tapped(leading, counting, "plus-five", standing=LEADER).session
    assert tapped(leading, counting, "send").tallies == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["minus-one", "plus-one", "plus-five", "next-group", "group-before"]),
        max_size=40,
    )
)
def test_what_is_shown_is_what_is_sent(leading, taps):
    """The figures on the screen, in its order, are the numbers that are counted."""
    session = opened(leading, "s1", standing=LEADER, country="kg")
    for option in ("report", "kg-osh-region", *taps):
        session = tapped(leading, session, option, standing=LEADER).session
    lines = [one for one in shown(leading, session).text.splitlines() if " – 10–14: " in one]
    figures = [
        int(one)
        for line in lines
        for one in re.findall(r": (\d+)|older: (\d+)", line)
        for one in one
        if one
    ]
    turn = tapped(leading, session, "send", standing=LEADER)
    if not sum(figures):
        assert turn.tallies == ()
        return
    sent = {one.column: one.many for one in turn.tallies}
    assert sent.pop("session") == 1
    assert [sent.get(group, 0) for group in GROUPS] == figures
    assert {(one.kind, one.row) for one in turn.tallies} == {(Kind.SESSION, "kg-osh-region")}
    assert (turn.session.place, turn.session.item) == ("session", "free-yes")


def test_a_report_is_sent_once(leading):
    """A second tap on “Send” counts nothing; whoever begins another report sends another one."""
    plan = opened(leading, "s1", standing=LEADER, country="kg")
    for _ in range(2):
        session = plan
        for option in ("report", "kg-osh-region", "plus-five"):
            session = tapped(leading, session, option, standing=LEADER).session
        send = Chosen(session.place, "send", session.item)
        turn = leading.step(session, send, NOW, standing=LEADER)
        assert turn.tallies != ()
        plan = turn.session
        for old in (send, Chosen(session.place, "plus-one", session.item), send):
            turn = leading.step(turn.session, old, NOW, standing=LEADER)
            assert turn.tallies == ()
            assert turn.session.place == plan.place


def told(engine, known, event):
    """Take a turn as the bot does: with how she stands only where the step asks for it."""
    standing = LEADER if engine.staffing.asks(known, event) else NOBODY
    return engine.step(known, event, NOW, standing=standing)


def test_a_leader_is_known_wherever_she_comes_from(leading):
    """From the list, by a link, typed or tapped: her plan can be reported, her group can play."""
    hub = Session("hub", "en", told=True, country="kg")
    listed = told(leading, hub, Wrote("lead a session")).session
    ways = (
        (listed, Chosen("sessions", "free-yes")),
        (hub, Chosen("sessions", "free-yes")),
        (hub, Commanded("start", "s1")),
        (hub, Commanded("start", "s1_ru")),
        (None, Commanded("start", "s1")),
    )
    for known, event in ways:
        turn = told(leading, known, event)
        assert (turn.reader.place, turn.reader.item) == ("session", "free-yes")
        assert "report" in {one.id for one in shown(leading, turn.reader).labels}
    for typed in (Wrote("play in a group"), Commanded("play", "in a group")):
        turn = told(leading, hub, typed)
        assert (turn.reader.place, turn.reader.standing) == ("play-live", LEADER)


def test_a_plain_turn_does_not_ask(leading):
    """Most screens, links and words have nothing to do with the team."""
    hub = Session("hub", "en", told=True, country="kg")
    plain = (
        *(Wrote("menu"), Wrote("qwertz"), Wrote("lead a session"), Chosen("hub", "talk")),
        *(Commanded("start"), Commanded("start", "q7"), Commanded("start", "t")),
        *(Commanded("start", "s999"), Commanded("menu"), Commanded("nothing", "of ours")),
    )
    assert not any(leading.staffing.asks(hub, one) for one in plain)


def test_a_leader_without_a_country_is_asked_for_it(leading):
    """The report asks for the country, then for a region of it, and keeps the plan meanwhile."""
    session = opened(leading, "s2", standing=LEADER)
    session = tapped(leading, session, "report", standing=LEADER).session
    session = tapped(leading, session, "tj", standing=LEADER).session
    regions = leading.stage.world.content.places.regions["tj"]
    labels = {one.id for one in shown(leading, session).labels}
    assert {one.id for one in regions} <= labels
    assert session.item == "online"


def test_the_pictures_of_a_plan_are_asked_for_again_by_its_name(leading):
    """A tap on what is drawn of a plan sends it, and changes nothing else."""
    overview = opened(leading, "s3")
    for option, begins in (("page", PNG), ("codes", PNG), ("certificate", PNG), ("page-pdf", PDF)):
        assert option in {one.id for one in shown(leading, overview).labels}
        turn = tapped(leading, overview, option)
        assert turn.replies == (Picture("session", f"friend+{option}"),)
        assert turn.session == overview
        drawn = leading.stage.picture(replace(overview, item=f"friend+{option}"), NOW)
        assert drawn.draw(ADDRESS).startswith(begins)
        assert drawn.is_pdf is (begins == PDF)


def test_codes_are_a_tap_away_from_their_links(leading):
    """Where the link for before or after is shown, its code can be held up; questions have none."""
    overview = opened(leading, "s1")
    for name in LINKS:
        there = tapped(leading, overview, name).session
        has = "codes" in {one.id for one in shown(leading, there).labels}
        assert has is (name != "link-questions")
        if has:
            turn = tapped(leading, there, "codes")
            assert turn.replies == (Picture("session", "free-yes+codes"),)
            assert turn.session == there


@pytest.fixture
def coded(monkeypatch):
    """The links of all codes that are drawn."""
    links, draw = [], Canvas.code

    def code(self, link, *where):
        links.append(link)
        return draw(self, link, *where)

    monkeypatch.setattr(Canvas, "code", code)
    return links


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_codes_of_a_plan_open_its_quiz(leading, language, coded):
    """In every language the sheet has a code for before and one for after, and is a small file."""
    for plan in leading.stage.world.content.sessions.values():
        coded.clear()
        there = Session("session", language, f"{plan.session}+codes", told=True)
        assert len(leading.stage.picture(there, NOW).draw(BOT)) < HEAVIEST
        led = [opened(leading, link.removeprefix(f"{BOT}?start=")) for link in coded]
        assert [(one.item, one.language) for one in led] == [
            (f"{plan.quiz}+before", language),
            (f"{plan.quiz}+after", language),
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_plan_is_a_small_file(leading, language, coded):
    """In every language it is a PDF of at most 150 kB, with the codes of its quiz and its own."""
    world = leading.stage.world

    def long(plan):
        return sum(len(world.words.text(language, step.text)) for step in plan.steps)

    plan = max(world.content.sessions.values(), key=long)
    there = Session("session", language, f"{plan.session}+page-pdf", told=True)
    assert len(leading.stage.picture(there, NOW).draw(BOT)) < HEAVIEST
    led = {opened(leading, link.removeprefix(f"{BOT}?start=")).item for link in coded}
    assert led == {plan.session, f"{plan.quiz}+before", f"{plan.quiz}+after"}


def test_codes_wait_for_the_address_of_the_bot(leading):
    """A page can be read without its codes; a sheet of codes without them is nothing to send."""
    there = Session("session", "en", "friend+codes", told=True)
    with pytest.raises(PictureError):
        leading.stage.picture(there, NOW).draw("")
    assert leading.stage.picture(replace(there, item="friend+page"), NOW).draw("")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_file_tells_nothing(leading, language):
    """It is the same for every plan, has no word that tells the topic, and suits every disk."""
    names = {
        leading.stage.picture(Session("session", language, f"{plan}+page-pdf"), NOW).file_name
        for plan in leading.stage.world.content.sessions
    }
    (name,) = names
    assert lexicon().tells(name) is None
    assert re.fullmatch(r"[\w ʻʼ’-]{1,60}\.pdf", name)


def test_a_page_has_room_for_longer_languages(leading):
    """With texts a third longer than the English every plan still fits on one sheet."""
    world = leading.stage.world
    node = world.content.nodes["session"]
    for plan in world.content.sessions.values():
        sheet = page(Look(world, node, Session("session", "en"), NOW), plan)
        steps = tuple(replace(one, text=longer(one.text)) for one in sheet.steps)
        wide = replace(sheet, steps=steps, goals=tuple(map(longer, sheet.goals)), link="x" * 50)
        assert session_page(wide)


def longer(text):
    words = text.split()
    return " ".join((*words, *words[: round(len(words) * (LONGER - 1))]))


def test_the_word_opens_the_list(leading):
    """Typed anywhere, "session" opens the plans, in the order of their numbers."""
    hub = Session("hub", "en", country="kz", told=True)
    there = leading.step(hub, Wrote("Session"), NOW).session
    plans = leading.stage.world.content.sessions
    assert there.place == "sessions"
    assert [one.id for one in shown(leading, there).labels][: len(plans)] == [*plans]
