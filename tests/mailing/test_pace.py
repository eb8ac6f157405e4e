"""The pace: no second with too many messages, hardly one with too few."""

import heapq
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mailing.pace import Pace


class Line:
    """A line to a receiver: sends at the pace, each request and answer with delays of its own."""

    def __init__(self, rate, delays, awake=lambda: 0.0, places=None):
        self.pace, self.delays, self.awake, self.places = Pace(rate), delays, awake, places
        self.began, self.arrived = [], []

    def send(self, count):
        now = 0.0
        answers: list[Any] = []
        for number in range(count):
            while True:
                while answers and answers[0][0] <= now:
                    at, _, call = heapq.heappop(answers)
                    self.pace.end(call, at)
                full = self.places is not None and len(answers) >= self.places
                due = answers[0][0] if full else self.pace.next(now)
                if due <= now:
                    break
                # Looked at again as soon as an answer comes, as it may say more.
                now = min(due, answers[0][0]) if answers else due
            now += self.awake()
            there, back = self.delays(number)
            call = self.pace.begin(now)
            self.began.append(now)
            self.arrived.append(now + there)
            heapq.heappush(answers, (now + there + back, number, call))
        return self

    @property
    def fullest(self):
        """Count the messages of the fullest second by the receiver's clock."""
        times, first, most = sorted(self.arrived), 0, 0
        for last, at in enumerate(times):
            while times[first] <= at - 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most

    @property
    def used(self):
        """Tell the rate at which they went, from the first to the last."""
        return (len(self.began) - 1) / (self.began[-1] - self.began[0])


@pytest.mark.parametrize("latency", [0.0, 0.05, 0.2])
@pytest.mark.parametrize("rate", [1, 25, 1000])
def test_even_answers_cost_nothing(rate, latency):
    """With 0, 50 and 200 ms a call, 99 % of the rate is used, and no second holds more than it."""
    line = Line(rate, lambda _: (latency / 2, latency / 2)).send(rate * 40)
    assert line.fullest <= rate
    assert line.used >= 0.99 * rate


@given(
    rate=st.integers(1, 60),
    way=st.floats(0, 0.2),
    seed=st.integers(0, 2**32),
    late=st.floats(0, 0.24),
    slow=st.floats(0, 3),
)
@settings(max_examples=150, deadline=None)
def test_no_second_holds_more_than_the_rate(rate, way, seed, late, slow):
    """However late requests arrive, up to a quarter second, and answers: never one too many."""
    draw = random.Random(seed)

    def delays(number):
        if number % 20 == 0:  # now and then one is as quick as the way allows
            return way, 0.0
        return way + draw.random() * late, draw.random() * slow

    line = Line(rate, delays, lambda: draw.choice([0, 0, 0.001, 0.3]) * draw.random())
    assert line.send(rate * 8).fullest <= rate


@given(seed=st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_what_wakes_late_is_made_up_for(seed):
    """A loop that wakes up to 12 ms late, answers 8 ms uneven, 8 places: still 97 % of the rate."""
    draw = random.Random(seed)
    line = Line(
        25,
        lambda _: (0.1 + draw.random() * 0.004, 0.1 + draw.random() * 0.004),
        lambda: draw.random() * 0.012,
        places=8,
    ).send(1000)
    assert line.fullest <= 25
    assert line.used >= 0.97 * 25


def test_they_go_evenly():
    """From the first message on there is the same time between two of them: no burst at first."""
    line = Line(25, lambda _: (0.01, 0.01)).send(100)
    gaps = [later - one for one, later in zip(line.began, line.began[1:], strict=False)]
    assert min(gaps) > 0.039
    assert max(gaps) < 0.045


def test_a_lost_answer_is_not_waited_for():
    """One answer that comes after 20 s holds the others up by a quarter of a second at most."""
    line = Line(25, lambda number: (0.01, 20.0 if number == 30 else 0.01)).send(200)
    gaps = [later - one for one, later in zip(line.began, line.began[1:], strict=False)]
    assert max(gaps) < 0.3


def test_a_halt_is_kept():
    """Nothing goes before the end of a halt, and a shorter one after it does not end it."""
    pace = Pace(25)
    pace.halt(60.0)
    pace.halt(3.0)
    assert pace.next(5.0) == 60.0
