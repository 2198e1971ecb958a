"""A poll bot: ``/poll`` asks, everybody votes with buttons, the votes outlive a restart.

    DISCORD_TOKEN=… python examples/poll_bot.py
    disruption run examples/poll_bot.py --local         # or with no token at all

The buttons carry what they mean in their custom ids, and the votes are in SQLite, so that a
poll of last year can still be voted in.
"""

import os
import sqlite3
import threading
from typing import Annotated

from disruption import (
    ActionRow,
    Button,
    Client,
    ComponentContext,
    Context,
    Description,
    Embed,
    Length,
    UserError,
)

MOST = 5  # buttons in a row


class Polls:
    """The polls and their votes. One connection for all threads, one at a time."""

    def __init__(self, path: str) -> None:
        self.lock = threading.Lock()
        self.db = sqlite3.connect(path, check_same_thread=False)
        with self.db:
            self.db.executescript(
                """
                CREATE TABLE IF NOT EXISTS polls
                    (id INTEGER PRIMARY KEY, author INTEGER, question TEXT, closed INTEGER);
                CREATE TABLE IF NOT EXISTS choices (poll INTEGER, number INTEGER, text TEXT);
                CREATE TABLE IF NOT EXISTS votes
                    (poll INTEGER, user INTEGER, choice INTEGER, PRIMARY KEY (poll, user));
                """
            )

    def add(self, author: int, question: str, choices: list[str]) -> int:
        with self.lock, self.db:
            poll_id = self.db.execute(
                "INSERT INTO polls (author, question, closed) VALUES (?, ?, 0)", (author, question)
            ).lastrowid
            assert poll_id is not None
            rows = [(poll_id, number, text) for number, text in enumerate(choices)]
            self.db.executemany("INSERT INTO choices VALUES (?, ?, ?)", rows)
            return poll_id

    def vote(self, poll_id: int, user: int, choice: int) -> None:
        with self.lock, self.db:
            self.db.execute(
                "INSERT OR REPLACE INTO votes VALUES (?, ?, ?)", (poll_id, user, choice)
            )

    def close(self, poll_id: int) -> None:
        with self.lock, self.db:
            self.db.execute("UPDATE polls SET closed = 1 WHERE id = ?", (poll_id,))

    def find(self, poll_id: int) -> tuple[int, str, bool]:
        with self.lock:
            found = self.db.execute(
                "SELECT author, question, closed FROM polls WHERE id = ?", (poll_id,)
            ).fetchone()
        if found is None:
            raise UserError("I do not know this poll any more.")
        return found[0], found[1], bool(found[2])

    def result(self, poll_id: int) -> list[tuple[str, int]]:
        with self.lock:
            found: list[tuple[str, int]] = self.db.execute(
                "SELECT text, COUNT(user) FROM choices LEFT JOIN votes "
                "ON votes.poll = choices.poll AND choice = number "
                "WHERE choices.poll = ? GROUP BY number ORDER BY number",
                (poll_id,),
            ).fetchall()
            return found


client = Client(ordering="channel")  # votes in one channel are counted one after another
polls = Polls(os.environ.get("POLLS_DB", "polls.sqlite3"))


@client.command()
def poll(
    ctx: Context,
    question: Annotated[str, Length(max=200)],
    choices: Annotated[str, Description("Two to five, with commas between them")],
) -> None:
    """Start a poll.

    Args:
        question: What is asked.
    """
    texts = [text.strip() for text in choices.split(",") if text.strip()]
    if not 2 <= len(texts) <= MOST:
        raise UserError(f"Give two to {MOST} choices, with commas between them.")
    poll_id = polls.add(ctx.author.id, question, [text[:80] for text in texts])
    ctx.respond(embeds=[board(poll_id)], components=buttons(poll_id))


@client.component("vote:{poll_id:int}:{choice:int}")
def vote(ctx: ComponentContext, poll_id: int, choice: int) -> None:
    if polls.find(poll_id)[2]:
        raise UserError("This poll is closed.")
    polls.vote(poll_id, ctx.author.id, choice)
    ctx.update(embeds=[board(poll_id)])


@client.component("close:{poll_id:int}")
def close(ctx: ComponentContext, poll_id: int) -> None:
    if polls.find(poll_id)[0] != ctx.author.id:
        raise UserError("Only who started the poll can close it.")
    if not ctx.confirm("Close the poll for good?", danger=True):
        return
    polls.close(poll_id)
    ctx.message.edit(embeds=[board(poll_id)], components=[])
    ctx.respond("The poll is closed.", ephemeral=True)


def board(poll_id: int) -> Embed:
    """Return the poll as it stands."""
    _, question, closed = polls.find(poll_id)
    result = polls.result(poll_id)
    total = sum(count for _, count in result)
    lines = []
    for text, count in result:
        share = round(10 * count / total) if total else 0
        lines.append(f"{'▰' * share}{'▱' * (10 - share)}  **{text}**: {count}")
    if closed:
        question += " (closed)"
    return Embed(title=question, description="\n".join(lines))


def buttons(poll_id: int) -> list[ActionRow]:
    choices = [
        Button.primary(text, vote.custom_id(poll_id=poll_id, choice=number))
        for number, (text, _) in enumerate(polls.result(poll_id))
    ]
    end = Button.secondary("Close", close.custom_id(poll_id=poll_id))
    return [ActionRow.of(*choices), ActionRow.of(end)]


if __name__ == "__main__":
    client.sync_commands()
    client.run()
