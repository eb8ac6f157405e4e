"""The report as a page that prints in grey: a bar for each question, a line for what changed."""

from collections.abc import Iterator

from bot.counting.svg import footed, page, written
from bot.counting.tally import Kind
from bot.learning.report.table import LearningReport, Line, Share, Shift

_WIDTH, _LEFT, _TOP = 794, 30, 110
_NAMES = 300
_LINE = 18
_BAR = 10


def plot(report: LearningReport) -> str:
    """Draw the report as an SVG as wide as a page, as long as it needs."""
    title = "Questions and answers"
    body = [written(_LEFT, 40, title, 20, "bold")]
    body.append(written(_LEFT, 62, f"{report.period}, {report.period.weeks} weeks", 12))
    y: float = _TOP
    alone = [one for one in report.lines if one.kind is Kind.ANSWER and one.share]
    for heading, rows in (
        ("Right answers of people who play alone", [_bar(one) for one in alone]),
        ("Before a session (○) and after it (●)", [_change(one) for one in report.shifts]),
    ):
        if not rows:
            continue
        body += [written(_LEFT, y, heading, 13, "bold"), *_scale(y)]
        for row in rows:
            y += _LINE
            body.append(f'<g transform="translate(0,{y:.1f})">{row}</g>')
        y += 3 * _LINE
    notes, height = footed(_LEFT, y, report.notes)
    return page(f"{title}, {report.period}", _WIDTH, height, [*body, *notes])


def _at(percent: float) -> float:
    return _LEFT + _NAMES + (_WIDTH - 2 * _LEFT - _NAMES - 60) * percent / 100


def _scale(y: float) -> Iterator[str]:
    for percent in (0, 50, 100):
        yield written(_at(percent), y, f"{percent} %", 9, shade="#555", anchor="middle")


def _bar(line: Line) -> str:
    share = line.share or Share(0, 0)
    bar = f'<rect x="{_at(0):.1f}" y="{-_BAR}" height="{_BAR}" fill="#555" '
    known = f'width="{_at(share.least) - _at(0):.1f}"/>'
    # What lies between the least and the most nobody may know: it is left light.
    open_ = (
        f'<rect x="{_at(share.least):.1f}" y="{-_BAR}" height="{_BAR}" fill="#ccc" '
        f'width="{_at(share.most) - _at(share.least):.1f}"/>'
    )
    return _named(line.quiz, line.item) + bar + known + open_ + _said(str(share))


def _change(shift: Shift) -> str:
    before, after = _middle(shift.before), _middle(shift.after)
    line = (
        f'<line x1="{_at(before):.1f}" x2="{_at(after):.1f}" y1="-5" y2="-5" stroke="#555"/>'
        f'<circle cx="{_at(before):.1f}" cy="-5" r="4" fill="#fff" stroke="#000"/>'
        f'<circle cx="{_at(after):.1f}" cy="-5" r="4" fill="#000"/>'
    )
    said = f"{shift.before} → {shift.after}"
    return _named(shift.quiz, shift.item) + line + _said(said)


def _middle(share: Share) -> float:
    return (share.least + share.most) / 2


def _named(quiz: str, item: str) -> str:
    return written(_LEFT, 0, f"{quiz}: {item}", 10)


def _said(words: str) -> str:
    return written(_WIDTH - _LEFT, 0, words, 10, anchor="end")
