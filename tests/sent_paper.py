"""Conversations on paper in which a campaign goes out: the whole bot holds them, with a store in memory.

They are written as `tests/replay.py` reads them, with `# sends: yes` at the top. The mailer sends to as many
readers as `# readers:` says, at its own pace, while `> (it is now …)` lets time go by. After
`> (the volunteer)`, `> (the approver)` or `> (a reader)` stands what came into that chat since.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.engine.events import Chosen
from bot.engine.screen import Page
from bot.engine.stage import Stage
from bot.mailing.mailer import Mailer
from bot.mailing.pace import Pace
from bot.mailing.pages import Pages
from bot.mailing.terms import Clocks, Terms
from bot.mailing.waking import awake
from bot.store.bag import Bag
from bot.store.letters import Caps
from tests.mailing.approved import APPROVER, AUTHOR, FIRST, appoint, subscribe
from tests.replay import LATER, event_of, labels_of, more_of, run_as, words_of
from tests.talking import Sent, Talk, clock
from tests.virtual_time import VirtualLoop

_WHO = {"(the volunteer)": AUTHOR, "(the approver)": APPROVER, "(a reader)": FIRST}
_RATE = 25
"""Messages a second, as in `bot.yaml`."""


def sent_paper(stage: Stage, on_paper: str, folder: Path) -> str:
    """Hold the conversation whose `>` lines stand on paper; return it as it went."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(_held(stage, on_paper, folder))


async def _held(stage: Stage, on_paper: str, folder: Path) -> str:
    heads = [line for line in on_paper.splitlines() if line.startswith("#")]
    facts = dict(head.lstrip("# ").split(": ", 1) for head in heads if ": " in head)
    stage = run_as(stage, facts)
    talk = Talk(stage, folder)
    await _until(facts["now"])
    await talk.open()
    try:
        await appoint(talk.store)
        await subscribe(talk.store, range(FIRST, FIRST + int(facts["readers"])))
        for who in (AUTHOR, APPROVER):
            await talk.do(who, Chosen("country", facts["country"]), over=1)
        async with _mailer(talk):
            doings = (line[2:] for line in on_paper.splitlines() if line.startswith("> "))
            return "\n".join([*heads, *[line async for line in _lines(talk, doings)]]) + "\n"
    finally:
        await talk.close()


async def _lines(talk: Talk, doings: Iterable[str]) -> AsyncIterator[str]:
    """Do one after the other, and write down what each leads to."""
    who, read = AUTHOR, {one: len(talk.channel.to(one)) for one in _WHO.values()}
    for doing in doings:
        yield ""
        yield f"> {doing}"
        if later := LATER.fullmatch(doing):
            await _until(later[1])
        elif doing in _WHO:
            who = _WHO[doing]
        else:
            await _do(talk, who, doing)
        came = talk.channel.to(who)[read[who] :]
        read[who] += len(came)
        for one in _newest(came):
            if one.message_id is not None and one.tap is None:
                yield "< (the message has changed by itself)"
            for line in words_of(one.shown).splitlines():
                yield f"< {line}".rstrip()
            for _, _, label in labels_of(one.shown):
                yield f"  [{label.text}]{more_of(label)}"


def _newest(came: Sequence[Sent]) -> Sequence[Sent]:
    """Leave out what a message said before it changed again."""
    last = {one.message_id or -at: at for at, one in enumerate(came, 1)}
    return [one for at, one in enumerate(came, 1) if last[one.message_id or -at] == at]


async def _do(talk: Talk, who: int, doing: str) -> None:
    """Do what stands on paper; a button is one of the newest screen in her chat."""
    stands = talk.channel.stands[who]
    newest = max(number for number, shown in stands.items() if isinstance(shown, Page))
    event = event_of(doing, [*labels_of(stands[newest])])
    await talk.do(who, event, over=newest if isinstance(event, Chosen) else None)


async def _until(moment: str) -> None:
    await asyncio.sleep(datetime.fromisoformat(moment).timestamp() - clock())


def _mailer(talk: Talk) -> Mailer:
    steady = asyncio.get_running_loop().time
    return Mailer(
        talk.store.mailroom,
        talk.channel,
        Pages(talk.store.mailroom, lambda: talk.stage.world),
        Pace(_RATE),
        Clocks(clock, steady),
        Terms(partial(awake, talk.stage.world), Caps(1, 1_000_000), 8),
        Bag(None),
        erase=lambda _: None,
    )
