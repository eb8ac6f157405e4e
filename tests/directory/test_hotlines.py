"""Which lines may be shown, with which caution, and whether they answer now."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.model import (
    Confidence,
    Hotline,
    Hours,
    Lines,
    Need,
    Reports,
    Rule,
    Rules,
    Source,
)
from bot.directory.hotlines import expired, is_open, offer, offered

TODAY = date(2026, 11, 23)
ALMATY = "Asia/Almaty"
WORKDAYS = Hours(days=(1, 2, 3, 4, 5), opens="09:00", closes="18:00")


def line(id_="one", **facts):
    given_facts = {
        "name": "A line",
        "number": "111",
        "needs": (Need.TALK,),
        "serves": "everybody",
        "reports": Reports.UNKNOWN,
        "confidence": Confidence.HIGH,
        "verify_before_use": False,
        "publish": "yes",
        "checked": TODAY,
        "sources": (Source(title="a page"),),
    }
    return Hotline(id=id_, **given_facts | facts)


def rules(*table, days=180):
    return Rules(shelf_life_days=days, rules=table or (Rule(show=True),))


HIDE_NO = Rule(when={"publish": ("no",)}, show=False)
CAUTION = Rule(when={"conflicts": ("hours",)}, show=True, caution="Sources disagree.")
BOTH = Rule(when={"confidence": ("low",), "verify_before_use": (True,)}, show=False)
REST = Rule(show=True)


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, ""),
        ({"publish": "no"}, None),
        ({"conflicts": ("hours",)}, "Sources disagree."),
        ({"conflicts": ("number", "hours")}, "Sources disagree."),
        ({"conflicts": ("number",)}, ""),
        ({"publish": "no", "conflicts": ("hours",)}, None),
        ({"confidence": Confidence.LOW}, ""),
        ({"confidence": Confidence.LOW, "verify_before_use": True}, None),
        ({"verify_before_use": True}, ""),
    ],
)
def test_the_first_matching_rule_decides(facts, shown):
    """Each line is decided by the first rule all of whose facts match it."""
    found = offer(line(**facts), rules(HIDE_NO, CAUTION, BOTH, REST), TODAY)
    assert (found.caution if found else None) == shown


def test_what_no_rule_allows_is_not_shown():
    """A line that no rule matches is not shown."""
    assert offer(line(), rules(CAUTION), TODAY) is None


@pytest.mark.parametrize(("age", "too_old"), [(0, False), (180, False), (181, True), (-5, False)])
def test_the_shelf_life_is_counted_in_whole_days(age, too_old):
    """A line is shown through the last day of its shelf life and withheld from the next."""
    checked = TODAY - timedelta(days=age)
    assert expired(line(checked=checked), rules(), TODAY) is too_old
    assert (offer(line(checked=checked), rules(), TODAY) is None) is too_old


def test_a_call_renews_a_line():
    """Whichever is later counts: the sources were compared, or somebody rang the number."""
    old = TODAY - timedelta(days=400)
    assert not expired(line(checked=old, called=TODAY), rules(), TODAY)
    assert expired(line(checked=old, called=old - timedelta(days=1)), rules(), TODAY)


def test_an_emergency_number_is_never_withheld_for_age():
    """An old emergency number beats an empty screen; a closed one is still not shown."""
    ancient = date(2001, 1, 1)
    assert offer(line(emergency=True, checked=ancient), rules(), TODAY) is not None
    closed = line(emergency=True, checked=ancient, publish="no")
    assert offer(closed, rules(HIDE_NO, REST), TODAY) is None


def test_lines_keep_their_order_and_their_need():
    """The lines for a need come in the order of the file, and no others."""
    lines = Lines(
        country="kz",
        timezone=ALMATY,
        hotlines=(line("c"), line("a", needs=(Need.LEGAL,)), line("b")),
    )
    assert [one.line.id for one in offered(lines, rules(), Need.TALK, TODAY)] == ["c", "b"]


def test_where_nothing_is_left_the_emergency_lines_stand_in():
    """When every line for a need is withheld or missing, the emergency lines are shown."""
    hotlines = (
        line("old", checked=TODAY - timedelta(days=999)),
        line("sos", emergency=True, needs=(Need.DANGER,)),
    )
    lines = Lines(country="kz", timezone=ALMATY, hotlines=hotlines)
    for need in Need:
        assert [one.line.id for one in offered(lines, rules(), need, TODAY)] == ["sos"]


@given(st.dates(date(2026, 11, 21), date(2100, 1, 1)))
def test_the_real_content_never_leaves_anybody_without_a_number(world, today):
    """On any day to come, every country has a number for every need."""
    for lines in world.content.countries.values():
        for need in Need:
            assert offered(lines, world.content.rules, need, today)


def there(day, hour, minute=0, second=0):
    return datetime(2026, 11, day, hour, minute, second, tzinfo=ZoneInfo(ALMATY))


@pytest.mark.parametrize(
    ("now", "answers"),
    [
        (there(23, 8, 59, 59), False),
        (there(23, 9), True),
        (there(23, 17, 59, 59), True),
        (there(23, 18), False),
        (there(27, 12), True),
        (there(28, 12), False),
        (there(29, 12), False),
    ],
)
def test_a_line_answers_from_opening_to_the_minute_before_closing(now, answers):
    """Opening is counted to the second, on the listed days, whatever zone the moment is told in."""
    assert is_open(WORKDAYS, ALMATY, now) is answers
    assert is_open(WORKDAYS, ALMATY, now.astimezone(UTC)) is answers
    assert is_open(WORKDAYS, ALMATY, now.astimezone(timezone(timedelta(hours=-11)))) is answers


def test_the_zone_of_the_line_decides():
    """The same moment is open in one country and closed in another."""
    moment = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
    assert is_open(WORKDAYS, "Asia/Bishkek", moment)
    assert not is_open(WORKDAYS, "Asia/Dushanbe", moment)
    sunday_evening = datetime(2026, 11, 22, 20, tzinfo=UTC)
    night = Hours(days=(1,), opens="00:00", closes="06:00")
    assert is_open(night, "Asia/Bishkek", sunday_evening)


@given(st.datetimes(timezones=st.just(UTC)))
def test_round_the_clock_is_always_and_unknown_is_never_claimed(now):
    """Day and night means always; where no source says when, nothing is claimed."""
    assert is_open(Hours(always=True), ALMATY, now) is True
    assert is_open(Hours(), ALMATY, now) is None
    assert is_open(Hours(days=(1,), opens="09:00"), ALMATY, now) is None


def test_a_moment_without_a_zone_is_refused():
    """A naive moment is an error of ours, told at once, for any hours."""
    for hours in (WORKDAYS, Hours(), Hours(always=True)):
        with pytest.raises(ValueError, match="time zone"):
            is_open(hours, ALMATY, datetime(2026, 11, 23, 12))  # noqa: DTZ001 - the point
