"""What is shown of a campaign to those who write and approve them, and what they may do about it."""

from collections.abc import Iterable
from typing import Final

from bot.campaigns.approval import decide
from bot.campaigns.audience import LEAST, Audience
from bot.campaigns.board import Board, Posted
from bot.campaigns.commands import (
    Approve,
    By,
    Command,
    Delete,
    Pause,
    Propose,
    Recall,
    Resume,
    Stop,
    Withdraw,
)
from bot.campaigns.events import Refusal
from bot.campaigns.proposal import Phase
from bot.engine.blocks import campaign_progress
from bot.engine.blocks.base import Part
from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.blocks.news_screens import band
from bot.engine.campaigns import page
from bot.engine.screen import NewsPage, Option
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Names, Say, Value, Verbatim
from bot.language.tongues import NAMES
from bot.learning.spelling import spelt, unspelt

DONE, LIST, SAMPLE, HELP = "campaign-done", "campaign-list", "send-sample", "help-beside"
DRAWN: Final = "campaign-drawn"
"""What can be tapped besides campaigns, languages and what may be done about one."""

_PHASES: Final = {
    Phase.DRAFT: Say("A draft: nobody but you sees it."),
    Phase.PROPOSED: Say("It waits for a colleague who approves it."),
    Phase.APPROVED: Say("Approved. It goes out at its time."),
    Phase.SENDING: Say("It is being sent."),
    Phase.PAUSED: Say("Paused: nothing is sent now."),
    Phase.CORRECTING: campaign_progress.CORRECTING,
    Phase.DONE: Say("It has been sent."),
    Phase.STOPPED: Say("Stopped for good."),
    Phase.RECALLED: Say("Recalled: messages are being deleted."),
}
ACTIONS: Final = {
    "propose": Say("Propose it"),
    "approve": Say("Approve exactly this"),
    "send-back": Say("Make it a draft again"),
    "pause-sending": Say("Pause"),
    "resume-sending": Say("Go on"),
    "stop-sending": Say("Stop for good"),
    "recall-sent": Say("Delete what was sent"),
    "delete-draft": Say("Delete the draft"),
}
NOT_HERS: Final = Say("This screen is not open now.")
CHANGED: Final = Say("This campaign has changed, or is over. Look at the list again.")
_FEW: Final = Say("Fewer than {n} readers: nothing would be sent.", {"n": LEAST})
_FEW_SENT: Final = Say("Sent so far: fewer than {n}.", {"n": LEAST})
_PICTURED: Final = Say("It has a picture.")
MARK: Final = 4
"""Words that name a campaign: the first 40 bits of its fingerprint, so that a button of what was
shown does nothing to what it was changed into."""
_MARK_BYTES: Final = 5


def shown(look: Look, board: Board, one: Posted, more: list[str]) -> Part:
    """Show a campaign as it stands: its text, who gets it, when, how far it is, what may be done."""
    seen, read = opened(look, one, more)
    actions = offered(look, board, one, more)
    others = [name for name in _named(look, one) if name != read]
    texts = (in_language(read), *_text(one, read)) if read else ()
    return Part(
        (
            facts(look, one),
            *campaign_progress.figures(look, one),
            *gaps(look, one),
            *_before_approval(look, board, one, seen),
            *texts,
        ),
        (
            *rows((name, ticked(NAMES[name], on=_is_seen(one, name, seen))) for name in others),
            *(((Option(SAMPLE, Say("Send it to me")),),) if read else ()),
            *rows((name, ACTIONS[name]) for name in actions),
            *campaign_progress.ways(look, board, one),
            *(rows([(DRAWN, Say("See it as a picture"))]) if one.is_drawn else ()),
            back(LIST),
        ),
        live=campaign_progress.is_live(one),
    )


def opened(look: Look, one: Posted, more: list[str]) -> tuple[int, str]:
    """Tell what she has opened of a campaign, as bits, and in which language she reads it now.

    There is a bit for each language with a text, in the order of their tags, and one for the picture.
    """
    names = sorted(one.campaign.messages)
    seen = unspelt(more[:1]) or 0
    wanted = (*more[1:2], look.session.language, *names)
    read = next((name for name in wanted if name in names), "")
    return (seen | 1 << names.index(read) if read else seen), read


def opening(
    one: Posted, seen: int, *, language: str = "", picture: bool = False
) -> tuple[str, ...]:
    """Write down what she has opened when she opens one thing more, as `opened` reads it."""
    names = sorted(one.campaign.messages)
    seen |= 1 << names.index(language) if language else 0
    seen |= 1 << len(names) if picture else 0
    return spelt(seen, 1)


def offered(look: Look, board: Board, one: Posted, more: list[str]) -> dict[str, Command]:
    """Name what she may do now: she approves nothing of which she has not opened all there is."""
    actions = allowed(look, board, one)
    seen, _ = opened(look, one, more)
    if _unread(one, seen) or _is_unlooked(one, seen):
        actions.pop("approve", None)
    return actions


def allowed(look: Look, board: Board, one: Posted) -> dict[str, Command]:
    """Name what her role and its state let her do; the same rules judge it again as it is done.

    Nobody proposes or approves what no audience would get.
    """
    by, at = By(board.name, look.session.standing), look.now.timestamp()
    commands: dict[str, Command] = {
        "propose": Propose(),
        "approve": Approve(one.proposal.digest),
        **({} if one.proposal.correction else {"send-back": Withdraw()}),
        "pause-sending": Pause(),
        "resume-sending": Resume(),
        "stop-sending": Stop(),
        "recall-sent": Recall(),
        "delete-draft": Delete(),
    }
    is_read = one.readers is not None and bool(one.campaign.messages)
    return {
        name: command
        for name, command in commands.items()
        if not isinstance(decide(one.proposal, command, by, at), Refusal)
        and (is_read or not isinstance(command, Propose | Approve))
    }


def sample(look: Look) -> NewsPage | None:
    """Give the message of a campaign in one language, as its readers get it."""
    board, words = look.session.board, look.session.item.split(AND)
    one = found(board, words[:MARK]) if board else None
    return page(look.world.words, one.campaign, words[-1]) if one else None


def mark(digest: bytes) -> tuple[str, ...]:
    """Name a campaign as it is with this fingerprint, in words that a button knows."""
    return spelt(int.from_bytes(digest[:_MARK_BYTES]), MARK)


def found(board: Board, words: list[str]) -> Posted | None:
    """Find the campaign that these words name, as long as it is what it was then."""
    return next((one for one in board.posted if mark(one.proposal.digest) == tuple(words)), None)


def facts(look: Look, one: Posted) -> tuple[Say, ...]:
    """Say how far it is, who gets it, how many they are, and when."""
    picture = (_PICTURED,) if one.campaign.picture else ()
    return (
        _PHASES[one.proposal.phase],
        *to(look, one.audience),
        *counts(one),
        start(look, one),
        *picture,
    )


def gaps(look: Look, one: Posted) -> tuple[tuple[Say, ...], ...]:
    """Say in which languages nobody would get it."""
    absent = [
        NAMES[name] for name in look.world.offered.languages if name not in one.campaign.messages
    ]
    lacks = Say("Missing, so that nobody gets it there: {languages}", {"languages": tuple(absent)})
    return ((lacks,),) if absent else ()


def to(look: Look, audience: Audience) -> tuple[Say, ...]:
    """Say who gets it, a line for each way in which they are chosen."""
    content = look.world.content
    there = tuple(COUNTRIES[one] for one in sorted(audience.countries)) or (Say("All countries"),)
    lines = [Say("For: {countries}", {"countries": there})]
    places = [
        content.places.places[one]
        for one in sorted(audience.regions)
        if one in content.places.places
    ]
    if places:
        regions = tuple(Names(place.names) for place in places)
        lines.append(Say("Regions: {regions}", {"regions": regions}))
    if audience.languages:
        languages = tuple(NAMES[one] for one in sorted(audience.languages))
        lines.append(Say("Languages: {languages}", {"languages": languages}))
    if audience.ages:
        lines.append(
            Say("Ages: {ages}", {"ages": tuple(band(one) for one in sorted(audience.ages))})
        )
    topics = tuple(Say(one.name) for one in content.topics if one.id in audience.topics)
    return (*lines, *((Say("News about: {topics}", {"topics": topics}),) if topics else ()))


def counts(one: Posted) -> tuple[Say, ...]:
    """Say how many it reaches and has reached, as far as that may be told."""
    readers = Say("Readers: about {n}", {"n": one.readers}) if one.readers else _FEW
    if one.proposal.phase in (Phase.DRAFT, Phase.PROPOSED, Phase.APPROVED):
        return (readers,)
    return (readers, Say("Sent so far: about {n}", {"n": one.sent}) if one.sent else _FEW_SENT)


def start(look: Look, one: Posted) -> Say:
    """Say when it starts, by the clock of the one country it is for, or else of hers."""
    return Say(
        "Starts: {day}, {time} ({zone})", campaign_progress.moment(look, one, one.proposal.starts)
    )


def message(text: str, button: str) -> tuple[tuple[Say, ...], ...]:
    """Show what is read in one language, in whatever language this screen is."""
    read = Say("{text}", {"text": Verbatim(text)})
    return ((read, *((Say("[ {button} ]", {"button": button}),) if button else ())),)


def in_language(name: str) -> tuple[Say, ...]:
    """Say in which language the text below is."""
    return (Say("In {language}:", {"language": NAMES[name]}),)


def ticked(label: Value, *, on: bool) -> Say:
    """Write a label that is on or off."""
    return Say("✓ {label}" if on else "{label}", {"label": label})


def rows(options: Iterable[tuple[str, Say]]) -> tuple[tuple[Option, ...], ...]:
    """Lay options out one below the other."""
    return tuple((Option(id_, label),) for id_, label in options)


def back(to: str) -> tuple[Option, ...]:
    """Make the button that leads back to the list, or to what was chosen before."""
    return (Option(to, Say("All campaigns") if to == LIST else Say("Back")),)


def _text(one: Posted, name: str) -> tuple[tuple[Say, ...], ...]:
    said = one.campaign.messages[name]
    return message(said.text, said.button)


def _before_approval(
    look: Look, board: Board, one: Posted, seen: int
) -> tuple[tuple[Say, ...], ...]:
    """Say what an approver has to open yet."""
    if "approve" not in allowed(look, board, one):
        return ()
    lines: list[Say] = []
    if unread := _unread(one, seen):
        left: dict[str, Value] = {"languages": tuple(NAMES[name] for name in unread)}
        lines.append(Say("Before you can approve: open each language. Left: {languages}", left))
    if _is_unlooked(one, seen):
        lines.append(Say("Before you can approve: tap “Send it to me” and look at the picture."))
    return (tuple(lines),) if lines else ()


def _named(look: Look, one: Posted) -> list[str]:
    """Name the languages with a text, in the order in which languages are offered."""
    order = {name: at for at, name in enumerate(look.world.offered.languages)}
    return sorted(one.campaign.messages, key=lambda name: (order.get(name, len(order)), name))


def _unread(one: Posted, seen: int) -> list[str]:
    return [name for name in one.campaign.messages if not _is_seen(one, name, seen)]


def _is_seen(one: Posted, name: str, seen: int) -> bool:
    return bool(seen >> sorted(one.campaign.messages).index(name) & 1)


def _is_unlooked(one: Posted, seen: int) -> bool:
    """Tell whether there is a picture that she was not sent yet."""
    return one.campaign.picture is not None and not seen >> len(one.campaign.messages) & 1
