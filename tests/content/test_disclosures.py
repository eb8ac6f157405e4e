"""Truths about reading the words of disclosures: what is wrong is said where it stands."""

from textwrap import dedent

import pytest

from bot.content.disclosures import check_disclosures, read_disclosures
from bot.content.model import DisclosureLexicon
from bot.content.notes import Notes
from bot.content.weights_file import COLUMNS

WORDS = """\
    language: kk
    endings:
      v: [ды]
    concepts:
      hit: [ұр+v]
      me: [мені]
"""
COMMON = """\
    people: [me]
"""
WEIGHED = ("=hit", "=-me")


@pytest.fixture
def read(tmp_path):
    """Read a lexicon of one language; give it, and what is said about it."""

    def look(words=WORDS, common=COMMON, name="kk", weighed=WEIGHED):
        folder = tmp_path / "content" / "lexicon" / "disclosures"
        (folder / "words").mkdir(parents=True, exist_ok=True)
        (folder / "words" / f"{name}.yaml").write_text(dedent(words), "utf-8")
        (folder / "common.yaml").write_text(dedent(common), "utf-8")
        rows = [[one, *["0"] * (len(COLUMNS) - 1)] for one in ("(bias)", *weighed)]
        (folder / "weights.tsv").write_text("\n".join(map("\t".join, rows)), "utf-8")
        notes = Notes()
        lexicon = read_disclosures(tmp_path / "content", notes)
        problems = [*notes.problems, *check_disclosures(lexicon, notes.origin)]
        return lexicon, [
            str(one).removeprefix("content/lexicon/disclosures/") for one in sorted(problems)
        ]

    return look


def test_a_good_lexicon_is_read(read):
    """Words and weights come together, and nothing is said about them."""
    lexicon, problems = read()
    assert problems == []
    assert lexicon.languages[0].concepts["hit"] == ("ұр+v",)
    assert lexicon.common.people == ("me",)
    assert set(lexicon.weights.rows) == set(WEIGHED)


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


def test_a_bad_common_file_is_told(read):
    """A key that is unknown is named with its place."""
    _, problems = read(common="peopel: [me]")
    assert problems[0].startswith("common.yaml:1:1: unknown key 'peopel' (did you mean 'people'")


@pytest.mark.parametrize(
    ("words", "common", "said"),
    [
        (WORDS, "quiet: [film]",
         ["common.yaml:1:9: no word of any language says 'film'"]),
        (f"{WORDS}      mine: [менің]\n", COMMON,
         ["words/kk.yaml:7:3: weights.tsv does not weigh 'mine' (write phrases that say it, then: make weights)"]),
        (WORDS.replace("kk", "uz"), COMMON,
         ["words/kk.yaml:1:11: this is 'uz' (the file has another name)"]),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told(read, words, common, said):
    """Concepts nobody says or weighs, and wrong files, are named."""
    assert read(words, common)[1] == said


def test_the_engine_knows_its_own_concepts(read):
    """Words that deny are weighed by nothing: they turn what they deny."""
    assert read(f"{WORDS}      not: [емес]\n")[1] == []
