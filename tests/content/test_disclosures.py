"""Truths about reading the words of disclosures: what is wrong is said where it stands."""

from textwrap import dedent

import pytest

from bot.content.disclosures import check_disclosures, read_disclosures
from bot.content.model import DisclosureLexicon
from bot.content.notes import Notes

WORDS = """\
    language: kk
    endings:
      v: [ды]
    concepts:
      hit: [ұр+v]
      me: [мені]
"""
RULES = """\
    people: [me]
    rules:
      - rule: hit-me
        labels: [violence]
        when: [hit, me]
        example: мені ұрды
"""


@pytest.fixture
def read(tmp_path):
    """Read a lexicon of one language and common rules; give it, and what is said about it."""

    def look(words=WORDS, rules=RULES, name="kk"):
        folder = tmp_path / "content" / "lexicon" / "disclosures"
        (folder / "words").mkdir(parents=True, exist_ok=True)
        (folder / "words" / f"{name}.yaml").write_text(dedent(words), "utf-8")
        (folder / "rules.yaml").write_text(dedent(rules), "utf-8")
        notes = Notes()
        lexicon = read_disclosures(tmp_path / "content", notes)
        problems = [*notes.problems, *check_disclosures(lexicon, notes.origin)]
        return lexicon, [
            str(one).removeprefix("content/lexicon/disclosures/") for one in sorted(problems)
        ]

    return look


def test_a_good_lexicon_is_read(read):
    """Words and rules come together, and nothing is said about them."""
    lexicon, problems = read()
    assert problems == []
    assert lexicon.languages[0].concepts["hit"] == ("ұр+v",)
    assert [rule.rule for rule in lexicon.rules] == ["hit-me"]


def test_without_a_folder_there_is_nothing(tmp_path):
    """Content without such words is content all the same."""
    notes = Notes()
    assert read_disclosures(tmp_path, notes) == DisclosureLexicon()
    assert notes.problems == []
    assert [*check_disclosures(DisclosureLexicon(), notes.origin)] == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("ұр+n", "words/kk.yaml:6:8: there is no class of endings 'n'"),
        ("ұ*", "words/kk.yaml:6:8: 'ұ' is shorter than 2 letters in the skeleton"),
        ("... ұр*", "words/kk.yaml:6:8: '...' stands between two words"),
        ("ұр ...", "words/kk.yaml:6:8: '...' stands between two words"),
        ("ұ?р", "words/kk.yaml:6:8: 'ұ?р' is no word, stem* or stem+class"),
        ("а б в г д е ж з и", "words/kk.yaml:6:8: an entry has one to 8 words"),
        ("а (б", "words/kk.yaml:6:8: a bracket is not closed"),
        ("а б) в", "words/kk.yaml:6:8: a bracket is closed that was not opened"),
        ("а (|) в", "words/kk.yaml:6:8: a bracket is empty"),
        ("((((((а б|в)|г)|д)|е)|ж) з", "words/kk.yaml:6:8: more than 4 brackets in one another"),
        ("а <>", "words/kk.yaml:6:8: an entry has one to 8 words"),
        ("<17-13>", "words/kk.yaml:6:8: '<17-13>' has no number in it"),
        ("мені", "words/kk.yaml:6:16: 'мені' is here twice (also entry 1)"),
    ],
)
def test_a_bad_entry_is_told_and_the_rest_is_read(read, entry, said):
    """An entry that cannot be read, or is there twice, is named with its place."""
    lexicon, problems = read(WORDS.replace("[мені]", f'["{entry}", мені]'))
    assert problems == [said]
    assert lexicon.languages[0].concepts["hit"] == ("ұр+v",)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ("labels: [violent]", "rules.yaml:4:14: 'violent' is not known here (did you mean 'violen"),
        ("labels: []", "rules.yaml:4:13: at least 1 is wanted here"),
        ("labels: [violence]\n    wen: x", "rules.yaml:5:5: unknown key 'wen' (did you mean 'when"),
    ],
)
def test_a_bad_rule_is_told(read, changed, said):
    """A rule that cannot be read is named with its place."""
    _, problems = read(rules=dedent(RULES).replace("labels: [violence]", changed))
    assert any(problem.startswith(said) for problem in problems), problems


@pytest.mark.parametrize(
    ("words", "rules", "said"),
    [
        (WORDS, RULES.replace("[hit, me]", "[hit, me|mine]"),
         ["rules.yaml:3:5: no word of any language says 'mine' (the rule 'hit-me' asks for it)"]),
        (f"{WORDS}      mine: [менің]\n", RULES,
         ["words/kk.yaml:7:3: no rule asks for 'mine'"]),
        (WORDS, RULES.replace("мені ұрды", "мені сүйді"),
         ["rules.yaml:6:14: this does not make 'hit-me' fire (tirek understand shows why)"]),
        (f"{WORDS}    rules:\n      - {{rule: hit-me, labels: [violence], when: [hit]}}\n", RULES,
         ["rules.yaml:3:5: disclosure rule 'hit-me' is here for the second time (first at words/kk.yaml:8)"]),
        (WORDS.replace("kk", "uz"), RULES.replace("мені ұрды", "мени урды"),
         ["words/kk.yaml:1:11: this is 'uz' (the file has another name)"]),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told(read, words, rules, said):
    """Concepts nobody says or asks for, idle examples, double names and wrong files are named."""
    _, problems = read(words, rules)
    assert [one.replace("content/lexicon/disclosures/", "") for one in problems] == said


def test_groups_count_as_what_they_stand_for(read):
    """A concept that a rule asks for through a group is asked for."""
    grouped = RULES.replace("[hit, me]", "[hit, all]") + "    groups: {all: [me]}\n"
    assert read(rules=grouped)[1] == []
