"""What each role is shown of campaigns and people: its own part, and nobody (R19, R28)."""

import re

import pytest
import typer
from typer.core import TyperGroup

from bot.__main__ import cli
from bot.channels.port import Removal
from bot.engine.events import Chosen, Commanded, Wrote
from bot.staff.roles import ACTS, Act, Role
from tests.conftest import LANGUAGES
from tests.mailing.approved import APPROVER, AUTHOR, EVERYBODY, campaign, subscribe
from tests.mailing.approved import appoint as appoint_both
from tests.staff.serving import appoint, passed
from tests.store.examining import rows
from tests.talking import Talk, clock
from tests.virtual_time import in_virtual_time

ME = 4_000_000_301
FIRST = 6_000_000_000
READERS = 45
ROLES = ("nobody", "invited", "ended", *Role)
STAFFED = ("team", "campaigns", "team-confirm", "team-leave")
MOVES = {"propose", "approve", "send-back", "stop-sending", "delete-draft"}


def _seen(shown):
    """What she sees: of a message that disappears, what stands in its place where it cannot."""
    return shown.instead if isinstance(shown, Removal) else shown


class Asking:
    """One person in a role, in a bot with a draft and a proposed campaign of somebody else."""

    def __init__(self, talk, role):
        self.talk, self.role, self.code = talk, role, ""

    async def begin(self, readers=range(FIRST, FIRST + READERS), waiting=0):
        await self.talk.open()
        store = self.talk.store
        await appoint_both(store)
        await subscribe(store, readers)
        name = store._team.name(AUTHOR)
        for id_ in ("adraft", "proposed"):
            await store.mailroom.draft(campaign(id_), EVERYBODY, int(clock()) + 7200, name)
        for number in range(waiting):
            await passed(store, APPROVER + 100 + number, Role.VOLUNTEER)
        await self._become(store)
        await self.talk.do(AUTHOR, Commanded("campaign"))
        await self.talk.do(AUTHOR, self._tap(AUTHOR, "1"), over=self.talk.channel.last)
        await self.talk.do(AUTHOR, self._tap(AUTHOR, "propose"), over=self.talk.channel.last)
        await self.talk.do(ME, Chosen("country", "kg"), over=5)

    async def _become(self, store):
        if self.role == "invited":
            await passed(store, ME, Role.APPROVER)
        elif self.role == "ended":
            await store.office.end(await appoint(store, ME, Role.APPROVER, by=APPROVER))
        elif self.role != "nobody":
            await appoint(store, ME, Role(self.role), by=APPROVER)

    def _tap(self, who, choice):
        page = self.talk.channel.to(who)[-1].shown
        return Chosen(page.place, choice, page.item)

    @property
    def page(self):
        return self.talk.channel.to(ME)[-1].shown

    @property
    def offered(self):
        return {one.id for one in self.page.labels}

    async def do(self, event):
        await self.talk.do(ME, event, over=5 if isinstance(event, Chosen) else None)
        return self.page

    async def everything(self):
        """Try every command, word and button of campaigns, people and news; give all that came."""
        began, first = clock(), len(self.talk.channel.to(ME))
        for name in (
            "team",
            "name",
            "people",
            "list",
            "members",
            "subscribers",
            "audit",
            "who",
        ):
            await self.do(Commanded(name))
            await self.do(Commanded(name, str(FIRST)))
            await self.do(Wrote(name))
        for place in (*STAFFED, "news"):
            for choice in (
                "leave",
                "lay-down-not",
                "campaigns",
                "confirm-somebody",
                "1",
                "2",
                "new",
            ):
                await self.do(Chosen(place, choice))
        await self.do(Commanded("campaign"))
        for choice in sorted(self.offered & {"1", "2"}):
            await self.do(Commanded("campaign"))
            await self.do(self._tap(ME, choice))
        sent = self.talk.channel.to(ME)[first:]
        return [(round(one.at - began, 6), _seen(one.shown)) for one in sent]


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


@pytest.mark.parametrize("role", ROLES)
@in_virtual_time
async def test_each_role_is_offered_its_own_part(talk, role):
    """The whole table: where each role gets in, and what it may do about a proposed campaign."""
    asking = Asking(talk, role)
    await asking.begin()
    acts = ACTS[role] if role in [*Role] else frozenset()
    page = await asking.do(Commanded("team"))
    assert (page.place == "team") is (role in [*Role])
    assert ("confirm-somebody" in asking.offered) is (Act.CONFIRM in acts)
    page = await asking.do(Commanded("campaign"))
    assert (page.place == "campaigns") is (role in [*Role])
    assert ("new-campaign" in asking.offered) is (Act.WRITE in acts)
    assert ("1" in asking.offered) is (Act.APPROVE in acts), "others see none of somebody else"
    assert "2" not in asking.offered, "a draft is her author's alone"
    if Act.APPROVE in acts:
        await asking.do(asking._tap(ME, "1"))
        for language in sorted(asking.offered & {*LANGUAGES}):
            await asking.do(asking._tap(ME, language))
        assert asking.offered & MOVES == {"approve", "send-back", "stop-sending"}


@pytest.mark.parametrize("role", ROLES)
@in_virtual_time
async def test_no_answer_names_a_person(talk, role):
    """Nothing that any role is shown holds an id, a long-term name, a code of somebody or of hers."""
    asking = Asking(talk, role)
    await asking.begin(waiting=2)
    store = talk.store
    codes = [one.code for one in await store.office.members()]
    codes += [one.code for one in await store.office.invitations()]
    names = [bytes(row.person).hex() for row in await rows(store, "subscriber")]
    names += [store._team.name(who).hex() for who in (ME, AUTHOR, APPROVER)]
    for _, shown in await asking.everything():
        text = f"{shown.text} {[one.text for one in shown.labels]}"
        assert not re.search(r"\d{9}", text)
        assert [one for one in (*codes, *names) if one in text] == []


@pytest.mark.parametrize("role", ROLES)
def test_nobody_can_tell_whether_somebody_is_a_reader(stage, tmp_path, role):
    """With other readers, and others who wait, all that is shown, and when, is the same, byte for byte.

    Readers are told in tens: one for another, or four more within the ten, cannot be seen. Whoever is
    no staff sees no difference to no readers at all.
    """
    worlds = [
        (range(FIRST, FIRST + READERS), 0),
        (range(FIRST + 1, FIRST + READERS + 1), 0),
        (range(FIRST, FIRST + READERS + 4), 0),
        (range(FIRST, FIRST + READERS), 2),
    ]
    if role not in [*Role]:
        worlds.append((range(0), 0))
    seen = []
    for number, (readers, waiting) in enumerate(worlds):
        folder = tmp_path / str(number)
        folder.mkdir()

        @in_virtual_time
        async def work(talk, readers=readers, waiting=waiting):
            asking = Asking(talk, role)
            await asking.begin(readers, waiting)
            seen.append([(at, one.text, one.labels) for at, one in await asking.everything()])

        work(Talk(stage, folder))
    assert len(seen[0]) > 50
    for other in seen[1:]:
        assert other == seen[0]


@pytest.mark.parametrize("role", ["invited", "ended"])
def test_who_does_not_serve_is_anybody(stage, tmp_path, role):
    """Whoever is only invited, or served once, is answered as somebody who never was either."""
    seen = []
    for one in ("nobody", role):
        folder = tmp_path / one
        folder.mkdir()

        @in_virtual_time
        async def work(talk, one=one):
            asking = Asking(talk, one)
            await asking.begin()
            seen.append([(at, shown.text) for at, shown in await asking.everything()])

        work(Talk(stage, folder))
    assert seen[1] == seen[0]


def test_no_command_takes_a_person():
    """What operators type takes codes, roles and ids of campaigns: nowhere stands whom one looks for."""
    root = typer.main.get_command(cli)
    assert isinstance(root, TyperGroup)
    taken = {}
    for name in ("people", "staff", "campaign", "audit"):
        command = root.commands[name]
        under = command.commands if isinstance(command, TyperGroup) else {"": command}
        for which, one in under.items():
            taken[f"{name} {which}".strip()] = {given.name for given in one.params}
    known = {
        "settings",
        "role",
        "code",
        "words",
        "written",
        "as_csv",
        "name",
        "language",
        "follow",
        "out",
    }
    assert {one: given - known for one, given in taken.items() if given - known} == {}
