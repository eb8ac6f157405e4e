"""Whether a service may be shown, with which caution, and until when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.model import Citation, Confidence, Kind, Kinds, Office, Refuge, Services
from bot.directory.standing import Policy, good_until, standing

TODAY = date(2026, 11, 23)
LIFE = 180
KINDS = Kinds(
    kinds={
        "ngo": Kind(name="An organisation", shelf_life_days=LIFE),
        "hospital": Kind(name="A hospital", shelf_life_days=2 * LIFE),
        "psychosocial_service": Kind(name="A service", shelf_life_days=LIFE, first=True),
        "shelter": Kind(name="A shelter", shelf_life_days=LIFE),
        "perpetrator_programme": Kind(name="A programme", shelf_life_days=LIFE, listed=False),
    }
)
SOURCES = {
    "signed": Citation(title="a page"),
    "list": Citation(title="a list", date="2024-11-28", unsigned=True),
    "old-list": Citation(title="an older list", date="about 2019", unsigned=True),
    "undated": Citation(title="a list without a day", unsigned=True),
}
POLICIES = [
    Policy(weak_places=weak, listed_places=listed)
    for weak in ("caution", "withhold")
    for listed in ("caution", "withhold")
]


def service(id_="kz-one", **facts):
    """Make a service that is shown without a caution, but for what is given otherwise."""
    given_facts = {
        "kind": "ngo",
        "names": {"en": "One"},
        "sectors": ("legal",),
        "at": "kz",
        "serves": ("anyone",),
        "status": "operating",
        "confidence": "high",
        "verify_before_use": False,
        "checked": TODAY,
        "sources": ("signed",),
    } | facts
    model = Refuge if given_facts["kind"] == "shelter" else Office
    return model(id=id_, **given_facts)


def country_file(*services, country="kz", lines=None):
    return Services(
        country=country,
        lines=lines or {},
        sources=SOURCES,
        protected=tuple(one for one in services if isinstance(one, Refuge)),
        services=tuple(one for one in services if isinstance(one, Office)),
    )


def decide(one, policy=POLICIES[0], today=TODAY):
    return standing(one, country_file(one), KINDS, policy, today)


def any_service(**more):
    """Draw any service; it was checked within two years before today."""
    facts = {
        "kind": st.sampled_from(list(KINDS.kinds)),
        "confidence": st.sampled_from(list(Confidence)),
        "status": st.sampled_from(["operating", "reported", "unconfirmed", "closed"]),
        "withheld": st.sampled_from([None, None, "two numbers, neither dated"]),
        "checked": st.integers(0, 700).map(lambda days: TODAY - timedelta(days=days)),
        "sources": st.lists(st.sampled_from(list(SOURCES)), min_size=1, unique=True).map(tuple),
        "children": st.sampled_from([None, True, False]),
        "step_free": st.sampled_from([None, True, False]),
    } | more
    return st.fixed_dictionaries(facts).map(lambda drawn: service(**drawn))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"kind": "perpetrator_programme"}, "kind"),
        ({"kind": "court"}, "kind"),
        ({"status": "closed"}, "closed"),
        ({"withheld": "two numbers, neither dated"}, "withheld"),
        ({"checked": TODAY - timedelta(days=LIFE + 1)}, "expired"),
    ],
)
def test_some_are_never_shown(facts, reason):
    """A kind not listed or not described, a closed, a withheld, an old one: under no policy."""
    for policy in POLICIES:
        found = decide(service(**facts), policy)
        assert (found.shown, found.reason) == (False, reason)


@pytest.mark.parametrize(
    ("facts", "caution", "year"),
    [
        ({}, "", ""),
        ({"confidence": "medium"}, "", ""),
        ({"status": "unconfirmed"}, "", ""),
        ({"confidence": "low"}, "weak", ""),
        ({"sources": ("list",)}, "listed", "2024"),
        ({"sources": ("old-list", "list")}, "listed", "2024"),
        ({"sources": ("old-list",)}, "listed", "2019"),
        ({"sources": ("undated",)}, "listed", ""),
        ({"sources": ("list", "signed")}, "", ""),
        ({"confidence": "low", "sources": ("list",)}, "weak", "2024"),
    ],
)
def test_the_sources_decide_the_caution(facts, caution, year):
    """Low confidence is weak, unsigned lists alone are listed with their newest year."""
    found = decide(service(**facts))
    assert (found.shown, found.caution, found.reason, found.year) == (True, caution, "", year)


@pytest.mark.parametrize(
    ("facts", "shown_under"),
    [
        ({}, POLICIES),
        ({"confidence": "low"}, POLICIES[:2]),
        ({"sources": ("list",)}, POLICIES[::2]),
        ({"confidence": "low", "sources": ("list",)}, POLICIES[:1]),
    ],
)
def test_the_operator_may_withhold_what_is_doubtful(facts, shown_under):
    """What is both weak and merely listed is shown only where both are allowed."""
    one = service(**facts)
    assert [policy for policy in POLICIES if decide(one, policy).shown] == list(shown_under)


@pytest.mark.parametrize("kind", list(KINDS.kinds))
def test_the_last_day_counts(kind):
    """A listed service is shown through the last day of its kind's life, and not the day after."""
    one = service(kind=kind, checked=TODAY - timedelta(days=30))
    last = good_until(one, KINDS)
    listed = KINDS.kinds[kind].listed
    assert last == one.checked + timedelta(days=KINDS.kinds[kind].shelf_life_days)
    assert decide(one, today=last).shown is listed
    after = decide(one, today=last + timedelta(days=1))
    assert (after.shown, after.reason) == (False, "expired" if listed else "kind")


def test_a_call_renews_a_service():
    """Whichever is later counts: the sources were compared, or somebody called."""
    old = TODAY - timedelta(days=LIFE + 100)
    assert good_until(service(checked=old, called=TODAY), KINDS) == TODAY + timedelta(days=LIFE)
    assert good_until(service(checked=TODAY, called=old), KINDS) == TODAY + timedelta(days=LIFE)
    assert decide(service(checked=old, called=TODAY)).shown


@given(any_service(), st.sampled_from(POLICIES))
def test_a_verdict_is_a_caution_or_a_reason(one, policy):
    """What is shown has no reason against it; what is not shown has one and no caution."""
    found = decide(one, policy)
    assert (found.reason == "") is found.shown
    assert found.shown or not found.caution


@given(any_service(), st.sampled_from(POLICIES))
def test_a_verdict_depends_on_the_facts_alone(one, policy):
    """The same facts in another order, among other services, are decided alike."""
    turned = one.model_copy(update={"sources": one.sources[::-1]})
    among = country_file(service("kz-other", status="closed"), turned)
    assert standing(turned, among, KINDS, policy, TODAY) == decide(one, policy)


@given(any_service(), st.integers(0, 1000))
def test_time_only_takes_away(one, days):
    """What is not shown today is not shown on any day to come, unless somebody looks again."""
    later = decide(one, today=TODAY + timedelta(days=days))
    assert decide(one).shown or not later.shown


@given(any_service())
def test_a_stricter_policy_only_takes_away(one):
    """Whatever a stricter policy shows, a laxer one shows too, with the same caution."""
    lax = decide(one, POLICIES[0])
    for policy in POLICIES[1:]:
        strict = decide(one, policy)
        assert not strict.shown or strict == lax
