"""Whatever an author does in her drafts, in whatever order: they stay what readers can be sent."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.campaigns.board import Writing
from bot.campaigns.campaign import Photo
from bot.campaigns.commands import By
from bot.campaigns.proposal import Phase
from bot.campaigns.wording import Mark
from bot.channels.telegram.buttons import Codebook
from bot.content.checks.limits import plain, units
from bot.engine.campaigns import page
from bot.engine.drafting import room
from bot.engine.events import Chosen, Commanded, Strayed, Wrote
from bot.engine.recall import Recall
from bot.engine.screen import Page
from bot.engine.session import AND
from bot.engine.step import Engine
from bot.staff.roles import Role
from bot.staff.standing import Standing
from tests.engine.walking import LANGUAGES, NOW, pages
from tests.paper_desk import PaperDesk
from tests.replay import through_text
from tests.standin.entities import formatted

TYPED = st.one_of(
    st.text(max_size=60),
    st.text("<>&/b\u202e\u200b[]\n ", max_size=40),
    st.sampled_from(
        ("Hello", "x" * 900, "y" * 2_400, "z" * 10_000, "My husband beats me", "😀" * 1_000)
    ),
)
MARKS = st.lists(
    st.builds(Mark, st.sampled_from(("bold", "italic")), st.integers(-5, 60), st.integers(-5, 60)),
    max_size=4,
).map(tuple)
PHOTOS = st.sampled_from((Photo("a", "b"), Photo("c", "d")))


class Author:
    """Somebody who writes, and knows every button of her newest screen."""

    def __init__(self, stage, data):
        self.engine, self.data, self.now = Engine(stage), data, NOW
        self.desk, self.by = PaperDesk(100), By(b"hers", Standing(Role.VOLUNTEER))
        self.session: Any = None
        self.taps: list[Chosen] = []
        self.words = {*Codebook.of(stage.world.content, LANGUAGES).code}
        self.recall = Recall(board=lambda: self.desk.board(self.by))

    def event(self):
        if not self.taps:
            return Commanded("campaign")
        kind = self.data.draw(st.integers(0, 9))
        if kind <= 6:
            return self.data.draw(st.sampled_from(self.taps))
        if kind <= 8:
            return Wrote(self.data.draw(TYPED), marks=self.data.draw(MARKS))
        return Strayed(wordless=True, photo=self.data.draw(PHOTOS))

    def step(self):
        self.now += timedelta(minutes=self.data.draw(st.sampled_from((0, 1, 9, 400))))
        self.do(self.event())

    def do(self, event):
        turn = self.engine.step(
            self.session,
            event,
            self.now,
            "en",
            recall=self.recall,
            standing=self.by.standing,
        )
        if isinstance(turn.doing, Writing):
            self.desk.note(turn.doing, self.by, self.now.timestamp())
            turn = self.engine.looked_again(turn, self.recall)
        self.taps = []
        for shown in pages(self.engine.stage, turn, self.now):
            assert formatted(shown.text, "HTML", None)[0]
            if isinstance(shown, Page) and shown.place == "campaigns":
                known = {*shown.item.split(AND), *(one.id for one in shown.labels)}
                assert known <= self.words, "each button can be written down"
                self.taps += [Chosen(shown.place, one.id, shown.item) for one in shown.labels]
        self.session = through_text(turn.session)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_draft_can_be_sent(stage, data):
    """Each text of each draft fits, is parsed by Telegram, and says nothing before it is approved."""
    author = Author(stage, data)
    author.do(Commanded("campaign"))
    for choice in ("new-campaign", "own-words", "meetings"):
        author.do(Chosen("campaigns", choice, author.session.item))
    for _ in range(data.draw(st.integers(1, 40))):
        author.step()
    board = author.desk.board(author.by)
    assert board is not None
    for one in board.posted:
        assert one.proposal.digest == one.campaign.digest(one.audience, one.proposal.starts)
        assert one.proposal.phase in (Phase.DRAFT, Phase.PROPOSED, Phase.STOPPED)
        assert one.audience.topics == {one.campaign.topic}
        for language in one.campaign.messages:
            read = page(stage.world.words, one.campaign, language)
            assert read is not None
            assert 0 < units(plain(read.text)) <= room(one.campaign)
            assert formatted(read.text, "HTML", None)[0] == plain(read.text)
