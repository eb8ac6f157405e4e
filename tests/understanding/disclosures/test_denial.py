"""Truths about denial: what a message says is not so."""

import pytest

from tests.understanding.disclosures.kit import concepts

RU = {
    "language": "ru",
    "endings": {},
    "negative": [],
    "concepts": {
        "hit": ["бьет", "~небитый", "не бить не*"],
        "me": ["меня"],
        "not": ["не", "никогда"],
        "not_after": ["нет"],
        "let": ["не дает"],
    },
}


@pytest.mark.parametrize(
    ("text", "said"),
    [("мені ұрды", "hit"), ("мені ұрмады", "-hit"), ("мені ұрмақшы", "hit")],
)
def test_an_ending_denies_its_word(text, said):
    """A negative ending denies; one that only begins like it ("is about to hit") does not."""
    assert concepts(text) == ["me", said]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("меня бьет", False),
        ("меня не бьет", True),
        ("никогда он меня не бьет", True),
        ("никогда меня бьет", True),
        ("меня бьет нет", True),
        ("не, меня бьет", False),
        ("не ест меня бьет", False),
        ("не дает бьет меня", False),
        ("меня небитый", True),
        ("меня не бить нельзя", False),
    ],
)
def test_words_that_deny(text, denied):
    """A word denies the nearest sign of its clause, unless it is a part of a sign itself."""
    said = concepts(text, **RU)
    assert ("-hit" in said, "hit" in said) == (denied, not denied)


def test_persons_are_never_denied():
    """Whoever is named is named, whatever word stands before."""
    assert "me" in concepts("не меня", **RU)
