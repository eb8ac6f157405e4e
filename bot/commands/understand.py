"""`tirek understand`: what a message is taken for, and how well that works, for authors."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, TextIO, get_args

import typer

from bot.commands.common import SettingsFile
from bot.content.model import Label
from bot.errors import ContentError
from bot.settings import load_settings
from bot.understanding.disclosures import Disclosures
from bot.understanding.disclosures.engine import ASKS, SILENT, SPEAKS
from bot.understanding.disclosures.score import NONE, Outcome, Phrase, Score, measured


def understand(
    given: Annotated[
        list[str] | None, typer.Argument(help="A message; with --score, files of phrases.")
    ] = None,
    settings: SettingsFile = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read a message a line, print an object a line.")
    ] = False,
    score: Annotated[
        bool, typer.Option("--score", help="Count what is understood of files of phrases.")
    ] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="With --score: list what was misunderstood, and why.")
    ] = False,
    lang: Annotated[
        str | None, typer.Option(help="With --score: only phrases in this form, such as uz-Cyrl.")
    ] = None,
) -> None:
    """Show whether a message discloses violence, and what of the lexicon is found in it."""
    disclosures = _disclosures(load_settings(settings).content.folder)
    if jsonl:
        _stream(disclosures, sys.stdin, sys.stdout)
    elif score:
        phrases = [one for name in given or () for one in _phrases(Path(name))]
        if lang:
            phrases = [one for one in phrases if one.language == lang]
        figures = measured(disclosures, phrases)
        if misses:
            for line in _misses(disclosures, figures):
                typer.echo(line)
        for line in _told(figures):
            typer.echo(line)
    elif given:
        for line in _explained(disclosures, " ".join(given)):
            typer.echo(line)
    else:
        raise ContentError('say something: tirek understand "…", or a message a line with --jsonl')


def _disclosures(folder: Path) -> Disclosures:
    """Read the lexicon alone; what is wrong in it is told, and the rest is used."""
    from bot.content.disclosures import read_disclosures
    from bot.content.notes import Notes

    notes = Notes()
    lexicon = read_disclosures(folder, notes)
    for problem in sorted(notes.problems):
        typer.echo(str(problem), err=True)
    return Disclosures(lexicon)


def _stream(disclosures: Disclosures, lines: Iterable[str], out: TextIO) -> None:
    for line in lines:
        found = disclosures.explain(line.rstrip("\n"))
        told = {"labels": found.understood.labels or [NONE], "rules": found.rules}
        out.write(f"{json.dumps(told, ensure_ascii=False)}\n")
        out.flush()


def _phrases(path: Path) -> list[Phrase]:
    import yaml

    try:
        data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return [Phrase.of(row) for row in data["phrases"]]
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise ContentError(f"{path}: no set of phrases can be read here: {error}") from None


def _explained(disclosures: Disclosures, text: str) -> Iterator[str]:
    explained = disclosures.explain(text)
    found = explained.understood
    yield f"labels: {', '.join(found.labels) or NONE}{' (a soft question)' * found.asks}"
    yield f"rules:  {', '.join(explained.rules) or '-'}"
    told = f"silent below {SILENT}, asks from {ASKS}, speaks from {SPEAKS}"
    yield f"sounds like harm: {explained.harm:.1f} ({told})"
    for concept, said in explained.signs:
        yield f"  {concept:<18} {said}"


def _misses(disclosures: Disclosures, figures: Score) -> Iterator[str]:
    for one in figures.outcomes:
        if told := _wrong(one):
            yield f"{told}: [{one.phrase.language} {one.phrase.kind}] {one.phrase.text}"
            yield f"    wanted: {', '.join(one.phrase.labels) or NONE}"
            for line in _explained(disclosures, one.phrase.text):
                yield f"    {line}"


def _wrong(one: Outcome) -> str:
    """Say what is wrong with an outcome; "" where the labels that matter most are right."""
    if one.missed:
        return "MISSED, asks" if one.understood.asks else "MISSED"
    if one.alarmed:
        return "FALSE ALARM"
    urgent = {"violence_now", "suicide"}
    if lost := urgent & {*one.phrase.labels} - {*one.understood.labels}:
        return f"NO {', '.join(sorted(lost))}"
    if wrongly := urgent & {*one.understood.labels} - {*one.phrase.labels}:
        return f"WRONGLY {', '.join(sorted(wrongly))}"
    return ""


def _told(figures: Score) -> Iterator[str]:
    yield (
        f"{'':<8} {'said':>5} {'recall':>7} {'expl':>7} {'impl':>7} {'prec':>7}"
        f" {'hard':>14} {'chat':>14} {'asks':>9}"
    )
    each = figures.by_language()
    for name, one in [*each.items(), *([("all", figures)] if len(each) > 1 else [])]:
        said = sum(bool(each.phrase.labels) for each in one.outcomes)
        hard, chat = _alarms(one, "hard"), _alarms(one, "chat")
        asks = f"{one.asked(disclosures=True)}/{one.asked(disclosures=False)}"
        yield (
            f"{name:<8} {said:>5} {one.recall:>7.1%} {one.noticed('explicit'):>7.1%}"
            f" {one.noticed('implicit'):>7.1%} {one.precision:>7.1%} {hard:>14} {chat:>14} {asks:>9}"
        )
    yield ""
    yield (
        f"{'noticed and labelled':<20} " + " ".join(f"{name:>8}" for name in each) + f" {'all':>8}"
    )
    for label in get_args(Label):
        rates = " ".join(
            f"{one.noticed_of(label):>4.0%}{one.labelled(label):>4.0%}"
            for one in [*each.values(), figures]
        )
        yield f"{label:<20} {rates}"
    yield ""
    order = (*get_args(Label), NONE)
    yield f"{'right / understood':<18} " + " ".join(f"{name[:8]:>8}" for name in order)
    table = figures.confusion()
    for right in order:
        row = " ".join(f"{table.get((right, got), 0) or '.':>8}" for got in order)
        yield f"{right:<18} {row}"


def _alarms(figures: Score, kind: str) -> str:
    harmless = [one for one in figures.outcomes if one.phrase.kind == kind]
    alarmed = sum(one.alarmed for one in harmless)
    return f"{alarmed}/{len(harmless)} {figures.alarms(kind):>6.1%}"
