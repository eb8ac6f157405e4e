"""Truths about roles and invitations as values."""

from hypothesis import given
from hypothesis import strategies as st

from bot.staff.invitation import CODE_BYTES, TOKEN_BYTES, State, code, link, state, token, token_in
from bot.staff.roles import ACTS, Act, Role
from bot.staff.standing import NOBODY, Standing


def test_only_a_volunteer_leads():
    """No other role leads; nobody may, and neither may somebody who is only invited."""
    assert [role for role in Role if Standing(role=role).may(Act.LEAD)] == [Role.VOLUNTEER]
    assert not NOBODY.may(Act.LEAD)
    assert not Standing(invited=Role.VOLUNTEER, passed=True, opens=Role.VOLUNTEER).may(Act.LEAD)


def test_nobody_may_both_write_and_approve():
    """No role holds both halves of what takes two people."""
    both = {Act.WRITE, Act.APPROVE}
    assert [role for role in Role if both <= ACTS[role]] == []


@given(st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES))
def test_a_link_gives_its_secret_back(chance):
    """What stands behind `start` is the whole secret, in letters and a length Telegram lets through."""
    secret = token(chance)
    words = link("https://t.me/x", secret).partition("?start=")[2]
    assert token_in(words) == secret
    assert len(words) <= 64


@given(st.text(max_size=40))
def test_other_words_are_no_invitation(words):
    """Whatever else stands behind `start` opens nothing."""
    assert token_in(words) == (words[2:] if token_in(words) else "")
    assert token_in(f" {words}") == ""
    assert token_in(f"q{words}") == ""


@given(st.sets(st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES), min_size=2))
def test_a_code_can_be_read_aloud(chances):
    """A code has eight letters, none of which is taken for another."""
    for chance in chances:
        assert len(code(chance)) == CODE_BYTES
        assert not {*code(chance)} & {*"ilo01"}


def test_an_invitation_goes_one_way():
    """Issued, then taken up, then passed; nobody passes who has not taken it up."""
    states = [state(accepted=a, passed=p) for a in (False, True) for p in (False, True)]
    assert states == [State.ISSUED, State.ISSUED, State.ACCEPTED, State.PASSED]
