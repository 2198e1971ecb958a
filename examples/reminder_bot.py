"""A reminder bot: ``/remind``, ``/reminders``, ``/forget``, and each morning what the day brings.

    DISCORD_TOKEN=… python examples/reminder_bot.py
    disruption run examples/reminder_bot.py --local     # or with no token at all

Reminders are stored jobs, in an SQLite file: they come after a restart too, and what fell due
while the bot was away comes when it is back.
"""

import os
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Annotated

from disruption import (
    AllowedMentions,
    AutocompleteContext,
    Client,
    Context,
    Description,
    Forbidden,
    Length,
    NotFound,
    StoredJob,
    TimestampStyle,
    UserError,
    Zone,
    markup,
    truncate,
)

ZONE = os.environ.get("REMINDERS_ZONE", "UTC")  # of what people write, as Europe/Vienna
MOST = 25  # for each person; so many can be suggested

client = Client()
client.use_jobs(os.environ.get("REMINDERS_DB", "reminders.sqlite3"))


@client.job
def deliver(user_id: int, channel_id: int, text: str) -> None:
    """Remind somebody, where they asked for it or else in private."""
    text = f"<@{user_id}>, you wanted to be reminded: {text}"
    try:
        client.channel(channel_id).send(
            text, allowed_mentions=AllowedMentions.only(users=[user_id])
        )
    except (Forbidden, NotFound):
        with suppress(Forbidden):  # then they do not want to hear of it
            client.partial_user(user_id).send(text)


@client.command(ephemeral=True)
def remind(
    ctx: Context,
    when: Annotated[datetime, Zone(ZONE), Description("in 20m, in 3 days, 2027-01-31 18:30")],
    text: Annotated[str, Length(max=1000)],
) -> None:
    """Be reminded of something.

    Args:
        text: Of what.
    """
    if when < datetime.now(timezone.utc):
        raise UserError(f"{shown(when)} is over.")
    if len(reminders_of(ctx)) >= MOST:
        raise UserError(f"You have {MOST} reminders already: /forget one of them first.")
    assert ctx.channel_id is not None
    deliver.schedule(when, user_id=ctx.author.id, channel_id=ctx.channel_id, text=text)
    ctx.respond(f"I will remind you {shown(when)}.")


@client.command(ephemeral=True)
def reminders(ctx: Context) -> None:
    """Show what you will be reminded of."""
    ctx.respond(listed(reminders_of(ctx)) or "You have no reminders.")


@client.command(ephemeral=True)
def forget(ctx: Context, reminder: int) -> None:
    """Cancel a reminder.

    Args:
        reminder: Which; begin to write its text.
    """
    for job in reminders_of(ctx):  # nobody cancels another's by its number
        if job.id == reminder and client.cancel_job(job):
            ctx.respond(f"Forgotten: {job.kwargs['text']}")
            return
    raise UserError("You have no such reminder.")


@forget.autocomplete("reminder")
def suggest(ctx: AutocompleteContext, value: str) -> list[tuple[str, int]]:
    return [
        (job.kwargs["text"], job.id)
        for job in reminders_of(ctx)
        if value.lower() in job.kwargs["text"].lower()
    ]


@client.at("07:00", tz=ZONE)
def morning() -> None:
    """Tell everybody in private what they will be reminded of today."""
    tomorrow = datetime.now(timezone.utc) + timedelta(days=1)
    today: dict[int, list[StoredJob]] = {}
    for job in client.jobs("deliver", state="waiting"):
        if job.due < tomorrow:
            today.setdefault(job.kwargs["user_id"], []).append(job)
    for user_id, jobs in today.items():
        with suppress(Forbidden):
            client.partial_user(user_id).send(f"Good morning! Today:\n{listed(jobs)}")


def reminders_of(ctx: Context) -> list[StoredJob]:
    jobs = client.jobs("deliver", state="waiting")
    return [job for job in jobs if job.kwargs["user_id"] == ctx.author.id]


def listed(jobs: list[StoredJob]) -> str:
    return "\n".join(f"- {shown(job.due)}: {truncate(job.kwargs['text'], 40)}" for job in jobs)


def shown(when: datetime) -> str:
    """Return a moment as everybody sees it in a zone of their own."""
    return markup.mention_time(when, TimestampStyle.RELATIVE)


if __name__ == "__main__":
    client.sync_commands()
    client.run()
