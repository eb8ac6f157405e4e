"""The page that a reviewer gets."""

import json
import re

from babel.messages.catalog import Catalog

from bot.language.sheet import Line, Screen, screens_of, sheet

LAW, HOME = "content/flows/law/order.yaml", "content/flows/home.yaml"


def english(*texts):
    catalog = Catalog()
    for msgid, *places in texts:
        catalog.add(msgid, locations=places)
    return catalog


def line(msgid):
    return Line(msgid, msgid.upper())


def test_the_texts_of_an_area_stand_in_the_order_of_its_pages():
    """A lawyer sees each page whole, with what it shares with others, and nothing else."""
    texts = english(
        ("Back", (HOME, 9), (LAW, 6), (LAW, 16)),
        ("Hello.", (HOME, 4)),
        ("The order.", (LAW, 4)),
        ("How long.", (LAW, 14)),
    )
    screens = screens_of("law", texts, {LAW: [(3, "order"), (12, "length")]}, line)
    assert [(screen.title, [one.english for one in screen.lines]) for screen in screens] == [
        ("order", ["The order.", "Back"]),
        ("length", ["How long.", "Back"]),
    ]


def test_shared_texts_can_be_reviewed_by_themselves():
    """What stands in several areas is an area too, without pages; plural forms are left out."""
    texts = english(
        ("Back", (HOME, 9), (LAW, 6)), ("Hello.", (HOME, 4)), (("{n} day", "{n} days"), (LAW, 2))
    )
    [screen] = screens_of("shared", texts, {LAW: [(3, "order")]}, line)
    assert (screen.title, screen.lines) == ("", (line("Back"),))


def test_a_text_that_returns_is_asked_about_once():
    """The second time it is shown without a box."""
    page = sheet("kk", "law", [Screen("a", [line("Back")]), Screen("b", [line("Back")])])
    assert page.count("<textarea") == 1
    assert page.count("row again") == 1


def test_no_text_can_break_the_page():
    """Markup and scripts in texts are shown, not run; what comes back is exactly what was."""
    evil = "</script></textarea><b>&amp; $name ${x} \u2028 “ʻ”"
    page = sheet("uz", "law", [Screen("<i>", [Line(evil, evil, (evil,))])])
    found = re.search(r'<script type="application/json" id="sheet">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    assert json.loads(found[1])["texts"] == [{"english": evil, "text": evil}]
    outside = page.replace(found[0], "")
    assert "</script></textarea>" not in outside
    assert "<b>&" not in outside
    assert "http:" not in page
    assert "https:" not in page
