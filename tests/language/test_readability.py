"""What is counted of a text, to see how hard it is to read."""

import pytest

from bot.language.readability import Figures, measure


@pytest.mark.parametrize(
    ("texts", "figures"),
    [
        ([], Figures(0, 0.0, 0, 0.0, 0.0)),
        (["<b>Call now.</b> Call {number}!"], Figures(2, 2.0, 2, 0.0, 0.0)),
        (["Ask: “Is it free?” Then go."], Figures(3, 2.0, 3, 0.0, 0.0)),
        (["a " * 20 + "a.", "Yes."], Figures(2, 11.0, 21, 0.5, 0.0)),
        (["Maʼlumotlaringizni oʻchirish"], Figures(1, 2.0, 2, 0.0, 0.5)),
        (["о" * 11, "о" * 12], Figures(2, 1.0, 1, 0.0, 0.5)),
    ],
)
def test_sentences_and_words_are_counted(texts, figures):
    """Marks end sentences, also inside quotes; markup is no word; long ones are shares."""
    assert measure(texts) == figures
