"""Truths about what is proved over the lines people call."""

from dataclasses import replace

import pytest

from tests.content.kit import KZ

NUMBERS = {
    ('"112"', '"8 (7172) 54-76-031"'): "6:13: 8 (7172) 54-76-031 cannot be dialled in 'kz' "
    "(compare the source)",
    ('"112"', '"8 (7172) 54-76-03"\n    e164: "+77172547604"'): "7:11: +77172547604 is not "
    "8 (7172) 54-76-03, which is +77172547603 (compare the source)",
    ('"112"', '"8 (7172) 54-76-03"\n    e164: "+9991234567"'): "7:11: +9991234567 is no number of "
    "any plan (compare the source)",
    ('"112"', '"112"\n    e164: "+7112112112"'): "7:11: the short number 112 has no international "
    "form (leave it out)",
    ('"112"', '"112"\n    channel: whatsapp'): "7:14: a WhatsApp number needs its international "
    "form (add 'e164:')",
    ("serves", "hours: {always: true, days: [1]}\n    serves"): "9:12: round the clock, and yet "
    "at certain times (keep one of the two)",
    ("serves", 'hours: {opens: "09:00", closes: "18:00"}\n    serves'): "9:12: days, opens and "
    "closes belong together (give all three or none)",
    ("serves", 'hours: {days: [1], opens: "09:00", closes: "09:00"}\n    serves'): "9:12: closes "
    "at 09:00, not after it opens at 09:00",
    ("serves", 'hours: {days: [1, 1], opens: "09:00", closes: "18:00"}\n    serves'): "9:12: a day "
    "is listed twice",
    ("2026-11-01", "2026-11-22"): "14:14: 2026-11-22 is in the future",
    ("serves", "languages: [ru, kazakhish]\n    serves"): "9:16: 'kazakhish' is no language "
    "(codes like ru, kk, uz_Cyrl)",
    ("Asia/Almaty", "Asia/Almati"): "2:11: 'Asia/Almati' is no time zone "
    "(Continent/City, like Asia/Almaty)",
}


@pytest.mark.parametrize("change", NUMBERS, ids=lambda change: change[1][:40])
def test_a_line_is_sound(found, change):
    """A number that cannot be right, or facts that cannot all be true, are named."""
    assert found(kz=KZ.replace(*change)) == [f"hotlines/kz.yaml:{NUMBERS[change]}"]


@pytest.mark.parametrize(
    "number",
    ['"54-03-03"', '"+7 708 106 08 10"\n    e164: "+77081060810"', '"8 (7172) 54-76-03"'],
)
def test_sound_numbers_pass(found, number):
    """Short, national and international ways of writing a number are all good."""
    assert found(kz=KZ.replace('"112"', number)) == []


def test_old_facts_are_withheld_and_listed(found):
    """A line past its shelf life is named; an emergency number is shown all the same."""
    old = KZ.replace("2026-11-01", "2025-11-20")
    assert found(kz=old) == [
        (
            "hotlines/kz.yaml:14:14: line 'kz-112' was good until 2026-11-20: shown for want of a "
            "better one until checked again"
        )
    ]
    second = old[old.index("  - id") :].replace("112", "150").replace("emergency: true\n    ", "")
    assert found(kz=KZ + second) == [
        (
            "hotlines/kz.yaml:25:14: line 'kz-150' was good until 2026-11-20: withheld until checked "
            "again"
        )
    ]


def test_every_country_has_help_in_danger(found, terms):
    """A country on offer has a file, a line for danger and an emergency line that are shown."""
    assert found(replace(terms, countries=("kz", "kg"))) == [
        "hotlines/kg.yaml:1:1: this file is missing"
    ]
    assert found(kz=KZ.replace("[danger]", "[talk]")) == [
        "hotlines/kz.yaml:3:1: no line for danger would be shown in 'kz'"
    ]
    hidden = "shelf_life_days: 365\nrules:\n  - {when: {confidence: [high]}, show: false}\n  - show: true\n"
    assert found(rules=hidden) == [
        "hotlines/kz.yaml:1:1: no emergency line would be shown in 'kz'",
        "hotlines/kz.yaml:3:1: no line for danger would be shown in 'kz'",
    ]


def test_rules_decide_about_every_line(found):
    """A rule on a value no line has, or a last rule that leaves lines over, would hide lines."""
    rules = """\
    shelf_life_days: 365
    rules:
      - {when: {confidence: [hihg], verify_before_use: ["true"]}, show: true}
      - {when: {publish: ["yes"]}, show: true}
    """
    assert found(rules=rules) == [
        "hotlines/rules.yaml:3:26: no line has confidence 'hihg' (did you mean 'high'?)",
        "hotlines/rules.yaml:3:53: no line has verify_before_use 'true' (without quotation marks)",
        (
            "hotlines/rules.yaml:4:6: the last rule has a condition: nothing is decided about the "
            "lines it leaves over (end with a rule that has no 'when')"
        ),
    ]
