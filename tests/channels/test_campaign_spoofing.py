"""Nobody but the two people moves a campaign, however the doing is dressed up (R17, R24)."""

import asyncio
import base64
import random
from dataclasses import dataclass

import pytest

from bot.campaigns.proposal import Phase
from bot.engine.blocks.campaign_screens import MARK
from bot.engine.session import AND
from bot.staff.roles import Role
from bot.store.letters import Caps, Exchange
from tests.channels.test_spoofing import (
    CHANNEL,
    WRITING,
    Spoof,
    foreign,
    group,
    kinds,
    message,
    origins,
    tap,
    user,
)
from tests.engine.walking import LANGUAGES
from tests.mailing.approved import (
    APPROVER,
    AUTHOR,
    EVERYBODY,
    approve,
    campaign,
    subscribe,
)
from tests.mailing.approved import appoint as appoint_both
from tests.staff.serving import appoint, passed
from tests.talking import Talk, clock
from tests.test_campaigning import Colleague
from tests.virtual_time import in_virtual_time

STRANGER, INVITED, ENDED, HELPER, FORMER = (4_000_000_201 + n for n in range(5))
FOREIGNERS = {
    "a stranger": STRANGER,
    "who passed and is not confirmed": INVITED,
    "whose role has ended": ENDED,
    "a helper": HELPER,
    "who approved once and writes now": FORMER,
}
READING = {*LANGUAGES, "campaign-list", "team", "close"}
"""Buttons that move nothing, whoever taps them."""
ASKS = "delete-draft"
"""The button of a draft that asks once more before it does anything."""
DEEDS = ("propose", "approve", "pause", "stop", "recall", "draft", "revise")
HOUR = 3600


@dataclass(frozen=True)
class Button:
    """A button on a screen of `owner`, with what is written on it."""

    owner: int
    place: str
    item: str
    choice: str
    text: str

    @property
    def deed(self):
        """What it does with which campaign, whatever of it was opened before."""
        return (*self.item.split(AND)[:MARK], self.choice)


class Staff:
    """Campaigns in every phase that people can move, and every button there is to move them."""

    def __init__(self, talk):
        self.talk, self.buttons = talk, []

    async def begin(self):
        if self.talk.conversation is None:
            await self.talk.open()
        self.spoof, store = Spoof(self.talk), self.talk.store
        await appoint_both(store)
        await subscribe(store, range(6_000_000_000, 6_000_000_045))
        await passed(store, INVITED, Role.APPROVER)
        await appoint(store, HELPER, Role.HELPER, by=APPROVER)
        for who, later in ((ENDED, None), (FORMER, Role.VOLUNTEER)):
            code = await appoint(store, who, Role.APPROVER, by=APPROVER)
            await store.office.end(code)
            if later is not None:
                await appoint(store, who, later, by=APPROVER)
        await approve(store, clock, campaign("sending"))
        await asyncio.sleep(HOUR)
        caps = Caps(each=1, overall=1000)
        await store.mailroom.exchange(Exchange(b"me"), lambda _country, _quiet, at: at, caps)
        name = store._team.name(AUTHOR)
        for id_ in ("adraft", "proposed"):
            one = campaign(id_)
            await store.mailroom.draft(one, EVERYBODY, int(clock()) + 2 * HOUR, name)
        await self.spoof.send(message(AUTHOR, "/campaign"))
        author = Colleague(self.talk, AUTHOR)
        await author.first()
        await author.tap("Propose it")
        for who in (AUTHOR, APPROVER):
            await self._look(Colleague(self.talk, who))
        phases = {one.id: one.phase for one in await store.mailroom.all()}
        assert {*phases.values()} == {Phase.DRAFT, Phase.PROPOSED, Phase.SENDING}

    async def _look(self, colleague):
        """Note every button of each campaign she sees."""
        await colleague.open()
        places = [one.id for one in colleague.page.labels if one.id.isdecimal()]
        for place in places:
            await self._open(colleague, place)
            self._note(colleague)
            if ASKS in {one.id for one in colleague.page.labels}:
                await colleague.choose(ASKS)
                self._note(colleague)

    def _note(self, colleague):
        page = colleague.page
        self.buttons += [
            Button(colleague.who, page.place, page.item, one.id, one.text)
            for one in page.labels
            if one.id and one.id not in READING
        ]

    async def _open(self, colleague, place):
        """Open a campaign; who approves it reads it in each language first."""
        await colleague.open()
        await colleague.choose(place)
        if colleague.who == APPROVER:
            await colleague.read_all()

    def data(self, button, who=None):
        """What stands behind a button, sealed for its owner or for another."""
        return self.spoof.data(who or button.owner, button.place, button.choice, button.item)

    def hers(self, who):
        """Name what she may do with each campaign: the buttons on her own screens."""
        return {one.deed for one in self.buttons if one.owner == who}

    async def stand(self, button):
        """Let the owner stand on the screen of this button."""
        there = [one for one in self.buttons if one.owner == button.owner]
        colleague = Colleague(self.talk, button.owner)
        await colleague.open()
        places = [one.id for one in colleague.page.labels if one.id.isdecimal()]
        for place in places:
            await self._open(colleague, place)
            if button.item == AND.join((colleague.page.item, ASKS)):
                await colleague.choose(ASKS)
            if colleague.page.item == button.item:
                return
        raise AssertionError(there)


def under(**signs):
    """A tapped message as another could have made it appear."""
    return {"message": {"message_id": 9, "date": int(clock()), **signs}}


def private(who):
    return {"chat": {"id": who, "type": "private"}}


def tapped_elsewhere(who):
    """Every way in which a tap of a staff member is none of hers, alone with the bot, now."""
    for at, one in enumerate(origins()):
        yield f"under a forwarded message {at}", under(**private(who), forward_origin=one)
    yield "under an old forward", under(**private(who), forward_date=1)
    yield "under what came via a bot", under(**private(who), via_bot=user(99, is_bot=True))
    yield "through a business account", under(**private(who), business_connection_id="b1")
    yield "by a business bot", under(**private(who), sender_business_bot=user(98, is_bot=True))
    yield (
        "in a channel's name",
        under(**private(who), sender_chat={"id": CHANNEL, "type": "channel"}),
    )
    yield "as a guest's question", under(**private(who), guest_query_id="g1")
    yield "called as a guest", under(**private(who), guest_bot_caller_user=user(who))
    yield (
        "called by a chat",
        under(**private(who), guest_bot_caller_chat={"id": 1, "type": "group"}),
    )
    for kind in ("group", "supergroup"):
        yield f"in a {kind}", under(**group(kind=kind))
    yield "in a channel", under(**group(CHANNEL, "channel"))
    yield "in a thread of a group", under(**group(), message_thread_id=3, is_topic_message=True)
    yield "in the chat of another", under(**private(STRANGER))
    yield "inline, in any chat", {"message": None, "inline_message_id": "1"}
    yield "under no message", {"message": None}
    yield "by a bot of her id", {"from": user(who, is_bot=True)}


def lookalikes(who):
    """Senders who are taken for `who` by people, and by no program."""
    yield "by name and account", {"from": user(STRANGER, username="approver", first_name="A")}
    yield "below zero", {"from": user(-who)}
    yield "in letters", {"from": user(str(who))}
    yield "with a fraction", {"from": user(who + 0.5)}
    yield "past what Telegram counts", {"from": user(who + 2**64)}
    yield "nobody", {"from": None}
    yield "two of them", {"from": [user(STRANGER), user(who)]}


def written_later(who, text):
    """A message that she did not write now: edited, set for later, old, or of another."""
    yield "edited since", [message(who, text, edit_date=int(clock()))]
    yield "sent by a clock", [message(who, text, is_from_offline=True)]
    yield "an hour old", [message(who, text, date=int(clock()) - HOUR)]
    yield "by a bot", [message(who, text, **{"from": user(who, is_bot=True)})]
    yield "as a guest's question", [message(who, text, guest_query_id="g1")]
    yield "called as a guest", [message(who, text, guest_bot_caller_user=user(who))]


def vectors(staff):
    """Name every way, with what each button becomes in it: updates, or none where it is no spoof."""
    spoof = staff.spoof
    for name, who in FOREIGNERS.items():
        yield f"the button of another, {name}", lambda b, w=who: [tap(w, staff.data(b))]
        yield f"a button of her own, {name}", lambda b, w=who: [tap(w, staff.data(b, w))]
        yield f"another's tag, {name}", lambda b, w=who: [grafted(staff, b, w)]
        yield f"typed, {name}", lambda b, w=who: [message(w, "/campaign"), message(w, b.text)]
    for name, who in (("author", AUTHOR), ("approver", APPROVER)):
        yield (
            f"the colleague's button, {name}",
            lambda b, w=who: [] if b.owner == w else [tap(w, staff.data(b))],
        )
        yield (
            f"beyond her role, {name}",
            lambda b, w=who: [] if b.deed in staff.hers(w) else own(staff, b, w),
        )
    for name, _ in tapped_elsewhere(1):
        yield f"tapped {name}", lambda b, n=name: [tap(b.owner, staff.data(b), **signs(b, n))]
    for name, _ in lookalikes(1):
        yield (
            f"a look-alike, {name}",
            lambda b, n=name: [tap(b.owner, staff.data(b), **dict(lookalikes(b.owner))[n])],
        )
    yield "bits of the tag", lambda b: [tap(b.owner, flipped(staff.data(b)))]
    yield "cut short", lambda b: [tap(b.owner, staff.data(b)[:-1])]
    yield "longer", lambda b: [tap(b.owner, staff.data(b) + "A")]
    yield "another campaign's tag", lambda b: [swapped(staff, b)]
    yield "an answer to a poll", lambda b: [vote(spoof, b)]
    for at, word in enumerate(("start", "campaign", "team", "menu", *DEEDS)):
        yield f"a link or command /{word}", lambda b, w=word, n=at: links(b, w, n)


def typed(staff):
    """Name every way to type what stands on a button of the screen on which its owner stands."""
    for at, _ in enumerate(foreign()):
        yield (
            f"typed, foreign {at}",
            lambda b, n=at: [message(b.owner, b.text, **[*foreign()][n])],
        )
    for kind in kinds():
        yield f"typed in {kind}", lambda b, k=kind: [message(b.owner, b.text, k)]
    yield "typed in guest_message", lambda b: [message(b.owner, b.text, "guest_message")]
    for name, _ in written_later(1, ""):
        yield f"typed, {name}", lambda b, n=name: dict(written_later(b.owner, b.text))[n]
    yield "typed by another", lambda b: [message(STRANGER, b.text), message(INVITED, b.text)]
    yield "as a caption", lambda b: [message(b.owner, None, caption=b.text, via_bot=user(9))]


def signs(button, name):
    return dict(tapped_elsewhere(button.owner))[name]


def own(staff, button, who):
    return [tap(who, staff.data(button, who))]


def grafted(staff, button, who):
    """Her own tag of the same screen in front of the letters of another's button."""
    return tap(who, staff.data(button, who)[:11] + staff.data(button)[11:])


def swapped(staff, button):
    """The tag of one campaign in front of the letters of another one."""
    other = next(
        one for one in staff.buttons if one.owner == button.owner and one.item != button.item
    )
    return tap(button.owner, staff.data(other)[:11] + staff.data(button)[11:])


def flipped(data):
    raw = bytearray(base64.urlsafe_b64decode(data[:11] + "="))
    raw[random.Random(data).randrange(8)] ^= 1
    return base64.urlsafe_b64encode(raw).decode().rstrip("=") + data[11:]


def vote(spoof, button):
    """An answer to a poll, by the staff member herself."""
    number = tap(1, "")["update_id"]
    answer = {"poll_id": "1", "user": user(button.owner), "option_ids": [0]}
    return {"update_id": number, "poll_answer": answer | {"option_persistent_ids": []}}


def links(button, word, at):
    """Deep links and commands that name a campaign and a deed, by its author and by anybody."""
    ways = (f"{button.choice}_adraft", "c_proposed", f"proposed {button.choice}", "adraft")
    rest = ways[at % len(ways)]
    return [message(who, f"/{word} {rest}") for who in (button.owner, STRANGER, INVITED)]


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


async def tried(staff, ways, *, standing):
    """Try every way on every button; name those that changed anything, and how many ways there were."""
    accepted, many = [], 0
    before = await staff.spoof.held()
    for name, dressed in ways:
        many += 1
        for button in staff.buttons:
            if standing:
                await staff.stand(button)
            for update in dressed(button):
                await staff.spoof.send(update)
            if (now := await staff.spoof.held()) != before:
                accepted.append((name, button.choice))
                before = now
    return accepted, many


@in_virtual_time
async def test_no_tap_moves_a_campaign_that_is_not_a_persons_own(talk):
    """Of more than forty ways to tap or to call a deed none changes a campaign, a role or the log."""
    staff = Staff(talk)
    await staff.begin()
    choices = {one.choice for one in staff.buttons}
    assert {"propose", "approve", "send-back", "pause-sending", "stop-sending"} <= choices
    assert "Yes, delete" in {one.text for one in staff.buttons}
    accepted, many = await tried(staff, vectors(staff), standing=False)
    assert accepted == []
    assert many >= 60
    await each_works_as_it_should(staff)


@in_virtual_time
async def test_no_words_move_a_campaign_that_are_not_new_and_hers(talk):
    """Whoever stands at a campaign moves nothing by a message that she did not write now, in private."""
    staff = Staff(talk)
    await staff.begin()
    assert {one.owner for one in staff.buttons} == {AUTHOR, APPROVER}
    accepted, many = await tried(staff, typed(staff), standing=True)
    assert accepted == []
    assert many >= 25
    before = await staff.spoof.held()
    propose = next(one for one in staff.buttons if one.choice == "propose")
    await staff.stand(propose)
    await staff.spoof.send(message(AUTHOR, propose.text))
    assert await staff.spoof.held() != before, "her own words do"


@in_virtual_time
async def test_what_was_tapped_once_is_not_tapped_twice(talk):
    """Repeated deliveries, and buttons of what is over, of an ended role and an ended epoch do nothing."""
    staff = Staff(talk)
    await staff.begin()
    approve_, stop = (
        next(one for one in staff.buttons if one.choice == choice and one.owner == APPROVER)
        for choice in ("approve", "stop-sending")
    )
    update = tap(APPROVER, staff.data(approve_))
    await staff.spoof.send(update)
    propose = next(one for one in staff.buttons if one.choice == "propose")
    done = await staff.spoof.held()
    await staff.spoof.send(update)
    await staff.spoof.send(tap(APPROVER, staff.data(approve_)))
    draft = tap(AUTHOR, staff.data(propose))
    draft["update_id"] = update["update_id"]
    await staff.spoof.send(draft)
    assert await staff.spoof.held() == done
    members = {one.role: one.code for one in await talk.store.office.members()}
    old = staff.data(stop)
    await talk.store.office.end(members[Role.APPROVER])
    ended = await staff.spoof.held()
    await staff.spoof.send(tap(APPROVER, old))
    assert await staff.spoof.held() == ended
    old = staff.data(propose)
    for _ in range(2):
        await asyncio.sleep(24 * HOUR)
        talk.store._keys.rotate()
    before = await staff.spoof.held()
    await staff.spoof.send(tap(AUTHOR, old))
    assert await staff.spoof.held() == before


async def each_works_as_it_should(staff):
    """The same buttons, tapped by their owners, do what they say: the refusals were for the way."""
    for choice in ("propose", "approve", "pause-sending", "resume-sending", "stop-sending"):
        staff.buttons = []
        for who in (AUTHOR, APPROVER):
            await staff._look(Colleague(staff.talk, who))
        button = next(one for one in staff.buttons if one.choice == choice)
        before = await staff.spoof.held()
        await staff.spoof.send(tap(button.owner, staff.data(button)))
        assert await staff.spoof.held() != before, choice
    before = await staff.spoof.held()
    await staff.spoof.send(tap(AUTHOR, staff.spoof.data(AUTHOR, *WRITING)))
    written = await staff.spoof.held()
    assert written != before
    await staff._look(Colleague(staff.talk, AUTHOR))
    delete = next(one for one in staff.buttons[::-1] if one.text == "Yes, delete")
    await staff.spoof.send(tap(AUTHOR, staff.data(delete)))
    assert await staff.spoof.held() != written
