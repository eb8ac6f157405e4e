"""Truths about writing down that somebody called."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.load import load
from bot.content.verify import changes_of, verify
from bot.errors import ContentError
from tests.content.directory_kit import SERVICES, write_all
from tests.content.kit import BLOCKS, KZ

TODAY = date(2026, 11, 21)
LEGAL = "kz-semey-legal"


@pytest.fixture
def content(tmp_path):
    return write_all(tmp_path)


def confirm(folder, id_=LEGAL, on=TODAY, by="coordinator", **changes):
    return verify(folder, id_, on=on, by=by, changes=changes, today=TODAY)


def test_a_call_is_written_into_the_entry(content):
    """The day and the role stand where a reader looks for them; all else is as it was."""
    assert confirm(content) == "content/services/kz.yaml:25"
    legal = SERVICES.index(LEGAL)
    before, after = SERVICES[:legal], SERVICES[legal:]
    new = "checked: 2026-11-21\n    called: 2026-11-21\n    by: coordinator\n"
    expected = before + after.replace("checked: 2026-11-01\n", new, 1)
    assert (content / "services/kz.yaml").read_text("utf-8") == expected


def test_a_line_is_confirmed_like_a_service(content):
    """The same works for a hotline, in its own file."""
    assert confirm(content, "kz-112", languages="ru, kk", hours="always", confidence="medium")
    text = (content / "hotlines/kz.yaml").read_text("utf-8")
    assert text == KZ.replace(
        "serves: Everyone\n",
        "serves: Everyone\n    hours: {always: true}\n    languages: [ru, kk]\n",
    ).replace("confidence: high", "confidence: medium").replace(
        "checked: 2026-11-01\n",
        "checked: 2026-11-21\n    called: 2026-11-21\n    by: coordinator\n",
    )


def test_all_that_a_call_tells_can_be_written_down(content):
    """Values in every form, over one that is there or beside it, mean what was typed."""
    confirm(
        content,
        hours="mon-wed, fri 10:00-18:30",
        languages="ru kk",
        children="true",
        step_free="false",
        status="operating",
        confidence="medium",
        verify_before_use="false",
        remark="It's free: bring “nothing” # or so.",
        number="8 (7222) 52-12-35",
        e164="+77222521235",
    )
    office = load(content, BLOCKS).directory.countries["kz"].services[0]
    assert (office.hours.days, office.hours.closes) == ((1, 2, 3, 5), "18:30")
    assert office.languages == ("ru", "kk")
    assert (office.children, office.step_free) == (True, False)
    assert (office.status, office.confidence) == ("operating", "medium")
    assert not office.verify_before_use
    assert office.remark == "It's free: bring “nothing” # or so."
    assert [(each.number, each.e164) for each in office.phones] == [
        ("8 (7222) 52-12-35", "+77222521235")
    ]
    text = (content / "services/kz.yaml").read_text("utf-8")
    for comment in ("# a comment that stays", "# a comment before status", "# a comment inside"):
        assert comment in text


def test_an_entry_on_one_line_stays_on_one_line(content):
    """What is written in braces is changed in braces."""
    confirm(content, "kz-online", confidence="medium")
    last = (content / "services/kz.yaml").read_text("utf-8").splitlines()[-1]
    assert last == SERVICES.splitlines()[-1].replace(
        "confidence: low", "confidence: medium"
    ).replace("checked: 2026-11-01", "checked: 2026-11-21, called: 2026-11-21, by: coordinator")


def test_the_number_of_a_refuge_changes_in_its_place(content):
    """The only phone of an entry gets its new number; a second call overwrites the first."""
    confirm(content, "kz-semey-refuge", number="8 (7222) 52-12-36", e164="+77222521236")
    confirm(content, "kz-semey-refuge", by="shift lead")
    text = (content / "services/kz.yaml").read_text("utf-8")
    assert '{number: "8 (7222) 52-12-36", e164: "+77222521236"}' in text
    assert text.count("called:") == 1
    assert "by: shift lead" in text


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_the_form_of_the_file_stays(content, ending, last):
    """Line breaks, a byte order mark and a missing last line break stay as they are."""
    cut = SERVICES[: SERVICES.index("  - {id: kz-online")].rstrip("\n")
    cut = cut.replace("    sources:\n      - page", "    sources: [page]")
    cut = cut.replace("    checked: 2026-11-01\n\n    # a comment inside\n", "")
    text = f"{cut}\n    checked: 2026-11-01{last}".replace("\n", ending)
    path = content / "services/kz.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    confirm(content)
    new = f"checked: 2026-11-21{ending}    called: 2026-11-21{ending}    by: coordinator"
    assert path.read_bytes().decode("utf-8-sig") == new.join(text.rsplit("checked: 2026-11-01", 1))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown id": ({"id_": "kz-semey-legl"}, "did you mean 'kz-semey-legal'"),
    "an unknown key": ({"hors": "always"}, "did you mean 'hours'"),
    "a key of lines only": ({"publish": "yes"}, "cannot be changed"),
    "a day to come": ({"on": TODAY + timedelta(days=1)}, "in the future"),
    "nobody": ({"by": ""}, "a role"),
    "a name": ({"by": "Aigul Asanova"}, "a role"),
    "a phone": ({"by": "0312 512640"}, "a role"),
    "an address of mail": ({"by": "me@example.org"}, "a role"),
    "a wrong truth": ({"children": "maybe"}, "neither true nor false"),
    "wrong hours": ({"hours": "sometimes"}, "are no hours"),
    "a wrong day": ({"hours": "mon-foo 09:00-18:00"}, "is no day"),
    "hours backwards": ({"hours": "mon 18:00-09:00"}, "closes at 09:00"),
    "a wrong language": ({"languages": "ru, zz"}, "'zz' is no language"),
    "a wrong status": ({"status": "open"}, "is not known here"),
    "a wrong number": ({"number": "123"}, "short number"),
    "another form": ({"number": "8 7222 521234", "e164": "+77222521235"}, "is not 8 7222 521234"),
    "a forbidden number": ({"number": "8 7222 529999"}, "must never come in again"),
    "a half number": ({"id_": "kz-semey-refuge", "number": "8 7222 521299"}, "is not 8 7222 521299"),
    "a street": ({"id_": "kz-semey-refuge", "remark": "On ул. Абая."}, "tells where"),
    "a break": ({"remark": "One.\nby: me"}, "cannot be printed"),
    "nothing": ({"remark": " "}, "is empty"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused(content, case):
    """The operator is told why, and no byte is changed."""
    given, expected = REFUSED[case]
    with pytest.raises(ContentError, match=expected):
        confirm(content, **given)
    assert (content / "services/kz.yaml").read_text("utf-8") == SERVICES
    assert sorted(path.name for path in (content / "services").iterdir()) == [
        *("kinds.yaml", "kz.yaml", "never.yaml", "sectors.yaml")
    ]


def test_broken_content_is_mended_first(content):
    """While something cannot be read nothing is written."""
    path = content / "services/kz.yaml"
    path.write_text(SERVICES.replace("at: kz-semey", "at: kz-semej", 1), "utf-8")
    with pytest.raises(ContentError, match=r"mend the content first:\n.*kz-semej"):
        confirm(content)


def test_several_numbers_are_left_to_a_person(content):
    """Which of two numbers a new one replaces nobody can know."""
    path = content / "services/kz.yaml"
    second = '    phones:\n      - {number: "8 (7222) 52-12-37"}\n'
    path.write_text(SERVICES.replace("    phones:\n", second), "utf-8")
    with pytest.raises(ContentError, match="several numbers"):
        confirm(content, "kz-semey-refuge", number="8 (7222) 52-12-38")


def test_changes_are_typed_as_pairs():
    """What follows the first "=" is the value; a word without one, or a key twice, is refused."""
    assert changes_of(["hours=mon 09:00-10:00", "remark = a=b"]) == {
        "hours": "mon 09:00-10:00",
        "remark": " a=b",
    }
    for wrong in (["hours"], ["hours=always", "hours=always"]):
        with pytest.raises(ContentError, match="key=value"):
            changes_of(wrong)


WORDS = st.text("abcЖң '\"\\:#{}[],&*!|>%@`-?=~0ʻ“”", min_size=1, max_size=30)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "remark": WORDS,
        "withheld": WORDS,
        "hours": st.sampled_from(("always", "mon-fri 09:00-18:00", "sat 10:00-11:00")),
        "languages": st.sampled_from(("ru", "ru, kk", "no")),
        "children": st.sampled_from(("true", "false")),
        "step_free": st.sampled_from(("true", "false")),
        "status": st.sampled_from(("operating", "closed")),
        "verify_before_use": st.sampled_from(("true", "false")),
    },
)


ENDS = {LEGAL: "  - {id: kz-online", "kz-semey-refuge": "services:\n", "kz-online": ""}
"""What follows each entry."""


@settings(max_examples=120, deadline=None)
@given(
    id_=st.sampled_from((LEGAL, "kz-online", "kz-semey-refuge")),
    on=st.dates(date(2026, 10, 1), TODAY),
    changes=CHANGES,
)
def test_only_the_entry_changes(tmp_path_factory, id_, on, changes):
    """Whatever is typed, the file loads, only that entry differs, and other lines are the same."""
    folder = write_all(tmp_path_factory.mktemp("verify"))
    before = load(folder, BLOCKS).directory.countries["kz"]
    try:
        confirm(folder, id_, on, **changes)
    except ContentError:
        assert (folder / "services/kz.yaml").read_text("utf-8") == SERVICES
        return
    after = load(folder, BLOCKS).directory.countries["kz"]
    for old, new in zip(before.all, after.all, strict=True):
        if old.id != id_:
            assert old == new
            continue
        given = {"checked": on, "called": on, "by": "coordinator"}
        assert {key: getattr(new, key) for key in given} == given
        for key in ("remark", "withheld"):
            assert key not in changes or getattr(new, key) == changes[key].strip()
        same = set(type(old).model_fields) - given.keys() - changes.keys()
        assert all(getattr(old, key) == getattr(new, key) for key in same)
    assert (before.lines, before.sources) == (after.lines, after.sources)
    text = (folder / "services/kz.yaml").read_text("utf-8")
    begins, ends = SERVICES.index(f"id: {id_}"), SERVICES.index(ENDS[id_]) if ENDS[id_] else None
    assert text.startswith(SERVICES[:begins])
    assert text.endswith(SERVICES[ends:] if ends else "")
    kept = iter(text.splitlines())
    for line in SERVICES[begins:ends].splitlines():
        key = line.strip().partition(":")[0]
        replaced = key in given or key in changes or key in ("days", "opens", "closes")
        said = "remark" in changes and key in ("Ask for", "the lawyer.")
        if id_ != "kz-online" and not replaced and not said:
            assert any(line in each for each in kept), line
