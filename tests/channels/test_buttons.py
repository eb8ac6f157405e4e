"""Buttons: only her own living ones do anything."""

import random
import string
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.buttons import Codebook
from bot.engine.blocks.news import LEAVE
from bot.engine.events import Chosen, Strayed
from bot.errors import ContentError
from bot.store.keys import EPOCH
from bot.store.longkey import LongKey
from tests.engine.walking import NOW, buttons, every_session

ME, OTHER = 4_000_000_001, 4_000_000_002
LETTERS = string.ascii_letters + string.digits + "-_"


def data(book, keys, user_id, place, item, choice):
    return book.seal(keys, user_id, place, item) + book.letters(place, item, choice)


@pytest.fixture
def every(stage):
    """Every button of every screen."""
    found = {
        (one.place, one.item, one.label.id): one
        for session in every_session(stage)
        if session.language in {"en", "uz_Cyrl"}
        for one in buttons(stage.page(session, NOW))
    }
    return list(found.values())


def test_every_button_comes_back_as_what_it_was(book, keys, every):
    """Every button of every screen fits into 64 bytes and is read as what was offered."""
    assert len(every) > 100
    for one in every:
        written = data(book, keys, ME, one.place, one.item, one.label.id)
        assert len(written.encode()) <= 64
        assert book.read(keys, ME, written) == one.tap


def test_a_hundred_thousand_forgeries_do_nothing(book, keys, every):
    """A hundred thousand forged, mutated and foreign payloads have all merely strayed (R25)."""
    chance = random.Random(20261121)
    mine = [data(book, keys, ME, b.place, b.item, b.label.id) for b in every]
    foreign = [data(book, keys, OTHER, b.place, b.item, b.label.id) for b in every]
    plain = [book.letters(b.place, b.item, b.label.id) for b in every]

    def forged(turn):
        good = chance.choice(mine)
        match turn % 8:
            case 0:
                return "".join(chance.choices(LETTERS, k=27))
            case 1:
                return chance.choice(foreign)
            case 2:  # another screen's tag
                there, here = chance.choice(mine), chance.choice(plain)
                return there[:11] + here
            case 3:  # one letter of tag, screen or subject changed
                at = chance.randrange(21)
                return good[:at] + chance.choice(LETTERS) + good[at + 1 :]
            case 4:
                return good[: chance.randrange(27)]
            case 5:
                return good + "".join(chance.choices(LETTERS + "=!\0й", k=chance.randrange(1, 40)))
            case 6:
                at = chance.randrange(28)
                return good[:at] + chance.choice("=! \n+/é😀") + good[at:]
            case _:
                return "".join(
                    chr(chance.randrange(1, 0x3000)) for _ in range(chance.randrange(65))
                )

    genuine = set(mine)
    acted = [
        made
        for turn in range(100_000)
        if (made := forged(turn)) not in genuine and book.read(keys, ME, made) != Strayed()
    ]
    assert acted == []


def test_the_same_bytes_written_differently_are_refused(book, keys):
    """Only the letters we wrote are read: base64 knows several spellings of the same bytes."""
    good = data(book, keys, ME, "hub", "", "danger")
    spellings = [
        good[:10] + letter + good[11:]
        for letter in LETTERS
        if urlsafe_b64decode(good[:10] + letter + "=") == urlsafe_b64decode(good[:11] + "=")
    ]
    assert len(spellings) == 4
    assert [one for one in spellings if book.read(keys, ME, one) != Strayed()] == [good]


@given(st.one_of(st.none(), st.text(max_size=80)))
def test_nothing_odd_is_an_error(odd):
    """Whatever stands in callback data, reading it never fails."""
    book = Codebook({"": b"\0\0\0\0"}, {b"\0\0\0\0": ""})
    assert book.read(Nobody(), ME, odd) == Strayed()


class Nobody:
    """Keys that never made a tag."""

    def tag(self, *_):
        return b"\0" * 8

    def tag_matches(self, *_):
        return False


def test_another_persons_button_is_refused(book, keys, every):
    """A button copied from somebody else's screen does nothing."""
    for one in every:
        theirs = data(book, keys, OTHER, one.place, one.item, one.label.id)
        assert book.read(keys, ME, theirs) == Strayed()


def test_a_button_lives_for_this_epoch_and_the_next(book, keys, clock, every):
    """A button of the previous epoch is accepted; two epochs later it is refused."""
    written = [data(book, keys, ME, b.place, b.item, b.label.id) for b in every]
    clock.now += EPOCH
    assert keys.rotate()
    assert [book.read(keys, ME, one) for one in written] == [b.tap for b in every]
    clock.now += EPOCH
    assert keys.rotate()
    assert {book.read(keys, ME, one) for one in written} == {Strayed()}


def test_a_button_says_nothing(book, keys, every):
    """No button's data holds a word of the content, in plain or decoded form."""
    for one in every:
        written = data(book, keys, ME, one.place, one.item, one.label.id)
        raw = urlsafe_b64decode(written[:11] + "=") + urlsafe_b64decode(written[11:])
        for word in (one.place, one.item, one.label.id):
            if len(word) > 3:
                assert word not in written
                assert word.encode() not in raw


def test_two_words_with_one_code_are_refused(world, monkeypatch):
    """Content whose ids would share a button code is refused before anybody meets it."""

    class OneCode:
        def __init__(self, *_, **__):
            pass

        def digest(self):
            return b"same"

    monkeypatch.setattr("bot.channels.telegram.buttons.blake2s", OneCode)
    with pytest.raises(ContentError):
        Codebook.of(world.content, ("en",))


def test_a_withdrawn_word_is_refused(world, book, keys):
    """A button whose screen is not in the content any more has merely strayed."""
    gone = urlsafe_b64encode(keys.tag(ME, b"gone", book.code[""])).decode().rstrip("=")
    letters = urlsafe_b64encode(b"gone" + book.code[""] + book.code["danger"]).decode()
    assert book.read(keys, ME, gone + letters) == Strayed()


@pytest.fixture
def lasting(tmp_path, clock):
    return LongKey(tmp_path / "lasting", clock)


def test_the_button_that_ends_the_news_never_grows_old(book, keys, lasting, clock, tmp_path):
    """After years, and after restarts, it is read as what it was; it fits and says nothing."""
    written = book.leaving(lasting, ME)
    assert len(written.encode()) <= 64
    assert LEAVE not in written
    clock.now += 900 * EPOCH
    assert keys.rotate()
    again = LongKey(tmp_path / "lasting", clock)
    assert book.read(keys, ME, written, again) == Chosen("", LEAVE)


def test_nobody_else_can_use_it_and_it_ends_nothing_but_the_news(book, keys, lasting):
    """Tag and letters belong together, and to her: no other button lives under the lasting key."""
    written = book.leaving(lasting, ME)
    assert book.read(keys, OTHER, written, lasting) == Strayed()
    assert book.read(keys, ME, written) == Strayed()
    for place, choice in (
        ("hub", "danger"),
        ("news", LEAVE),
        ("", "remove"),
        ("news-left", "menu"),
    ):
        assert (
            book.read(keys, ME, written[:11] + book.letters(place, "", choice), lasting)
            == Strayed()
        )
    for at in range(len(written)):
        other = "A" if written[at] != "A" else "B"
        forged = written[:at] + other + written[at + 1 :]
        assert book.read(keys, ME, forged, lasting) == Strayed()


def test_it_ends_with_the_key(book, keys, lasting):
    """After a lockdown, when nobody gets news any more, it has merely strayed."""
    written = book.leaving(lasting, ME)
    lasting.destroy()
    assert book.read(keys, ME, written, lasting) == Strayed()
