"""What a killed bot loses: nothing."""

import pytest

from tests.crash.sweep import sweep


@pytest.mark.parametrize("seed", [7])
async def test_a_few_kills_lose_nothing(tmp_path, stage, seed):
    """Killed three times while 240 updates flow, the bot loses none and sends none three times."""
    outcome = await sweep(tmp_path, stage, people=30, acts=8, kills=3, seed=seed)
    assert outcome.good, outcome
    assert outcome.updates == 240
    assert outcome.exits > 10


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
async def test_many_kills_lose_nothing(tmp_path, stage, seed):
    """Killed fifty times while 2,000 updates flow, the bot loses none and sends none three times."""
    outcome = await sweep(tmp_path, stage, people=200, acts=10, kills=50, seed=seed)
    assert outcome.good, outcome
