"""Whatever people, clocks and the machine do: nothing goes out that two of them did not allow (R17).

People act on what they were shown earlier, send the same again, lose and gain roles, and their
doings come in any order. A witness who trusts none of the code under test keeps the history.
"""

from dataclasses import dataclass, field, replace
from itertools import product

import pytest
from hypothesis import Phase as HowFar
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.campaigns import correction
from bot.campaigns.approval import applied, decide
from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import (
    MACHINE,
    Amend,
    Approve,
    Begin,
    By,
    Correct,
    Delete,
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
from bot.campaigns.events import (
    Allowed,
    Amended,
    Approved,
    Begun,
    Corrected,
    Deleted,
    Doubted,
    Dropped,
    Finished,
    Refusal,
    Resumed,
)
from bot.campaigns.proposal import Correction, Phase, Proposal
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
TEN_MINUTES, DAY, TWO_DAYS = 600, 24 * 3600, 47 * 3600
OPERATOR = b""
"""Whoever sits at the machine: she has no name in the team."""


@dataclass
class Witness:
    """What the witness saw: what there is to send, since when, and who said yes to it.

    Attributes:
        yes: for each approval since the last change: who, when, to what, and in which role.
        words: other words for what went out, and who wrote them.
        yes_to_words: as `yes`, for them.
        amended: whether those words went out since, allowed as they must be.
    """

    whole: tuple[Campaign, Audience, int]
    proposed: bool = False
    yes: list[tuple[bytes, float, bytes, Role | None]] = field(default_factory=list)
    words: tuple[Campaign, bytes] | None = None
    yes_to_words: list[tuple[bytes, float, bytes, Role | None]] = field(default_factory=list)
    amended: bool = False

    def hears_no_more_of_words(self):
        self.words, self.yes_to_words = None, []


class ACampaign(RuleBasedStateMachine):
    """A campaign, those who work on it, and somebody who watches."""

    def __init__(self):
        super().__init__()
        self.at = STARTS - DAY
        self.whole = (CAMPAIGN, Audience(), STARTS)
        self.roles: dict[bytes, Role | None] = {AUTHOR: Role.VOLUNTEER, b"second": Role.APPROVER}
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
        if isinstance(happened, Amended):
            self.witnessed_other_words(command)
        return happened

    def witnessed_other_words(self, amend):
        assert self.witness.words is not None, "nobody wrote these words"
        words, writer = self.witness.words
        _, audience, starts = self.whole
        digest = words.digest(audience, starts)
        assert self.at < starts + TWO_DAYS, "nobody knows any more who got it"
        assert amend.digest == digest, "it is not what was written"
        assert any(
            who not in (AUTHOR, writer)
            and role is Role.APPROVER
            and self.roles.get(who) is Role.APPROVER
            and at + TEN_MINUTES <= self.at
            and said == digest
            for who, at, said, role in self.witness.yes_to_words
        ), "nobody else allowed these words in time"
        assert writer in (AUTHOR, OPERATOR)
        assert writer == OPERATOR or self.roles.get(AUTHOR) is Role.VOLUNTEER
        self.whole = self.witness.whole = (words, audience, starts)
        self.witness.hears_no_more_of_words()
        self.witness.amended = True

    def witnessed(self, happened):
        campaign, audience, starts = self.whole
        if isinstance(happened, Resumed) and self.witness.amended:
            assert self.at < starts + TWO_DAYS, "outside its time"
            assert self.proposal.phase is not Phase.SENDING or self.at < starts + DAY
            return
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

    @rule(name=PEOPLE)
    def somebody_deletes_it_and_the_author_begins_anew(self, name):
        before = self.proposal
        happened = self.take(Delete(), self.by(name))
        if isinstance(happened, Refusal):
            return
        assert happened == Deleted()
        self.nothing_is_done_about_what_is_deleted()
        self.proposal, self.witness = (
            Proposal(AUTHOR, self.digest, before.starts),
            Witness(self.whole),
        )

    def nothing_is_done_about_what_is_deleted(self):
        stand = [Standing(Role.VOLUNTEER), Standing(Role.APPROVER)]
        by = [MACHINE, By(AUTHOR, stand[0]), By(b"second", stand[1])]
        starts = self.proposal.starts
        for command in (
            *(Propose(), Approve(self.digest), Revise(self.digest, starts), Withdraw(), Delete()),
            *(Begin(self.digest, *stand), Pause(), Resume(), Stop(), Finish(), Recall(), Doubt()),
            *(Correct(b"other"), Amend(self.digest, *stand)),
        ):
            for one, at in product(by, (self.at, starts - DAY, starts, starts + DAY)):
                assert isinstance(decide(self.proposal, command, one, at), Refusal), command

    @rule()
    def somebody_looks_at_it(self):
        self.shown.append(self.digest)
        if self.proposal.correction:
            self.shown.append(self.proposal.correction.digest)

    @rule(name=PEOPLE, data=st.data())
    def somebody_approves_what_she_was_shown_once(self, name, data):
        self.approves(name, data.draw(st.sampled_from(self.shown)))

    def approves(self, name, said):
        happened = self.take(Approve(said), self.by(name))
        yes = (name, self.at, said, self.roles.get(name))
        if isinstance(happened, Approved):
            self.witness.yes.append(yes)
        if isinstance(happened, Allowed):
            assert name != AUTHOR, "she allowed what is hers"
            assert happened.starts >= self.at + TEN_MINUTES, "no time to think again"
            self.witness.yes_to_words.append(yes)

    @rule()
    def the_second_looks_and_approves(self):
        self.approves(b"second", self.digest)

    @rule(name=st.sampled_from([AUTHOR, AUTHOR, b"second", b"third", OPERATOR]), words=CONTENTS)
    def somebody_corrects(self, name, words):
        _, audience, starts = self.whole
        by = self.by(name) if name else MACHINE
        happened = self.take(Correct(words.digest(audience, starts)), by)
        if isinstance(happened, Corrected):
            assert name in (AUTHOR, OPERATOR), "somebody else wrote it"
            assert self.at < starts + TWO_DAYS
            self.witness.words, self.witness.yes_to_words = (words, name), []

    @rule(name=PEOPLE)
    def somebody_looks_at_the_correction_and_approves(self, name):
        if self.proposal.correction:
            self.approves(name, self.proposal.correction.digest)

    @rule()
    def the_author_changes_sides_and_approves(self):
        self.roles[AUTHOR] = Role.APPROVER
        self.somebody_looks_at_the_correction_and_approves(AUTHOR)

    @rule()
    def the_operator_corrects_and_the_second_approves(self):
        _, audience, starts = self.whole
        words = replace(CAMPAIGN, link="q9" if self.whole[0].link != "q9" else "q7")
        if isinstance(self.take(Correct(words.digest(audience, starts)), MACHINE), Corrected):
            self.witness.words, self.witness.yes_to_words = (words, OPERATOR), []
            self.approves(b"second", words.digest(audience, starts))

    @rule(before=st.sampled_from([1, 0, -1, -3600]))
    def it_is_about_the_time_of_the_correction(self, before):
        if self.proposal.correction and self.proposal.correction.starts:
            self.at = self.proposal.correction.starts - before

    @rule(name=st.sampled_from([AUTHOR, b"second"]), words=CONTENTS)
    def somebody_leaves_before_the_correction(self, name, words):
        self.somebody_corrects(AUTHOR, words)
        self.somebody_looks_at_the_correction_and_approves(b"second")
        self.roles[name] = None
        self.it_is_about_the_time_of_the_correction(0)
        self.the_mailer_would_amend()

    @rule()
    def the_mailer_would_amend(self):
        waits = self.proposal.correction
        words = self.witness.words
        said = words[0].digest(*self.whole[1:]) if words else b"nothing"
        writer = waits.author if waits else AUTHOR
        author = Standing(self.roles.get(writer)) if writer else MACHINE.standing
        approver = Standing(self.roles.get(waits.approver if waits else b""))
        happened = self.take(Amend(said, author, approver), MACHINE)
        if isinstance(happened, Dropped):
            self.witness.hears_no_more_of_words()

    @rule()
    def it_goes_out(self):
        self.they_serve_as_at_first()
        self.the_author_proposes_in_time()
        self.the_second_looks_and_approves()
        self.it_is_past_the_start(1)
        self.the_mailer_would_begin()

    @rule(name=PEOPLE, command=PLAIN)
    def somebody_does_something(self, name, command):
        before = self.proposal
        happened = self.take(command, self.by(name))
        concerned = name == AUTHOR and self.roles.get(name) is Role.VOLUNTEER
        concerned = concerned or self.roles.get(name) is Role.APPROVER
        if isinstance(command, Stop) and concerned:
            under_way = before.correction or before.phase in (
                *(Phase.PROPOSED, Phase.APPROVED, Phase.SENDING, Phase.PAUSED, Phase.CORRECTING),
            )
            assert (self.proposal.phase is Phase.STOPPED) or not under_way, "it was not stopped"
        if isinstance(happened, Refusal):
            return
        assert concerned, "somebody who has no say did something"
        if isinstance(command, Propose):
            self.witness = Witness(self.whole, proposed=True)
        if isinstance(happened, Dropped) or isinstance(command, Stop | Recall):
            self.witness.hears_no_more_of_words()
        elif isinstance(command, Withdraw):
            self.witness = Witness(self.whole)

    @rule()
    def the_operator_stops_it(self):
        if not isinstance(self.take(Stop(), MACHINE), Refusal):
            self.witness.hears_no_more_of_words()
        assert not self.proposal.sends(self.at)
        assert not self.proposal.corrects(self.at)

    @rule()
    def the_clock_is_doubted(self):
        waited = self.proposal.phase is Phase.APPROVED
        happened = self.take(Doubt(), MACHINE)
        assert not self.proposal.sends(self.at)
        assert not self.proposal.corrects(self.at)
        if isinstance(happened, Doubted):
            self.witness.yes_to_words = []
        waits = self.proposal.correction
        assert not (waits and waits.starts), "a time that was set by a wrong clock still counts"
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
        for command in (Begin(self.digest, *stand), Amend(self.digest, *stand), Finish(), Doubt()):
            assert isinstance(decide(self.proposal, command, self.by(name), self.at), Refusal)

    @invariant()
    def it_is_what_there_is(self):
        assert self.proposal.digest == self.digest
        assert self.proposal.author == AUTHOR

    @invariant()
    def nobody_but_its_author_can_delete_it_and_nothing_but_a_draft(self):
        by = [MACHINE, *(self.by(name) for name in (AUTHOR, b"second", b"third", b"fourth"))]
        for one in by:
            hers = one.name == AUTHOR and one.standing.role is Role.VOLUNTEER
            may = hers and self.proposal.phase is Phase.DRAFT
            assert (decide(self.proposal, Delete(), one, self.at) == Deleted()) == may

    @invariant()
    def nobody_has_allowed_her_own(self):
        assert self.proposal.approver != AUTHOR
        allowed = (Phase.APPROVED, Phase.SENDING, Phase.PAUSED, Phase.DONE, Phase.RECALLED)
        assert self.proposal.phase not in allowed or self.proposal.approved == self.digest

    @invariant()
    def nothing_is_edited_but_to_words_that_were_allowed(self):
        edits = self.proposal.corrects(self.at)
        assert not edits or self.witness.amended
        assert not edits or self.at < self.proposal.starts + TWO_DAYS
        waits = self.proposal.correction
        assert (waits is None) == (self.witness.words is None)
        if waits and waits.starts:
            assert waits.digest in [said for _, _, said, _ in self.witness.yes_to_words]
        assert waits is None or self.proposal.phase in (
            *(Phase.SENDING, Phase.PAUSED, Phase.CORRECTING, Phase.DONE),
        )


class ACampaignThatIsOut(ACampaign):
    """The same, from the moment on at which it goes out: most doings are about corrections."""

    def __init__(self):
        super().__init__()
        self.it_goes_out()


@pytest.mark.parametrize("from_", [ACampaign, ACampaignThatIsOut])
@pytest.mark.parametrize("walks", [40, pytest.param(400, marks=pytest.mark.soak)])
def test_nothing_goes_out_that_two_people_did_not_allow(walks, from_):
    """So many walks of fifty doings each: the witness finds nothing."""
    run_state_machine_as_test(
        from_, settings=settings(max_examples=walks, stateful_step_count=50, deadline=None)
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


def test_a_walk_reaches_a_correction():
    """The walk can get there: what went out is edited to other words, in two ways."""
    one = ACampaign()
    one.it_goes_out()
    one.somebody_corrects(AUTHOR, replace(CAMPAIGN, link="q8"))
    one.somebody_looks_at_the_correction_and_approves(b"second")
    one.it_is_about_the_time_of_the_correction(0)
    one.the_mailer_would_amend()
    assert one.proposal.corrects(one.at)
    assert one.proposal.sends(one.at)
    assert one.take(Finish(), MACHINE) == Finished()
    one.the_operator_corrects_and_the_second_approves()
    one.it_is_about_the_time_of_the_correction(0)
    one.the_mailer_would_amend()
    assert one.proposal.corrects(one.at)
    assert not one.proposal.sends(one.at)
    assert one.whole[0].link == "q9"


def _at_once(event):
    """Forget the ten minutes."""
    return replace(event, starts=event.starts - 600) if isinstance(event, Allowed) else event


def _any_fingerprint(genuine):
    """Let her allow whatever waits, whichever she was shown."""

    def decide(proposal, command, by, at):
        if isinstance(command, Approve) and proposal.correction:
            command = Approve(proposal.correction.digest)
        return genuine(proposal, command, by, at)

    return decide


def _her_own(genuine):
    """Let the author allow what she wrote, once she approves for others."""

    def decide(proposal, command, by, at):
        hers = isinstance(command, Approve) and by.name == proposal.author
        return genuine(proposal, command, By(b"second", by.standing) if hers else by, at)

    return decide


def _keeps_the_yes(genuine):
    """Let a changed correction keep the approval of the one before."""

    def applied(proposal, event):
        after, before = genuine(proposal, event), proposal.correction
        if isinstance(event, Corrected) and before and after.correction:
            kept = Correction(event.digest, event.author, before.approver, before.starts)
            return replace(after, correction=kept)
        return after

    return applied


def _trusts_the_clock(genuine):
    """Let an approval stand through a clock that was set."""

    def applied(proposal, event):
        after = genuine(proposal, event)
        kept = isinstance(event, Doubted)
        return replace(after, correction=proposal.correction) if kept else after

    return applied


def _asks_nobody_again(genuine):
    """Take the words whoever still serves."""

    def decide(proposal, command, by, at):
        if isinstance(command, Amend):
            writer = proposal.correction and proposal.correction.author
            author = Standing(Role.VOLUNTEER) if writer else MACHINE.standing
            command = Amend(command.digest, author, Standing(Role.APPROVER))
        return genuine(proposal, command, by, at)

    return decide


FAULTS = {
    "no delay": ("decide", lambda genuine: lambda *given: _at_once(genuine(*given))),
    "any fingerprint": ("decide", _any_fingerprint),
    "self-approval": ("decide", _her_own),
    "a change keeps the yes": ("applied", _keeps_the_yes),
    "the clock is trusted": ("applied", _trusts_the_clock),
    "roles are not asked again": ("decide", _asks_nobody_again),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_witness_sees_each_fault(monkeypatch, fault):
    """With a rule of corrections broken on purpose the walk does not pass."""
    name, broken = FAULTS[fault]
    monkeypatch.setattr(correction, name, broken(getattr(correction, name)))
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            ACampaignThatIsOut,
            settings=settings(
                max_examples=400,
                stateful_step_count=50,
                deadline=None,
                database=None,
                phases=[HowFar.generate],
                derandomize=True,
            ),
        )
