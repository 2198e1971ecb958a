"""A ticket bot: ``/ticket`` opens a form, makes a private thread and calls the staff.

    DISCORD_TOKEN=… python examples/ticket_bot.py
    disruption run examples/ticket_bot.py --local       # or with no token at all

The server needs a role "Staff" (TICKET_STAFF names another). Nothing is stored: a ticket is its
thread, where it stands is in the thread's first message, and the buttons carry the rest in
their custom ids. So a restart loses nothing. Transcripts have what was written if the bot has
the message content intent in the developer portal.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal

from disruption import (
    ActionRow,
    AllowedMentions,
    Button,
    ChannelType,
    Client,
    ComponentContext,
    Context,
    Embed,
    File,
    Forbidden,
    InteractionContextType,
    Length,
    Long,
    Message,
    Name,
    Permissions,
    Role,
    UserError,
    bot_requires,
    cooldown,
)

STAFF = os.environ.get("TICKET_STAFF", "Staff")
CLAIMED = "Claimed by"

client = Client(ordering="channel")  # the clicks in one ticket are handled one after another


@dataclass
class Ticket:
    """The form."""

    subject: Annotated[str, Length(3, 80)]
    story: Annotated[str, Name("What happened?"), Long(), Length(10, 1500)]
    urgency: Literal["low", "normal", "high"] = "normal"


@client.command(ephemeral=True, contexts=[InteractionContextType.GUILD])
@bot_requires(Permissions.CREATE_PRIVATE_THREADS, Permissions.SEND_MESSAGES_IN_THREADS)
@cooldown(3, timedelta(hours=1), by="member")
def ticket(ctx: Context) -> None:
    """Ask the staff for help."""
    assert ctx.channel is not None
    if ctx.channel.type is not ChannelType.GUILD_TEXT:
        raise UserError("Tickets are threads: open one from an ordinary text channel.")
    form = ctx.form(Ticket, "Open a ticket")
    staff = staff_role(ctx)
    name = f"{form.subject}, {ctx.author.display_name}"
    thread = ctx.channel.create_thread(name[:100], private=True, invitable=False)
    thread.add_member(ctx.author)
    thread.send(
        f"{staff.mention}: a ticket by {ctx.author.mention}",
        embeds=[
            Embed(title=form.subject, description=form.story)
            .add_field("Urgency", form.urgency)
            .set_footer("A transcript is sent to you when the ticket is closed.")
        ],
        components=[
            ActionRow.of(
                Button.success("Claim", claim.custom_id(opener=ctx.author, staff=staff)),
                Button.danger("Close", close.custom_id(opener=ctx.author, staff=staff)),
            )
        ],
        # Discord adds the members of a role that is pinged in a thread.
        allowed_mentions=AllowedMentions.only(roles=[staff]),
    )
    ctx.respond(f"Here is your ticket: {thread.mention}")


@client.component("ticket:claim:{opener:int}:{staff:int}")
def claim(ctx: ComponentContext, opener: int, staff: int) -> None:
    if not is_staff(ctx, staff):
        raise UserError("Only the staff can claim tickets.")
    embed = ticket_of(ctx).embeds[0]
    for field in embed.fields or ():
        if field.name == CLAIMED:
            raise UserError(f"{field.value} was quicker.")
    embed.add_field(CLAIMED, ctx.author.mention)
    end = Button.danger("Close", close.custom_id(opener=opener, staff=staff))
    ctx.update(embeds=[embed], components=[ActionRow.of(end)])
    ctx.send(f"<@{opener}>, {ctx.author.mention} takes care of this.")


@client.component("ticket:close:{opener:int}:{staff:int}")
def close(ctx: ComponentContext, opener: int, staff: int) -> None:
    if ctx.author.id != opener and not is_staff(ctx, staff):
        raise UserError("Only the staff and who opened the ticket can close it.")
    ticket_of(ctx)
    assert ctx.channel is not None
    text = transcript(ctx.channel.history(oldest_first=True))
    file = File(text.encode(), filename=f"ticket-{ctx.channel_id}.txt")
    ctx.send(f"Closed by {ctx.author.mention}.", files=[file])
    with suppress(Forbidden):  # they take no direct messages
        client.partial_user(opener).send("Your ticket was closed.", files=[file])
    ctx.update(components=[])  # only now: until here it can be closed again after a crash
    ctx.channel.archive(lock=True)


def staff_role(ctx: Context) -> Role:
    assert ctx.guild is not None
    for role in ctx.guild.fetch_roles():
        if role.name == STAFF:
            return role
    raise UserError(f'This server has no role "{STAFF}" yet, so nobody would see your ticket.')


def is_staff(ctx: Context, staff: int) -> bool:
    return ctx.member is not None and staff in ctx.member.roles


def ticket_of(ctx: ComponentContext) -> Message:
    """Return the ticket as it is now; the click knows it as it was when it happened."""
    message = ctx.message.fetch()
    if not message.components:
        raise UserError("This ticket is closed.")
    return message


def transcript(messages: Iterable[Message]) -> str:
    lines = []
    for message in messages:
        files = "".join(f" [{each.url}]" for each in message.attachments)
        when = f"{message.timestamp:%Y-%m-%d %H:%M}"
        lines.append(f"{when}  {message.author.username}: {message.content}{files}")
    return "\n".join(lines)


if __name__ == "__main__":
    client.sync_commands()
    client.run()
