"""Truths about who may let a campaign go out (R17)."""

from dataclasses import replace

import pytest

from bot.campaigns.approval import applied, decide
from bot.campaigns.commands import (
    MACHINE,
    Approve,
    Begin,
    By,
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
    Approved,
    Begun,
    Deleted,
    Finished,
    Lapsed,
    Paused,
    Proposed,
    Recalled,
    Refusal,
    Resumed,
    Stopped,
    Withdrawn,
)
from bot.campaigns.proposal import DELAY, DELETABLE, FARTHEST, LASTS, Phase, Proposal
from bot.staff.roles import Role
from bot.staff.standing import NOBODY, Standing
from tests.campaigns.campaigning import CAMPAIGN, EVERYBODY, STARTS

WRITES, APPROVES = Standing(Role.VOLUNTEER), Standing(Role.APPROVER)
AUTHOR, APPROVER, OTHER = By(b"a", WRITES), By(b"b", APPROVES), By(b"c", WRITES)
DIGEST = CAMPAIGN.digest(EVERYBODY, STARTS)
EARLY = STARTS - DELAY

DRAFT = Proposal(AUTHOR.name, DIGEST, STARTS)
PROPOSED = replace(DRAFT, phase=Phase.PROPOSED)
APPROVED = replace(DRAFT, phase=Phase.APPROVED, approver=APPROVER.name, approved=DIGEST)
SENDING = replace(APPROVED, phase=Phase.SENDING)
PAUSED = replace(APPROVED, phase=Phase.PAUSED)
BEGIN = Begin(DIGEST, WRITES, APPROVES)


def walk(proposal, *ways):
    """Take commands one after the other, each of which is allowed."""
    for command, by, at in ways:
        happened = decide(proposal, command, by, at)
        assert not isinstance(happened, Refusal), (command, happened)
        proposal = applied(proposal, happened)
    return proposal


def test_two_people_let_it_go_out():
    """One proposes, another approves what she was shown, and ten minutes later it goes out."""
    gone = walk(
        DRAFT,
        (Propose(), AUTHOR, EARLY - 60),
        (Approve(DIGEST), APPROVER, EARLY),
        (BEGIN, MACHINE, STARTS),
        (Finish(), MACHINE, STARTS + 60),
    )
    assert gone == replace(APPROVED, phase=Phase.DONE)


@pytest.mark.parametrize("standing", [WRITES, APPROVES, Standing(Role.OPERATOR), NOBODY])
def test_nobody_approves_what_she_wrote(standing):
    """Not even an author who has become an approver in the meantime."""
    refusal = decide(PROPOSED, Approve(DIGEST), By(AUTHOR.name, standing), EARLY)
    assert refusal in (Refusal.OWN, Refusal.NOT_YOURS)
    assert (refusal is Refusal.OWN) == (standing is APPROVES)


@pytest.mark.parametrize(
    "standing", [WRITES, Standing(Role.HELPER), Standing(Role.OPERATOR), NOBODY]
)
def test_only_an_approver_approves(standing):
    """No other role does, nor somebody without one, nor the machine itself."""
    by = By(APPROVER.name, standing)
    assert decide(PROPOSED, Approve(DIGEST), by, EARLY) is Refusal.NOT_YOURS
    assert decide(PROPOSED, Approve(DIGEST), MACHINE, EARLY) is Refusal.NOT_YOURS


def test_what_changed_since_she_looked_is_not_approved():
    """Her yes is to what she was shown; the author has revised and proposed it again."""
    shown = Approve(DIGEST)
    changed = walk(
        PROPOSED, (Revise(b"other", STARTS), AUTHOR, EARLY - 9), (Propose(), AUTHOR, EARLY - 8)
    )
    assert decide(changed, shown, APPROVER, EARLY) is Refusal.CHANGED


@pytest.mark.parametrize("starts", [STARTS, STARTS + 1])
def test_a_change_voids_the_approval(starts):
    """Content, audience or time: after a change of any it is a draft that nobody approved."""
    changed = walk(APPROVED, (Revise(b"other", starts), AUTHOR, EARLY))
    assert changed == Proposal(AUTHOR.name, b"other", starts)
    assert decide(changed, BEGIN, MACHINE, STARTS) is Refusal.NOT_NOW


def test_an_approval_is_not_used_twice():
    """What was withdrawn and proposed again waits for a new yes; a sent one does not begin again."""
    again = walk(APPROVED, (Withdraw(), AUTHOR, EARLY - 9), (Propose(), AUTHOR, EARLY - 8))
    assert decide(again, BEGIN, MACHINE, STARTS) is Refusal.NOT_NOW
    done = replace(APPROVED, phase=Phase.DONE)
    assert decide(done, BEGIN, MACHINE, STARTS + 60) is Refusal.NOT_NOW


@pytest.mark.parametrize("command", [Propose(), Approve(DIGEST)])
def test_ten_minutes_are_left_and_no_more_than_a_month(command):
    """Nothing is proposed or approved for a start that is too near or too far."""
    proposal, by = (DRAFT, AUTHOR) if isinstance(command, Propose) else (PROPOSED, APPROVER)
    assert decide(proposal, command, by, EARLY + 1) is Refusal.TOO_SOON
    assert decide(proposal, command, by, STARTS - FARTHEST - 1) is Refusal.TOO_FAR
    assert not isinstance(decide(proposal, command, by, EARLY), Refusal)
    assert not isinstance(decide(proposal, command, by, STARTS - FARTHEST), Refusal)


def test_it_begins_in_its_time_alone():
    """Not before the start; once its time is over the approval has lapsed."""
    assert decide(APPROVED, BEGIN, MACHINE, STARTS - 1) is Refusal.TOO_SOON
    assert decide(APPROVED, BEGIN, MACHINE, STARTS) == Begun()
    assert decide(APPROVED, BEGIN, MACHINE, STARTS + LASTS - 1) == Begun()
    assert decide(APPROVED, BEGIN, MACHINE, STARTS + LASTS) == Lapsed()


@pytest.mark.parametrize(
    "begin",
    [
        Begin(b"other", WRITES, APPROVES),
        Begin(DIGEST, NOBODY, APPROVES),
        Begin(DIGEST, WRITES, NOBODY),
        Begin(DIGEST, APPROVES, WRITES),
    ],
)
def test_an_approval_is_good_only_while_both_serve_and_nothing_differs(begin):
    """A role that ended meanwhile, or other content than was approved, makes it lapse."""
    assert decide(APPROVED, begin, MACHINE, STARTS) == Lapsed()
    assert applied(APPROVED, Lapsed()) == DRAFT


@pytest.mark.parametrize("by", [AUTHOR, APPROVER, MACHINE, By(b"d", APPROVES)])
@pytest.mark.parametrize("proposal", [PROPOSED, APPROVED, SENDING, PAUSED])
def test_any_of_them_stops_it_at_once(by, proposal):
    """Author, approver and operator stop it wherever it has come, and it stays stopped."""
    stopped = walk(proposal, (Stop(), by, STARTS))
    assert stopped.phase is Phase.STOPPED
    assert not stopped.sends(STARTS)
    assert decide(stopped, Resume(), by, STARTS) is Refusal.NOT_NOW


@pytest.mark.parametrize("command", [Pause(), Stop(), Recall(), Revise(b"", STARTS), Withdraw()])
@pytest.mark.parametrize("by", [OTHER, By(AUTHOR.name, NOBODY), By(APPROVER.name, NOBODY)])
def test_nobody_else_has_a_say(command, by):
    """Not another volunteer, and not somebody whose role has ended."""
    assert decide(SENDING, command, by, STARTS) is Refusal.NOT_YOURS


@pytest.mark.parametrize("command", [BEGIN, Doubt(), Finish()])
@pytest.mark.parametrize("by", [AUTHOR, APPROVER, By(b"d", Standing(Role.OPERATOR))])
def test_only_the_machine_begins_and_ends_it(command, by):
    """No person starts a campaign by hand, whatever her role."""
    assert decide(APPROVED, command, by, STARTS) is Refusal.NOT_YOURS


def test_a_pause_ends_in_its_time():
    """It goes on from where it was, but not after its time is over."""
    assert decide(SENDING, Pause(), APPROVER, STARTS) == Paused()
    assert (
        decide(PAUSED, Resume(), AUTHOR, STARTS - 1) is Refusal.TOO_SOON
    )  # the clock was set back
    assert decide(PAUSED, Resume(), AUTHOR, STARTS + LASTS - 1) == Resumed()
    assert decide(PAUSED, Resume(), AUTHOR, STARTS + LASTS) is Refusal.TOO_LATE
    assert decide(PAUSED, Finish(), MACHINE, STARTS + LASTS) == Finished()
    assert not PAUSED.sends(STARTS)


@pytest.mark.parametrize("phase", [Phase.SENDING, Phase.PAUSED, Phase.DONE, Phase.STOPPED])
def test_it_is_recalled_while_messages_can_be_deleted(phase):
    """Two days after the last message that could have gone out nothing is left to delete."""
    sent, last = replace(APPROVED, phase=phase), STARTS + LASTS + DELETABLE
    assert decide(sent, Recall(), MACHINE, last - 1) == Recalled()
    assert decide(sent, Recall(), MACHINE, last) is Refusal.TOO_LATE


def test_what_nobody_got_is_not_recalled():
    """Stopped before anybody approved it, it has nothing to take back."""
    stopped = replace(PROPOSED, phase=Phase.STOPPED)
    assert decide(stopped, Recall(), AUTHOR, STARTS) is Refusal.NOT_NOW


def test_a_clock_that_was_set_holds_everything_back():
    """What goes out is paused, and what waits for its time needs a new yes."""
    assert decide(SENDING, Doubt(), MACHINE, STARTS) == Paused()
    assert decide(APPROVED, Doubt(), MACHINE, STARTS) == Lapsed()
    assert decide(PROPOSED, Doubt(), MACHINE, STARTS) is Refusal.NOT_NOW


@pytest.mark.parametrize("phase", Phase)
def test_only_her_own_draft_is_deleted(phase):
    """Nothing but a draft, by nobody but its author while she writes; then nothing leads on."""
    one = replace(APPROVED, phase=phase)
    happened = decide(one, Delete(), AUTHOR, EARLY)
    assert happened == (Deleted() if phase is Phase.DRAFT else Refusal.NOT_NOW)
    gone = By(AUTHOR.name, NOBODY)
    for by in (APPROVER, OTHER, MACHINE, gone, By(AUTHOR.name, APPROVES)):
        assert decide(one, Delete(), by, EARLY) is Refusal.NOT_YOURS
    assert applied(DRAFT, Deleted()).phase is Phase.DELETED


def test_a_colleague_may_send_it_back():
    """An approver who does not agree makes it a draft again; the author may, too."""
    for by in (AUTHOR, APPROVER):
        assert decide(PROPOSED, Withdraw(), by, EARLY) == Withdrawn()
    assert decide(DRAFT, Propose(), AUTHOR, EARLY) == Proposed()
    assert decide(PROPOSED, Approve(DIGEST), APPROVER, EARLY) == Approved(APPROVER.name, DIGEST)
    assert decide(SENDING, Stop(), APPROVER, EARLY) == Stopped()
