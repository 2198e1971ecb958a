"""A moderation bot: kick, ban, time out, purge, and reports by the members.

    DISCORD_TOKEN=… python examples/moderation_bot.py
    disruption run examples/moderation_bot.py --local   # or with no token at all

``/kick`` and ``/ban`` are ``!kick`` and ``!ban`` too, from the same functions. What was done,
why and for whom is in the server's audit log. Reports go to a channel #mod-log.
"""

from datetime import timedelta
from typing import Annotated

from disruption import (
    Client,
    Context,
    Embed,
    Forbidden,
    InteractionContextType,
    Length,
    Member,
    Message,
    MessageContext,
    Permissions,
    Plugin,
    Range,
    User,
    UserContext,
    UserError,
    bot_requires,
    command,
    cooldown,
    guild_only,
    message_command,
    requires,
    user_command,
)

GUILD = [InteractionContextType.GUILD]
LOG = "mod-log"
TIMES = {
    "10 minutes": timedelta(minutes=10),
    "1 hour": timedelta(hours=1),
    "1 day": timedelta(days=1),
}

Reason = Annotated[str, Length(max=400)]
Duration = Annotated[timedelta, Range(timedelta(minutes=1), timedelta(days=28))]


@guild_only
class Moderation(Plugin):
    def __init__(self) -> None:
        super().__init__()
        self.command_error(self.failed)

    @command(prefix=True, contexts=GUILD, default_member_permissions=Permissions.KICK_MEMBERS)
    @requires(Permissions.KICK_MEMBERS)
    @bot_requires(Permissions.KICK_MEMBERS)
    def kick(self, ctx: Context, who: Member, *, reason: Reason = "none given") -> None:
        """Remove somebody, who may come back."""
        check_rank(ctx, who)
        who.kick(reason=audit(ctx, reason))
        ctx.respond(f"{who.mention} was kicked.")

    @command(prefix=True, contexts=GUILD, default_member_permissions=Permissions.BAN_MEMBERS)
    @requires(Permissions.BAN_MEMBERS)
    @bot_requires(Permissions.BAN_MEMBERS)
    def ban(self, ctx: Context, who: User | Member, *, reason: Reason = "none given") -> None:
        """Ban somebody, also who has left."""
        check_rank(ctx, who)
        if ctx.confirm(f"Ban {who.mention}? The reason: {reason}", danger=True, timeout=60):
            ctx.require_guild().ban(
                who, delete_messages=timedelta(hours=1), reason=audit(ctx, reason)
            )
            ctx.respond(f"{who.mention} was banned.")
        else:
            ctx.respond("Nothing was done.")

    @command(contexts=GUILD, default_member_permissions=Permissions.MODERATE_MEMBERS)
    @requires(Permissions.MODERATE_MEMBERS)
    @bot_requires(Permissions.MODERATE_MEMBERS)
    def timeout(
        self, ctx: Context, who: Member, duration: Duration, reason: Reason = "none given"
    ) -> None:
        """Silence somebody for a while: 10m, 2 hours, 1d."""
        self.silence(ctx, who, duration, reason)

    @user_command("Time out", ephemeral=True, contexts=GUILD)
    @requires(Permissions.MODERATE_MEMBERS)
    @bot_requires(Permissions.MODERATE_MEMBERS)
    def timeout_menu(self, ctx: UserContext, who: Member) -> None:
        self.silence(ctx, who, ctx.choose("For how long?", TIMES, timeout=60), "none given")

    def silence(self, ctx: Context, who: Member, duration: timedelta, reason: str) -> None:
        check_rank(ctx, who)
        who.timeout(duration, reason=audit(ctx, reason))
        ctx.respond(f"{who.mention} is silenced for {duration}.")

    @command(ephemeral=True, contexts=GUILD, default_member_permissions=Permissions.MANAGE_MESSAGES)
    @requires(Permissions.MANAGE_MESSAGES)
    @bot_requires(Permissions.MANAGE_MESSAGES, Permissions.READ_MESSAGE_HISTORY)
    @cooldown(1, 10, by="channel")
    def purge(
        self, ctx: Context, look_at: Annotated[int, Range(1, 500)] = 100, who: User | None = None
    ) -> None:
        """Delete the newest messages, of one person or of all.

        Args:
            look_at: How many messages to look at.
            who: Whose messages; all by default.
        """
        assert ctx.channel is not None
        deleted = ctx.channel.purge(
            limit=look_at,
            check=lambda message: who is None or message.author == who,
            reason=audit(ctx, "purge"),
        )
        ctx.respond(f"{deleted} messages are gone.")

    @message_command("Report", ephemeral=True, contexts=GUILD)
    @cooldown(3, timedelta(minutes=10), by="member")
    def report(self, ctx: MessageContext, message: Message) -> None:
        why = ctx.ask("What is wrong with it?", long=True, max_length=1000)
        embed = (
            Embed(title=f"Reported by {ctx.author.username}", description=message.content or None)
            .add_field("Written by", message.author.mention)
            .add_field("Where", message.jump_url)
            .add_field("Why", why)
        )
        for channel in ctx.require_guild().fetch_channels():
            if channel.name == LOG:
                channel.send(embeds=[embed])
                ctx.respond("Thank you. The moderators will look at it.")
                return
        raise UserError(f"This server has no channel #{LOG} for reports.")

    def failed(self, ctx: Context, error: Exception) -> None:
        """Tell of what Discord forbids the bot; every other error goes on its way."""
        if not isinstance(error, Forbidden):
            raise error
        ctx.respond("Discord does not let me: my role must be above theirs.", ephemeral=True)


def check_rank(ctx: Context, who: User | Member) -> None:
    """Let nobody moderate who ranks as high; Discord itself only looks at the bot's rank."""
    if not isinstance(who, Member):
        return  # who is not here has no rank
    if not ctx.require_member().can_interact(who, ctx.require_guild().fetch()):
        raise UserError(f"You do not rank above {who.mention}.")


def audit(ctx: Context, reason: str) -> str:
    return f"{ctx.author.username}: {reason}"


client = Client(prefix="!")
client.add_plugin(Moderation())

if __name__ == "__main__":
    client.sync_commands()
    client.run()
