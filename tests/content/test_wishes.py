"""Truths about wishes and ribbons as they are written: what cannot be shown is named by its line."""

from dataclasses import replace

import pytest

from bot.content.load import ContentProblems, load
from bot.content.model.wishes import NO_WISHES
from tests.content.kit import BLOCKS, write

WISHES = """\
wishes:
  - id: rest
    text: May there be rest
  - id: home
    text: May homes be calm
ribbons:
  - id: red
    name: Red
    colour: "#c03948"
  - id: blue
    name: Blue
    colour: "#2c68a8"
"""


@pytest.fixture
def told(found, tmp_path, terms):
    """Say what is wrong with these wishes."""

    def look(text, given=terms):
        (write(tmp_path) / "wishes.yaml").write_text(text, "utf-8")
        try:
            return found(given)
        except ContentProblems as problems:
            return [one.removeprefix("content/") for one in str(problems).splitlines()]

    return look


def test_sound_wishes_are_read(told, tmp_path):
    """Wishes and ribbons keep their order, and a colour is red, green and blue."""
    assert told(WISHES) == []
    read = load(tmp_path / "content", BLOCKS).wish_list
    assert [one.id for one in read.wishes] == ["rest", "home"]
    assert [one.rgb for one in read.ribbons] == [(192, 57, 72), (44, 104, 168)]
    assert read.ribbon("red") == read.ribbons[0]
    assert read.wish("red") is None


def test_content_without_wishes_is_sound(tmp_path):
    """Where there is no file there is nothing to tie, and nothing wrong."""
    assert load(write(tmp_path), BLOCKS).wish_list == NO_WISHES


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: home", "id: rest",
         "wishes.yaml:4:5: wish 'rest' is here for the second time (first at content/wishes.yaml:2)"),
        ("id: blue", "id: red",
         "wishes.yaml:10:5: ribbon 'red' is here for the second time (first at content/wishes.yaml:7)"),
        ("May there be rest", "a" * 81, "wishes.yaml:3:11: in ru this has 81 characters, 80 fit"),
        ("name: Red", f"name: {'a' * 25}", "wishes.yaml:8:11: in ru this has 25 characters, 24 fit"),
        ("May homes be calm", "May no shelter be full",
         "wishes.yaml:5:11: in ru this tells the topic: 'shelter' (say it plainly)"),
        ("May homes be calm", "May {homes} be calm",
         "wishes.yaml:5:11: nothing fills the placeholder {homes} (known here: none)"),
        ("May homes be calm", "May <b>homes</b> be calm",
         "wishes.yaml:5:11: no markup can stand here: <b> (write plain words)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_line(told, old, new, said):
    """Ids that are there twice, texts too long, telling words, placeholders and markup."""
    assert WISHES.count(old) == 1
    assert said in told(WISHES.replace(old, new))


@pytest.mark.parametrize(
    "new",
    ['"#C03948"', '"red"', '"#c0394"', '"#c03948 "'],
    ids=["capitals", "name", "short", "space"],
)
def test_a_colour_is_six_small_digits(told, new):
    """A colour in any other form is refused where it stands."""
    (said,) = told(WISHES.replace('"#c03948"', new))
    assert said.startswith("wishes.yaml:9:13: ")


def test_one_ribbon_is_no_choice(told):
    """There are two ribbons at least, and six at most, which a picture can show."""
    first, second = WISHES[: WISHES.index("  - id: blue")], WISHES[WISHES.index("  - id: blue") :]
    assert told(first)
    more = "".join(second.replace("blue", f"blue-{n}") for n in range(4))
    assert told(WISHES + more) == []
    assert told(WISHES + more + second.replace("blue", "blue-4"))


def test_a_translation_is_measured_too(told, terms):
    """A wish that is short in English may be too long in another language, and is named."""
    long = {"May there be rest": "я" * 81}
    translating = replace(
        terms, translate=lambda language, text: long.get(text, text) if language == "ru" else text
    )
    assert "wishes.yaml:3:11: in ru this has 81 characters, 80 fit" in told(WISHES, translating)
