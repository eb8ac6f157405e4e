"""Truths about the chart of how a campaign went out: what is drawn is what was counted."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.colours import LIGHT, MUTED, PALE, TEAL
from bot.pictures.headway import DOTS, Bar, Scale, Span, headway, top
from tests.pictures.conftest import CHART


def image(chart):
    return Image.open(BytesIO(headway(chart).png())).convert("RGB")


def bare(**changes):
    """A chart of eight quarters without anything in it but these."""
    kept: dict[str, Any] = {
        "bars": (),
        "quiet": (),
        "paused": (),
        "hours": (),
        "quarters": 8,
    } | changes
    return replace(CHART, **kept)


def share(chart, *colours, box=(268, 322, 1486, 940)):
    """How much of the chart has one of these colours."""
    seen = image(chart).crop(box).get_flattened_data()
    return sum(one in colours for one in seen) / len(seen)


@given(st.floats(0, 1e8))
def test_a_scale_has_room_and_half_is_round(most):
    """It holds what it must, is not five times as high, and its half is a whole ten."""
    end = top(most)
    assert most <= end <= max(5 * most, 20)
    assert end % 20 == 0


@pytest.mark.parametrize(("many", "high"), [(20, 1.0), (10, 0.5), (0, 0.0)])
def test_a_bar_is_as_high_as_its_count(many, high):
    """Half of the scale is half of the height, whatever its width."""
    scale = Scale(20, "10", "20")
    chart = bare(bars=(Bar(Span(0, 4), 4 * many), Bar(Span(4, 8), 4 * many)), each=scale)
    assert share(chart, TEAL) == pytest.approx(high, abs=0.04)


def test_quiet_hours_and_pauses_are_told_apart():
    """A quarter of the chart quiet, another one paused: one is plain, the other hatched."""
    chart = bare(quiet=(Span(0, 2),), paused=(Span(4, 6),))
    assert share(chart, PALE) == pytest.approx(0.25, abs=0.02)
    assert share(chart, LIGHT) == pytest.approx(0.2, abs=0.05)
    assert 0.01 < share(chart, MUTED) < 0.1


def test_the_curve_ends_at_the_sum():
    """At its last count it stands as high as all of them together on the scale of the right."""
    chart = bare(bars=(Bar(Span(0, 1), 30), Bar(Span(7, 8), 30)), all=Scale(120, "60", "120"))
    picture = image(chart)
    dark = [y for y in range(322, 940) if sum(picture.getpixel((1484, y))) < 200]
    assert dark
    assert abs(sum(dark) / len(dark) - 631) < 6


def test_it_is_printed_on_a_page():
    """As a PDF it fills one page of A4 on its side."""
    pdf = headway(CHART).pdf(DOTS)
    assert pdf.startswith(b"%PDF")
    assert b"/MediaBox [0 0 841.92 595.2]" in pdf
