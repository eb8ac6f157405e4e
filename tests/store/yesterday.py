"""A database as the first version of the tables left it, with rows in it."""

from unittest.mock import patch

from sqlalchemy import column
from sqlalchemy import table as sql_table

from bot.store import migrate
from bot.store.batch import HOUR
from bot.store.database import connect

OPEN = "help.numbers"
"""Where everybody stood, written openly as it was then."""


async def first_tables(url, cipher, keys, people, now):
    """Make the tables of step 0001 at `url`, with one turn of each of `people`."""
    end = int(now) + HOUR
    shared = {"place": OPEN, "item": "kz-102", "language": "kk", "country": "kz", "told": True}
    shared |= {"expires": end}
    sessions, replies = [], []
    for number, person in enumerate(people, 1):
        name = {"person": keys.pseudonym(person)}
        sessions.append(name | shared | {"after": "home"})
        chat = cipher.seal("outbox", "chat", number, person)
        sent = {"id": number, "chat": chat, "message": None, "kind": "show", "attempts": 0}
        replies.append(name | shared | sent | {"lead": "kind"})
    seen = [{"update_id": n, "expires": end} for n in range(1, len(people) + 1)]

    def work(connection):
        with patch.object(migrate, "HEAD", "0001"):
            migrate.run_steps(connection)
        for table, rows in (("session", sessions), ("outbox", replies), ("seen", seen)):
            connection.execute(sql_table(table, *map(column, rows[0])).insert(), rows)

    database = connect(url)
    await database.upgrade(work)
    await database.close()
