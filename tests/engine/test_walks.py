"""Whatever people do, in whatever order: they are answered, and help stays near."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.buttons import Codebook
from bot.engine.events import Chosen, Commanded, Departed, Strayed, Wrote
from bot.engine.replies import Card, Remove
from bot.engine.screen import Page
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
)


class Walk:
    """One person, who knows every button she has ever seen."""

    def __init__(self, world, data):
        self.world, self.data, self.now = world, data, NOW
        self.engine = Engine(Stage(world))
        self.book = Codebook.of(world.content, LANGUAGES)
        self.session, self.seen, self.last = None, [], []
        self.code = data.draw(st.sampled_from(CODES))
        nodes = world.content.nodes
        self.places = [*nodes, "nowhere"]
        self.choices = sorted({c.id for n in nodes.values() for c in n.choices} | {"kz", "en", "x"})
        lines = [line.id for one in world.content.countries.values() for line in one.hotlines]
        self.items = ["", *lines, "gone"]
        self.commands = [*world.content.commands, "", "nothing", "help", "Stop", "1"]

    def event(self):  # noqa: PLR0911 - a table of what people do
        draw = self.data.draw
        kind = draw(st.integers(0, 13))
        if kind <= 4 and self.last:
            return draw(st.sampled_from(self.last)).tap
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
        assert turn.replies
        assert None not in shown
        assert shown or isinstance(turn.replies[0], Remove)
        again = Engine(Stage(self.world))
        same = again.step(self.session, event, self.now, self.code)
        assert same == turn
        assert pages(again.stage, same, self.now) == shown
        for page in shown:
            assert page.text.strip()
            assert len(page.text.encode("utf-16-le")) // 2 <= 4096
            for label in labels(page):
                assert label.text.strip()
                assert (
                    label.copies
                    or label.url
                    or len("~" * 11 + self.book.letters(page.place, page.item, label.id)) <= 64
                )
            if isinstance(page, Page) and page.place in self.world.content.nodes:
                self.check_help(turn, page)

    def check_help(self, turn, page):
        node = self.world.content.nodes[page.place]
        assert page.sensitive == node.sensitive
        if node.sensitive:
            start = self.world.content.start
            assert any(choice.goto == start for choice in node.choices)
        known = turn.session is not None and turn.session.country
        taps = taps_to_help(self.engine, turn.session, page, self.now)
        assert taps <= (2 if known else 3), (page.place, taps)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_every_walk_is_answered(world, data):
    """Each step of any walk is answered, the same for the same doing, with help two taps away."""
    walk = Walk(world, data)
    for _ in range(data.draw(st.integers(1, 12))):
        walk.step()


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
