"""The play's bot, written for disnake."""

import asyncio
import datetime
import io
import os

import disnake
from disnake.ext import commands

# The line that `disruption local --env` prints; the rest is a bot like any other.
disnake.http.Route.BASE = os.environ["LOCAL_REST"]

FRUIT = ("apple", "apricot", "banana")


class NameForm(disnake.ui.Modal):
    def __init__(self) -> None:
        name = disnake.ui.TextInput(label="Name", custom_id="name")
        super().__init__(title="Who are you?", custom_id="form", components=[name])

    async def callback(self, interaction: disnake.ModalInteraction) -> None:
        await interaction.response.send_message(f"hi {interaction.text_values['name']}")


class Panel(disnake.ui.View):
    @disnake.ui.button(label="Yes", custom_id="yes", style=disnake.ButtonStyle.primary)
    async def yes(self, button: disnake.ui.Button, interaction: disnake.MessageInteraction) -> None:
        await interaction.response.edit_message(content="clicked", view=None)

    @disnake.ui.button(label="Form", custom_id="form")
    async def form(
        self, button: disnake.ui.Button, interaction: disnake.MessageInteraction
    ) -> None:
        await interaction.response.send_modal(NameForm())

    @disnake.ui.string_select(
        custom_id="colour",
        options=[
            disnake.SelectOption(label="Red", value="red"),
            disnake.SelectOption(label="Blue", value="blue"),
        ],
    )
    async def colour(
        self, menu: disnake.ui.StringSelect, interaction: disnake.MessageInteraction
    ) -> None:
        await interaction.response.send_message(f"chose {menu.values[0]}", ephemeral=True)

    @disnake.ui.user_select(custom_id="who")
    async def who(
        self, menu: disnake.ui.UserSelect, interaction: disnake.MessageInteraction
    ) -> None:
        await interaction.response.send_message(f"chose {menu.values[0].name}", ephemeral=True)


class Bot(commands.InteractionBot):
    def __init__(self) -> None:
        super().__init__(intents=disnake.Intents.all())
        self.role: disnake.Role | None = None
        self.invite: disnake.Invite | None = None

    async def on_ready(self) -> None:
        self.general = disnake.utils.get(self.get_all_channels(), name="general")
        await self.general.send("ready")

    async def on_member_join(self, member: disnake.Member) -> None:
        await self.general.send(f"welcome {member.name}")

    async def on_raw_reaction_add(self, event: disnake.RawReactionActionEvent) -> None:
        if event.user_id != self.user.id:
            await self.general.send(f"saw {event.emoji.name}")

    async def on_message(self, message: disnake.Message) -> None:
        if message.author.bot or message.guild is None:
            return
        if isinstance(message.channel, disnake.Thread) and message.content == "hello":
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

    async def do_ping(self, message: disnake.Message) -> None:
        await message.reply("pong")

    async def do_file(self, message: disnake.Message) -> str:
        sent = await message.channel.send(
            "here",
            files=[
                disnake.File(io.BytesIO(b"hello"), "hello.txt"),
                disnake.File(io.BytesIO(bytes(range(256))), "bytes.bin", description="All bytes"),
            ],
            embed=disnake.Embed(title="A title"),
        )
        return "read " + (await sent.attachments[0].read()).decode()

    async def do_edit(self, message: disnake.Message) -> str:
        sent = await message.channel.send("draft")
        await sent.edit(content="final", embed=disnake.Embed(title="Edited"))
        await (await message.channel.send("gone")).delete()
        return "done edit"

    async def do_react(self, message: disnake.Message) -> str:
        await message.add_reaction("👍")
        await message.add_reaction("🎉")
        fetched = await message.channel.fetch_message(message.id)
        users = [user async for user in fetched.reactions[0].users()]
        await message.remove_reaction("🎉", self.user)
        return f"done react {len(users)}"

    async def do_thread(self, message: disnake.Message) -> str:
        thread = await message.create_thread(name="Side", auto_archive_duration=60)
        await thread.send("inside")
        return "done thread"

    async def do_archive(self, message: disnake.Message) -> None:
        await message.channel.edit(archived=True, locked=True)

    async def do_role(self, message: disnake.Message) -> str:
        # The library knows no role, not even one it has made, before the gateway tells of it.
        told = asyncio.ensure_future(self.wait_for("guild_role_create", timeout=30))
        self.role = await message.guild.create_role(
            name="Mods", colour=disnake.Colour(0xE74C3C), hoist=True, reason="because ünï"
        )
        await told
        await message.author.add_roles(self.role)
        member = await message.guild.fetch_member(message.author.id)
        return f"done role {len(member.roles) - 1}"  # without @everyone

    async def do_unrole(self, message: disnake.Message) -> str:
        await message.author.remove_roles(self.role)
        await self.role.edit(name="Nobodies")
        await self.role.delete()
        return "done unrole"

    async def do_moderate(self, message: disnake.Message, user_id: str) -> str:
        member = await message.guild.fetch_member(int(user_id))
        await member.edit(nick="Bobby")
        await member.timeout(duration=datetime.timedelta(minutes=10), reason="spam")
        return "done moderate"

    async def do_kick(self, message: disnake.Message, user_id: str) -> str:
        await message.guild.kick(disnake.Object(int(user_id)), reason="out")
        return "done kick"

    async def do_ban(self, message: disnake.Message, user_id: str) -> str:
        await message.guild.ban(disnake.Object(int(user_id)), reason="rude")
        bans = [ban async for ban in message.guild.bans()]
        return f"done ban {len(bans)} {bans[0].reason}"

    async def do_unban(self, message: disnake.Message, user_id: str) -> str:
        await message.guild.unban(disnake.Object(int(user_id)))
        return f"done unban {len([ban async for ban in message.guild.bans()])}"

    async def do_purge(self, message: disnake.Message) -> str:
        sent = [await message.channel.send(text) for text in ("a", "b", "c")]
        await message.channel.delete_messages(sent)
        return "done purge"

    async def do_hook(self, message: disnake.Message) -> str:
        hook = await message.channel.create_webhook(name="Hook")
        sent = await hook.send("from a hook", username="Zed", wait=True)
        await sent.edit(content="edited hook")
        await hook.delete()
        return "done hook"

    async def do_history(self, message: disnake.Message) -> str:
        archive = disnake.utils.get(message.guild.text_channels, name="archive")
        found = [item.content async for item in archive.history(limit=None)]
        return f"done history {len(found)} {found[-1]} {found[0]}"

    async def do_audit(self, message: disnake.Message) -> str:
        kind = disnake.AuditLogAction.role_create
        found = [entry async for entry in message.guild.audit_logs(action=kind)]
        return f"done audit {found[0].reason}"

    async def do_invite(self, message: disnake.Message) -> str:
        self.invite = await message.channel.create_invite(max_age=600, max_uses=2)
        return f"invite {self.invite.code}"

    async def do_uninvite(self, message: disnake.Message) -> str:
        await self.invite.delete()
        return f"done uninvite {len(await message.guild.invites())}"

    async def do_dm(self, message: disnake.Message) -> str:
        await message.author.send("psst")
        return "done dm"

    async def do_channel(self, message: disnake.Message) -> str:
        guild = message.guild
        category = await guild.create_category("Cat")
        quiet = {guild.default_role: disnake.PermissionOverwrite(send_messages=False)}
        channel = await guild.create_text_channel("made", category=category, overwrites=quiet)
        await channel.edit(topic="news")
        await (await channel.send("first")).pin()
        pins = [item async for item in channel.pins()]
        await channel.delete()
        await category.delete()
        return f"done channel {len(pins)}"

    async def do_burst(self, message: disnake.Message) -> str:
        await asyncio.gather(*[message.channel.send(f"b{number}") for number in range(7)])
        return "done burst"

    async def do_error(self, message: disnake.Message) -> str:
        try:
            await message.channel.fetch_message(123)
        except disnake.NotFound as error:
            return f"error {error.code}"
        return "FAIL error"


bot = Bot()


@bot.slash_command(description="Roll dice")
async def roll(
    interaction: disnake.ApplicationCommandInteraction,
    sides: commands.Range[int, 2, 100],
    who: disnake.Member,
) -> None:
    await interaction.response.send_message(f"rolled {sides} for {who.name}")
    original = await interaction.original_response()
    await interaction.followup.send("again")
    await interaction.edit_original_response(content=f"{original.content}, really")


@bot.slash_command(description="Pick a fruit")
async def pick(interaction: disnake.ApplicationCommandInteraction, fruit: str) -> None:
    await interaction.response.send_message(f"picked {fruit}")


@pick.autocomplete("fruit")
async def fruit_choices(
    interaction: disnake.ApplicationCommandInteraction, current: str
) -> list[str]:
    return [fruit for fruit in FRUIT if fruit.startswith(current)]


@bot.slash_command(description="Take a while")
async def slow(interaction: disnake.ApplicationCommandInteraction) -> None:
    await interaction.response.defer(ephemeral=True)
    await interaction.followup.send("slow done", file=disnake.File(io.BytesIO(b"abc"), "s.txt"))


@bot.slash_command(description="Show a panel")
async def panel(interaction: disnake.ApplicationCommandInteraction) -> None:
    await interaction.response.send_message("choose", view=Panel())


@bot.message_command(name="Quote")
async def quote(
    interaction: disnake.ApplicationCommandInteraction, message: disnake.Message
) -> None:
    await interaction.response.send_message(f"> {message.content}")


bot.run(os.environ["DISCORD_TOKEN"])
