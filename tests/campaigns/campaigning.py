"""A campaign for the tests of this folder."""

from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Campaign, Message

STARTS = 1_800_000_000
"""A moment in January 2027, in epoch seconds."""

CAMPAIGN = Campaign(
    id="abcdefgh",
    topic="rights",
    messages={"ru": Message("Привет", "Открыть"), "ky": Message("Салам", "Ачуу")},
    link="q7",
)
EVERYBODY = Audience()
