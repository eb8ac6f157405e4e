"""Truths about weights: when a message is answered, when it is asked about, and when neither."""

import time
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.model import LABELS, DisclosureLexicon
from bot.understanding.disclosures import Disclosures, Understood
from bot.understanding.disclosures.engine import ASKS, SILENT, SPEAKS, URGENT
from bot.understanding.disclosures.reading import MOST_LETTERS, read
from bot.understanding.disclosures.signs import Sign
from bot.understanding.disclosures.weights import Scales, of_meanings, of_words
from tests.understanding.disclosures.kit import lexicon, weights, words

BETWEEN = (ASKS + SPEAKS) / 2


def made(rows=(), **biases):
    return Disclosures(lexicon(weighed=weights(dict(rows), **biases)))


def about(label):
    """What speaks for harm and for one label."""
    return {"harm": 999, label: 999}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("112", ["<n>"]),
        ("17", ["<5-17>"]),
        ("ол", ["ul"]),
        ("эрим", ["erim", "eri*", "*rim", "*im"]),
        ("мен ол", ["men", "*en", "ul", "men ul"]),
        ("ол ол ол", ["ul", "ul ul"]),
        ("эрим эрид", ["erim", "eri*", "*rim", "*im", "erid", "eri*", "*rid", "*id", "erim erid"]),
    ],
)
def test_what_is_looked_up_of_words(text, found):
    """Words once each, their beginnings and endings, neighbours, and what a number may be."""
    assert of_words(read(text)) == found


def test_neighbours_and_those_one_further_are_pairs():
    """Two words are a pair side by side, and with one between; not with two, nor in reverse."""
    pairs = {one for one in of_words(read("бир ала кан тез")) if " " in one}
    assert pairs == {"bir ala", "ala kan", "kan tez", "bir kan", "ala tez"}


def test_what_is_looked_up_of_meanings():
    """Each concept, said or denied, is a feature once, and each two of them in one order."""
    signs = [
        Sign("me", "ru", (0,), negated=False),
        Sign("hit", "kk", (1,), negated=True),
        Sign("me", "kk", (3,), negated=False),
        Sign("drunk", "ru", (2,), negated=False),
    ]
    assert of_meanings(signs) == [
        "=-hit", "=drunk", "=me", "=-hit+drunk", "=-hit+me", "=drunk+me",
    ]  # fmt: skip
    assert of_meanings([]) == []


def test_concepts_together_mean_what_neither_does():
    """What two concepts mean together is heard whatever their order and language."""
    ru = words(language="ru", endings={}, negative=[], concepts={"me": ["меня"]})
    both = Disclosures(lexicon(words(), ru))
    assert both.understand("ұрды меня").labels == ("violence",)
    assert both.understand("ұрды") == both.understand("меня") == Understood()


def test_what_is_denied_weighs_for_itself():
    """A denied concept is another feature than the concept."""
    assert made({"=hit": about("violence")}).understand("ұрмады") == Understood()
    assert made({"=-hit": about("violence")}).understand("ұрмады").labels == ("violence",)


def test_words_that_sound_harmless_are_not_asked_for_their_meaning():
    """Below the first bound nothing else is looked at; at it everything is."""
    rows = {"=hit": about("violence")}
    assert made(rows, alone=SILENT - 0.01).understand("ұрды") == Understood()
    assert made(rows, alone=SILENT).understand("ұрды").labels == ("violence",)


@pytest.mark.parametrize(
    ("harm", "answered", "asks"),
    [(SPEAKS + 0.01, True, False), (SPEAKS, False, True), (ASKS + 0.01, False, True),
     (ASKS, False, False)],
)  # fmt: skip
def test_the_doubtful_middle_is_asked_about(harm, answered, asks):
    """Above one bound there is an answer, above the lower one a soft question, never both."""
    said = made(harm=harm, label=0.5).understand("сәлем")
    assert (bool(said.labels), said.asks) == (answered, asks)


@pytest.mark.parametrize("label", LABELS)
def test_what_cannot_wait_is_answered_in_the_middle_too(label):
    """What sounds much like danger now, or like a wish to die, is not asked about but answered."""
    said = made({"bir": {label: 9}}, harm=BETWEEN, label=0.0).understand("bir")
    assert (label in said.labels) is (label in URGENT)
    assert said.asks is (label not in URGENT)


def test_at_least_the_likeliest_label_is_named():
    """All labels that are likelier than not are named, in order of urgency; else the likeliest."""
    rows = {"bir": {"harm": 99, "suicide": 99, "child_at_risk": 99}, "eki": {"harm": 99}}
    assert made(rows).understand("bir").labels == ("suicide", "child_at_risk")
    rows["eki"] |= {"forced_marriage": 3}
    assert made(rows).understand("eki").labels == ("forced_marriage",)


def test_danger_now_is_violence():
    """The label of present danger never stands without violence, and stands first."""
    now = made({"bir": about("violence_now")}).understand("bir")
    assert now.labels == ("violence_now", "violence")


def test_without_weights_nothing_is_understood():
    """Where no table is shipped, nobody is answered by chance."""
    bare = Disclosures(DisclosureLexicon(languages=(words(),)))
    assert bare.understand("мені ұрды") == Understood()
    assert bare.explain("мені ұрды").rules == ()


def test_what_spoke_loudest_is_named():
    """Meanings are named before words, the loudest first, and nothing that spoke against."""
    rows = {
        "=hit+me": about("violence"),
        "=hit": {"harm": 999, "violence": 1},
        "=me": {"harm": 1, "violence": -1},
        "meni": about("violence"),
    }
    assert made(rows).explain("мені ұрды").rules == ("hit+me", "hit", "meni")
    assert made(rows).explain("сәлем").rules == ()
    asked = made({"meni": {"harm": 1}}, harm=BETWEEN).explain("мені")
    assert asked.understood.asks
    assert asked.rules == ("meni",)


@given(text=st.text(max_size=200), weight=st.integers(-300, 300))
def test_a_longer_message_weighs_no_more_for_its_length(text, weight):
    """Whatever is said, its weight is a number between all and nothing of the table."""
    said = read(text)
    found = of_words(said)
    scales = Scales(weights({one: {"alone": weight, "harm": weight} for one in found}, alone=0.5))
    alone, harm = scales.alone(scales.words(said)), scales.weigh(scales.words(said)).harm
    assert isfinite(alone)
    assert abs(alone - 0.5) <= abs(weight) * max(len(found), 1) ** 0.5 + 1e-6
    assert harm == pytest.approx(alone - 9.5)


SAID = ("эрим", "эриди", "эридим", "эр", "ұрды", "меня", "меняют", "17", "40")
WEIGHED = (
    *("eri*", "erid*", "eridi*", "*im", "*dim", "*idim", "erim", "er", "urdi", "erid", "<5-17>"),
    *("erim erid", "urdi meni", "meni meni", "=hit", "=me", "=hit+me"),
)
WORDS = st.lists(st.sampled_from(SAID), max_size=9)
ROWS = st.dictionaries(st.sampled_from(WEIGHED), st.integers(-300, 300))
SIGNS = st.lists(
    st.builds(
        Sign, st.sampled_from(["hit", "me", "i"]), st.just("kk"), st.just((0,)), st.booleans()
    )
)


@given(typed=WORDS, rows=ROWS, signs=SIGNS)
def test_what_is_looked_up_quickly_is_what_is_written_down(typed, rows, signs):
    """A message weighs the sum of all its features that the table has, found one by one."""
    said = read(" ".join(typed))
    scales = Scales(weights({one: {"harm": weight} for one, weight in rows.items()}))
    both = scales.words(said).and_(scales.meanings(signs))
    features = [*of_words(said), *of_meanings(signs)]
    assert both.features == len(features)
    summed = sum(rows.get(one, 0) for one in features)
    assert scales.weigh(both).harm == pytest.approx(summed / max(len(features), 1) ** 0.5 - 9.0)


@settings(max_examples=20, deadline=None)
@given(unit=st.text(min_size=1, max_size=12))
def test_any_message_is_weighed_in_little_time(disclosures, unit):
    """The longest message of any letters is weighed in a quarter of a second."""
    long = (unit * MOST_LETTERS)[:MOST_LETTERS]
    disclosures.explain("бир")
    assert min(spent(disclosures, long) for _ in range(5)) < 0.25


def spent(disclosures, text):
    """Seconds of the processor's time; the best of several tries is free of other work."""
    start = time.process_time()
    disclosures.understand(text)
    return time.process_time() - start


def test_it_is_shown_how_much_a_message_sounds_like_harm(disclosures):
    """Whoever asks why hears the weight, and that of harm is above that of thanks."""
    harm, thanks = (disclosures.explain(text).harm for text in ("муж меня избил", "спасибо вам"))
    assert harm > SPEAKS > ASKS > thanks
