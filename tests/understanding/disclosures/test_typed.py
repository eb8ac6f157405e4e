"""Truths about plain sentences that readers who looked for faults typed, and that were not heard."""

import pytest

CANNOT_WAIT = [
    "meni boʻgʻdi",
    "мени бўғди",
    "мени муунтту",
    "мені буындырды",
    "маро буғӣ кард",
    "муж душил меня вчера",
    "he strangled me",
    "pichoq bilan keldi",
    "пичоқ билан келди",
    "бычак менен келди",
    "пышақпен келді",
    "бо корд омадааст дар паси дар",
    "он пришел с ножом",
]

HEARD = [
    ("homiladorman otam bilsa oʻldiradi", "violence"),
    ("жүктімін әкем білсе өлтіреді", "violence"),
    ("кош бойлуумун атам билсе өлтүрөт", "violence"),
    ("акаам мегуяд ки мекушамат", "violence"),
    ("erimning qoʻli tegdi", "violence"),
    ("күйөөмдүн колу тийди", "violence"),
    ("күйеуімнің қолы тиді", "violence"),
    ("көк ала болуп калдым", "violence"),
    ("hayotimdan toʻydim", "suicide"),
    ("өмірімнен тойдым", "suicide"),
    ("өмүрүмдөн тойдум", "suicide"),
    ("дору хурда мемирам", "suicide"),
    ("выпила таблетки хочу умереть", "suicide"),
    ("boshligʻim shilqimlik qilyapti", "sexual_violence"),
    ("сардорам шилқинӣ мекунад", "sexual_violence"),
    ("my boss is harassing me", "sexual_violence"),
    ("qizni oʻgʻirlab ketishdi", "forced_marriage"),
    ("қызды ұрлап кетті", "forced_marriage"),
    ("кызды ала качып кетишти", "forced_marriage"),
    ("духтарро дуздида бурданд", "forced_marriage"),
    ("сурати бараҳнаамро дар инстаграм мондааст", "stalking_online"),
    ("выложил мои голые фото в инстаграм", "stalking_online"),
]


@pytest.mark.parametrize("text", CANNOT_WAIT)
def test_strangling_and_a_weapon_are_danger_now(disclosures, text):
    """Whoever was strangled, or sees somebody come with a weapon, need not say when."""
    assert "violence_now" in disclosures.understand(text).labels


@pytest.mark.parametrize(("text", "label"), HEARD)
def test_what_was_not_heard_is_heard(disclosures, text, label):
    """Idioms and short sentences get the label of what they tell."""
    assert label in disclosures.understand(text).labels


@pytest.mark.parametrize(
    "text",
    [
        "qizimni eri kaltaklaydi",
        "қызымды күйеуі ұрады",
        "кызымды күйөөсү сабайт",
        "духтарамро шавҳараш мезанад",
        "my daughter is beaten by her husband",
    ],
)
def test_a_married_daughter_is_no_child(disclosures, text):
    """What a husband does to somebody's daughter is violence, and no child is at risk by it."""
    labels = disclosures.understand(text).labels
    assert "violence" in labels
    assert "child_at_risk" not in labels
