"""A live quiz in a group, through the real bot and a strict double: fair, short-lived, unforced."""

import json
import random
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
import pytest_asyncio

from tests.journeys.visitor import PATIENCE
from tests.process import BotProcess
from tests.staff.serving import volunteer
from tests.standin import ActError
from tests.standin.server import StandIn

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLUB, OTHER_CLUB, LEAVING = -1_007_000_000_011, -1_007_000_000_012, -1_007_000_000_013
MERELY_APPROVED = -1_007_000_000_014
NAMES = {CLUB: "Youth club, Osh", OTHER_CLUB: "Aktau", LEAVING: "Khorog"}
LEADER, STRANGER = 6_000_000_901, 6_000_000_902
CROWD = range(6_000_001_000, 6_000_001_050)
NAME = "Zhanyl-canary"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(tmp_path_factory):
    """The double and the bot, which may play in three groups and merely stay in a fourth."""
    folder = tmp_path_factory.mktemp("live")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIREK_TELEGRAM__GROUPS", str(MERELY_APPROVED))
        named = "; ".join(f"{group}: {name}" for group, name in NAMES.items())
        patch.setenv("TIREK_TELEGRAM__GAMES", named)
        await volunteer(folder, LEADER)
        async with (
            StandIn(seed=3) as tg,
            BotProcess(folder, tg, level="debug") as bot,
        ):
            for group in (*NAMES, MERELY_APPROVED):
                await tg.meet(STRANGER, chat_id=group)
            await tg.wait_listening()
            await tg.wait_calls("setMyCommands", 6, timeout=PATIENCE)
            yield tg, bot


@pytest_asyncio.fixture(loop_scope="module")
async def table(here):
    """The same, with no game going on and nothing amiss; a game that a test leaves is ended."""
    tg, bot = here
    await tg.clear_faults()
    yield tg, bot
    if not bot.running:
        await bot.start()
    for name in NAMES.values():
        await lead(tg, name, "A game goes on there", "Stop the game")
    await tg.settled(quiet=0.5)
    assert await tg.violations() == []


def screen(tg, who):
    """The newest message with buttons."""
    return next((one for one in reversed(tg.chat(who).shown()) if one.buttons), None)


async def tap(tg, who, label):
    """Press a button of the newest screen once it stands there, and wait until it is quiet."""
    await until(tg, lambda: (there := screen(tg, who)) and label in there.labels, label)
    tapped = await tg.tap(who, label)
    await tg.settled()
    return tapped


async def lead(tg, *labels):
    """Call the leader's screen and press these buttons one after another."""
    said = await tg.say(LEADER, "/live", language_code="en")
    await until(tg, lambda: (there := screen(tg, LEADER)) and there.message_id > said, "a screen")
    for label in labels:
        await tap(tg, LEADER, label)


async def begin(tg, group="Youth club, Osh", quiz="Can we talk? · 12+"):
    await lead(tg, group, quiz, "45", "Start")


def polls(tg, group):
    """Every question that stands in a group, oldest first."""
    shown = tg.chat(group).shown()
    return [one.other["poll"] for one in shown if "poll" in one.other]


def texts(tg, group):
    return [one.text for one in tg.chat(group).shown() if one.text and one.by_bot]


async def until(tg, truth, what):
    await tg.world.pulse.until(truth, PATIENCE, what)


def rows_of_games(bot):
    """How many games the database holds."""
    with closing(sqlite3.connect(f"file:{bot.folder}/data/tirek.db?mode=ro", uri=True)) as database:
        (count,) = database.execute("SELECT count(*) FROM game").fetchone()
        return count


async def repeated(tg, poll, who, options):
    """An update that says once more, or otherwise, what somebody answered, as a fault may send it."""
    vote = {
        "poll_id": poll["id"],
        "user": {"id": who, "is_bot": False, "first_name": f"{NAME}-{who}"},
        "option_ids": options,
        "option_persistent_ids": [],
    }
    number = await tg.next_update_id()
    await tg.send_raw(json.dumps({"update_id": number, "poll_answer": vote}))


def is_right(dice, who, number):
    """Whether somebody knows the answer: three know nearly all, so that no tie decides."""
    rank = who - CROWD[0]
    return number >= rank if rank < 3 else number < 4 and dice.random() < 0.5


def wrong(poll):
    return next([at] for at in range(9) if [at] != poll["correct_option_ids"])


async def test_fifty_people_play_and_the_podium_is_theirs(table):
    """With late, double and changed answers and a kill in the middle, the podium is the true one."""
    tg, bot = table
    dice = random.Random(7)
    points: Counter[int] = Counter()
    for who in CROWD:
        await tg.meet(who, first_name=f"{NAME}-{who}")
    await begin(tg)
    for number in range(7):
        await until(tg, lambda n=number: len(polls(tg, CLUB)) > n, "the next question")
        poll = polls(tg, CLUB)[-1]
        assert f"Question {number + 1} of 7" in poll["question"]
        for who in dice.sample(CROWD, len(CROWD)):
            knows = is_right(dice, who, number)
            points[who] += knows
            await tg.vote(who, CLUB, poll["correct_option_ids"] if knows else wrong(poll))
            with pytest.raises(ActError):
                await tg.vote(who, CLUB, poll["correct_option_ids"])
            if who % 5 == 0:
                await repeated(tg, poll, who, poll["correct_option_ids"])
        if number == 3:
            await bot.kill()
            await bot.start()
            await tg.wait_listening()
        await tg.wait_confirmed()
        said = len(texts(tg, CLUB))
        await lead(tg, "Youth club, Osh", "A game goes on there", "Next question now")
        await until(tg, lambda n=said: len(texts(tg, CLUB)) > n, "the answer")
        assert poll["is_closed"]
        for who in CROWD[40:]:
            await repeated(tg, poll, who, poll["correct_option_ids"])
        await tg.wait_confirmed()
        if number < 6:
            await tap(tg, LEADER, "Next question now")
    await until(tg, lambda: "The quiz is over" in texts(tg, CLUB)[-1], "the podium")
    told = texts(tg, CLUB)[-1].splitlines()
    best = [f"{NAME}-{who}: {many}" for who, many in points.most_common(3)]
    assert told[1:4] == [f"{place}. {one}" for place, one in enumerate(best, 1)]
    assert told[4] == "Players: 50."
    assert str(tg.world.bot["username"]) in told[-1]
    assert len(polls(tg, CLUB)) == 7
    await gone(tg, bot)


async def gone(tg, bot):
    """Nothing is left of a game: no row, and nobody's name in any byte of the database or the log."""
    while rows_of_games(bot):
        await tg.settled(quiet=0.1)
    raw = b"".join(one.read_bytes() for one in (bot.folder / "data").glob("tirek.db*"))
    assert len(raw) > 0
    assert NAME.encode() not in raw
    assert NAME not in bot.log.read_text()


async def test_who_may_not_lead_begins_nothing(table):
    """Whatever a stranger does, types, forwards or forges, here or in the group: no game begins."""
    tg, _ = table
    await lead(tg, "Youth club, Osh", "Can we talk? · 12+", "30")
    start = next(
        b for one in tg.chat(LEADER).shown() for r in one.buttons for b in r if b.text == "Start"
    )
    since = len(tg.record.calls)
    await tg.say(STRANGER, "/live", language_code="en")
    await until(tg, lambda: tg.chat(STRANGER).shown()[-1].by_bot, "an answer")
    refusal = tg.chat(STRANGER).shown()[-1]
    assert "Ask the organisation that runs this bot" in refusal.text
    assert "Youth club, Osh" not in refusal.text + " ".join(refusal.labels)
    await tg.forge_tap(STRANGER, start.data, refusal.message_id)
    for words in ("Start", "start-game", "play in a group", "/live Start", "Youth club, Osh"):
        await tg.say(STRANGER, words)
    for who in (STRANGER, LEADER):
        await tg.say(who, "/live", chat_id=CLUB)
        await tg.say(who, "Start", chat_id=CLUB)
        await tg.forge_tap(
            who, start.data, chat_id=CLUB, message_id=await tg.say(who, "x", chat_id=CLUB)
        )
    origin = {
        "type": "user",
        "date": 1,
        "sender_user": {"id": STRANGER, "is_bot": False, "first_name": "x"},
    }
    await tg.post(LEADER, {"text": "Start", "forward_origin": origin})
    await tg.settled(quiet=0.5)
    after = [c for c in tg.record.calls[since:] if c.params.get("chat_id") == CLUB]
    assert {c.method for c in after} <= {"sendMessage"}
    assert {c.params["text"] for c in after} <= {f"https://t.me/{tg.world.bot['username']}"}
    await lead(tg, "Youth club, Osh", "Can we talk? · 12+", "30")
    await tg.say(LEADER, "Start")  # the same word, her own, in her own chat
    await until(tg, lambda: "Quiz: Can we talk?" in texts(tg, CLUB)[-1], "a game")


async def test_a_group_without_games_hears_the_link_alone(table):
    """In a group that is merely approved, and in one for games, what people type gets the link."""
    tg, _ = table
    for group in (MERELY_APPROVED, OTHER_CLUB):
        for words in ("/live", "/start", "play in a group", "/quiz"):
            await tg.say(LEADER, words, chat_id=group)
        await tg.settled(quiet=0.3)
        assert texts(tg, group) == [f"https://t.me/{tg.world.bot['username']}"]


async def test_a_stopped_game_ends_at_once(table):
    """The open question is closed, the end is told, and the group is free for another game."""
    tg, bot = table
    for _ in range(2):
        before = len(polls(tg, OTHER_CLUB))
        await begin(tg, "Aktau")
        await tap(tg, LEADER, "Next question now")
        await until(tg, lambda n=before: len(polls(tg, OTHER_CLUB)) > n, "a question")
        await tg.settled()
        await tg.vote(CROWD[0], OTHER_CLUB, [0])
        await lead(tg, "Aktau", "A game goes on there", "Stop the game")
        await until(tg, lambda: "The quiz is over" in texts(tg, OTHER_CLUB)[-1], "the end")
        assert polls(tg, OTHER_CLUB)[-1]["is_closed"]
    await gone(tg, bot)


async def test_a_group_that_throws_the_bot_out_ends_its_game_alone(table):
    """Where a group makes the bot wait, private chats go on; a game dies with its group."""
    tg, bot = table
    await begin(tg, "Khorog")
    await tg.fault("error", method="sendPoll", chat_id=LEAVING, times=1, code=429, retry_after=1)
    await tap(tg, LEADER, "Next question now")
    await tg.say(STRANGER, "/menu", language_code="en")
    await tg.wait_confirmed()
    await until(tg, lambda: tg.chat(STRANGER).shown()[-1].by_bot, "an answer")
    assert polls(tg, LEAVING) == []
    await until(tg, lambda: polls(tg, LEAVING), "a question")
    assert rows_of_games(bot) == 1
    await tg.kick(LEAVING, STRANGER)
    await lead(tg, "Khorog", "A game goes on there", "Next question now")
    await gone(tg, bot)
