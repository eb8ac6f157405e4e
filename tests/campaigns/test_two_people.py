"""Whatever people, clocks and the machine do: nothing goes out that two of them did not allow (R17).

People act on what they were shown earlier, send the same again, lose and gain roles, and their
doings come in any order. A witness who trusts none of the code under test keeps the history.
"""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.campaigns.approval import applied, decide
from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import (
    MACHINE,
    Approve,
    Begin,
    By,
    Doubt,
    Finish,
    Pause,
    Propose,
    Recall,
    Resume,
    Revise,
    Stop,
    Withdraw,
)
from bot.campaigns.events import Begun, Refusal, Resumed
from bot.campaigns.proposal import Phase, Proposal
from bot.staff.roles import Role
from bot.staff.standing import Standing
from tests.campaigns.campaigning import CAMPAIGN, STARTS

AUTHOR = b"author"
PEOPLE = st.sampled_from([AUTHOR, b"second", b"third", b"fourth"])
ROLES = st.sampled_from([None, *Role])
CONTENTS = st.sampled_from([CAMPAIGN, replace(CAMPAIGN, link="q8")])
AUDIENCES = st.sampled_from([Audience(), Audience(countries=frozenset({"kg"}))])
TIMES = st.sampled_from([STARTS, STARTS + 3600, STARTS - 3600])
WHOLES = st.tuples(CONTENTS, AUDIENCES, TIMES)
PLAIN = st.sampled_from([Propose(), Withdraw(), Pause(), Resume(), Stop(), Recall()])
TEN_MINUTES, DAY = 600, 24 * 3600


@dataclass
class Witness:
    """What the witness saw: what there is to send, since when, and who said yes to it.

    Attributes:
        yes: for each approval since the last change: who, when, to what, and in which role.
    """

    whole: tuple[Campaign, Audience, int]
    proposed: bool = False
    yes: list[tuple[bytes, float, bytes, Role | None]] = field(default_factory=list)


class ACampaign(RuleBasedStateMachine):
    """A campaign, those who work on it, and somebody who watches."""

    def __init__(self):
        super().__init__()
        self.at = STARTS - DAY
        self.whole = (CAMPAIGN, Audience(), STARTS)
        self.roles = {AUTHOR: Role.VOLUNTEER, b"second": Role.APPROVER}
        self.proposal = Proposal(AUTHOR, self.digest, STARTS)
        self.shown = [self.digest]
        self.witness = Witness(self.whole)

    @property
    def digest(self):
        campaign, audience, starts = self.whole
        return campaign.digest(audience, starts)

    def by(self, name):
        return By(name, Standing(self.roles.get(name)))

    def take(self, command, by):
        happened = decide(self.proposal, command, by, self.at)
        if isinstance(happened, Refusal):
            return happened
        self.proposal = applied(self.proposal, happened)
        if isinstance(happened, Begun | Resumed):
            self.witnessed(happened)
        return happened

    def witnessed(self, happened):
        campaign, audience, starts = self.whole
        assert starts <= self.at < starts + DAY, "outside its time"
        assert self.witness.proposed, "nobody proposed what goes out"
        assert self.witness.whole == self.whole, "what goes out is not what was proposed"
        assert any(
            who != AUTHOR
            and role is Role.APPROVER
            and at <= starts - TEN_MINUTES
            and said == campaign.digest(audience, starts)
            and (isinstance(happened, Resumed) or self.roles.get(who) is Role.APPROVER)
            for who, at, said, role in self.witness.yes
        ), "nobody else allowed it in time"
        assert isinstance(happened, Resumed) or self.roles[AUTHOR] is Role.VOLUNTEER

    @rule(seconds=st.sampled_from([0, 1, 599, 600, 3600, DAY, 25 * 3600, -1, -600, -25 * 3600]))
    def time_passes_or_is_set(self, seconds):
        self.at += seconds

    @rule(before=st.sampled_from([601, 600, 599]))
    def it_is_shortly_before_the_start(self, before):
        self.at = self.proposal.starts - before

    @rule(after=st.sampled_from([0, 1, DAY - 1, DAY]))
    def it_is_past_the_start(self, after):
        self.at = self.proposal.starts + after

    @rule(name=PEOPLE, role=ROLES)
    def a_role_begins_or_ends(self, name, role):
        self.roles[name] = role

    @rule()
    def they_serve_as_at_first(self):
        self.roles = {AUTHOR: Role.VOLUNTEER, b"second": Role.APPROVER}

    @rule()
    def the_author_proposes_in_time(self):
        self.at = self.proposal.starts - 2 * TEN_MINUTES
        self.somebody_does_something(AUTHOR, Propose())

    @rule(name=PEOPLE, whole=WHOLES)
    def somebody_revises(self, name, whole):
        campaign, audience, starts = whole
        digest = campaign.digest(audience, starts)
        happened = self.take(Revise(digest, starts), self.by(name))
        if not isinstance(happened, Refusal):
            assert name == AUTHOR
            self.whole = whole
            self.witness = Witness(whole)

    @rule()
    def somebody_looks_at_it(self):
        self.shown.append(self.digest)

    @rule(name=PEOPLE, data=st.data())
    def somebody_approves_what_she_was_shown_once(self, name, data):
        said = data.draw(st.sampled_from(self.shown))
        if not isinstance(self.take(Approve(said), self.by(name)), Refusal):
            self.witness.yes.append((name, self.at, said, self.roles.get(name)))

    @rule()
    def the_second_looks_and_approves(self):
        happened = self.take(Approve(self.digest), self.by(b"second"))
        if not isinstance(happened, Refusal):
            said = (b"second", self.at, self.digest, self.roles.get(b"second"))
            self.witness.yes.append(said)

    @rule(name=PEOPLE, command=PLAIN)
    def somebody_does_something(self, name, command):
        before = self.proposal
        happened = self.take(command, self.by(name))
        concerned = name == AUTHOR and self.roles.get(name) is Role.VOLUNTEER
        concerned = concerned or self.roles.get(name) is Role.APPROVER
        if isinstance(command, Stop) and concerned:
            under_way = before.phase in (
                *(Phase.PROPOSED, Phase.APPROVED, Phase.SENDING, Phase.PAUSED),
            )
            assert (self.proposal.phase is Phase.STOPPED) or not under_way, "it was not stopped"
        if isinstance(happened, Refusal):
            return
        assert concerned, "somebody who has no say did something"
        if isinstance(command, Propose):
            self.witness = Witness(self.whole, proposed=True)
        if isinstance(command, Withdraw):
            self.witness = Witness(self.whole)

    @rule()
    def the_operator_stops_it(self):
        self.take(Stop(), MACHINE)
        assert not self.proposal.sends(self.at)

    @rule()
    def the_clock_is_doubted(self):
        waited = self.proposal.phase is Phase.APPROVED
        self.take(Doubt(), MACHINE)
        assert not self.proposal.sends(self.at)
        if waited:
            self.witness = Witness(self.whole)

    @rule()
    def the_mailer_would_begin(self):
        stand = [Standing(self.roles.get(one)) for one in (AUTHOR, self.proposal.approver)]
        self.take(Begin(self.digest, *stand), MACHINE)

    @rule()
    def the_mailer_is_done(self):
        self.take(Finish(), MACHINE)

    @rule(name=PEOPLE)
    def somebody_plays_the_machine(self, name):
        stand = [Standing(Role.VOLUNTEER), Standing(Role.APPROVER)]
        for command in (Begin(self.digest, *stand), Finish(), Doubt()):
            assert isinstance(decide(self.proposal, command, self.by(name), self.at), Refusal)

    @invariant()
    def it_is_what_there_is(self):
        assert self.proposal.digest == self.digest
        assert self.proposal.author == AUTHOR

    @invariant()
    def nobody_has_allowed_her_own(self):
        assert self.proposal.approver != AUTHOR
        allowed = (Phase.APPROVED, Phase.SENDING, Phase.PAUSED, Phase.DONE, Phase.RECALLED)
        assert self.proposal.phase not in allowed or self.proposal.approved == self.digest


@pytest.mark.parametrize("walks", [40, pytest.param(400, marks=pytest.mark.soak)])
def test_nothing_goes_out_that_two_people_did_not_allow(walks):
    """So many walks of fifty doings each: the witness finds nothing."""
    run_state_machine_as_test(
        ACampaign, settings=settings(max_examples=walks, stateful_step_count=50, deadline=None)
    )


def test_a_walk_reaches_a_campaign_that_goes_out():
    """The walk can get there: otherwise the witness would have nothing to see."""
    one = ACampaign()
    one.take(Propose(), one.by(AUTHOR))
    one.witness = Witness(one.whole, proposed=True)
    one.the_second_looks_and_approves()
    one.it_is_past_the_start(0)
    one.the_mailer_would_begin()
    assert one.proposal.sends(one.at)
