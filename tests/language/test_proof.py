"""Each fault of a catalogue, with the words its translator reads."""

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.language import pofile
from bot.language.exceptions import FILE
from bot.language.tongues import TRANSLATED
from bot.language.words import check

OURS = Path(__file__).parents[2] / "locales"


@pytest.fixture
def locales(tmp_path):
    folder = tmp_path / "locales"
    folder.mkdir()
    shutil.copy(OURS / FILE, folder)
    return folder


def template_of(msgid):
    template = Catalog()
    template.add(msgid, locations=[("content/flows/home.yaml", 1)])
    return template


def found(locales, language, msgid, string, **how):
    """Check one entry in one language; the other languages have nothing to translate."""
    catalog = Catalog(locale=language)
    catalog.add(msgid, string, **how)
    for one in TRANSLATED:
        entries = catalog if one == language else Catalog(locale=one)
        pofile.write(pofile.po_path(locales, one, "home"), pofile.new_header(one), entries)
    template = template_of(msgid)
    name = f"locales/{language}/LC_MESSAGES/home.po:"
    return [
        str(one).removeprefix(name)
        for one in check(locales, template)
        if f"/{language}/" in one.file
    ]


GOOD = [
    ("ru", "Call <b>{n}</b> by SMS.", "Отправьте SMS на <b>{n}</b>."),
    ("kk", "Help", "Көмек әрқашан"),
    ("ky", "Help", "Жөнү үңү"),
    ("tg", "Help", "Кӯмак ҷойи ғ қ ҳ ӣ"),
    ("uz", "Write to Telegram", "Telegramga yozing: toʻgʻri maʼno, “choy”"),
    ("ru", "Order ҚР ДСМ-285 of 2020", "Приказ ҚР ДСМ-285 от 2020 года"),
    ("uz", "Order ҚР ДСМ-285 of 2020", "2020-yildagi ҚР ДСМ-285 buyrugʻi"),
    ("ru", "8,540 people, 3,600 in 2025", "8540 человек, 3\u00a0600 в 2025 году"),
    ("tg", "A 24-hour line", "Хати шабонарӯзӣ"),
    ("uz", "How to say no", "“Yoʻq”ni qanday aytaman?"),
    ("ru", "Ask: is it free?", "Спросите: «Это бесплатно?»"),
    (
        "ru",
        ("{n} day, 24 hours", "{n} days, 24 hours"),
        ("{n} день 24", "{n} дня 24", "{n} дней 24"),
    ),
    (
        "ru",
        "Open <a href='https://e.org/1'>it</a> <i>now</i>",
        "<i>Вот</i> <a href='https://e.org/1'>он</a>",
    ),
]


@pytest.mark.parametrize(("language", "english", "text"), GOOD)
def test_a_good_translation_has_no_fault(locales, language, english, text):
    """A sound entry raises no objection."""
    assert found(locales, language, english, text) == []


FAULTS = [
    ("ru", "Back", "", ['not translated: "Back"']),
    ("ru", "To {city}", "В город", ['{city} is missing (the English is "To {city}")']),
    ("ru", "Town", "Город {x}", ['{x} is not in the English (the English is "Town")']),
    ("ru", "<b>Yes</b>", "Да", ["the markup differs from the English (expected: </b> <b>)"]),
    ("ru", "Yes", "<i>Да</i>", ["the markup differs from the English (expected: no markup)"]),
    (
        *("ru", "<b>Yes</b> <i>or no</i>", "<b>Да <i>или</b> нет</i>"),
        ["the markup is not closed in turn (close last what was opened first)"],
    ),
    ("ru", "Call 102", "Звоните 103", ['the number 102 is missing (the English is "Call 102")']),
    ("ru", "Help", "Көмек", ['"ө" in "Көмек" is not a letter of ru (type the word again)']),
    ("ky", "Help", "Жәрдем", ['"ә" in "Жәрдем" is not a letter of ky (type the word again)']),
    ("tg", "Help", "Ёрдам ў", ['"ў" in "ў" is not a letter of tg (type the word again)']),
    ("kk", "Help", "Көмeк", ['Latin "e" in the word "Көмeк" (type the word again in Cyrillic)']),
    ("kk", "Help", "Көмек ə", ['"ə" is written in Latin letters (type it again in Cyrillic)']),
    (
        "ru",
        "Help",
        "Помощь c вами",
        ['"c" is written in Latin letters (type it again in Cyrillic)'],
    ),
    ("ru", "My", "Мои\u0306", ["letters are written in two parts (save the text in the form NFC)"]),
    ("ru", "Call now.", "Позвоните", ["the end differs: the English ends with . (end it alike)"]),
    ("kk", "Call", "Қоңырау.", ["the end differs: the English does not end with . (end it alike)"]),
    ("ru", "So it is", "Вот  так", ["two spaces in a row (leave one)"]),
    ("ru", "Here, now", "Здесь , сейчас", ["a space before a mark (take it away)"]),
    ("ru", "So it is", "Это - так", ["a hyphen for a dash (write –, or — where it is usual)"]),
    (
        *("tg", "Say “no”", 'Гӯед "не"'),
        ['a straight quote " (write the quotes of the language: «» or “”)'],
    ),
    ("uz", "Uzbek", "o'zbek", ['the sign \' (U+0027) in "o\'zbek" (write "oʻzbek")']),
    ("uz", "Uzbek", "oʼzbek", ['the sign ʼ (U+02BC) in "oʼzbek" (write "oʻzbek")']),
    ("uz", "Sense", "ma’no", ['the sign ’ (U+2019) in "ma’no" (write "maʼno")']),
    ("uz", "Sense", "‘soʻz", ["the sign ‘ (U+2018) stands alone (for quotes write “ ” or « »)"]),
    (
        *("uz", "School", "mаktab"),
        [
            (
                '"а" in "mаktab" is not a letter of uz (mend it, or list the word under latin in '
                "uz_Cyrl.exceptions.yaml)"
            )
        ],
    ),
    (
        *("uz", "Wifi", "Wifi"),
        [
            (
                '"w" in "Wifi" is not a letter of uz (mend it, or list the word under latin in '
                "uz_Cyrl.exceptions.yaml)"
            )
        ],
    ),
    (
        *("ru", ("{n} day", "{n} days"), ("один день", "{n} дня", "{n} дней")),
        ['{n} is missing in form 0 (the English is "{n} days")'],
    ),
]


@pytest.mark.parametrize(("language", "english", "text", "problems"), FAULTS)
def test_each_fault_is_told_with_its_line_and_a_hint(locales, language, english, text, problems):
    """A fault names the line of the entry, what is wrong and what may mend it."""
    assert found(locales, language, english, text) == [f"13:1: {one}" for one in problems]


def test_a_text_without_a_safe_cyrillic_form_is_told(locales):
    """An Uzbek text that Cyrillic readers would not get is a fault of the Latin entry."""
    with (locales / FILE).open("a", encoding="utf-8") as file:
        file.write("  - Ёш\n")
    assert found(locales, "uz", "Age", "Yosh") == [
        "13:1: has no safe Cyrillic form (put a space around links, names and numbers)"
    ]


def test_a_stale_entry_tells_both_versions(locales):
    """A stale entry shows the English now and before, and is not judged otherwise."""
    problems = found(
        *(locales, "ru", "Call 102 now", "Звоните"), flags=["fuzzy"], previous_id="Call 101"
    )
    assert problems == [
        (
            '15:1: stale, the English is now "Call 102 now" (it was "Call 101"; mend the translation, '
            'then remove the line "#, fuzzy")'
        )
    ]


def test_a_review_state_that_nobody_knows_is_told(locales):
    """Only drafted, native and expert say how far a text was reviewed."""
    problems = found(locales, "ru", "Yes", "Да", user_comments=["review: perfect"])
    assert problems == ['14:1: unknown review state "perfect" (write drafted, native or expert)']


def test_a_catalogue_out_of_step_is_told(locales):
    """A text without an entry and an entry without a text are both told."""
    found(locales, "ru", "Old", "Старое")
    template = template_of(
        "A new text that is so long that nobody would read it to its end in a list"
    )
    problems = [str(one) for one in check(locales, template) if "/ru/" in one.file]
    name = "locales/ru/LC_MESSAGES/home.po"
    assert problems == [
        (
            f'{name}:1:1: no entry for "A new text that is so long that nobody would read it to its…" '
            "(run `tirek words update`)"
        ),
        f'{name}:13:1: no longer in the source: "Old" (run `tirek words update`)',
    ]


def test_a_wrong_plural_rule_is_told(locales):
    """A catalogue whose header counts in another way than its language is told."""
    found(locales, "ru", ("{n} day", "{n} days"), ("{n} день", "{n} дня", "{n} дней"))
    path = pofile.po_path(locales, "ru", "home")
    lines = path.read_text("utf-8").split("\n")
    wrong = [
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' if "plural=" in one else one
        for one in lines
    ]
    path.write_text("\n".join(one for one in wrong if "msgstr[2]" not in one), "utf-8")
    template = template_of(("{n} day", "{n} days"))
    problems = [one.what for one in check(locales, template) if "/ru/" in one.file]
    assert problems == ["the Plural-Forms are not those of the language", "2 plural forms"]


def test_problems_come_in_reading_order(locales):
    """Faults of all languages are sorted by file and line."""
    found(locales, "ru", "Old", "Старое")
    template = template_of("New")
    problems = check(locales, template)
    assert problems == sorted(problems)
    assert len(problems) == len(TRANSLATED) + 1
