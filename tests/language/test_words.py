"""The work of translators: extraction, update, report."""

import shutil
from pathlib import Path

import pytest

from bot.errors import CatalogueError
from bot.language import pofile
from bot.language.exceptions import FILE
from bot.language.words import Row, check, extract, report, update

OURS = Path(__file__).parents[2] / "locales"
FLOW = """\
flow: home
nodes:
  - id: start
    text:
      - Hello.
      - text: >-
          Two lines
          make one.
        when: {country: [kz]}
      - 5
    choices:
      - {id: back, text: " Back ", goto: start}
  - id: other
    text: Hello.
    name: not for people
"""
LINES = """\
hotlines:
  - {id: a, name: Trust line, serves: Everybody, remark: Free, text: not for people}
rules:
  - {show: true, caution: Ask first.}
"""
CODE = '''\
"""Say("not this")."""
greeting = Say("Hello " "there.")
nested = language.Say("In {place}", {"place": Say(text="Back")})
known = Say(variable)
count = catalogues.plural("ru", "{n} line", "{n} lines", 3)
'''


@pytest.fixture
def project(tmp_path):
    for name, text in {
        "content/flows/home.yaml": FLOW,
        "content/hotlines/kz.yaml": LINES,
        "bot/engine/a.py": CODE,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "locales").mkdir()
    shutil.copy(OURS / FILE, tmp_path / "locales")
    return tmp_path


def collected(project):
    return extract(project / "content", project / "bot")


def in_step(project):
    update(project / "locales", collected(project))
    return project / "locales"


def files(locales, language):
    return [pofile.po_path(locales, language, one) for one in pofile.areas(locales, language)]


def edit(locales, language, *changes):
    """Replace texts, each in the one file of the language that holds it."""
    for before, after in changes:
        [path] = [path for path in files(locales, language) if before in path.read_text("utf-8")]
        path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")


def entry(locales, language, msgid):
    areas = pofile.areas(locales, language)
    [found] = filter(None, (pofile.read(locales, language, one).get(msgid) for one in areas))
    return found


def texts(locales, language, area):
    return [one.id for one in pofile.read(locales, language, area) if one.id]


def test_every_text_for_people_is_collected_with_its_place(project):
    """Texts come in reading order with file and line from the root, each once."""
    found = [(one.id, one.locations) for one in collected(project) if one.id]
    home, lines, code = "content/flows/home.yaml", "content/hotlines/kz.yaml", "bot/engine/a.py"
    assert found == [
        ("Hello there.", [(code, 2)]),
        ("In {place}", [(code, 3)]),
        ("Back", [(code, 3), (home, 12)]),
        (("{n} line", "{n} lines"), [(code, 5)]),
        ("Hello.", [(home, 5), (home, 14)]),
        ("Two lines make one.", [(home, 6)]),
        ("Trust line", [(lines, 2)]),
        ("Everybody", [(lines, 2)]),
        ("Free", [(lines, 2)]),
        ("Ask first.", [(lines, 4)]),
    ]


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("content/flows/b.yaml", "a: [1\n", "2:1: expected ',' or ']', but got '<stream end>'"),
        ("bot/b.py", "x = (\n", "1:5: '(' was never closed"),
        (
            "bot/b.py",
            'x = 1\ny = Say(f"{x}")\n',
            '2:5: an f-string has no translation (write Say("… {name} …", {"name": value}))',
        ),
    ],
)
def test_a_source_that_cannot_be_collected_names_its_line(project, file, text, problem):
    """A broken source is reported with file, line and column."""
    (project / file).write_text(text, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        collected(project)
    assert str(caught.value) == f"{file}:{problem}"


def snapshot(locales):
    return {f"{path.parts[-3]}/{path.name}": path.read_bytes() for path in locales.rglob("*.po*")}


def test_each_area_has_a_catalogue_of_its_own(project):
    """A folder under the flows is an area; what stands in two areas is shared."""
    law = project / "content/flows/law/order.yaml"
    law.parent.mkdir()
    law.write_text("nodes:\n  - text: [An order., Hello.]\n", "utf-8")
    locales = in_step(project)
    assert {path.stem for path in locales.glob("*.pot")} == set(pofile.areas(locales, "tg"))
    assert texts(locales, "tg", "law") == ["An order."]
    assert texts(locales, "tg", "home") == ["Two lines make one."]
    assert set(texts(locales, "tg", "shared")) == {"Hello.", "Back"}
    assert ("{n} line", "{n} lines") in texts(locales, "tg", "program")


def test_a_translation_moves_with_its_text(project):
    """A text that now stands in another area brings its translation and its review along."""
    locales = in_step(project)
    before = '# review: drafted\n#: content/hotlines/kz.yaml:2\nmsgid "Free"\nmsgstr ""'
    after = '# review: native\n#: content/hotlines/kz.yaml:2\nmsgid "Free"\nmsgstr "Бесплатно"'
    edit(locales, "ru", (before, after))
    (project / "content/hotlines/kz.yaml").unlink()
    (project / "content/flows/law").mkdir()
    (project / "content/flows/law/order.yaml").write_text("text: Free\n", "utf-8")
    assert texts(in_step(project), "ru", "law") == ["Free"]
    found = entry(locales, "ru", "Free")
    assert (found.string, pofile.review(found)) == ("Бесплатно", "native")
    assert not (locales / "directory.pot").exists()


def test_a_second_update_changes_no_byte(project):
    """Updating twice gives the same files, also with stale, finished and unused entries."""
    locales = in_step(project)
    edit(
        locales,
        "ru",
        ('msgid "Hello there."\nmsgstr ""', 'msgid "Hello there."\nmsgstr "Здравствуйте."'),
        ('msgid "Ask first."\nmsgstr ""', 'msgid "Ask first."\nmsgstr "Сначала спросите."'),
    )
    flow, lines = project / "bot/engine/a.py", project / "content/hotlines/kz.yaml"
    long = "Hello there. " + "A longer sentence that takes more than one line of a file. " * 2
    flow.write_text(CODE.replace("there.", "there!"), "utf-8")
    lines.write_text(LINES.replace("Ask first.", long.strip()), "utf-8")
    first = snapshot(in_step(project))
    assert b"#~ msgid" in b"".join(first.values())
    assert b"#, fuzzy\n#| msgid" in first["ru/program.po"]
    assert snapshot(in_step(project)) == first
    assert not any(b"Creation-Date" in text for text in first.values())


def test_a_changed_text_keeps_its_translation_as_stale(project):
    """A small change of the English marks the translation stale, with the earlier English."""
    locales = in_step(project)
    edit(locales, "ru", ('msgid "Ask first."\nmsgstr ""', 'msgid "Ask first."\nmsgstr "Спросите."'))
    lines = project / "content/hotlines/kz.yaml"
    lines.write_text(LINES.replace("Ask first.", "Ask at first."), "utf-8")
    for _ in range(2):
        found = entry(in_step(project), "ru", "Ask at first.")
        assert (found.string, found.fuzzy) == ("Спросите.", True)
        assert found.previous_id == ["Ask first."]


def test_a_changed_text_must_be_read_again(project):
    """What a native reader approved counts as drafted again once the English has changed."""
    locales = in_step(project)
    edit(locales, "ru", ('msgid "Ask first."\nmsgstr ""', 'msgid "Ask first."\nmsgstr "Спросите."'))
    for path in files(locales, "ru"):
        text = path.read_text("utf-8").replace("# review: drafted", "# review: native")
        path.write_text(text, "utf-8")
    lines = project / "content/hotlines/kz.yaml"
    lines.write_text(LINES.replace("Ask first.", "Ask at first."), "utf-8")
    in_step(project)
    assert pofile.review(entry(locales, "ru", "Ask at first.")) == "drafted"


def test_a_text_that_returns_finds_its_translation(project):
    """What is no longer used waits at the end of the file and comes back with the text."""
    locales = in_step(project)
    edit(locales, "ru", ('msgid "Free"\nmsgstr ""', 'msgid "Free"\nmsgstr "Бесплатно"'))
    lines = project / "content/hotlines/kz.yaml"
    lines.write_text(LINES.replace("remark: Free, ", ""), "utf-8")
    assert "Free" not in texts(in_step(project), "ru", "directory")
    lines.write_text(LINES, "utf-8")
    found = entry(in_step(project), "ru", "Free")
    assert (found.string, found.fuzzy) == ("Бесплатно", False)


def test_headers_comments_and_reviews_are_kept(project):
    """What translators wrote beside their work survives; a new entry starts as drafted."""
    locales = in_step(project)
    edit(
        locales,
        "kk",
        (
            "# review: drafted\n#: content/hotlines/kz.yaml:4",
            "# ask about the tone\n# review: native\n#: content/hotlines/kz.yaml:4",
        ),
    )
    path = pofile.po_path(locales, "kk", "directory")
    kept = path.read_text("utf-8").replace("Team: translators", "Team: Kazakh translators")
    path.write_text(kept, "utf-8")
    in_step(project)
    assert "Language-Team: Kazakh translators" in path.read_text("utf-8")
    found = entry(locales, "kk", "Ask first.")
    assert found.user_comments == ["ask about the tone", "review: native"]
    assert pofile.review(entry(locales, "kk", "Hello.")) == "drafted"


def test_a_new_plural_offers_all_forms_of_the_language(project):
    """A fresh plural entry has three empty forms in Russian and two in Kazakh."""
    locales = in_step(project)
    assert entry(locales, "ru", "{n} line").string == ("", "", "")
    assert entry(locales, "kk", "{n} line").string == ("", "")
    assert not entry(locales, "ru", "{n} line").fuzzy


def test_the_report_counts_each_text_once(project):
    """A text is translated, stale or missing; reviews count translated ones."""
    locales = in_step(project)
    edit(
        locales,
        "uz",
        ('msgid "Free"\nmsgstr ""', 'msgid "Free"\nmsgstr "Bepul"'),
        (
            '#: content/hotlines/kz.yaml:4\nmsgid "Ask first."\nmsgstr ""',
            '#: content/hotlines/kz.yaml:4\n#, fuzzy\nmsgid "Ask first."\nmsgstr "Soʻrang."',
        ),
        (
            '# review: drafted\n#: content/flows/home.yaml:6\nmsgid "Two lines make one."\nmsgstr ""',
            '# review: expert\n#: content/flows/home.yaml:6\nmsgid "Two lines make one."\nmsgstr "Bir"',
        ),
    )
    rows = {(row.area, row.language): row for row in report(locales)}
    assert {area for area, _ in rows} == {"directory", "home", "program", "shared"}
    assert rows["directory", "uz"] == Row("directory", "uz", 1, 1, 2, 1, 0, 0)
    assert rows["home", "uz"] == Row("home", "uz", 1, 0, 1, 0, 0, 1)
    assert sum(row.missing for row in rows.values() if row.language == "ru") == 10


def test_a_broken_catalogue_stops_the_update_before_it_writes(project):
    """With one catalogue broken nothing is written, so no work is lost."""
    locales = in_step(project)
    pofile.po_path(locales, "uz", "home").write_text("oops\n", "utf-8")
    before = snapshot(locales)
    (project / "content/flows/home.yaml").write_text("text: New\n", "utf-8")
    with pytest.raises(CatalogueError):
        in_step(project)
    assert snapshot(locales) == before


def test_fresh_catalogues_lack_every_text(project):
    """After the first update the only faults are missing translations, one a text."""
    problems = check(in_step(project), collected(project))
    assert len(problems) == 50
    assert all(one.what.startswith("not translated: ") for one in problems)
