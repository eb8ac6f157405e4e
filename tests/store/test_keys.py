"""Keys last a day or two, are made whole, are destroyed for good, and bind what they sign."""

import os

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.errors import KeyMissingError, StoreError, UnsafeSettingsError
from bot.store.batch import HOUR, MINUTE
from bot.store.ciphers import Cipher, SealBrokenError
from bot.store.keyfiles import StoredKey
from bot.store.keys import KeyRing

USER = 7_311_000_001
IDS = st.integers(-(2**63), 2**63 - 1)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys"


@pytest.fixture(scope="module")
def ring(tmp_path_factory):
    return KeyRing(tmp_path_factory.mktemp("ring") / "keys")


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_folder_and_key_are_private(folder, keys):
    """The key folder is 0700 and a key file 0600."""
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "epoch-1.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("name", "mode"), [("", 0o750), ("epoch-1.key", 0o604)])
def test_an_open_door_is_refused(folder, keys, name, mode):
    """A key or key folder that others may read stops the start, naming the command to type."""
    path = folder / name
    path.chmod(mode)
    with pytest.raises(UnsafeSettingsError, match=f"chmod {'600' if name else '700'} {path}"):
        KeyRing(folder)


@pytest.mark.parametrize("cut", [slice(20), slice(0), slice(1, None), slice(None, None, -1)])
def test_a_damaged_key_is_told(folder, keys, clock, cut):
    """A cut, empty or altered key file is named, with what to do and without its content."""
    path = folder / "epoch-1.key"
    whole = path.read_bytes()
    path.write_bytes(whole[cut])
    with pytest.raises(KeyMissingError, match="remove the file and start again") as caught:
        KeyRing(folder, clock)
    assert whole[16:48].hex() not in str(caught.value)
    path.unlink()
    KeyRing(folder, clock)


def test_the_same_keys_after_a_restart(folder, keys, clock):
    """A restart reads the keys it left: pseudonyms and tags stay."""
    again = KeyRing(folder, clock)
    assert again.pseudonym(USER) == keys.pseudonym(USER)
    assert again.tag(USER, b"x") == keys.tag(USER, b"x")


def test_lives_of_keys(folder, keys, clock):
    """Over a week of ten-minute ticks no key serves over 24 h or exists over 48 h and 10 min."""
    born: dict[str, float] = {}
    for _ in range(7 * 24 * 6):
        keys.rotate()
        assert keys.current.created > clock() - 24 * HOUR
        alive = files(folder)
        assert 1 <= len(alive) <= 2
        for name in alive:
            assert clock() - born.setdefault(name, clock()) < 48 * HOUR + 10 * MINUTE
        clock.now += 10 * MINUTE
    assert len(born) == 7


def test_a_long_sleep_ends_every_key(folder, keys, clock):
    """After 48 hours of standstill the old key is gone at the first tick and cannot be used."""
    old = keys.pseudonym(USER)
    clock.now += 48 * HOUR
    assert keys.rotate()
    assert files(folder) == ["epoch-2.key"]
    assert keys.pseudonyms(USER)[1] is None
    assert keys.pseudonym(USER) != old
    with pytest.raises(KeyMissingError):
        keys.epoch(1)


def test_a_clock_that_was_wrong_does_not_keep_a_key(folder, keys, clock):
    """A key made while the clock was years ahead is replaced at once when the clock is right."""
    clock.now -= 3 * 365 * 24 * HOUR
    assert keys.rotate()
    assert not keys.rotate()
    clock.now += 24 * HOUR
    assert keys.rotate()
    assert files(folder) == ["epoch-2.key", "epoch-3.key"]


def test_a_destroyed_key_is_overwritten(folder, keys, clock):
    """Destroying a key overwrites its bytes on the disk before the name goes."""
    path = folder / "epoch-1.key"
    secret = path.read_bytes()[16:48]
    witness = folder.parent / "witness"
    os.link(path, witness)
    clock.now += 48 * HOUR
    keys.rotate()
    assert not path.exists()
    assert len(witness.read_bytes()) == 56
    assert secret not in witness.read_bytes()


def test_two_processes_agree(folder, keys, clock):
    """Of two rings on one folder the later one takes the key the first one made."""
    other = KeyRing(folder, clock)
    clock.now += 24 * HOUR
    keys.rotate()
    sealed = Cipher(keys).seal("outbox", "chat", 1, USER)
    assert Cipher(other).open("outbox", "chat", 1, sealed) == USER
    assert other.pseudonyms(USER) == keys.pseudonyms(USER)


def test_no_room_for_a_key(folder, keys, clock, monkeypatch):
    """A new key that cannot be written is told as such, and the old one goes on serving."""
    before = keys.pseudonym(USER)

    def full(_handle):
        raise OSError(28, "No space left on device")

    clock.now += 24 * HOUR
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        keys.rotate()
    assert keys.pseudonym(USER) == before
    monkeypatch.undo()
    assert keys.rotate()
    assert files(folder) == ["epoch-1.key", "epoch-2.key"]


@pytest.mark.parametrize("epoch", [0, -1, 24 * HOUR + 1])
def test_no_epoch_longer_than_a_day(folder, epoch):
    """An epoch is never set longer than 24 hours."""
    with pytest.raises(ValueError, match="an epoch lasts"):
        KeyRing(folder, epoch=epoch)


@given(IDS, IDS)
def test_pseudonyms_tell_people_apart(ring, one, other):
    """One person has one pseudonym of 16 bytes; two people have two."""
    assert len(ring.pseudonym(one)) == 16
    assert (ring.pseudonym(one) == ring.pseudonym(other)) == (one == other)


@given(IDS, IDS, st.lists(st.binary(max_size=9)), st.lists(st.binary(max_size=9)))
def test_a_tag_is_bound_to_everything(ring, one, other, parts, others):
    """A tag matches only for its person and its exact parts, however their bytes are divided."""
    tag = ring.tag(one, *parts)
    assert len(tag) == 8
    assert ring.tag_matches(one, tag, *parts)
    assume((one, parts) != (other, others))
    assert not ring.tag_matches(other, tag, *others)


def test_a_tag_lives_for_two_epochs(keys, clock):
    """A button of yesterday still works, one of the day before no longer does."""
    tag = keys.tag(USER, b"screen")
    clock.now += 24 * HOUR
    keys.rotate()
    assert keys.tag_matches(USER, tag, b"screen")
    clock.now += 24 * HOUR
    keys.rotate()
    assert not keys.tag_matches(USER, tag, b"screen")


@given(st.data())
def test_an_altered_seal_is_refused(ring, data):
    """Any changed byte, another length or another cell breaks the seal; the text tells nothing."""
    cipher = Cipher(ring)
    sealed = cipher.seal("outbox", "chat", 5, USER)
    assert cipher.open("outbox", "chat", 5, sealed) == USER
    place = data.draw(st.integers(5, len(sealed) - 1))
    bit = data.draw(st.integers(0, 7))
    flipped = bytearray(sealed)
    flipped[place] ^= 1 << bit
    for cell, value in (
        (("outbox", "chat", 5), bytes(flipped)),
        (("outbox", "chat", 5), sealed[: data.draw(st.integers(0, len(sealed) - 1))]),
        (("outbox", "chat", 5), sealed + b"\0"),
        (("outbox", "chat", 6), sealed),
        (("outbox", "message", 5), sealed),
        (("session", "chat", 5), sealed),
    ):
        with pytest.raises(SealBrokenError) as caught:
            cipher.open(*cell, value)
        assert str(USER) not in str(caught.value)


@given(st.lists(st.text(st.characters(codec="utf-8"))), st.binary(min_size=1, max_size=16))
def test_sealed_words_belong_to_their_row(ring, words, row):
    """Sealed words open in their own cell alone, whether a number or a pseudonym names the row."""
    cipher = Cipher(ring)
    sealed = cipher.seal_words("session", "about", row, words)
    assert cipher.open_words("session", "about", row, sealed) == words
    assert cipher.seal_words("session", "about", row, words) != sealed
    for table, column, other in (
        ("outbox", "about", row),
        ("session", "about", row + b"\0"),
        ("session", "about", 1),
        ("session", "place", row),
    ):
        with pytest.raises(SealBrokenError):
            cipher.open_words(table, column, other, sealed)


def test_an_altered_key_number_is_refused(ring):
    """Every changed bit of a seal's version or key number is refused."""
    cipher = Cipher(ring)
    sealed = cipher.seal("outbox", "chat", 5, USER)
    for bit in range(40):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(StoreError):
            cipher.open("outbox", "chat", 5, bytes(flipped))


def test_no_nonce_repeats(ring):
    """Among a million seals no nonce occurs twice."""
    cipher = Cipher(ring)
    nonces = {cipher.seal("outbox", "chat", 1, 1)[5:17] for _ in range(1_000_000)}
    assert len(nonces) == 1_000_000


def test_keys_do_not_print_themselves(keys, folder):
    """Neither a ring nor a stored key shows its secret when printed."""
    secret = (folder / "epoch-1.key").read_bytes()[16:48]
    assert repr(keys) == "KeyRing([1])"
    assert repr(StoredKey(1, 0, secret)) == "StoredKey(1)"
