"""Truths about rules: when signs together mean something."""

import pytest

from bot.understanding.disclosures import Disclosures, Understood
from tests.understanding.disclosures.kit import fired, lexicon, rule, words

FAR = " сөз" * 12


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("мені ұрды", True),
        ("ұрды мені", True),
        ("ұрды", False),
        ("мені", False),
        (f"мені{FAR} ұрды", False),
        (f"мені{FAR[:40]} ұрды", True),
        ("мені ол. Ол. Ол. Иә. Ұрды", False),
        ("мені ол, ол, ол, иә, ұрды", True),
    ],
)
def test_every_sign_must_be_near(text, fires):
    """A rule wants all of its signs within its distance, where a full stop is four words."""
    assert bool(fired(text)) is fires


def test_one_of_several_signs_is_enough():
    """Concepts with | between them stand for one another, and a group for all of its own."""
    assert fired("ұрды", rule(when=["hit", "me|hit"]))
    assert fired("мені ұрды", rule(when=["hit", "all"]), groups={"all": ["me"]})


def test_order_counts_where_a_rule_says_so():
    """An ordered rule hears its signs in their order only."""
    ordered = rule(when=["me", "hit"], ordered=True)
    assert fired("мені ұрды", ordered)
    assert not fired("ұрды мені", ordered)
    assert fired("ұрды мені ұрды", ordered)


@pytest.mark.parametrize(
    ("mode", "said", "denied"), [(False, True, False), (True, False, True), ("any", True, True)]
)
def test_a_denied_word(mode, said, denied):
    """A rule hears what is said, what is denied, or both; persons are never denied."""
    one = rule(negated=mode)
    assert bool(fired("мені ұрды", one)) is said
    assert bool(fired("мені ұрмады", one)) is denied


def test_a_sign_can_be_asked_for_denied():
    """With a hyphen a concept counts only where it is denied."""
    assert fired("мені ұрмады", rule(when=["-hit", "me"]))
    assert not fired("мені ұрды", rule(when=["-hit", "me"]))


def test_a_longer_ending_is_no_negation():
    """An ending that only begins like a negation does not deny: "ұрмақшы" is about to hit."""
    assert fired("мені ұрмақшы")


RU = words(
    language="ru", endings={}, negative=[],
    concepts={"hit": ["бьет", "~небитый", "не бить не*"], "me": ["меня"], "not": ["не", "никогда"],
              "not_after": ["нет"], "let": ["не дает"]},
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("меня бьет", True),
        ("меня не бьет", False),
        ("никогда он меня не бьет", False),
        ("никогда меня бьет", False),
        ("меня бьет нет", False),
        ("не, меня бьет", True),
        ("не ест меня бьет", True),
        ("не дает бьет меня", True),
        ("меня небитый", False),
        ("меня не бить нельзя", True),
    ],
)
def test_words_that_deny(text, fires):
    """A word denies the nearest sign of its clause, unless it is a part of a sign itself."""
    made = Disclosures(lexicon(RU, rules=(rule(), rule(rule="let", when=["let"], ask=True))))
    assert ("hit-me" in made.understand(text).rules) is fires


def test_quiet_signs_silence_rules_near_them():
    """A rule is silent beside what it names in `unless`, and beside `quiet` if it names none."""
    concepts = {"hit": ["ұр+v"], "me": ["мені"], "film": ["кино*"], "song": ["ән"]}
    made = {"concepts": concepts}

    def said(text, **rules):
        common = {"quiet": ["film"], "rules": (rule(**rules),)}
        return bool(Disclosures(lexicon(words(**made), **common)).understand(text).labels)

    assert not said("кинода мені ұрды")
    assert said("әнде мені ұрды")
    assert said("кинода мені ұрды", unless=[])
    assert not said("ән мені ұрды", unless=["song"])
    assert said(f"кинода{FAR * 2} мені ұрды")
    assert said(f"кинода мені ұрды{FAR * 3} мені ұрды")


def test_a_doubtful_rule_only_asks():
    """A message that makes only doubtful rules fire has no labels, and asks."""
    doubtful = rule(rule="hit", when=["hit"], ask=True)
    made = Disclosures(lexicon(rules=(rule(), doubtful)))
    assert made.understand("ұрды") == Understood((), ("hit",), asks=True)
    assert made.understand("мені ұрды") == Understood(("violence",), ("hit-me", "hit"))
    assert made.understand("сәлем") == Understood()


def test_labels_join_others():
    """A label joins the labels it may join where its signs are near enough."""
    add = {"label": "child_at_risk", "to": "violence|suicide", "when": ["child"], "within": 3}
    own = words(concepts={"hit": ["ұр+v"], "me": ["мені"], "child": ["бала*"], "film": ["кино"]})
    made = Disclosures(lexicon(own, adds=[{**add, "unless": ["film"]}]))
    assert made.understand("баланы ұрды мені").labels == ("child_at_risk", "violence")
    assert made.understand("бала").labels == ()
    assert made.understand(f"мені ұрды{FAR} бала").labels == ("violence",)
    assert made.understand("мені ұрды кино бала").labels == ("violence",)


def test_danger_now_is_violence():
    """The label of present danger never stands without violence, and stands first."""
    now = rule(labels=["violence_now"])
    made = Disclosures(lexicon(rules=(now,)))
    assert made.understand("мені ұрды").labels == ("violence_now", "violence")
