"""The registry: every capability content can call, by name. A new one is a new file and a line."""

from bot.engine.blocks.ask import Ask
from bot.engine.blocks.ask_gently import AskGently
from bot.engine.blocks.ask_town import AskTown
from bot.engine.blocks.base import Block
from bot.engine.blocks.campaigns import Campaigns
from bot.engine.blocks.choose_country import ChooseCountry
from bot.engine.blocks.choose_fading import ChooseFading
from bot.engine.blocks.choose_language import ChooseLanguage
from bot.engine.blocks.choose_phrase import ChoosePhrase
from bot.engine.blocks.confirming import Confirming
from bot.engine.blocks.contact_card import ContactCard
from bot.engine.blocks.course import AnInvitation, CourseTest
from bot.engine.blocks.cover import PutUpCover
from bot.engine.blocks.hotlines import Hotlines
from bot.engine.blocks.live import LiveQuiz
from bot.engine.blocks.nearby import NearbyServices
from bot.engine.blocks.news import News, NewsChoices, NewsLeft
from bot.engine.blocks.numbers import Heard, Numbers
from bot.engine.blocks.pickup import Pickup
from bot.engine.blocks.privacy import Privacy
from bot.engine.blocks.question_box import QuestionBox
from bot.engine.blocks.quiz import PlayQuiz
from bot.engine.blocks.quizzes import Quizzes
from bot.engine.blocks.referral import Referral
from bot.engine.blocks.remember import Remember, Unremember
from bot.engine.blocks.service_card import ServiceCard
from bot.engine.blocks.session import LeadSession
from bot.engine.blocks.session_report import SessionReport
from bot.engine.blocks.sessions import Sessions
from bot.engine.blocks.sources import Sources
from bot.engine.blocks.team import LeaveTeam, Team
from bot.engine.blocks.tie_ribbon import TieRibbon
from bot.engine.blocks.town_quiz import TownQuiz, TownQuizScore
from bot.engine.blocks.wishes import Wishes
from bot.engine.blocks.wishing_tree import WishingTree

ASK_TOWN = AskTown()
"""The block that can be answered from anywhere: by a place that is named, by a point on the map."""

_ALL: tuple[Block, ...] = (
    ChooseLanguage(),
    ChooseCountry(),
    Privacy(),
    Hotlines(),
    ContactCard(),
    ASK_TOWN,
    Ask(),
    NearbyServices(),
    Wishes(),
    ServiceCard(),
    Referral(),
    Numbers(),
    Heard(),
    AskGently(),
    ChooseFading(),
    PutUpCover(),
    ChoosePhrase(),
    Pickup(),
    TownQuiz(),
    TownQuizScore(),
    Quizzes(),
    PlayQuiz(),
    LiveQuiz(),
    WishingTree(),
    TieRibbon(),
    Remember(),
    Unremember(),
    Sessions(),
    LeadSession(),
    SessionReport(),
    QuestionBox(),
    Sources(),
    AnInvitation(),
    CourseTest(),
    Team(),
    LeaveTeam(),
    Confirming(),
    Campaigns(),
    News(),
    NewsChoices(),
    NewsLeft(),
)
BLOCKS: dict[str, Block] = {block.spec.name: block for block in _ALL}
NEEDED = frozenset({"privacy", "contact_card", "heard", "ask_gently"})
"""The blocks the engine itself sends people to: content must call each of them somewhere."""

SPECS = {name: block.spec for name, block in BLOCKS.items()}

OWN_WORDS = frozenset(word for block in _ALL for word in block.words)
"""Every word that a block puts behind its own buttons."""
