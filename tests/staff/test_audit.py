"""Truths about the audit log: whatever is changed, cut or swapped is found (R27)."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.staff.audit import LIFE, Deed, Entry, Head, broken_at, head
from bot.staff.roles import Role

HOUR = 500_000
CAMPAIGNS = st.sampled_from(["", "abcdefgh", "mnpqrstu", "volunteer"])
DEEDS = st.tuples(
    st.integers(0, 2 * LIFE), st.sampled_from([*Deed]), st.sampled_from(["", *Role]), CAMPAIGNS
)


def chain(deeds):
    """A log of these deeds, the oldest first, ending at `HOUR`."""
    entries: list[Entry] = []
    for ago, *said in sorted(deeds, key=lambda one: -one[0]):
        entries.append(Entry.after(entries[-1] if entries else None, HOUR - ago, *said))
    return entries


chains = st.lists(DEEDS, min_size=1, max_size=12).map(chain)


@given(chains)
def test_what_nobody_touched_is_whole(entries):
    """A chain as it was written is whole, with its head and with every head it ever had."""
    assert broken_at(entries, HOUR) is None
    for many in range(len(entries) + 1):
        assert broken_at(entries, HOUR, head(entries[:many])) is None


@given(chains, st.data())
def test_an_edit_is_found(entries, data):
    """Any field of any row, changed, is found at that row."""
    at = data.draw(st.integers(0, len(entries) - 1))
    change = data.draw(
        st.one_of(
            st.fixed_dictionaries({"hour": st.integers(0, HOUR)}),
            st.fixed_dictionaries({"number": st.integers(0, 99)}),
            st.fixed_dictionaries({"deed": st.sampled_from([*Deed])}),
            st.fixed_dictionaries({"role": st.sampled_from(["", *Role])}),
            st.fixed_dictionaries({"campaign": CAMPAIGNS | st.text(max_size=9)}),
            st.fixed_dictionaries({"before": st.binary(min_size=20, max_size=20)}),
            st.fixed_dictionaries({"digest": st.binary(min_size=20, max_size=20)}),
        )
    )
    edited = replace(entries[at], **change)
    assume(edited != entries[at])
    assert broken_at([*entries[:at], edited, *entries[at + 1 :]], HOUR) == edited.number


@given(chains, st.data())
def test_a_rehashed_edit_is_found_by_the_row_after_or_the_head(entries, data):
    """Whoever also writes a new hash is found out by the next row, or by the head on paper."""
    at = data.draw(st.integers(0, len(entries) - 1))
    old = entries[at]
    last = entries[at - 1] if at else None
    deed = data.draw(st.sampled_from([one for one in Deed if one != old.deed]))
    forged = Entry.after(last, old.hour, deed, old.role, old.campaign)
    changed = [*entries[:at], forged, *entries[at + 1 :]]
    assert broken_at(changed, HOUR, head(entries)) is not None


@given(chains, st.data())
def test_a_cut_is_found(entries, data):
    """Rows taken out of the middle, the beginning or the end are missed.

    At the end it is the head on paper that misses them; at the beginning only rows with an older
    one left before them may go, for they are a year old.
    """
    first = data.draw(st.integers(0, len(entries) - 1))
    last = data.draw(st.integers(first, len(entries) - 1))
    left = [*entries[:first], *entries[last + 1 :]]
    written = head(entries)
    if first == 0 and left and HOUR - left[0].hour >= LIFE:
        assert broken_at(left, HOUR, written) is None
    else:
        assert broken_at(left, HOUR, written) is not None


@given(chains, st.data())
def test_a_swap_is_found(entries, data):
    """Two rows in each other's place are found, with their numbers or without."""
    assume(len(entries) > 1)
    one, two = data.draw(
        st.lists(st.integers(0, len(entries) - 1), min_size=2, max_size=2, unique=True)
    )
    for keeps in (False, True):
        swapped = [*entries]
        swapped[one], swapped[two] = entries[two], entries[one]
        if keeps:
            swapped[one] = replace(swapped[one], number=entries[one].number)
            swapped[two] = replace(swapped[two], number=entries[two].number)
        assert broken_at(swapped, HOUR) is not None


@given(chains, st.data())
def test_a_swap_of_what_two_rows_say_is_found(entries, data):
    """Two rows that trade their campaigns, roles or deeds are found, whatever else stands in them."""
    places = st.lists(st.integers(0, len(entries) - 1), min_size=2, max_size=2, unique=True)
    assume(len(entries) > 1)
    one, two = sorted(data.draw(places))
    field = data.draw(st.sampled_from(["campaign", "role", "deed", "hour"]))
    said = [getattr(entries[at], field) for at in (one, two)]
    assume(said[0] != said[1])
    swapped = [*entries]
    swapped[one] = replace(entries[one], **{field: said[1]})
    swapped[two] = replace(entries[two], **{field: said[0]})
    assert broken_at(swapped, HOUR) == one + 1


@given(chains, st.data())
def test_words_moved_between_the_fields_of_a_row_are_found(entries, data):
    """No other way to spread the same letters over deed, role and campaign has the same hash."""
    at = data.draw(st.integers(0, len(entries) - 1))
    row = entries[at]
    text = f"{row.deed}\n{row.role}\n{row.campaign}"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    parts = (text[: cuts[0]], text[cuts[0] : cuts[1]], text[cuts[1] :])
    fields = [data.draw(st.sampled_from([part, part.strip("\n")])) for part in parts]
    edited = replace(row, deed=fields[0], role=fields[1], campaign=fields[2])
    assume(edited != row)
    assert not edited.is_whole


@given(chains, st.data())
def test_a_tail_that_was_cut_is_found_by_the_head(entries, data):
    """What is left verifies by itself; with the head on paper the first missing row is named."""
    left = entries[: data.draw(st.integers(0, len(entries) - 1))]
    assert broken_at(left, HOUR) is None
    assert broken_at(left, HOUR, head(entries)) == entries[-1].number


def test_a_row_without_a_campaign_has_the_hash_it_always_had():
    """Logs from before campaigns were named verify: this is the head of one, as it was printed."""
    log: list[Entry] = []
    for deed in (Deed.INVITED, Deed.ACCEPTED, Deed.CONFIRMED, Deed.PROPOSED):
        log.append(Entry.after(log[-1] if log else None, HOUR, deed, Role.VOLUNTEER))
    assert str(head(log)) == "4:c9ffe4a3d252f9e75aa1f3a4a6d63fd726f5cd1f"
    assert broken_at(log, HOUR) is None


@given(chains, chains)
def test_a_whole_new_chain_is_found_by_the_head(entries, forged):
    """A chain written anew verifies by itself, but not with a head of the old one."""
    assume(entries[-1] not in forged)
    assert broken_at(forged, HOUR, head(entries)) is not None


@given(chains)
def test_a_head_can_be_written_down(entries):
    """What is printed is read again, also in capitals; nothing else is a head."""
    one = head(entries)
    assert Head.read(f" {str(one).upper()}\n") == one
    assert Head.read(str(one)[:-1]) is None
