"""The wishing tree grows with what was wished, and tells of nobody."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.tree import MOST, Country, Hue, ribbons, tree
from tests.pictures.conftest import TREE

COUNTS = st.one_of(st.none(), st.integers(2, 5_000).map(lambda tens: tens * 10))


def wished(*counts):
    """The tree with these counts of one country."""
    colours = ("red", "orange", "yellow", "green", "blue", "violet")
    hues = tuple(Hue(colour, "Hope") for colour in colours[: len(counts)])
    return replace(TREE, hues=hues, countries=(Country("Тоҷикистон", counts),))


@given(st.lists(COUNTS, min_size=2, max_size=6))
def test_ribbons_show_the_counts(counts):
    """No ribbon for what is hidden, one at least for what is told, never more than were wished."""
    drawn = ribbons(wished(*counts))
    for told, many in zip(counts, drawn, strict=True):
        assert (many == 0) is (told is None)
        assert many <= (told or 0)
    assert sum(drawn) <= MOST + len(counts)


@given(st.integers(2, 1_000), st.integers(1, 1_000))
def test_more_wishes_never_take_a_ribbon_away(tens, more):
    """As wishes are added, the tree has as many ribbons or more."""
    before, after = (sum(ribbons(wished(n * 10, n * 10))) for n in (tens, tens + more))
    assert before <= after


def test_a_seed_grows_its_own_tree():
    """Another seed gives another tree, the same seed the same one."""
    assert tree(TREE) == tree(replace(TREE))
    assert tree(TREE) != tree(replace(TREE, seed=TREE.seed + 1))


def test_a_tree_without_any_count_stands_bare():
    """Where nothing may be told the tree is drawn all the same."""
    assert ribbons(wished(None, None)) == (0, 0)
    assert tree(wished(None, None))
