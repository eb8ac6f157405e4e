"""What the bot says: fallback, placeholders, plurals and broken files."""

import shutil
from datetime import date, time
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.errors import CatalogueError
from bot.language import pofile
from bot.language.catalogue import Catalogues
from bot.language.exceptions import FILE
from bot.language.say import Say
from bot.language.tongues import LANGUAGES, TRANSLATED

NOT_A_LINE = 'not a line of a catalogue (write msgid "…" or msgstr "…", and \\" for a quote inside)'
OURS = Path(__file__).parents[2] / "locales"


def write(folder, language, entries):
    """Write a catalogue of (msgid, msgstr) or (msgid, msgstr, flags) entries."""
    catalog = Catalog(locale=language)
    for msgid, string, *flags in entries:
        catalog.add(msgid, string, flags=flags)
    pofile.write(pofile.po_path(folder, language, "home"), pofile.new_header(language), catalog)


@pytest.fixture
def locales(tmp_path):
    folder = tmp_path / "locales"
    folder.mkdir()
    shutil.copy(OURS / FILE, folder)
    for language in TRANSLATED:
        write(folder, language, [])
    return folder


def test_our_own_catalogues_load():
    """The catalogues of the project are sound, whatever is still missing in them."""
    catalogues = Catalogues.load(OURS)
    assert all(catalogues.text(language, "never a text") for language in LANGUAGES)


def test_without_shelves_everyone_speaks_english():
    """No catalogue at all leaves the source text, which is an answer too."""
    assert Catalogues().text("kk", "You are not alone.") == "You are not alone."


def test_a_text_falls_back_along_the_chain(locales):
    """A text comes from the language, else from Russian, else it stays English."""
    write(locales, "ru", [("Help", "Помощь"), ("Back", "Назад"), ("Menu", "")])
    write(locales, "kk", [("Help", "Көмек"), ("Back", ""), ("Menu", "")])
    catalogues = Catalogues.load(locales)
    said = {
        language: [catalogues.text(language, one) for one in ("Help", "Back", "Menu")]
        for language in ("kk", "ky", "ru", "en")
    }
    assert said == {
        "kk": ["Көмек", "Назад", "Menu"],
        "ky": ["Помощь", "Назад", "Menu"],
        "ru": ["Помощь", "Назад", "Menu"],
        "en": ["Help", "Back", "Menu"],
    }
    assert catalogues.missing("kk") == ("Back", "Menu")


def test_a_stale_translation_is_listed_and_not_used(locales):
    """A fuzzy entry says something about an older English; the next language stands in."""
    write(locales, "ru", [("Call 102.", "Звоните 102.")])
    write(locales, "kk", [("Call 102.", "103 қоңырау шалыңыз.", "fuzzy")])
    catalogues = Catalogues.load(locales)
    assert catalogues.text("kk", "Call 102.") == "Звоните 102."
    assert catalogues.stale("kk") == ("Call 102.",)
    assert catalogues.stale("ru") == ()


def test_a_translation_that_lost_its_number_is_not_used(locales):
    """Who would get no number from a translation gets the next language, and it is listed."""
    write(locales, "ru", [("Call {number}.", "Звоните {number}.")])
    write(locales, "tg", [("Call {number}.", "Занг занед.")])
    catalogues = Catalogues.load(locales)
    assert catalogues.say("tg", Say("Call {number}.", {"number": "1313"})) == "Звоните 1313."
    assert catalogues.broken("tg") == ("Call {number}.",)


def test_uzbek_cyrillic_is_made_from_latin(locales):
    """Cyrillic Uzbek follows Latin Uzbek text by text, placeholders kept, then Russian."""
    write(locales, "uz", [("Help in {city}", "Yordam: {city}"), ("Back", "", "fuzzy")])
    write(locales, "ru", [("Back", "Назад")])
    catalogues = Catalogues.load(locales)
    assert catalogues.text("uz_Cyrl", "Help in {city}") == "Ёрдам: {city}"
    assert catalogues.text("uz_Cyrl", "Back") == "Назад"
    assert catalogues.missing("uz_Cyrl") == ("Back",)


def test_a_text_without_a_safe_cyrillic_form_falls_back(locales):
    """One odd Uzbek text does not stop the bot: Cyrillic readers get Russian, and it is listed."""
    ids = ("{n} day", "{n} days")
    with (locales / FILE).open("a", encoding="utf-8") as file:
        file.write("  - Ёш\n")
    write(locales, "uz", [("Age", "Yosh"), (ids, ("Yosh {n} kun", "{n} kun"))])
    write(locales, "ru", [("Age", "Возраст")])
    catalogues = Catalogues.load(locales)
    assert catalogues.text("uz_Cyrl", "Age") == "Возраст"
    assert catalogues.plural("uz_Cyrl", *ids, 2) == "2 days"
    assert catalogues.broken("uz_Cyrl") == ("Age", "{n} day")
    assert catalogues.broken("uz") == ()


def test_a_text_without_slots_is_the_very_same_object(locales):
    """Saying a plain text costs a look-up and makes no new string."""
    write(locales, "ru", [("Help", "Помощь")])
    catalogues = Catalogues.load(locales)
    assert catalogues.say("kk", Say("Help")) is catalogues.text("ru", "Help")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<i> & 'co'", "&lt;i&gt; &amp; 'co'"),
        (12345, "12\u00a0345"),
        (date(2026, 3, 8), "08.03.2026"),
        (time(9, 5), "09:05"),
        (Say("Bold {n}", {"n": "<"}), "<b>Жирно</b> &lt;"),
        (("A&B", Say("Bold {n}", {"n": 1}), 2), "A&amp;B, <b>Жирно</b> 1 и 2"),
    ],
)
def test_each_kind_of_value_is_written_in_the_language(locales, value, text):
    """Text is escaped, markup of translations is kept, numbers and dates are formatted."""
    write(locales, "ru", [("It: {it}", "Это: {it}"), ("Bold {n}", "<b>Жирно</b> {n}")])
    catalogues = Catalogues.load(locales)
    assert catalogues.say("ru", Say("It: {it}", {"it": value})) == f"Это: {text}"


def test_a_value_is_never_filled_twice():
    """A value that looks like a slot is text, and a slot without a value stays visible."""
    say = Say("{a} {b} {c}", {"a": "{b}", "b": "x"})
    assert Catalogues().say("en", say) == "{b} x {c}"


RU = ("{n} вопрос", "{n} вопроса", "{n} вопросов")


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 1, "{n} question"),
        ("en", 2, "{n} questions"),
        ("ru", 1, "{n} вопрос"),
        ("ru", 21, "{n} вопрос"),
        ("ru", 3, "{n} вопроса"),
        ("ru", 11, "{n} вопросов"),
        ("ky", 3, "{n} вопроса"),
        ("uz", 1, "{n} ta savol"),
        ("uz", 3, "{n} ta savollar"),
        ("uz_Cyrl", 3, "{n} та саволлар"),
    ],
)
def test_plurals_follow_the_language_that_speaks(locales, language, n, text):
    """The form follows the rule of the language the text came from, also after a fallback."""
    ids = ("{n} question", "{n} questions")
    write(locales, "ru", [(ids, RU)])
    write(locales, "uz", [(ids, ("{n} ta savol", "{n} ta savollar"))])
    catalogues = Catalogues.load(locales)
    assert catalogues.plural(language, *ids, n) == text.replace("{n}", str(n))


def test_a_plural_with_a_lost_number_is_not_used(locales):
    """One plural form without its placeholder spoils the entry."""
    ids = ("{n} question", "{n} questions")
    write(locales, "ru", [(ids, ("один вопрос", *RU[1:]))])
    catalogues = Catalogues.load(locales)
    assert catalogues.plural("ru", *ids, 21) == "21 questions"
    assert catalogues.broken("ru") == ("{n} question",)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            'msgid "a"\nmsgstr б"\n',
            f"14:1: {NOT_A_LINE}",
        ),
        (
            "<<<<<<< ours\n",
            f"13:1: {NOT_A_LINE}",
        ),
        ('msgid "a"\n\nmsgid "b"\nmsgstr ""\n', "13:1: missing msgstr for msgid 'a'"),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr[5] ""\n',
            "13:1: msg has more translations than num_plurals of catalog",
        ),
        (
            'msgid "a b"\nmsgstr "б"\n\nmsgid ""\n"a "\n"b"\nmsgstr "в"\n',
            "16:1: a second entry for the same text (the first is in line 13)",
        ),
        (b'msgid "a"\nmsgstr "\xff"\n', "14:0: is not UTF-8"),
    ],
)
def test_a_broken_catalogue_names_its_line(locales, body, problem):
    """A slip in a catalogue is an error with file and line, never a lost letter."""
    path = pofile.po_path(locales, "ky", "home")
    header = path.read_bytes() + b"\n"
    path.write_bytes(header + (body if isinstance(body, bytes) else body.encode()))
    with pytest.raises(CatalogueError) as caught:
        Catalogues.load(locales)
    assert str(caught.value) == f"locales/ky/LC_MESSAGES/home.po:{problem}"


def test_a_header_nobody_can_read_is_said(locales):
    """A header with a slip is reported as such."""
    path = pofile.po_path(locales, "tg", "home")
    path.write_text(path.read_text("utf-8").replace("nplurals=2", "nplurals=two"), "utf-8")
    with pytest.raises(CatalogueError, match=r"tg/LC_MESSAGES/home\.po:1:1: wrong header: "):
        Catalogues.load(locales)


def test_a_missing_catalogue_is_said(locales):
    """A language whose file is gone does not silently turn into another."""
    pofile.po_path(locales, "uz", "home").unlink()
    with pytest.raises(CatalogueError) as caught:
        Catalogues.load(locales)
    assert str(caught.value) == (
        "locales/uz/LC_MESSAGES/*.po: there is none (run `tirek words update`)"
    )
