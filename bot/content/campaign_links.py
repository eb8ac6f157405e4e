"""Whether the button of a campaign leads somewhere, and whether anybody can ask for its topic."""

from collections.abc import Iterator

from bot.content.draft import Draft
from bot.content.faults import Fault
from bot.content.model.campaigns import Template
from bot.content.problem import Problem


def link_campaigns(draft: Draft) -> Iterator[Problem]:
    """Yield buttons that lead nowhere and topics that nobody can choose."""
    for one in draft.campaigns.values():
        for place, what, hint in (*_opened(one, draft), *_topic(one, draft)):
            yield draft.origin.at("campaign", one.campaign, *place, what=what, hint=hint)


def _opened(one: Template, draft: Draft) -> Iterator[Fault]:
    if (one.quiz is not None) != (one.opens == "quiz"):
        what = "'quiz' says which quiz is opened" if one.quiz else "which quiz is opened?"
        hint = "write 'opens: quiz'" if one.quiz else "write 'quiz:' with its id"
        yield ("opens",), what, hint
    elif one.quiz is not None:
        played = {name for name, quiz in draft.quizzes.items() if not quiz.is_test}
        if one.quiz not in played:
            hint = draft.near(one.quiz, played)
            yield ("quiz",), f"there is no quiz '{one.quiz}' that anybody may play", hint


def _topic(one: Template, draft: Draft) -> Iterator[Fault]:
    known = [topic.id for topic in draft.topics]
    if one.topic not in known:
        yield ("topic",), f"there is no topic '{one.topic}'", draft.near(one.topic, known)
