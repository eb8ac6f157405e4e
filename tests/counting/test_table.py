"""Truths about tables of sums: small ones and weeks that go on are never told."""

from hypothesis import given
from hypothesis import strategies as st

from bot.counting.table import cells, published
from bot.counting.tally import Count
from bot.counting.weeks import STEP, Period

PERIOD = Period(20_000 - 20_000 % 7, 12)
POSTERS, PLACES = {"help": "Help", "quiz": "Quiz"}, ("bus", "school")
COUNTS = st.lists(
    st.builds(
        lambda week, cell, many: Count(PERIOD.first + 7 * week, cell[0], cell[1], many),
        st.integers(-2, 13),
        st.sampled_from([*cells(POSTERS, PLACES), ("gone", "bus"), ("quiz", "gone")]),
        st.integers(-5, 80),
    ),
    max_size=40,
)


@given(COUNTS)
def test_what_is_shown_is_enough_and_round(counts):
    """Each cell is its finished weeks summed up and rounded, or hidden; each poster is named once."""
    table = published("Scans", POSTERS, PLACES, counts, PERIOD)
    shown = {row.id: row.sums for row in table.rows}
    named = (*(row.name for row in table.rows), *table.hidden)
    assert sorted(named) == sorted(POSTERS.values())
    for poster, place in cells(POSTERS, PLACES):
        here = [one for one in counts if (one.row, one.column) == (poster, place)]
        last = PERIOD.first + 7 * PERIOD.weeks
        noisy = sum(one.count for one in here if PERIOD.first <= one.week < last)
        told = shown[poster][PLACES.index(place)] if poster in shown else None
        assert (told is None) is (noisy < PERIOD.floor)
        assert told is None or (told % STEP == 0 and abs(told - noisy) <= STEP / 2)


def test_the_notes_say_how_to_read_it():
    """The floor, the random part, and which rows are hidden."""
    table = published("Scans", POSTERS, PLACES, [Count(PERIOD.first, "quiz", "bus", 64)], PERIOD)
    assert [(row.name, [*map(PERIOD.text, row.sums)]) for row in table.rows] == [
        ("Quiz", ["60", f"<{PERIOD.floor}"])
    ]
    assert f"Sums below {PERIOD.floor} are hidden" in table.notes[0]
    assert table.notes[-1] == f"Everything below {PERIOD.floor}: Help."
