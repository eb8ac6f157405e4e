"""Whatever happens in a chat, each message in it goes in time and is known until it is gone."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.store.batch import HOUR, IDLE_MOST, MINUTE, TRACE_DUE, TRACE_LIFE, Trace, Traced
from bot.store.ledger import MOST, Ledger
from bot.store.traces import _decode, _encode

USUAL = 30 * MINUTE
START = 1_800_000_000


class AChat(RuleBasedStateMachine):
    """She does things, we answer, time passes, messages go; beside it a plain list of them."""

    @initialize()
    def meet(self):
        self.now, self.active, self.idle, self.next = START, START, USUAL, 1
        self.ledger = Ledger(7, 7, START)
        self.there: dict[int, int] = {}
        self.left: set[int] = set()
        self.leaving = False

    def add(self, count, *, ours, **facts):
        traces = [Trace(self.next + n, self.now, ours) for n in range(count)]
        self.next += count
        self.there |= {one.message_id: one.at for one in traces}
        self.ledger.note(Traced(7, tuple(traces), "home", "ru", **facts), self.now)

    @rule(count=st.sampled_from([0, 1, 2, 600]))
    def she_does_something(self, count):
        self.active, self.leaving = self.now, False
        self.add(count, ours=False, active=True)

    @rule(count=st.integers(1, 3))
    def an_answer_is_sent(self, count):
        new = range(self.next, self.next + count)
        self.add(count, ours=True)
        self.left |= set(new) if self.leaving else set()

    @rule(idle=st.sampled_from([5 * MINUTE, HOUR, IDLE_MOST]))
    def she_chooses(self, idle):
        self.active, self.idle, self.leaving = self.now, idle, False
        self.add(1, ours=True, active=True, idle=idle)

    @rule(again=st.booleans())
    def she_leaves(self, again):
        self.add(1, ours=False, leave=True, active=again)
        self.left |= set(self.there)
        self.leaving = not again
        self.active = self.now if again else self.active

    @rule(seconds=st.sampled_from([60, 20 * MINUTE, 5 * HOUR, 23 * HOUR, 50 * HOUR]))
    def time_passes(self, seconds):
        self.now += seconds

    @precondition(lambda self: not self.ledger.empty)
    @rule(every=st.sampled_from([1, 2]))
    def what_is_due_goes(self, every):
        if self.ledger.due(USUAL, self.now) > self.now:
            assert not self.left
            assert all(at > self.now - TRACE_DUE for at in self.there.values())
            return
        before = set(self.ledger.going)
        due = self.ledger.owed(USUAL, self.now)
        handed = [one.message_id for one in due.traces]
        assert handed
        assert handed == sorted(handed)
        if self.left:
            assert due.face == "home"
            assert set(handed) == self.left == before
        elif due.face:
            assert set(handed) == set(self.there)
            assert self.now >= self.active + self.idle
            self.left, self.leaving = set(handed), True
        else:
            old = {which for which, at in self.there.items() if at <= self.now - 45 * HOUR}
            assert old <= set(handed) or len(self.there) > MOST
            assert old or len(self.there) > MOST
        gone = handed[::every]
        self.ledger.clear(frozenset(gone))
        self.left -= set(gone)
        for which in gone:
            del self.there[which]

    @invariant()
    def every_message_is_known(self):
        assert self.ledger.standing.keys() | self.ledger.going.keys() == self.there.keys()
        assert not self.ledger.standing.keys() & self.ledger.going.keys()
        assert self.ledger.going.keys() == self.left

    @invariant()
    def it_goes_in_time(self):
        if self.there:
            due = self.ledger.due(USUAL, self.now)
            assert due <= max(self.now, min(self.there.values()) + TRACE_DUE)
            assert due <= max(self.now, self.active + self.idle)
            assert due <= self.now or len(self.there) <= MOST
            assert self.ledger.expires(self.now) == max(self.there.values()) + TRACE_LIFE


TestAChat = AChat.TestCase
TestAChat.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


NUMBER = st.integers(-(2**63), 2**63 - 1)
NOTED = st.dictionaries(NUMBER, st.tuples(st.integers(0, 2**40), st.booleans()))


@given(st.builds(Ledger, NUMBER, NUMBER, NUMBER, NUMBER, face=st.text(), standing=NOTED))
def test_a_ledger_comes_back_as_it_was(ledger):
    """Whatever is in a ledger is there again after it was written down."""
    assert _decode(_encode(ledger)) == ledger


def test_a_message_noted_again_keeps_its_first_date():
    """A message that is noted again is as old as its earliest note says."""
    ledger = Ledger(7, 7, START)
    for at in (START, START - 10, START + 99):
        ledger.note(Traced(7, (Trace(5, at, ours=True),), "home", "ru"), START + 5)
    assert ledger.standing == {5: (START - 10, True)}


def test_a_message_of_the_future_is_as_old_as_its_note():
    """A clock that is ahead of ours does not keep a message any longer."""
    ledger = Ledger(7, 7, START)
    ledger.note(Traced(7, (Trace(5, START + 99 * HOUR, ours=True),), "home", "ru"), START)
    assert ledger.standing == {5: (START, True)}


def test_a_message_she_goes_back_to_stays():
    """Whoever taps a message that was to go stands on it again; the others go on going."""
    ledger = Ledger(7, 7, START)
    both = (Trace(5, START, ours=True), Trace(6, START, ours=True))
    ledger.note(Traced(7, both, "home", "ru", leave=True), START)
    ledger.note(Traced(7, both[:1], "home", "ru", active=True), START + 9)
    assert (ledger.standing, ledger.going) == ({5: (START, True)}, {6: (START, True)})
