"""Truths about how well the words we ship understand people."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.content.disclosures import check_disclosures
from bot.understanding.disclosures.score import Phrase, measured
from tests.conftest import ROOT

FOLDER = Path(__file__).with_name("phrases")


@cache
def phrases(name):
    read = yaml.load((FOLDER / name).read_text("utf-8"), Loader=yaml.CSafeLoader)
    return [Phrase.of(row) for row in read["phrases"]]


PHRASES = phrases("development.yaml")
FORMS = sorted({phrase.language for phrase in PHRASES})


@pytest.fixture(scope="module")
def figures(disclosures):
    return measured(disclosures, PHRASES)


def test_the_lexicon_is_sound(shipped):
    """Every entry can be read, and every concept is weighed."""
    lexicon, notes = shipped
    problems = [*notes.problems, *check_disclosures(lexicon, notes.origin)]
    assert [str(problem) for problem in problems] == []
    assert {words.language for words in lexicon.languages} == {"kk", "ky", "tg", "uz", "ru", "en"}


@pytest.mark.parametrize("form", FORMS)
def test_disclosures_are_noticed_and_nothing_else(figures, form):
    """In each written form 97 of 100 disclosures are noticed, and at most 3 alarms are false."""
    own = figures.by_language()[form]
    wrong = [one.phrase.text for one in own.outcomes if one.missed or one.alarmed]
    assert own.recall >= 0.97, wrong
    assert own.alarms() <= 0.03, wrong


@pytest.mark.parametrize("label", ["violence_now", "suicide"])
def test_what_is_most_urgent_gets_its_own_label(figures, label):
    """Present danger and a wish to die are told from everything else."""
    lost = [
        one.phrase.text
        for one in figures.outcomes
        if label in one.phrase.labels and label not in one.understood.labels
    ]
    assert figures.labelled(label) >= 0.97, lost


def test_phrases_nobody_learnt_from_are_understood(disclosures):
    """Of phrases held back 95 of 100 disclosures are noticed, 90 in each form, and few alarms ring.

    Two bounds are what was reached, not what is wished for: 97 of 100 wishes to die, and one alarm
    in 200 ordinary messages.
    """
    figures = measured(disclosures, phrases("held-back.yaml"))
    assert figures.recall >= 0.95
    assert min(own.recall for own in figures.by_language().values()) >= 0.90
    assert figures.noticed_of("violence_now") >= 0.97
    assert figures.noticed_of("suicide") >= 0.92
    assert figures.alarms("hard") <= 0.05
    assert figures.alarms("chat") <= 0.01


def test_the_weights_are_learnt_from_these_phrases():
    """The table says of how many phrases it is made: whoever adds one runs `make weights`."""
    of = sum(
        len(phrases(path.name)) for path in FOLDER.glob("*.yaml") if path.name != "held-back.yaml"
    )
    table = (ROOT / "content/lexicon/disclosures/weights.tsv").read_text("utf-8")
    assert f"# Learnt from {of} phrases" in table


def test_nothing_held_back_was_learnt():
    """No phrase that measures stands among those that teach."""
    held = {phrase.text.strip().lower() for phrase in phrases("held-back.yaml")}
    for path in FOLDER.glob("*.yaml"):
        if path.name != "held-back.yaml":
            assert not held & {phrase.text.strip().lower() for phrase in phrases(path.name)}
