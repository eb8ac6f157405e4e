"""Which calls are due, in which order, and what is asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.model import (
    Confidence,
    Content,
    Directory,
    Hotline,
    Hours,
    Kind,
    Kinds,
    Lines,
    Need,
    Office,
    Phone,
    Refuge,
    Reports,
    Rule,
    Rules,
    Sector,
    Services,
    Source,
)
from bot.directory.due import COLUMNS, COMPARE, calls, row

TODAY = date(2026, 11, 23)
SHARED = {
    "confidence": Confidence.MEDIUM,
    "verify_before_use": True,
    "checked": TODAY,
}


def line(id_, **facts):
    given_facts = {
        "name": "A line",
        "number": "111",
        "needs": (Need.TALK,),
        "serves": "everybody",
        "reports": Reports.UNKNOWN,
        "publish": "yes",
        "sources": (Source(title="a page"),),
    }
    return Hotline(id=id_, **SHARED | given_facts | facts)


def service(id_, model=Office, kind="ngo", **facts):
    given_facts = {
        "names": {"ru": "Центр", "en": "A centre"},
        "sectors": (Sector.LEGAL,),
        "at": "kg",
        "serves": ("anyone",),
        "phones": (Phone(number="0312 51-26-40"),),
        "status": "reported",
        "sources": ("page",),
    }
    return model(id=id_, kind=kind, **SHARED | given_facts | facts)


def refuge(id_, **facts):
    return service(id_, Refuge, "shelter", **facts)


def content(hotlines=(), protected=(), services=()):
    rules = Rules(
        shelf_life_days=180,
        rules=(Rule(when={"publish": ("no",)}, show=False), Rule(show=True)),
    )
    kinds = {
        "ngo": Kind(name="Organisation", shelf_life_days=100),
        "shelter": Kind(name="Shelter", shelf_life_days=100),
        "perpetrator_programme": Kind(name="Programme", shelf_life_days=100, listed=False),
    }
    kg = Services(
        country="kg", lines={}, sources={}, protected=tuple(protected), services=tuple(services)
    )
    lines = Lines(country="kg", timezone="Asia/Bishkek", hotlines=tuple(hotlines))
    return Content(
        start="start",
        nodes={},
        commands={},
        countries={"kg": lines},
        rules=rules,
        directory=Directory(countries={"kg": kg}, kinds=Kinds(kinds=kinds)),
    )


def ids(found):
    return [one.id for one in found]


def test_the_most_important_calls_come_first():
    """Lines before protected services before others by sector; what is not shown comes last."""
    whole = content(
        hotlines=[line("d"), line("c", emergency=True), line("k", publish="no")],
        protected=[refuge("e"), refuge("b", withheld="it may have moved")],
        services=[
            service("h"),
            service("g", sectors=(Sector.LEGAL, Sector.PSYCHOSOCIAL)),
            service("f", sectors=(Sector.MEDICAL,)),
        ],
    )
    assert ids(calls(whole, TODAY)) == ["c", "d", "e", "f", "g", "h", "k", "b"]


CONFIRMED = {"verify_before_use": False, "called": TODAY, "by": "coordinator"}


@pytest.mark.parametrize(("age", "listed"), [(0, False), (69, False), (70, True), (400, True)])
def test_what_grows_too_old_is_due_again(age, listed):
    """A confirmed entry comes back a month before its shelf life ends, and stays when it has."""
    on = TODAY - timedelta(days=age)
    seen = {**CONFIRMED, "checked": on, "called": on}
    found = calls(content(services=[service("one", **seen)]), TODAY)
    assert ids(found) == ["one"] * listed
    assert [one.due for one in found] == [on + timedelta(days=100)] * listed


def test_unverified_comes_before_expiring():
    """Nobody has confirmed it at all: that is worse than being nearly too old."""
    old = {**CONFIRMED, "checked": TODAY - timedelta(days=99), "called": None, "by": None}
    whole = content(hotlines=[line("old", **old | {"checked": date(2026, 6, 1)})],
                    services=[service("new"), service("older", **old)])  # fmt: skip
    found = calls(whole, TODAY)
    assert [(one.id, one.why) for one in found] == [
        ("new", "unverified"),
        ("old", "expiring"),
        ("older", "expiring"),
    ]


def test_what_is_closed_or_never_listed_is_left_alone():
    """Nobody is rung for what no survivor will ever be shown."""
    whole = content(
        services=[
            service("closed", status="closed"),
            service("programme", kind="perpetrator_programme"),
        ]
    )
    assert calls(whole, TODAY) == ()


def test_without_a_number_only_the_sources_can_be_compared():
    """A service without a number is listed when it grows old, and with what can be done."""
    mute = service("mute", phones=())
    assert calls(content(services=[mute]), TODAY) == ()
    (found,) = calls(content(services=[mute]), TODAY + timedelta(days=90))
    assert (found.numbers, found.ask, found.why) == ((), (COMPARE,), "expiring")


def test_what_nobody_knows_is_asked():
    """The questions are those whose answers the entry lacks; the number is always one."""
    full = service(
        "full",
        hours=Hours(days=(1, 2), opens="09:00", closes="18:00"),
        languages=("ru",),
        children=True,
        step_free=False,
        reports=Reports.MUST,
    )
    bare, complete = calls(content(services=[service("bare"), full]), TODAY)
    assert complete.ask == ("Is the number right, and who answers?",)
    assert len(bare.ask) == 6
    assert bare.ask[0] == complete.ask[0]
    told = calls(content(services=[service("one", withheld="it moved")]), TODAY)[0].ask
    assert told[0] == "Withheld: it moved."
    disputed = calls(content(hotlines=[line("one", conflicts=("hours",))]), TODAY)[0].ask
    assert disputed[-1] == "Sources disagree on the hours: which is right?"


def test_a_call_is_one_row():
    """The operator reads everything in one row: what to dial, when, and what to ask."""
    hours = Hours(days=(1, 5), opens="09:00", closes="18:00")
    phones = (Phone(number="0312 51-26-40"), Phone(number="0555 1", channel="whatsapp"))
    (found,) = calls(content(services=[service("one", hours=hours, phones=phones)]), TODAY)
    assert dict(zip(COLUMNS, row(found), strict=True)) == {
        "by": "2027-03-03",
        "id": "one",
        "name": "A centre",
        "number": "0312 51-26-40, 0555 1 (whatsapp)",
        "answers": "Mon Fri 09:00-18:00 (kg)",
        "ask": " ".join(found.ask),
    }
    (always,) = calls(content(hotlines=[line("two", hours=Hours(always=True))]), TODAY)
    assert row(always)[4] == "always (kg)"


@given(st.integers(0, 1000))
def test_a_wider_look_never_lists_less(days):
    """Looking further ahead only adds calls."""
    whole = content(
        hotlines=[line("a", **CONFIRMED), line("b")],
        protected=[refuge("c", **CONFIRMED)],
        services=[service("d", phones=()), service("e", **CONFIRMED)],
    )
    assert {*ids(calls(whole, TODAY, days))} <= {*ids(calls(whole, TODAY, days + 1))}
    assert {*ids(calls(whole, TODAY, 1001))} == {"a", "b", "c", "d", "e"}
