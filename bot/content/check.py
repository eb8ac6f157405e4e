"""Everything that can be proved about the content before anybody reads it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.content.checks.campaigns import check_campaigns
from bot.content.checks.coverage import check_directory
from bot.content.checks.graph import check_graph
from bot.content.checks.library import check_library
from bot.content.checks.limits import check_limits
from bot.content.checks.news import check_news
from bot.content.checks.numbers import check_coverage, check_numbers
from bot.content.checks.outreach import check_outreach
from bot.content.checks.places import check_places
from bot.content.checks.quizzes import check_quizzes
from bot.content.checks.screens import check_screens
from bot.content.checks.services import check_services
from bot.content.checks.sessions import check_sessions
from bot.content.checks.terms import Terms
from bot.content.checks.wishes import check_wishes
from bot.content.checks.wording import check_wording
from bot.content.disclosures import check_disclosures
from bot.content.draft import Draft
from bot.content.load import read
from bot.content.media import check_media
from bot.content.model import Content
from bot.content.problem import Problem


def check(content: Content, terms: Terms) -> list[Problem]:
    """Return every problem of a content that loaded, in reading order."""
    return sorted({*_each(content, terms), *_whole(content, terms)})


def examine(folder: Path, terms: Terms) -> list[Problem]:
    """Return every problem of the files under `folder`, whether they load or not."""
    return judge(read(folder, terms.blocks), folder, terms)


def judge(draft: Draft, folder: Path, terms: Terms) -> list[Problem]:
    """Return every problem of what was read from `folder`, in reading order.

    While something cannot be read, what depends on the whole (reachability, coverage) is not
    judged: an unread node would make others look lost.
    """
    if not draft.problems:
        content = draft.content()
        return sorted({*check(content, terms), *check_media(content, folder)})
    unrendered = replace(terms, render=None)  # the engine needs the whole content
    return sorted({*draft.problems, *_each(draft.partly(), unrendered)})


def _each(content: Content, terms: Terms) -> Iterator[Problem]:
    """Judge every screen, text and line by itself."""
    yield from check_screens(content, terms)
    yield from check_wording(content, terms)
    yield from check_numbers(content, terms)
    yield from check_limits(content, terms)
    yield from check_services(content, terms)
    yield from check_quizzes(content, terms)
    yield from check_wishes(content, terms)
    yield from check_sessions(content, terms)
    yield from check_campaigns(content, terms)
    yield from check_news(content, terms)
    yield from check_outreach(content, terms)


def _whole(content: Content, terms: Terms) -> Iterator[Problem]:
    """Judge how all of it hangs together."""
    yield from check_graph(content, terms)
    yield from check_coverage(content, terms)
    yield from check_places(content, terms)
    yield from check_library(content, terms)
    yield from check_directory(content, terms)
    yield from check_disclosures(content.disclosures, content.origin)
