"""The page `docs/data.md`, written from the schema: `python -m tests.store.datapage`."""

from pathlib import Path

from bot.store.tables import metadata

PAGE = Path(__file__).parents[2] / "docs" / "data.md"

_HEAD = """\
# What the database holds

This is all of it: a column that is not in this list is not in the database, and a test compares
the two. No text that anyone typed or read is ever stored, but for the first
names of who plays in a group, while the game lasts. An epoch key is destroyed within 48 hours
of its making; what it stood for or protected is then unreadable for everyone, us included. The
long-term key lives until it is rotated or a lockdown ends it; under it lie only those who asked to be
known for longer.

"""

_FOOT = """
While somebody plays a quiz, what the screen is about tells where the round stands: which quiz, the age
and the country it was drawn for, what was missed. The age she said stands among what she said. Both
are sealed like the rest and go with the row. Of answers only sums are kept, by the week and the
question (`tally`), which nobody can be told from; no score is kept anywhere else, unless she asks
for it: then a row of `learner` says which questions she met, in which of five boxes each lies, and
the day it is due. It holds no name, no chat and no language.

While a live quiz goes on in a group there is one row of `game`, whose first names are the only words
in the database that are not ours: they make the table that the group reads. Who plays is known by an
HMAC under random bytes of this very game, which lie sealed beside it, so that a player cannot be found
by her Telegram id without the epoch key, nor compared between two games. With the podium the row is
gone; whatever happens, after three hours.

While somebody stands at the wishing tree, what the screen is about names the wish and the ribbon just
chosen, and among what was said stands that one was tied. Both are sealed and go as above. Of ribbons
only sums are kept, by the week, the country and the colour (`tally`); of wishes nothing.

While somebody chooses what news she wants, her choices stand in what the screen is about, sealed, for half an
hour at most. With her yes they become a row of `subscriber`, whose columns are told her on that screen: all that is in it she
chose there, but for the chat, the day and the version of the text. Who gets news is in no other table under that name.
Whoever scans a poster opens a link that names the poster and a kind of place. One is added to that
sum of the week (`tally`) in the transaction of the turn; no row holds when it was, or who.
The button of a campaign names it by its code: a tap adds one to such a sum, and so does who wants no more news, under the campaign
whose message was the last she got. How many messages arrived in which quarter of an hour (`headway`) stands for nobody: once it is not known any more who got what, no quarter is
left in which fewer than twenty did. What is published of people and campaigns is kept with its random part (`tally`), so that it is the same whenever it is asked for.

Those who work with the bot, or are invited to, lie under a long-term key, since a role lasts longer than two
days; it is in a folder of its own (`store.long_key`), and a lockdown destroys it. Players who asked to be remembered and those who
asked for news lie under it, too, and nobody else. The log of
what was done about roles and campaigns (`audit`) names nobody.

The long-term key has versions (`tirek rotate`). A name under a newer one is an HMAC of the name before, so all of them are made anew at once;
of a version that was replaced the folder keeps what names and old buttons need, which alone opens nothing and finds nobody.

Beside the database lies one file, `store.marks` in the settings: for each erasure of the last 35
days a number, the second it was asked for, and the epoch HMACs the person's rows lay under; the
long-term HMAC, after the version of its key, only of who was remembered as a player, got news or worked with the bot. When an older copy of the database is put back,
those rows are erased from it again. Nobody who merely left or was idle is in it.
"""


def page():
    """The page as the schema would have it."""
    lines = ["| Table | Column | Type | What it is | Key | Life |", "|---|---|---|---|---|---|"]
    for table in metadata.tables.values():
        for column in table.columns:
            kind = str(column.type).lower().replace("blob", "bytes") + (
                " or nothing" if column.nullable else ""
            )
            info = column.info
            cells = (table.name, column.name, kind, info["purpose"], info["key"], info["life"])
            lines.append("| " + " | ".join(cells) + " |")
    lines.append(
        "| alembic_version | version_num | varchar(32) | the version of the tables | none | kept |"
    )
    return _HEAD + "\n".join(lines) + "\n" + _FOOT


if __name__ == "__main__":
    PAGE.write_text(page())
