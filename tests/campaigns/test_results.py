"""Truths about the table of campaigns that is published: no id, no day, nothing small."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.people import People, published, scale, told
from bot.campaigns.response import WEEKS
from bot.campaigns.results import COLUMNS, Result, is_due, scales
from bot.campaigns.results import published as table
from bot.counting.weeks import DAY, Period

START = int(datetime(2026, 11, 2, tzinfo=UTC).timestamp())
"""A Monday."""

RESULTS = st.dictionaries(
    st.builds(
        Result,
        st.text("abcdefghjk23456789", min_size=8, max_size=8),
        st.sampled_from(["days", "meetings"]),
        st.integers(0, 40 * DAY).map(lambda after: START + after),
        st.booleans(),
    ),
    st.fixed_dictionaries({column: st.integers(-30, 400) for column in COLUMNS}),
    max_size=6,
)


@given(RESULTS)
def test_nothing_small_and_nothing_exact_is_published(drawn):
    """Each sum is a whole ten of at least the floor, near what was drawn, or hidden."""
    made = table(drawn)
    assert len(made.rows) == len(drawn)
    for row in made.rows:
        (counts,) = (counts for one, counts in drawn.items() if one.id == row.id)
        for column, shown in zip(COLUMNS, row.sums, strict=True):
            assert (shown is None) is (counts[column] < made.period.floor)
            assert shown is None or (shown % 10 == 0 and abs(shown - counts[column]) <= 5)
    assert made.period.floor >= 20


@given(RESULTS)
def test_a_name_is_a_week_and_a_topic(drawn):
    """No id and no day but a Monday stands in it; no two are called the same."""
    names = [row.name for row in table(drawn).rows]
    assert len({*names}) == len(names)
    for name in names:
        assert not any(one.id in name for one in drawn)
        day, topic = name.removesuffix(", recalled").split(" ")[:2]
        assert date.fromisoformat(day).weekday() == 0
        assert topic in ("days", "meetings")


def test_noise_is_as_wide_as_a_week_is_full():
    """Who got each of three campaigns of a week, tapped each and left is in nine counts at most."""
    three = [Result(id_, "days", START + 3_600) for id_ in "abc"]
    later = Result("d", "days", START + 8 * DAY)
    assert sorted(scales([*three, later]).values()) == [3, 9]
    assert table(dict.fromkeys([later], dict.fromkeys(COLUMNS, 50))).period.scale == 3
    assert table(dict.fromkeys([*three, later], dict.fromkeys(COLUMNS, 50))).period.scale == 9


def test_it_is_due_when_nothing_is_counted_any_more():
    """From the Monday after its second week on."""
    end = START + 7 * WEEKS * DAY
    assert [is_due(START + 3 * DAY, at) for at in (START, end - 1, end)] == [False, False, True]


@given(st.dictionaries(st.sampled_from(["ky", "ru", "kk", ""]), st.integers(-40, 400)))
def test_no_count_of_people_is_hidden_alone(counts):
    """In what is published a hidden count never follows from the sum and the others."""
    period = Period(0, 1, scale(4))
    people = told(sum(counts.values()), {"language": counts}, period.shown)
    made = published(people, period)
    texts = [period.text(row.sums[0]) for row in made.rows[1:]]
    hidden = f"<{period.floor}"
    assert texts.count(hidden) != 1 or len(counts) == 1
    assert all(text == hidden or int(text) >= period.floor - 5 for text in texts)
    assert made.rows[0].name == "all"


def test_those_who_told_nothing_have_a_name():
    """No age and no topic are lines of their own."""
    people = People(None, {"age": {"": None}, "topics": {"": None}})
    names = [row.name for row in published(people, Period(0, 1)).rows]
    assert names == ["all", "age: not told", "topics: all"]


def test_wider_noise_is_told_and_hides_more():
    """With the noise of eight counts sums below sixty are hidden, and the margin is told."""
    narrow, wide = Period(0, 1), Period(0, 1, 8)
    assert (narrow.floor, wide.floor) == (20, 60)
    assert (narrow.margin, wide.margin) == (8, 28)
    assert "Sums below 60 are hidden" in wide.notes[0]
    assert "within 28 of the truth" in wide.notes[1]
