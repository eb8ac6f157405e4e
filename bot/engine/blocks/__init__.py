"""The registry: every capability content can call, by name. A new one is a new file and a line."""

from bot.engine.blocks.base import Block
from bot.engine.blocks.choose_country import ChooseCountry
from bot.engine.blocks.choose_language import ChooseLanguage
from bot.engine.blocks.contact_card import ContactCard
from bot.engine.blocks.hotlines import Hotlines
from bot.engine.blocks.privacy import Privacy

_ALL: tuple[Block, ...] = (
    ChooseLanguage(),
    ChooseCountry(),
    Privacy(),
    Hotlines(),
    ContactCard(),
)
BLOCKS: dict[str, Block] = {block.spec.name: block for block in _ALL}
NEEDED = frozenset({"privacy", "contact_card"})
"""The blocks the engine itself sends people to: content must call each of them somewhere."""

SPECS = {name: block.spec for name, block in BLOCKS.items()}
