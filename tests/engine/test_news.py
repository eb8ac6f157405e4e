"""Truths about asking for news: one thing after the other, nothing before the yes, one tap to leave."""

from dataclasses import replace

import pytest

from bot.campaigns.audience import Reader
from bot.campaigns.subscription import QUIET, Subscription, Unsubscribe
from bot.engine import cover
from bot.engine.blocks.news import LEAVE
from bot.engine.events import Chosen, Commanded, Strayed, Wrote
from bot.engine.recall import Recall
from bot.engine.replies import Show
from bot.engine.session import Cover, Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import LANGUAGES, NOW, at

LIST = Session("play", "en", country="kg", told=True)
ASKED = Subscription(
    NOW.date(), 1, Reader("ky", "kg", "kg-osh-region", "15-19", frozenset({"days"})), QUIET[1]
)
COVERED = replace(LIST, cover=Cover(b"salt", b"digest", confirmed=True))


@pytest.fixture
def offering(world):
    return Engine(Stage(replace(world, channel="https://t.me/network_news")))


class Young:
    """Somebody at the quizzes, of whom a store would keep what the turns say."""

    def __init__(self, engine, session=LIST, asked=None):
        self.engine, self.session, self.asked = engine, session, asked
        self.looked, self.kept = 0, []

    def subscription(self):
        self.looked += 1
        return self.asked

    def do(self, event):
        recall = Recall(subscription=self.subscription)
        self.turn = self.engine.step(self.session, event, NOW, "en", recall=recall)
        if self.turn.subscription is not None:
            left = isinstance(self.turn.subscription, Unsubscribe)
            self.asked = None if left else self.turn.subscription
            self.kept.append(self.turn.subscription)
        self.session = self.turn.session

    def tap(self, *options):
        for option in options:
            assert option in self.options, (option, self.options)
            self.do(Chosen(self.session.place, option, self.session.item))

    @property
    def page(self):
        (show,) = self.turn.replies if hasattr(self, "turn") else (Show(LIST.place),)
        reader = self.turn.reader if hasattr(self, "turn") else self.session
        return self.engine.stage.page(at(reader, show.place, show.item), NOW, show.lead)

    @property
    def options(self):
        return {one.id for one in self.page.labels}


ALL = ("ky", "kg", "kg-osh-region", "15-19", "days", "meetings", "next", "22-08")
SKIPPED = ("skip",) * 6


def test_every_question_can_be_skipped(engine):
    """Who skips all of it is asked for nothing more: her language, her country, the usual hours."""
    young = Young(engine)
    young.tap("news", "choose-news", *SKIPPED, "agree-news")
    assert young.kept == [Subscription(NOW.date(), 1, Reader("en", "kg"), QUIET[0])]
    assert young.turn.replies == (Show("news", "", "subscribed"),)


def test_what_she_chose_is_what_is_kept(engine):
    """Each answer is in what is kept, several topics among them, and is said on the last screen."""
    young = Young(engine)
    young.tap("news", "choose-news", *ALL)
    text = young.page.text
    for said in ("Кыргызча", "Osh Region, Kyrgyzstan", "15–19", "22:00–08:00"):
        assert said in text
    young.tap("agree-news")
    reader = Reader("ky", "kg", "kg-osh-region", "15-19", frozenset({"days", "meetings"}))
    assert young.kept == [Subscription(NOW.date(), 1, reader, "22-08")]
    assert young.session.language == "en"


@pytest.mark.parametrize("many", range(len(ALL) + 1))
def test_nothing_is_kept_before_the_yes(engine, many):
    """However far she went, who does not say yes below the summary is not kept."""
    young = Young(engine)
    young.tap("news", "choose-news", *ALL[:many], "no")
    assert young.kept == []
    assert young.session.place == "play"
    young.do(Wrote("news"))
    assert "choose-news" in young.options


def test_the_yes_counts_below_the_summary_alone(engine):
    """A yes sent from an earlier question, or without one, is an old button."""
    for item in ("", "language", "quiet+en+kg+++aa+21-09", "age", "x", "summary"):
        young = Young(engine, replace(LIST, place="news-choices"))
        young.do(Chosen("news-choices", "agree-news", item))
        assert bool(young.kept) is (item == "summary"), item


def test_nothing_is_chosen_for_her(engine):
    """On the first screen of each question nothing is marked, and no age, region or topic holds."""
    young = Young(engine)
    young.tap("news", "choose-news")
    for _ in SKIPPED:
        assert not any(one.text.startswith("✓") for one in young.page.labels)
        young.tap("skip")
    assert all(f"{one}: " in young.page.text for one in ("Place", "Age", "Topics"))
    assert young.page.text.count("not said") == 1
    assert "Place: Kyrgyzstan\n" in young.page.text


def test_a_topic_tapped_twice_is_not_chosen(engine):
    """Topics go on and off; whoever has none in the end hears about all."""
    young = Young(engine)
    young.tap("news", "choose-news", *("skip",) * 4, "days", "meetings", "days", "meetings")
    young.tap("skip", "skip", "agree-news")
    assert young.asked.reader.topics == frozenset()


def test_another_country_lets_go_of_the_region(engine):
    """A region belongs to its country: who changes the country is asked for another one."""
    young = Young(engine, asked=ASKED)
    young.tap("news", "country", "kz")
    assert young.asked.reader == replace(ASKED.reader, country="kz", region="")
    young.tap("region", "kz-almaty-city")
    assert young.asked.reader.region == "kz-almaty-city"


@pytest.mark.parametrize(
    ("taps", "changed"),
    [
        (("language", "ru"), {"language": "ru"}),
        (("language", "skip"), {}),
        (("country", "skip"), {}),
        (("region", "kg-chuy-region"), {"region": "kg-chuy-region"}),
        (("region", "skip"), {"region": ""}),
        (("age", "older"), {"age": "older"}),
        (("age", "skip"), {"age": ""}),
        (("topics", "meetings", "next"), {"topics": frozenset({"days", "meetings"})}),
        (("topics", "days", "skip"), {"topics": frozenset()}),
    ],
)
def test_she_sees_and_changes_what_is_kept(engine, taps, changed):
    """Each thing is changed by itself, at once; what need not be said can be taken back."""
    young = Young(engine, asked=ASKED)
    young.tap("news", *taps)
    assert young.asked == replace(ASKED, reader=replace(ASKED.reader, **changed))
    assert young.session.place == "news"
    assert bool(young.kept) is bool(changed)
    assert "agree-news" not in young.options


def test_hours_are_changed_and_the_yes_stays_where_it_was(engine):
    """A change is no new yes: day and version stay those of the text that she agreed to."""
    old = replace(ASKED, agreed=NOW.date().replace(year=2020), version=7)
    young = Young(engine, asked=old)
    young.tap("news", "quiet", "18-12")
    assert young.asked == replace(old, quiet="18-12")


def test_her_own_screen_says_all_of_it(engine):
    """Everything that is kept stands on the screen, and so does the day of her yes."""
    young = Young(engine, asked=ASKED)
    young.tap("news")
    for said in ("Кыргызча", "Osh Region", "15–19", "Days we mark together", "22:00–08:00"):
        assert said in young.page.text
    assert f"{NOW:%d.%m.%Y}" in young.page.text


@pytest.mark.parametrize(
    "known", [None, LIST, replace(LIST, place="hub"), replace(LIST, place="x")]
)
@pytest.mark.parametrize("place", ["", "news", "news-left", "gone"])
def test_one_tap_leaves_from_anywhere(engine, known, place):
    """The button ends the news wherever she stands, known or forgotten; also where it had ended."""
    for asked in (ASKED, None):
        young = Young(engine, known, asked)
        young.do(Chosen(place, LEAVE))
        assert young.kept == [Unsubscribe()]
        assert young.turn.replies == (Show("news-left"),)
        assert young.page.text


def test_who_is_unknown_leaves_in_the_language_of_her_news(engine):
    """After a pause the one line is in the language of the message that she answers."""
    young = Young(engine, None, ASKED)
    young.do(Chosen("", LEAVE))
    assert young.turn.reader.language == "ky"
    gone = replace(ASKED, reader=replace(ASKED.reader, language="fr"))
    young = Young(engine, None, gone)
    young.do(Chosen("", LEAVE))
    assert young.turn.reader.language in LANGUAGES


def test_typing_its_words_leaves_too(engine):
    """On her screen the words of the button do what the button does."""
    young = Young(engine, asked=ASKED)
    young.tap("news")
    young.do(Wrote("No more news"))
    assert young.kept == [Unsubscribe()]


def test_leaving_works_behind_the_cover_and_shows_nothing(engine):
    """Behind the cover the button ends the news, and the quiz stays in front."""
    closed = cover.closed(COVERED, engine.stage.world.content)
    young = Young(engine, closed, ASKED)
    young.do(Chosen("", LEAVE))
    assert young.kept == [Unsubscribe()]
    (show,) = young.turn.replies
    assert engine.stage.world.content.nodes[show.place].cover
    young.do(Wrote("news"))
    (show,) = young.turn.replies
    assert engine.stage.world.content.nodes[show.place].cover


def test_exit_words_stay_exit_words(engine):
    """A word that means the way out clears the chat also here, and ends no news."""
    young = Young(engine, asked=ASKED)
    young.tap("news")
    young.do(Wrote("stop"))
    assert young.kept == []
    assert young.session is None


def test_it_is_looked_up_at_the_news_alone(engine):
    """A turn elsewhere looks nothing up; one that comes to the news, or stands there, does, once."""
    for event, where, looked in (
        (Chosen("hub", "talk"), replace(LIST, place="hub"), 0),
        (Chosen("play", "hiv"), LIST, 0),
        (Commanded("start"), LIST, 0),
        (Wrote("stop"), replace(LIST, place="news"), 1),
        (Wrote("news"), replace(LIST, place="hub"), 1),
        (Commanded("news"), replace(LIST, place="hub"), 1),
        (Commanded("start", "n_ky"), None, 1),
        (Chosen("play", "news"), LIST, 1),
        (Chosen("news", "choose-news"), replace(LIST, place="news"), 1),
    ):
        young = Young(engine, where)
        young.do(event)
        assert young.looked == looked, event


def test_elsewhere_nobody_is_told_apart(engine):
    """Away from the news who gets it and who does not see the same (R15, R28)."""
    for event in (Commanded("start"), Chosen("news", "menu"), Chosen("news", "play"), Strayed()):
        turns = []
        for asked in (None, ASKED):
            young = Young(engine, replace(LIST, place="hub"), asked)
            young.do(event)
            turns.append((young.turn, young.page))
        assert turns[0] == turns[1]


def test_a_channel_is_offered_beside(engine, offering):
    """Where there is a public channel it stands beside the list; where there is none nothing does."""
    young = Young(offering)
    young.tap("news")
    (channel,) = (one for one in young.page.labels if one.url)
    assert channel.url == "https://t.me/network_news"
    assert "I keep nothing about you" in young.page.text
    young = Young(engine)
    young.tap("news")
    assert not any(one.url for one in young.page.labels)
    young = Young(offering, asked=ASKED)
    young.tap("news")
    assert not any(one.url for one in young.page.labels)


def test_a_screen_that_goes_out_after_a_restart_is_whole(engine):
    """A screen that is drawn without what was kept shows the question, and asks nothing wrong."""
    for step in ("language", "country", "region", "age", "topics", "quiet", "summary"):
        page = engine.stage.page(replace(LIST, place="news-choices", item=step), NOW)
        assert page.labels
        assert "Кыргызча" not in page.text


def test_no_screen_of_help_leads_to_the_news(world):
    """Only screens on which people play have a way to the news (R14)."""
    nodes = world.content.nodes
    news = {one.id for one in nodes.values() if one.block in {"news", "news_choices", "news_left"}}
    leading = {
        one.id
        for one in nodes.values()
        if one.id not in news and news & {c.goto for c in one.choices}
    }
    assert leading == {"play"}
