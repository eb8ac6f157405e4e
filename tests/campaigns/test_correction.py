"""Truths about other words for what has gone out: who writes, who allows, and when they count."""

from dataclasses import replace

import pytest

from bot.campaigns.approval import applied, decide
from bot.campaigns.commands import (
    MACHINE,
    Amend,
    Approve,
    By,
    Correct,
    Doubt,
    Finish,
    Pause,
    Recall,
    Resume,
    Stop,
    Withdraw,
)
from bot.campaigns.events import Allowed, Amended, Corrected, Doubted, Dropped, Refusal, Resumed
from bot.campaigns.proposal import CORRECTABLE, DELAY, LASTS, Correction, Phase, Proposal
from bot.staff.roles import Role
from bot.staff.standing import NOBODY, Standing
from bot.store.batch import MAILING_LIFE
from tests.campaigns.campaigning import CAMPAIGN, EVERYBODY, STARTS

BEFORE, AFTER = b"before", b"after"
AUTHOR = By(b"author", Standing(Role.VOLUNTEER))
COLLEAGUE = By(b"colleague", Standing(Role.VOLUNTEER))
APPROVER = By(b"approver", Standing(Role.APPROVER))
OUT = Proposal(AUTHOR.name, BEFORE, STARTS, Phase.SENDING, APPROVER.name, BEFORE)
NOON = STARTS + 3600
WAITS = replace(OUT, correction=Correction(AFTER, AUTHOR.name))
ALLOWED = replace(OUT, correction=Correction(AFTER, AUTHOR.name, APPROVER.name, NOON + DELAY))
AMEND = Amend(AFTER, AUTHOR.standing, APPROVER.standing)


def test_it_reaches_only_whom_the_store_still_knows():
    """Nothing is corrected after the rows are gone that say who got it."""
    assert CORRECTABLE <= MAILING_LIFE


@pytest.mark.parametrize("phase", Phase)
def test_only_what_went_out_is_corrected(phase):
    """A draft is revised instead; what was stopped or recalled is left alone."""
    may = phase in (Phase.SENDING, Phase.PAUSED, Phase.CORRECTING, Phase.DONE)
    found = decide(replace(OUT, phase=phase), Correct(AFTER), AUTHOR, NOON)
    assert found == (Corrected(AFTER, AUTHOR.name) if may else Refusal.NOT_NOW)


@pytest.mark.parametrize(
    ("by", "may"), [(AUTHOR, True), (MACHINE, True), (COLLEAGUE, False), (APPROVER, False)]
)
def test_its_author_or_the_operator_corrects_it(by, may):
    """Nobody else puts words into what went out."""
    found = decide(OUT, Correct(AFTER), by, NOON)
    assert found == (Corrected(AFTER, by.name) if may else Refusal.NOT_YOURS)


def test_the_same_words_correct_nothing():
    """The fingerprint of what stands there already is refused."""
    assert decide(OUT, Correct(BEFORE), AUTHOR, NOON) is Refusal.ANOTHER


def test_there_must_be_time_for_it():
    """From ten minutes before the end of the 47 hours on it is too late to write or allow one."""
    last = STARTS + CORRECTABLE - DELAY - 1
    assert decide(OUT, Correct(AFTER), AUTHOR, last) == Corrected(AFTER, AUTHOR.name)
    assert decide(OUT, Correct(AFTER), AUTHOR, last + 1) is Refusal.TOO_LATE
    assert decide(WAITS, Approve(AFTER), APPROVER, last + 1) is Refusal.TOO_LATE


def test_somebody_else_allows_exactly_it():
    """Another fingerprint, or an own one, is refused; the yes counts ten minutes later."""
    turned = By(AUTHOR.name, Standing(Role.APPROVER))
    assert decide(WAITS, Approve(BEFORE), APPROVER, NOON) is Refusal.CHANGED
    assert decide(WAITS, Approve(AFTER), turned, NOON) is Refusal.OWN
    assert decide(WAITS, Approve(AFTER), COLLEAGUE, NOON) is Refusal.NOT_YOURS
    allowed = decide(WAITS, Approve(AFTER), APPROVER, NOON)
    assert allowed == Allowed(APPROVER.name, AFTER, NOON + DELAY)
    assert applied(WAITS, Allowed(APPROVER.name, AFTER, NOON + DELAY)) == ALLOWED
    assert decide(ALLOWED, Approve(AFTER), APPROVER, NOON) is Refusal.NOT_NOW


def test_a_change_voids_it():
    """Words that are written once more need another yes."""
    again = applied(ALLOWED, Corrected(b"once more", AUTHOR.name))
    assert again.correction == Correction(b"once more", AUTHOR.name)


def test_it_counts_when_its_time_has_come():
    """Not a second earlier; then it is what was approved, and what was delivered is edited."""
    assert decide(ALLOWED, AMEND, MACHINE, NOON + DELAY - 1) is Refusal.TOO_SOON
    assert decide(ALLOWED, AMEND, MACHINE, NOON + DELAY) == Amended()
    after = applied(ALLOWED, Amended())
    assert (after.digest, after.approved, after.correction) == (AFTER, AFTER, None)
    assert after.sends(NOON + DELAY)
    assert after.corrects(NOON + DELAY)


@pytest.mark.parametrize(
    "amend",
    [
        replace(AMEND, digest=BEFORE),
        replace(AMEND, author=NOBODY),
        replace(AMEND, author=MACHINE.standing),
        replace(AMEND, approver=NOBODY),
    ],
)
def test_what_is_no_longer_as_it_was_allowed_is_dropped(amend):
    """Other words, or somebody who no longer serves: what was approved before stays."""
    assert decide(ALLOWED, amend, MACHINE, NOON + DELAY) == Dropped()
    assert applied(ALLOWED, Dropped()) == OUT


def test_a_yes_that_waited_too_long_is_dropped():
    """While the bot was away the 47 hours ended."""
    assert decide(ALLOWED, AMEND, MACHINE, STARTS + CORRECTABLE) == Dropped()


def test_what_was_sent_to_all_is_corrected_too():
    """It is corrected, and then it is done again."""
    done = replace(ALLOWED, phase=Phase.DONE)
    after = applied(done, Amended())
    assert after.phase is Phase.CORRECTING
    assert not after.sends(NOON)
    assert after.corrects(NOON)
    over = decide(after, Finish(), MACHINE, NOON)
    assert not isinstance(over, Refusal)
    assert applied(after, over).phase is Phase.DONE
    assert not applied(after, over).amending


@pytest.mark.parametrize("command", [Stop(), Recall()])
@pytest.mark.parametrize("proposal", [WAITS, ALLOWED, replace(ALLOWED, phase=Phase.DONE)])
def test_whoever_may_ends_it_at_once(proposal, command):
    """Stopped or recalled, nothing is left of a correction; also where all had been sent."""
    for by in (AUTHOR, APPROVER, MACHINE):
        event = decide(proposal, command, by, NOON)
        assert not isinstance(event, Refusal)
        after = applied(proposal, event)
        assert after.correction is None
        assert not after.corrects(NOON)


def test_a_pause_holds_it_beyond_the_end():
    """Paused while it is edited it waits until somebody goes on, for as long as it can be edited."""
    held = replace(OUT, phase=Phase.PAUSED, amending=True)
    assert decide(held, Finish(), MACHINE, STARTS + LASTS) is Refusal.NOT_NOW
    assert decide(held, Resume(), AUTHOR, STARTS + LASTS) == Resumed(late=True)
    assert applied(held, Resumed(late=True)).phase is Phase.CORRECTING
    assert decide(held, Resume(), AUTHOR, STARTS + CORRECTABLE) is Refusal.TOO_LATE
    assert not isinstance(decide(held, Finish(), MACHINE, STARTS + CORRECTABLE), Refusal)
    going = replace(held, phase=Phase.CORRECTING)
    assert not isinstance(decide(going, Pause(), AUTHOR, NOON), Refusal)


def test_it_is_taken_back_while_it_waits():
    """Author and approver can; what went out goes on as before."""
    for by in (AUTHOR, APPROVER):
        assert decide(ALLOWED, Withdraw(), by, NOON) == Dropped()
    assert decide(ALLOWED, Withdraw(), COLLEAGUE, NOON) is Refusal.NOT_YOURS


def test_a_clock_that_was_set_voids_the_yes():
    """Nobody can tell whether ten minutes have passed: it pauses, and somebody says yes again."""
    assert decide(ALLOWED, Doubt(), MACHINE, NOON) == Doubted()
    after = applied(ALLOWED, Doubted())
    assert after.phase is Phase.PAUSED
    assert after.correction == WAITS.correction


def test_a_correction_keeps_topic_and_languages():
    """Other words, button and link may be; another topic or language would be other readers."""
    other = replace(CAMPAIGN, link="q8")
    assert other.corrects(CAMPAIGN)
    assert other.digest(EVERYBODY, STARTS) != CAMPAIGN.digest(EVERYBODY, STARTS)
    assert not CAMPAIGN.corrects(CAMPAIGN)
    assert not replace(other, topic="other").corrects(CAMPAIGN)
    assert not replace(other, id="other").corrects(CAMPAIGN)
    assert not replace(other, messages={"ru": CAMPAIGN.messages["ru"]}).corrects(CAMPAIGN)
