"""What a reviewer decided comes back into the catalogues."""

import json
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.errors import CatalogueError
from bot.language import pofile
from bot.language.exceptions import FILE
from bot.language.review import read_answers, take

OURS = Path(__file__).parents[2] / "locales"
TEXTS = {"law": {"Call 102.": "102 чалыңыз.", "Wait.": "Күтүңүз."}, "shared": {"Back": "Артқа"}}


@pytest.fixture
def locales(tmp_path):
    folder = tmp_path / "locales"
    folder.mkdir()
    shutil.copy(OURS / FILE, folder)
    for area, texts in TEXTS.items():
        catalog = Catalog(locale="kk")
        for msgid, string in texts.items():
            catalog.add(msgid, string, user_comments=["review: drafted"])
        pofile.write(pofile.po_path(folder, "kk", area), pofile.new_header("kk"), catalog)
    return folder


def answered(path, *entries, state="native"):
    keys = ("english", "was", "text", "verdict", "note")
    given = [dict(zip(keys, one, strict=False)) for one in entries]
    answers = {"language": "kk", "area": "law", "state": state, "entries": given}
    path.write_text(json.dumps(answers), "utf-8")
    return read_answers(path)


def entry(locales, area, msgid):
    found = pofile.read(locales, "kk", area)[msgid]
    return found.string, pofile.review(found), found.user_comments


def test_good_and_mended_texts_are_reviewed_now(locales, tmp_path):
    """A text agreed to keeps its words, a mended one gets new ones; both say who has read them."""
    answers = answered(
        tmp_path / "a.json",
        ("Call 102.", "102 чалыңыз.", "102 нөміріне қоңырау шалыңыз.", "mended"),
        ("Back", "Артқа", "Артқа", "good"),
    )
    taken = take(locales, answers)
    assert (taken.good, taken.mended, taken.refused) == (1, 1, [])
    assert entry(locales, "law", "Call 102.")[:2] == ("102 нөміріне қоңырау шалыңыз.", "native")
    assert entry(locales, "shared", "Back")[:2] == ("Артқа", "native")
    assert entry(locales, "law", "Wait.")[1] == "drafted"


def test_a_doubt_changes_nothing_but_leaves_its_note(locales, tmp_path):
    """What somebody only wonders about stays as it was, with the question beside it."""
    answers = answered(tmp_path / "a.json", ("Wait.", "Күтүңүз.", "Күте тұрыңыз.", "doubt", "a\nb"))
    assert take(locales, answers).noted == 1
    assert entry(locales, "law", "Wait.") == (
        "Күтүңүз.", "drafted", ["note: a b", "review: drafted"]
    )  # fmt: skip


def test_a_native_reader_does_not_undo_an_expert(locales, tmp_path):
    """Agreement of a native reader leaves the higher state; a change by one starts there."""
    same, changed = (
        ("Wait.", "Күтүңүз.", "Күтүңүз.", "good"),
        ("Wait.", "Күтүңүз.", "Тоса тұрыңыз."),
    )
    take(locales, answered(tmp_path / "a.json", same, state="expert"))
    take(locales, answered(tmp_path / "a.json", same))
    assert entry(locales, "law", "Wait.")[1] == "expert"
    take(locales, answered(tmp_path / "a.json", (*changed, "mended")))
    assert entry(locales, "law", "Wait.")[:2] == ("Тоса тұрыңыз.", "native")


def test_taking_a_sheet_twice_changes_nothing_more(locales, tmp_path):
    """The same file, taken again, leaves every byte as it is."""
    answers = answered(
        tmp_path / "a.json", ("Wait.", "Күтүңүз.", "Тоса тұрыңыз.", "mended", "сыпайырақ")
    )
    take(locales, answers)
    before = {path: path.read_bytes() for path in locales.rglob("*.po")}
    assert take(locales, answers).refused == []
    assert {path: path.read_bytes() for path in locales.rglob("*.po")} == before


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (("Gone.", "Жоқ.", "Жоқ.", "good"), "the English is no longer the same (make a new sheet)"),
        (
            ("Wait.", "Бұрынғы.", "Жаңа.", "mended"),
            "the translation was changed meanwhile (make a new sheet)",
        ),
        (
            ("Call 102.", "102 чалыңыз.", "103 чалыңыз.", "mended"),
            'the number 102 is missing (the English is "Call 102.")',
        ),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_rest_is_taken(locales, tmp_path, answer, reason):
    """A refused text is named with its reason, keeps its state, and stops no other."""
    answers = answered(tmp_path / "a.json", answer, ("Back", "Артқа", "Артқа", "good"))
    taken = take(locales, answers)
    assert taken.refused == [f'"{answer[0]}": {reason}']
    assert entry(locales, "shared", "Back")[1] == "native"
    assert entry(locales, "law", "Call 102.")[:2] == ("102 чалыңыз.", "drafted")


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"language": "xx", "area": "law"}', "\xff"])
def test_a_file_that_is_no_sheet_is_refused_kindly(tmp_path, text):
    """Anything else a mailbox may hold is told apart, and says what to do."""
    path = tmp_path / "a.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"a\.json: .*save the sheet again"):
        read_answers(path)
