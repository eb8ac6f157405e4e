"""Drawings to look at, in words as long as those of real content."""

from dataclasses import replace
from typing import Any

import pytest

from bot.pictures.certificate import Certificate, certificate
from bot.pictures.code_sheet import Code, CodeSheet, code_sheet
from bot.pictures.headway import Bar, Headway, Legend, Scale, Span, headway
from bot.pictures.result_card import ResultCard, result_card
from bot.pictures.session_page import SessionPage, Step, session_page
from bot.pictures.tree import Country, Hue, WishingTree, tree

LINK = "https://t.me/a_bot_with_the_longest_of_names?start=q14_uz_Cyrl"

CARD = ResultCard(
    name="Tirek",
    title="Two people, many questions",
    score="Right answers: 7 of 8",
    right=7,
    all=8,
    words="Ҳозир сиз олдингидан кўпроқ биласиз, бу саволлар катталар учун ҳам осон эмас.",
    invitation="How many would you know?",
    link=LINK,
)
TREE = WishingTree(
    title="Тилек дарагы",
    hues=tuple(
        Hue(colour, name)
        for colour, name in (
            ((192, 57, 72), "Love"),
            ((173, 128, 10), "School"),
            ((44, 104, 168), "Peace"),
        )
    ),
    countries=(
        Country("Қазақстан", (1_250, 40, None)),
        Country("Кыргызстан", (300, None, 20)),
        Country("Тоҷикистон", (None, None, None)),
        Country("Oʻzbekiston", (500, 60, 80)),
    ),
    few="<20",
    note="<20: fewer than twenty, not drawn. All counts are rounded to tens.",
    seed=4,
)
PAGE = SessionPage(
    name="Tirek",
    title="What is a yes?",
    facts=("From 14 years", "45 minutes"),
    goals_head="Goals",
    goals=("Everybody notices a no that nobody says.",),
    steps_head="Steps",
    steps=(Step("Say your name and a place you like.", "5 min", "Nobody has to speak."),) * 5,
    help_head="Help",
    help=("Emergency: 112",),
    invitation="Open the quiz with the camera of a phone.",
    link=LINK,
)
CODES = CodeSheet(
    title="Two people, many questions",
    how="Телефоннинг камерасини кодга қаратинг ва очилган ҳаволага босинг.",
    codes=(
        Code("Машғулотдан олдин", LINK.replace("q14", "q14b")),
        Code("Машғулотдан кейин", LINK.replace("q14", "q14a")),
    ),
)
PAGE = replace(PAGE, codes=CODES.codes)
PAPER = Certificate(
    title="Certificate of participation",
    given_to="name",
    about="took part in",
    session="Two people, many questions",
    date="22.11.2026",
    place="place",
    network="A network of young volunteers",
)
CHART = Headway(
    title="Акция қалай жіберілді",
    facts=("Начало: 15.01.2027, 15:10 (Asia/Bishkek)", "Пока отправлено: примерно 41 650"),
    quarters=84,
    bars=(Bar(Span(0, 1), 2_000), Bar(Span(6, 12), 9_000), Bar(Span(70, 84), 30_650)),
    quiet=(Span(24, 72),),
    paused=(Span(1, 6), Span(12, 12)),
    hours=((0, "15:00"), (24, "21:00"), (84, "12:00")),
    each=Scale(4_000, "2 000", "4 000"),
    all=Scale(100_000_000, "50 000 000", "100 000 000"),
    legend=Legend("Хабарламалар, 15 минут сайын", "Барлық хабарламалар", "Тыныш сағаттар", "Пауза"),
    note="Сандар ондыққа дейін дөңгелектенген, аз болса, көршілес уақытпен бірге көрсетіледі.",
)
ALL: dict[str, tuple[Any, Any, tuple[int, int]]] = {
    "card": (result_card, CARD, (1080, 1080)),
    "tree": (tree, TREE, (1080, 1350)),
    "page": (session_page, PAGE, (1240, 1754)),
    "codes": (code_sheet, CODES, (1080, 1920)),
    "chart": (lambda chart: headway(chart).png(), CHART, (1754, 1240)),
    "certificate": (certificate, PAPER, (1754, 1240)),
}


@pytest.fixture(params=ALL)
def drawing(request):
    """Each kind of picture: how it is drawn, out of what, and how large it should be."""
    return ALL[request.param]
