"""Truths about the counts of the wishing tree: small ones, and weeks that go on, are never told."""

from hypothesis import given
from hypothesis import strategies as st

from bot.counting.ribbons import ELSEWHERE, FEW, WEEKS, cells, grown, told
from bot.counting.tally import Count
from bot.counting.weeks import FLOOR, STEP, Period

PERIOD = Period(20_000 - 20_000 % 7, WEEKS)
CELLS = cells(("kz", "uz"), ("red", "blue"))
LAST = PERIOD.first + 7 * (WEEKS - 1)
COUNTS = st.lists(
    st.builds(
        lambda week, cell, many: Count(PERIOD.first + 7 * week, cell[0], cell[1], many),
        st.integers(-2, WEEKS + 1),
        st.sampled_from(CELLS),
        st.integers(-5, 80),
    ),
    max_size=60,
)


@given(COUNTS)
def test_what_is_told_is_enough_and_round(counts):
    """Each cell is its finished weeks summed up and rounded, or not told where that is too little."""
    tree = grown(counts, CELLS, PERIOD)
    for country, ribbon in CELLS:
        inside = (one for one in counts if PERIOD.first <= one.week <= LAST)
        noisy = sum(one.count for one in inside if (one.row, one.column) == (country, ribbon))
        shown = tree[country][ribbon]
        assert (shown is None) is (noisy < FEW)
        assert shown is None or (shown % STEP == 0 and abs(shown - noisy) <= STEP / 2)


@given(COUNTS)
def test_a_country_tells_only_what_its_ribbons_tell(counts):
    """Hidden colours take no part in the sum of a country; where all are hidden, there is none."""
    tree = grown(counts, CELLS, PERIOD)
    for country in ("kz", "uz", ELSEWHERE, "nowhere"):
        shown = [many for many in tree.get(country, {}).values() if many is not None]
        assert told(tree, country) == (sum(shown) if shown else None)


def test_noise_alone_is_hidden():
    """The floor stands as high as the noise of all those weeks needs, never below that of one week."""
    assert FEW == PERIOD.floor >= FLOOR


def test_a_cell_that_is_not_asked_for_is_not_shown():
    """A ribbon that content has no more stands nowhere, however often it was tied."""
    tree = grown([Count(LAST, "kz", "gone", 900), Count(LAST, "xx", "red", 900)], CELLS, PERIOD)
    assert {*tree} == {"kz", "uz", ELSEWHERE}
    assert {*tree["kz"]} == {"red", "blue"}
    assert told(tree, "kz") is None
