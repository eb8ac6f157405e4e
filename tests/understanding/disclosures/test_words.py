"""Truths about finding the words of the lexicon in what people type."""

import pytest

from bot.understanding.disclosures import Disclosures
from tests.understanding.disclosures.kit import concepts, lexicon, words


@pytest.mark.parametrize(
    "text",
    ["ұрды", "урды", "urdy", "ҰРАДЫ", "ұ\u200bр\u200dды", "Ұррррды", "uрды", "ұрып", "ұрды!", "ұр"],
)
def test_a_stem_is_found_with_its_endings(text):
    """Native letters, missing ones, Latin ones, capitals and disguises are one word."""
    assert concepts(text) == ["hit"]


@pytest.mark.parametrize("text", ["ұрыс", "ұрпақ", "ұрлады", "құрды", "тұр", ""])
def test_a_stem_with_another_tail_is_another_word(text):
    """A class of endings lets nothing else follow the stem."""
    assert concepts(text) == []


def test_endings_stand_in_a_row():
    """Up to five endings of a class follow one another, and not six."""
    assert concepts("ұр" + "ды" * 5) == ["hit"]
    assert concepts("ұр" + "ды" * 6) == []


def test_equal_letters_meet_where_a_stem_ends():
    """The skeleton has one letter for two; an ending may lose its first to the stem."""
    changes = {"endings": {"v": ["ты", "тар"]}, "negative": []}
    assert concepts("айтты", "айт+v", **changes) == ["hit"]
    assert concepts("айттартты", "айт+v", **changes) == ["hit"]


@pytest.mark.parametrize(
    ("entry", "said", "other"),
    [
        ("саба*", "сабағаны", "сабы"),
        ("таяқ", "таяқ", "таяқпен"),
        ("<13-17> жас*", "мен 15 жастамын", "мен 18 жастамын"),
        ("<13-17> жас*", "15жастамын", "жастамын 15"),
        ("9 сынып*", "9-сыныптамын", "7-сыныптамын"),
        ("^өл*", "өлемін", "олемін"),
        ("^o'l*", "Oʻlaman", "olaman"),
    ],
)
def test_each_way_of_writing_an_entry(entry, said, other):
    """An entry finds what it says and not what it does not."""
    assert concepts(said, entry) == ["hit"]
    assert concepts(other, entry) == []


@pytest.mark.parametrize(
    ("entry", "said", "other"),
    [
        ("қол көтер*", "ол қол көтереді", "қол ол көтереді"),
        ("қол ... көтер*", "қол тағы бір көтереді", "қол тағы бір рет көтереді"),
        ("қол ...4 көтер*", "қол а б в г көтереді", "қол а б в г д көтереді"),
        ("қол ... көтер*", "қолын көтерді, қол... көтерді", "көтерді қол"),
        ("қол ... көтер*", "қол, көтерді", "қол. Көтерді"),
        ("ата-анам*", "ата анамның", "анам ата"),
        ("не хочу жить", "нехочу? не хочу жить", "не жить хочу"),
        ("а ... б ... в", "а 1 б а 2 б 3 в", "а б 1 2 3 в"),
    ],
)
def test_phrases(entry, said, other):
    """Words of a phrase stand in its order, so near one another, in one sentence."""
    assert concepts(said, entry) == ["hit"]
    assert concepts(other, entry) == []


@pytest.mark.parametrize(
    ("entry", "said", "other"),
    [
        ("не (дает|пускает) ... (работать|из дома)", "не пускает меня из дома", "не дает дома"),
        ("забрал*|отнял* паспорт*|карту", "отняла карту", "забрала телефон, паспорт"),
        ("на (меня|) (руку|ногу)", "на руку", "на его руку"),
        ("на ... (меня|) ...1 руку", "на его же руку", "на а б в г руку"),
        ("а (б (в|г д)|е) ж", "а б г д ж", "а б г ж"),
        ("получ(ил|ила)", "получила", "получили"),
        ("(кида|броса)ет* в", "бросаетесь в", "бросил в"),
        ("рук* <> распуск*", "распускает он свои руки", "распускает а б в руки"),
        ("(бьет|колотит|таскает за волосы)", "таскает за волосы", "таскает"),
        ("(а|а б) ... в", "а б 1 2 в", "а б 1 2 3 в"),
    ],
)
def test_alternatives(entry, said, other):
    """A step may be one of several things, some of them several words, or be missing."""
    assert concepts(said, entry) == ["hit"]
    assert concepts(other, entry) == []


def test_a_particle_written_in_one_word():
    """A short word and its neighbour are found when they are typed as one."""
    assert concepts("нехочу", "не хоч*") == ["hit"]
    assert concepts("нехочу", "никогда хоч*") == []


def test_the_longest_stem_of_a_language_is_right():
    """A longer stem says what a word means, whatever a shorter one says."""
    own = {"hit": ["өл*"], "kill": ["өлтір*"], "me": ["өлтіріп"]}
    assert concepts("өлтірді", concepts=own) == ["kill"]
    assert concepts("өлтіріп", concepts=own) == ["me"]
    assert concepts("өлемін", concepts=own) == ["hit"]


def test_words_that_mean_nothing_here():
    """What stands under `not` silences a stem that is no longer, and words in its phrases."""
    changes = {"not": ["ұрыс*", "допты ұр*"]}
    assert concepts("ұрысты", "ұр*", **changes) == []
    assert concepts("допты ұрды", "ұр*", **changes) == []
    assert concepts("допты ... ұрды", "ұр*", **changes) == []
    assert concepts("мені ұрды", "ұр*", **changes) == ["me", "hit"]


def test_a_phrase_of_the_same_words_stands():
    """A phrase that means something survives one of the same words that does not."""
    assert concepts("дод мезанад", "дод мезанад", **{"not": ["дод мезанад"]}) == ["hit"]


@pytest.mark.parametrize("text", ["қорқтады", "қорықтаады", "қорыытады", "қоқрытады", "қорыктады"])
def test_one_slip_in_a_long_stem(text):
    """A letter missing, doubled, wrong or swapped does not hide a long stem."""
    assert concepts(text, "қорқытады*") == ["hit"]


def test_slips_are_not_forgiven_everywhere():
    """Short stems, words somebody knows, exact entries and `not` entries take no slip."""
    assert concepts("урыд", "ұрды") == []
    assert concepts("қорқтады", "қорқытады*", **{"not": ["қорқтад*"]}) == []
    assert concepts("қорқтады", "^қорқытады*") == []
    assert concepts("саба", "саба*", **{"not": ["сабақтастық*"]}) == ["hit"]


def test_loose_spelling_is_for_longer_stems():
    """Letters like o and u, j and c meet in stems of four letters and more only."""
    assert concepts("urtogim", "o'rtog'im*") == ["hit"]
    assert concepts("ordi", "ұр+v") == []


def test_words_of_several_languages_meet():
    """Every language is tried on every message."""
    ru = words(language="ru", endings={}, negative=[], concepts={"hit": ["ударил*"]})
    assert concepts("мені ударил") == ["me"]
    both = Disclosures(lexicon(words(), ru))
    assert both.understand("муж мені ударил").labels == ("violence",)


def test_only_long_stems_take_loose_endings():
    """An ending that is spelt loosely follows a long stem; after a short one it is another word."""
    endings = {"v": ["ол"]}
    assert concepts("задерол", "задер+v", endings=endings) == ["hit"]
    assert concepts("задерул", "задер+v", endings=endings) == ["hit"]
    assert concepts("задол", "зад+v", endings=endings) == ["hit"]
    assert concepts("задул", "зад+v", endings=endings) == []
