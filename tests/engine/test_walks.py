"""Whatever people do, in whatever order: they are answered, and help stays near."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.campaigns.subscription import Subscription
from bot.channels.telegram.buttons import Codebook
from bot.content.model import SHOWN_SECTORS
from bot.engine.events import Chosen, Commanded, Departed, Located, Strayed, Wrote
from bot.engine.replies import Card, Remove, Show
from bot.engine.screen import Page, PicturePage, RecordingPage, VenuePage
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import LANGUAGES, NOW, buttons, labels, pages, taps_to_help
from tests.replay import through_text

CODES = ("ru", "en", "kk", "ky", "tg", "uz", "uz-Cyrl", "fa", "tlh", "", "uz-Latn-UZ", None)
ODD = st.one_of(
    st.text(max_size=40),
    st.integers(-2, 120).map(str),
    st.sampled_from(
        ("", " ", "1.", "0", "١", "²", "9" * 5000, "а" * 5000, "\0", "/", "👍", "{hours}")
    ),
    st.sampled_from(("help", "MENU", "Стоп", "close!", "тоҷикӣ", "o'zbekcha", "Ўзбекча", "sos")),
    st.sampled_from(("Ош", "Актау", "в Алматы", "Tashkent", "хорог", "Kyrgyzstan", "Жалал-Абат")),
)
POINTS = st.builds(
    Located,
    st.one_of(st.sampled_from((43.23891, 40.51401, 37.48917, 41.31108)), st.floats(-90, 90)),
    st.one_of(st.sampled_from((76.88971, 72.80302, 71.55312, 69.24056)), st.floats(-180, 180)),
)


class Walk:
    """One person, who knows every button she has ever seen; `engine` has seen others before her."""

    def __init__(self, engine, data):
        self.world, self.data, self.now = engine.stage.world, data, NOW
        self.engine, self.fresh = engine, Engine(Stage(engine.stage.world))
        world = self.world
        self.book = Codebook.of(world.content, LANGUAGES)
        self.session, self.seen, self.last, self.asked = None, [], [], []
        self.code = data.draw(st.sampled_from(CODES))
        nodes = world.content.nodes
        self.places = [*nodes, "nowhere"]
        self.choices = sorted({c.id for n in nodes.values() for c in n.choices} | {"kz", "en", "x"})
        lines = [line.id for one in world.content.countries.values() for line in one.hotlines]
        services = [
            one.id for there in world.content.directory.countries.values() for one in there.all
        ]
        places = [*world.content.places.places][::50]
        self.items = ["", "gone", "2", "999", "+", *lines, *services, *places]
        self.items += [f"near-safe+{one}" for one in services] + ["+".join(places[:5])]
        self.choices += ["more", "earlier", "wishes", "done", "list", "keep", "map", "yes", "brief"]
        self.choices += places
        self.commands = [*world.content.commands, "", "nothing", "help", "Stop", "1"]

    def event(self):  # noqa: PLR0911 - a table of what people do
        draw = self.data.draw
        kind = draw(st.integers(0, 15))
        if (kind <= 4 or kind == 15) and self.last:
            return draw(st.sampled_from(self.last)).tap
        if kind == 14:
            return draw(POINTS)
        if kind == 5 and self.seen:
            return draw(st.sampled_from(self.seen)).tap
        if kind == 6 and self.last:
            return Wrote(draw(st.sampled_from(self.last)).label.text)
        if kind == 7 and self.last:
            return Wrote(str(draw(st.integers(0, len(self.last) + 1))))
        if kind == 8:
            return Commanded(draw(st.sampled_from(self.commands)))
        if kind == 9:
            return Strayed(wordless=draw(st.booleans()))
        if kind == 10:
            place, choice = draw(st.sampled_from(self.places)), draw(st.sampled_from(self.choices))
            return Chosen(place, choice, draw(st.sampled_from(self.items)))
        if kind == 11 and draw(st.integers(0, 5)) == 0:
            return Departed()
        return Wrote(draw(ODD))

    def step(self):
        if self.data.draw(st.integers(0, 9)) == 0:
            self.session = None
        self.now += timedelta(minutes=self.data.draw(st.sampled_from((0, 0, 1, 59, 1441, 300_000))))
        event = self.event()
        turn = self.engine.step(self.session, event, self.now, self.code)
        self.asked += [turn.subscription] if isinstance(turn.subscription, Subscription) else []
        shown = pages(self.engine.stage, turn, self.now)
        self.check(event, turn, shown)
        self.session = through_text(turn.session)
        if any(isinstance(page, Page) for page in shown):
            self.last = [button for page in shown for button in buttons(page) if not button.silent]
        self.seen += [button for page in shown for button in buttons(page) if not button.silent]

    def check(self, event, turn, shown):
        if isinstance(event, Departed):
            assert (turn.session, turn.replies) == (None, ())
            return
        self.check_memory(event, turn)
        self.check_consent(event, turn)
        assert turn.replies
        assert None not in shown
        assert shown or isinstance(turn.replies[0], Remove)
        self.fresh.stage._pages.clear()
        same = self.fresh.step(self.session, event, self.now, self.code)
        assert same == turn
        assert pages(self.fresh.stage, same, self.now) == shown
        for page in shown:
            if isinstance(page, VenuePage):
                assert page.title.strip()
                assert page.address.strip()
                continue
            if isinstance(page, RecordingPage):
                assert page.file.strip()
                continue
            said = page.caption if isinstance(page, PicturePage) else page.text
            assert said.strip()
            most = 1024 if isinstance(page, PicturePage) else 4096
            assert len(said.encode("utf-16-le")) // 2 <= most
            for label in labels(page):
                assert label.text.strip()
                assert (
                    label.copies
                    or label.url
                    or len("~" * 11 + self.book.letters(page.place, page.item, label.id)) <= 64
                )
            if isinstance(page, Page) and page.place in self.world.content.nodes:
                self.check_help(turn, page)

    def check_memory(self, event, turn):
        """Town and answers live at sensitive places only, and a point nowhere."""
        nodes, places = self.world.content.nodes, self.world.content.places
        for session in (turn.session, turn.reader):
            if session is None:
                continue
            if not nodes[session.place].sensitive:
                assert (session.town, session.said) == ("", ())
            if session.town:
                assert places.get(session.town).country == session.country
            assert list(session.said) == sorted(set(session.said))
            assert not {"police", "no_police"}.issubset(session.said)
        for gap in turn.tallies:
            assert turn.session.place != (self.session.place if self.session else "")
            assert gap.row == places.get(turn.session.town).region
            assert gap.column in SHOWN_SECTORS
        if isinstance(event, Located):
            told = repr(turn)
            assert all(str(one) not in told for one in (event.lat, event.lon) if abs(one) > 1)

    def check_consent(self, event, turn):
        """Only the yes below the summary asks for news; nothing else that anybody does (R14, R16)."""
        if not isinstance(turn.subscription, Subscription):
            return
        at = event if isinstance(event, Chosen) else self.session
        assert at is not None
        assert at.item.startswith("summary")
        assert turn.replies == (Show("news", "", "subscribed"),)

    def check_help(self, turn, page):
        node = self.world.content.nodes[page.place]
        assert page.sensitive == node.sensitive
        if node.sensitive:
            nodes = self.world.content.nodes
            assert any(nodes[choice.goto].leaves for choice in node.choices)
        if node.cover:
            return
        known = turn.session is not None and turn.session.country
        taps = taps_to_help(self.engine, turn.session, page, self.now)
        assert taps <= (2 if known else 3), (page.place, taps)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_every_walk_is_answered(engine, data):
    """Each step of any walk is answered, the same for the same doing, with help two taps away."""
    walk = Walk(engine, data)
    for _ in range(data.draw(st.integers(1, 12))):
        walk.step()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_looking_for_help_never_asks_for_news(engine, data):
    """Whatever survivors do, in whatever order, nothing of them is kept for news (R14).

    They walk through all screens but those of the news, the way there included; what they type
    may be anything.
    """
    nodes = engine.stage.world.content.nodes.values()
    news = {one.id for one in nodes if one.block in {"news", "news_choices", "news_left"}}
    ways = {choice.id for one in nodes for choice in one.choices if choice.goto in news}
    walk = Walk(engine, data)
    for _ in range(data.draw(st.integers(1, 12))):
        walk.step()
        if walk.session is not None and walk.session.place in news:
            walk.session = None
        walk.last = [one for one in walk.last if one.label.id not in ways and one.place not in news]
        walk.seen = [one for one in walk.seen if one.label.id not in ways and one.place not in news]
        assert walk.asked == []


def test_a_card_is_only_promised_where_it_can_be_shown(world):
    """A card is sent for every line that may be shown and for no other."""
    engine = Engine(Stage(world))
    promised = 0
    for country, lines in world.content.countries.items():
        for line in lines.hotlines:
            session = engine.step(None, Chosen("country", country), NOW).session
            turn = engine.step(session, Chosen("danger-line", "keep", line.id), NOW)
            cards = [reply for reply in turn.replies if isinstance(reply, Card)]
            assert all(page is not None for page in pages(engine.stage, turn))
            promised += len(cards)
    assert promised > len(world.content.countries)
