"""The play's bot, written for discord.py."""

import asyncio
import datetime
import io
import os

import discord
import yarl
from discord import app_commands

# The two lines that `disruption local --env` prints; the rest is a bot like any other.
discord.http.Route.BASE = os.environ["LOCAL_REST"]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["LOCAL_GATEWAY"])

FRUIT = ("apple", "apricot", "banana")


class NameForm(discord.ui.Modal, title="Who are you?"):
    name = discord.ui.TextInput(label="Name", custom_id="name")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"hi {self.name.value}")


class Panel(discord.ui.View):
    @discord.ui.button(label="Yes", custom_id="yes", style=discord.ButtonStyle.primary)
    async def yes(self, interaction: discord.Interaction, button: discord.ui.Button) -> None:
        await interaction.response.edit_message(content="clicked", view=None)

    @discord.ui.button(label="Form", custom_id="form")
    async def form(self, interaction: discord.Interaction, button: discord.ui.Button) -> None:
        await interaction.response.send_modal(NameForm())

    @discord.ui.select(
        custom_id="colour",
        options=[
            discord.SelectOption(label="Red", value="red"),
            discord.SelectOption(label="Blue", value="blue"),
        ],
    )
    async def colour(self, interaction: discord.Interaction, menu: discord.ui.Select) -> None:
        await interaction.response.send_message(f"chose {menu.values[0]}", ephemeral=True)

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who")
    async def who(self, interaction: discord.Interaction, menu: discord.ui.UserSelect) -> None:
        await interaction.response.send_message(f"chose {menu.values[0].name}", ephemeral=True)


class Bot(discord.Client):
    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.all())
        self.tree = app_commands.CommandTree(self)
        self.role: discord.Role | None = None
        self.invite: discord.Invite | None = None

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_ready(self) -> None:
        self.general = discord.utils.get(self.get_all_channels(), name="general")
        await self.general.send("ready")

    async def on_member_join(self, member: discord.Member) -> None:
        await self.general.send(f"welcome {member.name}")

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        if event.user_id != self.user.id:
            await self.general.send(f"saw {event.emoji.name}")

    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot or message.guild is None:
            return
        if isinstance(message.channel, discord.Thread) and message.content == "hello":
            await message.channel.send(f"heard in {message.channel.name}")
            return
        if not message.content.startswith("!"):
            return
        name, *rest = message.content[1:].split()
        try:
            answer = await getattr(self, f"do_{name}")(message, *rest)
        except Exception as error:
            await self.general.send(f"FAIL {name} {error!r}"[:1900])
            raise
        if answer is not None:
            await self.general.send(answer)

    async def do_ping(self, message: discord.Message) -> None:
        await message.reply("pong")

    async def do_file(self, message: discord.Message) -> str:
        sent = await message.channel.send(
            "here",
            files=[
                discord.File(io.BytesIO(b"hello"), "hello.txt"),
                discord.File(io.BytesIO(bytes(range(256))), "bytes.bin", description="All bytes"),
            ],
            embed=discord.Embed(title="A title"),
        )
        return "read " + (await sent.attachments[0].read()).decode()

    async def do_edit(self, message: discord.Message) -> str:
        sent = await message.channel.send("draft")
        await sent.edit(content="final", embed=discord.Embed(title="Edited"))
        await (await message.channel.send("gone")).delete()
        return "done edit"

    async def do_react(self, message: discord.Message) -> str:
        await message.add_reaction("👍")
        await message.add_reaction("🎉")
        fetched = await message.channel.fetch_message(message.id)
        users = [user async for user in fetched.reactions[0].users()]
        await message.remove_reaction("🎉", self.user)
        return f"done react {len(users)}"

    async def do_thread(self, message: discord.Message) -> str:
        thread = await message.create_thread(name="Side", auto_archive_duration=60)
        await thread.send("inside")
        return "done thread"

    async def do_archive(self, message: discord.Message) -> None:
        await message.channel.edit(archived=True, locked=True)

    async def do_role(self, message: discord.Message) -> str:
        # The library knows no role, not even one it has made, before the gateway tells of it.
        told = asyncio.ensure_future(self.wait_for("guild_role_create", timeout=30))
        self.role = await message.guild.create_role(
            name="Mods", colour=discord.Colour(0xE74C3C), hoist=True, reason="because ünï"
        )
        await told
        await message.author.add_roles(self.role)
        member = await message.guild.fetch_member(message.author.id)
        return f"done role {len(member.roles) - 1}"  # without @everyone

    async def do_unrole(self, message: discord.Message) -> str:
        await message.author.remove_roles(self.role)
        await self.role.edit(name="Nobodies")
        await self.role.delete()
        return "done unrole"

    async def do_moderate(self, message: discord.Message, user_id: str) -> str:
        member = await message.guild.fetch_member(int(user_id))
        await member.edit(nick="Bobby")
        await member.timeout(datetime.timedelta(minutes=10), reason="spam")
        return "done moderate"

    async def do_kick(self, message: discord.Message, user_id: str) -> str:
        await message.guild.kick(discord.Object(int(user_id)), reason="out")
        return "done kick"

    async def do_ban(self, message: discord.Message, user_id: str) -> str:
        await message.guild.ban(discord.Object(int(user_id)), reason="rude")
        bans = [ban async for ban in message.guild.bans()]
        return f"done ban {len(bans)} {bans[0].reason}"

    async def do_unban(self, message: discord.Message, user_id: str) -> str:
        await message.guild.unban(discord.Object(int(user_id)))
        return f"done unban {len([ban async for ban in message.guild.bans()])}"

    async def do_purge(self, message: discord.Message) -> str:
        sent = [await message.channel.send(text) for text in ("a", "b", "c")]
        await message.channel.delete_messages(sent)
        return "done purge"

    async def do_hook(self, message: discord.Message) -> str:
        hook = await message.channel.create_webhook(name="Hook")
        sent = await hook.send("from a hook", username="Zed", wait=True)
        await sent.edit(content="edited hook")
        await hook.delete()
        return "done hook"

    async def do_history(self, message: discord.Message) -> str:
        archive = discord.utils.get(message.guild.text_channels, name="archive")
        found = [item.content async for item in archive.history(limit=None)]
        return f"done history {len(found)} {found[-1]} {found[0]}"

    async def do_audit(self, message: discord.Message) -> str:
        kind = discord.AuditLogAction.role_create
        found = [entry async for entry in message.guild.audit_logs(action=kind)]
        return f"done audit {found[0].reason}"

    async def do_invite(self, message: discord.Message) -> str:
        self.invite = await message.channel.create_invite(max_age=600, max_uses=2)
        return f"invite {self.invite.code}"

    async def do_uninvite(self, message: discord.Message) -> str:
        await self.invite.delete()
        return f"done uninvite {len(await message.guild.invites())}"

    async def do_dm(self, message: discord.Message) -> str:
        await message.author.send("psst")
        return "done dm"

    async def do_channel(self, message: discord.Message) -> str:
        guild = message.guild
        category = await guild.create_category("Cat")
        quiet = {guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        channel = await guild.create_text_channel("made", category=category, overwrites=quiet)
        await channel.edit(topic="news")
        await (await channel.send("first")).pin()
        pins = [item async for item in channel.pins()]
        await channel.delete()
        await category.delete()
        return f"done channel {len(pins)}"

    async def do_burst(self, message: discord.Message) -> str:
        await asyncio.gather(*[message.channel.send(f"b{number}") for number in range(7)])
        return "done burst"

    async def do_error(self, message: discord.Message) -> str:
        try:
            await message.channel.fetch_message(123)
        except discord.NotFound as error:
            return f"error {error.code}"
        return "FAIL error"


bot = Bot()


@bot.tree.command(description="Roll dice")
async def roll(
    interaction: discord.Interaction,
    sides: app_commands.Range[int, 2, 100],
    who: discord.Member,
) -> None:
    await interaction.response.send_message(f"rolled {sides} for {who.name}")
    original = await interaction.original_response()
    await interaction.followup.send("again")
    await interaction.edit_original_response(content=f"{original.content}, really")


@bot.tree.command(description="Pick a fruit")
async def pick(interaction: discord.Interaction, fruit: str) -> None:
    await interaction.response.send_message(f"picked {fruit}")


@pick.autocomplete("fruit")
async def fruit_choices(
    interaction: discord.Interaction, current: str
) -> list[app_commands.Choice[str]]:
    fitting = [fruit for fruit in FRUIT if fruit.startswith(current)]
    return [app_commands.Choice(name=fruit, value=fruit) for fruit in fitting]


@bot.tree.command(description="Take a while")
async def slow(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True)
    await interaction.followup.send("slow done", file=discord.File(io.BytesIO(b"abc"), "s.txt"))


@bot.tree.command(description="Show a panel")
async def panel(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("choose", view=Panel())


@bot.tree.context_menu(name="Quote")
async def quote(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"> {message.content}")


bot.run(os.environ["DISCORD_TOKEN"])
