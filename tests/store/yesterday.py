"""A database as the first version of the tables left it, with rows in it."""

from unittest.mock import patch

from sqlalchemy import Text, column
from sqlalchemy import table as sql_table

from bot.store import migrate
from bot.store.batch import HOUR
from bot.store.database import connect
from bot.store.rows import outbox_row, session_row
from bot.store.tables import outbox, seen, session
from tests.store.people import SESSION, outgoing


async def first_tables(url, cipher, keys, people, now):
    """Make the tables of step 0001 at `url`, with one turn of each of `people`."""
    end = int(now) + HOUR
    names = {person: keys.pseudonym(person) for person in people}
    sessions = [session_row(names[person], SESSION, end, cipher) for person in people]
    replies = [
        outbox_row(number, names[person], outgoing(person, now), cipher, end)
        for number, person in enumerate(people, 1)
    ]
    for row in (*sessions, *replies):
        del row["about"]
        row["item"] = "kz-102"

    def work(connection):
        with patch.object(migrate, "HEAD", "0001"):
            migrate.run_steps(connection)
        for table, written in ((session, sessions), (outbox, replies)):
            columns = [table.c.get(name, column(name, Text())) for name in written[0]]
            old = sql_table(table.name, *(column(one.name, one.type) for one in columns))
            connection.execute(old.insert(), written)
        marks = [{"update_id": n, "expires": end} for n in range(1, len(people) + 1)]
        connection.execute(seen.insert(), marks)

    database = connect(url)
    await database.upgrade(work)
    await database.close()
