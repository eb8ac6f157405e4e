"""Truths about the chart of a campaign: its clock, its quiet hours, what stands in it, in every language."""

from datetime import UTC, datetime

import pytest

from bot.campaigns.audience import Audience
from bot.campaigns.headway import Stretch, quarter
from bot.campaigns.proposal import LASTS
from bot.engine.headway import painted
from bot.pictures.headway import Span, headway
from tests.engine.walking import LANGUAGES

START = int(datetime(2026, 11, 25, 9, 10, tzinfo=UTC).timestamp())
FIRST = quarter(START)
BISHKEK = Audience(countries=frozenset({"kg"}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_drawn_in_every_language(world, language):
    """All words have room, with as many readers as live in the four countries."""
    sent = [Stretch(FIRST + at, FIRST + at, 1_000_000) for at in range(35)]
    pauses = [Stretch(FIRST + 40, FIRST + 44, paused=True)]
    chart = painted(world, language, BISHKEK, START, [*sent, *pauses])
    assert headway(chart).png().startswith(b"\x89PNG")
    assert sum(one.many for one in chart.bars) == 35_000_000


def test_the_clock_is_that_of_the_country(world):
    """At 9:10 UTC it is 15:10 in Bishkek: the chart begins at three there, and at two in Almaty."""
    sent = [Stretch(FIRST, FIRST, 40)]
    there = painted(world, "en", BISHKEK, START, sent)
    assert there.hours[0] == (0, "15:00")
    assert "Asia/Bishkek" in there.facts[0]
    everywhere = painted(world, "en", Audience(), START, sent)
    assert everywhere.hours[0] == (0, "14:00")
    assert everywhere.bars[0].span == Span(0, 1)


def test_it_is_quiet_when_it_is_night_in_all_of_its_countries(world):
    """From 21 to 9 in Bishkek; for all countries from 21 in the west to 9 in the east."""
    sent = [Stretch(FIRST, FIRST, 40), Stretch(FIRST + 90, FIRST + 90, 40)]
    there = painted(world, "en", BISHKEK, START, sent)
    assert there.quiet == (Span(24, 72),)
    everywhere = painted(world, "en", Audience(), START, sent)
    assert everywhere.quiet == (Span(28, 72),)
    assert painted(world, "en", BISHKEK, START, sent[:1]).quiet == ()


def test_a_wrong_clock_widens_no_chart(world):
    """What is noted before the start or days after it stands in no chart."""
    sent = [Stretch(FIRST + at, FIRST + at, 40) for at in (-500, 0, 5_000)]
    days = Stretch(FIRST + 4, FIRST + 400, paused=True)
    chart = painted(world, "en", BISHKEK, START, [*sent, days])
    assert [one.span for one in chart.bars] == [Span(0, 1)]
    assert [one.ends for one in chart.paused] == [LASTS // 900 + 5]
    assert chart.quarters <= LASTS // 900 + 8


def test_the_hours_below_are_few_and_full(world):
    """However long it took, at most nine hours are written, each a full one."""
    for last in range(96):
        chart = painted(world, "en", BISHKEK, START, [Stretch(FIRST, FIRST + last, 4_000)])
        assert 2 <= len(chart.hours) <= 9
        assert all(words.endswith(":00") for _, words in chart.hours)
        assert all(0 <= at <= chart.quarters for at, _ in chart.hours)
