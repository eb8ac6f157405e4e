"""Shares of the rate: whoever comes, leaves or dies, no second holds more than all of it."""

import heapq
import itertools
import random
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mailing.pace import Pace
from bot.mailing.share import part, take
from bot.store.letters import LEASE, Place


@given(st.integers(1, 1000), st.integers(1, 40))
def test_the_parts_are_the_whole(rate, many):
    """All parts together are the rate, and none differs from another by more than one."""
    parts = [part(rate, Place(many, before, new=False)) for before in range(many)]
    assert sum(parts) == rate
    assert max(parts) - min(parts) <= 1


@given(st.integers(1, 1000), st.integers(1, 40), st.data())
def test_one_more_makes_nobodys_part_larger(rate, many, data):
    """Whoever knows of more processes than there are takes no more than its part."""
    before = data.draw(st.integers(0, many - 1))
    mine = part(rate, Place(many, before, new=False))
    assert part(rate, Place(many + 1, before, new=False)) <= mine
    assert part(rate, Place(many + 1, before + 1, new=False)) <= mine


@dataclass
class Sender:
    """A process: asks for its place, stalls now and then, sends as its pace allows."""

    number: int
    pace: Pace
    begins: float
    ends: float
    leaves: bool
    told: bool = False
    sent: int = 0
    calls: list[Any] = field(default_factory=list)


class Office:
    """Processes beside each other, in simulated time; `arrived` is the receiver's log."""

    def __init__(self, seed, rate, count, span):
        self.draw, self.rate, self.span = random.Random(seed), rate, span
        self.held: dict[int, float] = {}
        self.arrived: list[float] = []
        self.todo: list[Any] = []
        self.order = itertools.count()
        self.senders = []
        for number in range(count):
            begins = self.draw.choice([0.0, self.draw.random() * span])
            ends = begins + self.draw.choice([span, self.draw.random() * span])
            one = Sender(number, Pace(rate), begins, ends, self.draw.random() < 0.5)
            self.senders.append(one)
            self.at(begins, self.ask, one)

    def at(self, when, do, *about):
        heapq.heappush(self.todo, (when, next(self.order), do, about))

    def run(self):
        while self.todo and self.todo[0][0] < self.span:
            now, _, do, about = heapq.heappop(self.todo)
            do(now, *about)
        return self

    def ask(self, now, one):
        """Read who lives at some moment of an exchange that takes up to two seconds."""
        if now >= one.ends:
            if one.leaves:
                self.held.pop(one.number, None)
            return
        took = self.draw.choice([0.002, 0.01, 2 * self.draw.random()])
        self.at(now + took * self.draw.random(), self.read, one, now, now + took)

    def read(self, now, one, asked, answered):
        living = sorted(who for who, end in self.held.items() if now < end)
        new = one.number not in living
        others = [who for who in living if who != one.number]
        self.held[one.number] = int(now) + LEASE
        place = Place(len(others) + 1, sum(who < one.number for who in others), new=new)
        self.at(answered, self.told, one, place, asked)

    def told(self, now, one, place, asked):
        if now < one.ends:
            if not one.told:
                self.at(now, self.send, one)
            one.told = True
            take(one.pace, place, asked, now)
        # Asked again after a second, or much later: the process may stand still.
        self.at(now + self.draw.choice([0.3, 1.0, 1.0, 1.0, 8 * self.draw.random()]), self.ask, one)

    def send(self, now, one):
        if now >= one.ends:
            return
        while one.calls and one.calls[0][0] <= now:
            at, _, call = heapq.heappop(one.calls)
            one.pace.end(call, at)
        due = one.pace.next(now)
        if due > now:
            self.at(min(due, now + 0.05), self.send, one)
            return
        # Now and then one is as quick as the way allows, the first one too: see Pace.
        late = self.draw.random() * 0.2 if one.sent % 20 else 0.0
        there, back = 0.02 + late, 0.02
        one.sent += 1
        heapq.heappush(one.calls, (now + there + back, next(self.order), one.pace.begin(now)))
        self.arrived.append(now + there)
        self.at(now + self.draw.choice([0, 0, 0.001, 0.02]), self.send, one)

    @property
    def fullest(self):
        times, first, most = sorted(self.arrived), 0, 0
        for last, at in enumerate(times):
            while times[first] <= at - 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most


@given(seed=st.integers(0, 2**32), rate=st.sampled_from([1, 5, 25, 60]), count=st.integers(1, 6))
@settings(max_examples=200, deadline=None)
def test_no_second_holds_more_than_the_rate(seed, rate, count):
    """Processes come, stand still, leave and die at any moment: never one message too many."""
    assert Office(seed, rate, count, 40.0).run().fullest <= rate


def test_a_newcomer_waits_until_the_others_know():
    """Alone it begins after a second; beside others not before what they go by has it in it."""
    alone, beside = Pace(100), Pace(100)
    take(alone, Place(1, 0, new=True), 10.0, 10.1)
    take(beside, Place(2, 1, new=True), 10.0, 10.1)
    assert 11.0 < alone.next(10.1) < 12.0
    assert 14.0 < beside.next(10.1) < 15.0


def test_what_is_known_grows_old():
    """Three seconds after it asked a process that heard nothing since sends no more."""
    pace = Pace(100)
    take(pace, Place(1, 0, new=True), 10.0, 10.1)
    assert pace.next(13.0) <= 13.0
    assert pace.next(13.1) == float("inf")
