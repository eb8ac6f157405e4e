"""The page `docs/data.md`, written from the schema: `python -m tests.store.datapage`."""

from pathlib import Path

from bot.store.tables import metadata

PAGE = Path(__file__).parents[2] / "docs" / "data.md"

_HEAD = """\
# What the database holds

This is all of it: a column that is not in this list is not in the database, and a test compares
the two. No text that anyone typed or read is ever stored. A key is destroyed within 48 hours of
its making; what it stood for or protected is then unreadable for everyone, us included.

"""

_FOOT = """
While somebody plays a quiz, what the screen is about tells where the round stands: which quiz, the age
and the country it was drawn for, what was missed. The age she said stands among what she said. Both
are sealed like the rest and go with the row. Of answers only sums are kept, by the week and the
question (`tally`), which nobody can be told from; no score is kept anywhere else.

Those who work with the bot, or are invited to, lie under a long-term key, since a role lasts longer than two
days; it is in a folder of its own (`store.long_key`), and a lockdown destroys it. Nobody else lies under it. The log of
what was done about roles (`audit`) names nobody.

Beside the database lies one file, `store.marks` in the settings: for each erasure of the last 35
days a number, the second it was asked for, and the epoch HMACs the person's rows lay under; of somebody who worked with the bot, the long-term HMAC as well. When an
older copy of the database is put back, those rows are erased from it again. Nobody who merely left
or was idle is in it.
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
