"""Truths about weights: when they silence a rule, speak for themselves, or only ask."""

import time
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.model.disclosures import LABELS, Weights
from bot.understanding.disclosures import Disclosures, Understood
from bot.understanding.disclosures.engine import ASKS, BY_WEIGHT, SILENT, SPEAKS
from bot.understanding.disclosures.reading import MOST_LETTERS, read
from bot.understanding.disclosures.weights import Scales, features
from tests.understanding.disclosures.kit import lexicon, rule


def weighed(**rows):
    """Weights in which each of these words alone is worth so much; the rest is worth nothing."""
    table = {word: row if isinstance(row, tuple) else (row,) for word, row in rows.items()}
    full = [(*row, *[0] * (len(LABELS) + 1 - len(row))) for row in table.values()]
    columns = tuple(zip(*full, strict=True)) or ((),) * (len(LABELS) + 1)
    biases = (0.0, *[-0.1] * len(LABELS))
    return Weights(1.0, biases, {word: at for at, word in enumerate(table)}, columns)


def made(weights, **common):
    return Disclosures(lexicon(**common).model_copy(update={"weights": weights}))


def label(name, weight):
    """A row that speaks for harm and for one label."""
    return (9, *[weight if one == name else 0 for one in LABELS])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", set()),
        ("112", {"<n>"}),
        ("17", {"<5-17>"}),
        ("ол", {"ul"}),
        ("эрим", {"erim", "eri*", "*im", "*rim"}),
        ("мен ол", {"men", "*en", "ul", "men ul"}),
    ],
)
def test_what_is_looked_up(text, found):
    """Words, their beginnings and endings, neighbours, and what a number may be, are features."""
    assert features(read(text)) == found


def test_neighbours_and_those_one_further_are_pairs():
    """Two words are a pair side by side, and with one between; not with two, nor in reverse."""
    pairs = {one for one in features(read("бир ала кан тез")) if " " in one}
    assert pairs == {"bir ala", "ala kan", "kan tez", "bir kan", "ala tez"}


def test_a_low_weight_silences_a_rule():
    """What sounds harmless enough is nothing, whatever rule would fire."""
    text = "мені ұрды кино"
    assert made(None).understand(text).labels == ("violence",)
    assert made(weighed(kinu=-99)).understand(text) == Understood()
    assert made(weighed(kinu=-1)).understand(text).labels == ("violence",)


def test_a_high_weight_speaks_where_no_rule_does():
    """What sounds like harm gets the labels that it sounds like."""
    said = made(weighed(bir=label("suicide", 9))).understand("bir")
    assert said == Understood(("suicide",), (BY_WEIGHT,))
    assert made(weighed(bir=label("suicide", -9))).understand("bir").labels == (
        LABELS[0],
        "violence",
    )


def test_a_rule_knows_better_than_weights_what_it_is_about():
    """Weights add no label where a rule speaks."""
    said = made(weighed(bir=label("suicide", 9))).understand("мені ұрды bir")
    assert said == Understood(("violence",), ("hit-me",))


def test_a_weight_between_asks():
    """What sounds a little like harm leads to a question, and a doubtful rule still does."""
    between = made(Weights(1.0, ((ASKS + SPEAKS) / 2, *[0.0] * len(LABELS)), {}, ((),) * 8))
    assert between.understand("сәлем") == Understood(asks=True)
    even = made(weighed(), rules=(rule(rule="hit", when=["hit"], ask=True),))
    assert even.understand("ұрды") == Understood((), ("hit",), asks=True)
    assert even.understand("сәлем") == Understood()


def test_danger_now_is_violence_by_weight_too():
    """The label of present danger never stands without violence."""
    assert made(weighed(bir=label("violence_now", 9))).understand("bir").labels == (
        "violence_now",
        "violence",
    )


def test_at_least_the_likeliest_label_is_named():
    """All labels that are likelier than not are named, and one where none is."""
    scales = Scales(weighed(bir=(0, 0, 2, 1), eki=(0, -5, -9, -3, -4, -5, -6, -7)))
    assert scales.likely({"bir"}) == (LABELS[1], LABELS[2])
    assert len(scales.likely({"eki"})) == 1
    assert len(scales.likely(set())) == 1


@given(text=st.text(max_size=200), weight=st.integers(-300, 300))
def test_a_longer_message_weighs_no_more_for_its_length(text, weight):
    """Whatever is said, its weight is a number between all and nothing of the table."""
    found = features(read(text))
    weights = Weights(0.05, (0.5, *[0.0] * 7), dict.fromkeys(found, 0), ((weight,),) * 8)
    harm = Scales(weights).harm(found)
    assert isfinite(harm)
    assert abs(harm - 0.5) <= 0.05 * abs(weight) * max(len(found), 1) ** 0.5 + 1e-6


@settings(max_examples=20, deadline=None)
@given(unit=st.text(min_size=1, max_size=12))
def test_any_message_is_weighed_in_little_time(disclosures, unit):
    """The longest message of any letters is weighed in a quarter of a second."""
    long = (unit * MOST_LETTERS)[:MOST_LETTERS]
    disclosures.explain("бир")
    start = time.process_time()
    disclosures.understand(long)
    assert time.process_time() - start < 0.25


def test_it_is_shown_how_much_a_message_sounds_like_harm(disclosures):
    """Whoever asks why hears the weight, and that of harm is above that of thanks."""
    harm, thanks = (disclosures.explain(text).harm for text in ("муж меня избил", "спасибо вам"))
    assert harm > SPEAKS > ASKS > thanks
    assert made(None).explain("бир").harm is None
    assert SILENT < 0
