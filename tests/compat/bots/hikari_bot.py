"""The play's bot, written for hikari."""

import asyncio
import datetime
import os

import hikari
from hikari.impl import special_endpoints

# `rest_url` is what `disruption local --env` prints; the rest is a bot like any other.
bot = hikari.GatewayBot(
    os.environ["DISCORD_TOKEN"],
    rest_url=os.environ["LOCAL_REST"],
    intents=hikari.Intents.ALL,
    banner=None,
)
rest = bot.rest

FRUIT = ("apple", "apricot", "banana")


class State:
    general: int = 0
    guild: int = 0
    application: int = 0
    role: hikari.Role | None = None
    invite: hikari.InviteWithMetadata | None = None


async def say(text: str, channel: int | None = None) -> hikari.Message:
    return await rest.create_message(channel or State.general, text)


def row(*parts: object) -> special_endpoints.MessageActionRowBuilder:
    builder = special_endpoints.MessageActionRowBuilder()
    for part in parts:
        builder.add_component(part)
    return builder


@bot.listen()
async def on_started(event: hikari.StartedEvent) -> None:
    State.application = (await rest.fetch_application()).id
    option = hikari.CommandOption
    commands = [
        rest.slash_command_builder("roll", "Roll dice")
        .add_option(
            option(
                type=hikari.OptionType.INTEGER,
                name="sides",
                description="How many",
                is_required=True,
                min_value=2,
                max_value=100,
            )
        )
        .add_option(
            option(
                type=hikari.OptionType.USER, name="who", description="For whom", is_required=True
            )
        ),
        rest.slash_command_builder("pick", "Pick a fruit").add_option(
            option(
                type=hikari.OptionType.STRING,
                name="fruit",
                description="Which",
                is_required=True,
                autocomplete=True,
            )
        ),
        rest.slash_command_builder("slow", "Take a while"),
        rest.slash_command_builder("panel", "Show a panel"),
        rest.context_menu_command_builder(hikari.CommandType.MESSAGE, "Quote"),
    ]
    await rest.set_application_commands(State.application, commands)
    (State.guild,) = bot.cache.get_guilds_view()
    found = bot.cache.get_guild_channels_view_for_guild(State.guild).values()
    (State.general,) = [channel.id for channel in found if channel.name == "general"]
    await say("ready")


@bot.listen()
async def on_join(event: hikari.MemberCreateEvent) -> None:
    await say(f"welcome {event.user.username}")


@bot.listen()
async def on_reaction(event: hikari.GuildReactionAddEvent) -> None:
    if event.user_id != bot.get_me().id:
        await say(f"saw {event.emoji_name}")


@bot.listen()
async def on_message(event: hikari.GuildMessageCreateEvent) -> None:
    if not event.is_human or not event.content:
        return
    if event.channel_id != State.general and event.content == "hello":
        thread = bot.cache.get_thread(event.channel_id)
        await say(f"heard in {thread.name}", event.channel_id)
        return
    if not event.content.startswith("!"):
        return
    name, *words = event.content[1:].split()
    try:
        answer = await COMMANDS[name](event.message, *words)
    except Exception as error:
        await say(f"FAIL {name} {error!r}"[:1900])
        raise
    if answer is not None:
        await say(answer)


async def do_ping(message: hikari.Message) -> None:
    await message.respond("pong", reply=True)


async def do_file(message: hikari.Message) -> str:
    sent = await rest.create_message(
        message.channel_id,
        "here",
        attachments=[
            hikari.Bytes(b"hello", "hello.txt"),
            hikari.Bytes(bytes(range(256)), "bytes.bin"),
        ],
        embed=hikari.Embed(title="A title"),
    )
    return "read " + (await sent.attachments[0].read()).decode()


async def do_edit(message: hikari.Message) -> str:
    sent = await say("draft")
    await sent.edit("final", embed=hikari.Embed(title="Edited"))
    await (await say("gone")).delete()
    return "done edit"


async def do_react(message: hikari.Message) -> str:
    await message.add_reaction("👍")
    await message.add_reaction("🎉")
    users = [user async for user in rest.fetch_reactions_for_emoji(State.general, message, "👍")]
    await message.remove_reaction("🎉")
    return f"done react {len(users)}"


async def do_thread(message: hikari.Message) -> str:
    thread = await rest.create_message_thread(
        State.general, message, "Side", auto_archive_duration=datetime.timedelta(hours=1)
    )
    await say("inside", thread.id)
    return "done thread"


async def do_archive(message: hikari.Message) -> None:
    await rest.edit_channel(message.channel_id, archived=True, locked=True)


async def do_role(message: hikari.Message) -> str:
    State.role = await rest.create_role(
        State.guild, name="Mods", color=0xE74C3C, hoist=True, reason="because ünï"
    )
    await rest.add_role_to_member(State.guild, message.author, State.role)
    member = await rest.fetch_member(State.guild, message.author)
    return f"done role {len(member.role_ids) - 1}"  # without @everyone


async def do_unrole(message: hikari.Message) -> str:
    await rest.remove_role_from_member(State.guild, message.author, State.role)
    await rest.edit_role(State.guild, State.role, name="Nobodies")
    await rest.delete_role(State.guild, State.role)
    return "done unrole"


async def do_moderate(message: hikari.Message, user_id: str) -> str:
    until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=10)
    await rest.edit_member(State.guild, int(user_id), nickname="Bobby")
    await rest.edit_member(
        State.guild, int(user_id), communication_disabled_until=until, reason="spam"
    )
    return "done moderate"


async def do_kick(message: hikari.Message, user_id: str) -> str:
    await rest.kick_user(State.guild, int(user_id), reason="out")
    return "done kick"


async def do_ban(message: hikari.Message, user_id: str) -> str:
    await rest.ban_user(State.guild, int(user_id), reason="rude")
    bans = [ban async for ban in rest.fetch_bans(State.guild)]
    return f"done ban {len(bans)} {bans[0].reason}"


async def do_unban(message: hikari.Message, user_id: str) -> str:
    await rest.unban_user(State.guild, int(user_id))
    return f"done unban {len([ban async for ban in rest.fetch_bans(State.guild)])}"


async def do_purge(message: hikari.Message) -> str:
    sent = [await say(text) for text in ("a", "b", "c")]
    await rest.delete_messages(State.general, sent)
    return "done purge"


async def do_hook(message: hikari.Message) -> str:
    hook = await rest.create_webhook(State.general, "Hook")
    sent = await rest.execute_webhook(hook, hook.token, "from a hook", username="Zed")
    await rest.edit_webhook_message(hook, hook.token, sent, "edited hook")
    await rest.delete_webhook(hook)
    return "done hook"


async def do_history(message: hikari.Message) -> str:
    channels = await rest.fetch_guild_channels(State.guild)
    (archive,) = [channel for channel in channels if channel.name == "archive"]
    found = [item.content async for item in rest.fetch_messages(archive)]
    return f"done history {len(found)} {found[-1]} {found[0]}"


async def do_audit(message: hikari.Message) -> str:
    kind = hikari.AuditLogEventType.ROLE_CREATE
    async for page in rest.fetch_audit_log(State.guild, event_type=kind):
        for entry in page.entries.values():
            return f"done audit {entry.reason}"
    return "FAIL audit"


async def do_invite(message: hikari.Message) -> str:
    State.invite = await rest.create_invite(State.general, max_age=600, max_uses=2)
    return f"invite {State.invite.code}"


async def do_uninvite(message: hikari.Message) -> str:
    await rest.delete_invite(State.invite)
    return f"done uninvite {len(await rest.fetch_guild_invites(State.guild))}"


async def do_dm(message: hikari.Message) -> str:
    await message.author.send("psst")
    return "done dm"


async def do_channel(message: hikari.Message) -> str:
    category = await rest.create_guild_category(State.guild, "Cat")
    quiet = hikari.PermissionOverwrite(
        id=State.guild,
        type=hikari.PermissionOverwriteType.ROLE,
        deny=hikari.Permissions.SEND_MESSAGES,
    )
    channel = await rest.create_guild_text_channel(
        State.guild, "made", category=category, permission_overwrites=[quiet]
    )
    await rest.edit_channel(channel, topic="news")
    await rest.pin_message(channel, await say("first", channel.id))
    pins = [item async for item in rest.fetch_pins(channel)]
    await rest.delete_channel(channel)
    await rest.delete_channel(category)
    return f"done channel {len(pins)}"


async def do_burst(message: hikari.Message) -> str:
    await asyncio.gather(*[say(f"b{number}") for number in range(7)])
    return "done burst"


async def do_error(message: hikari.Message) -> str:
    try:
        await rest.fetch_message(State.general, 123)
    except hikari.NotFoundError as error:
        return f"error {error.code}"
    return "FAIL error"


COMMANDS = {name[3:]: value for name, value in globals().items() if name.startswith("do_")}


@bot.listen()
async def on_interaction(event: hikari.InteractionCreateEvent) -> None:
    interaction = event.interaction
    if isinstance(interaction, hikari.AutocompleteInteraction):
        typed = str(interaction.options[0].value)
        fitting = [fruit for fruit in FRUIT if fruit.startswith(typed)]
        choice = special_endpoints.AutocompleteChoiceBuilder
        await interaction.create_response([choice(fruit, fruit) for fruit in fitting])
    elif isinstance(interaction, hikari.CommandInteraction):
        await on_command(interaction)
    elif isinstance(interaction, hikari.ComponentInteraction):
        await on_component(interaction)
    elif isinstance(interaction, hikari.ModalInteraction):
        name = interaction.components[0].components[0].value
        await interaction.create_initial_response(MESSAGE, f"hi {name}")


MESSAGE = hikari.ResponseType.MESSAGE_CREATE


async def on_command(interaction: hikari.CommandInteraction) -> None:
    options = {option.name: option.value for option in interaction.options or ()}
    if interaction.command_name == "roll":
        who = interaction.resolved.users[options["who"]].username
        await interaction.create_initial_response(MESSAGE, f"rolled {options['sides']} for {who}")
        original = await interaction.fetch_initial_response()
        await interaction.execute("again")
        await interaction.edit_initial_response(f"{original.content}, really")
    elif interaction.command_name == "pick":
        await interaction.create_initial_response(MESSAGE, f"picked {options['fruit']}")
    elif interaction.command_name == "slow":
        await interaction.create_initial_response(
            hikari.ResponseType.DEFERRED_MESSAGE_CREATE, flags=hikari.MessageFlag.EPHEMERAL
        )
        await interaction.edit_initial_response(
            "slow done", attachment=hikari.Bytes(b"abc", "s.txt")
        )
    elif interaction.command_name == "panel":
        colours = special_endpoints.TextSelectMenuBuilder(custom_id="colour")
        colours.add_option("Red", "red").add_option("Blue", "blue")
        people = special_endpoints.SelectMenuBuilder(
            custom_id="who", type=hikari.ComponentType.USER_SELECT_MENU
        )
        button = special_endpoints.InteractiveButtonBuilder
        buttons = [
            button(style=hikari.ButtonStyle.PRIMARY, custom_id="yes", label="Yes"),
            button(style=hikari.ButtonStyle.SECONDARY, custom_id="form", label="Form"),
        ]
        await interaction.create_initial_response(
            MESSAGE, "choose", components=[row(*buttons), row(colours), row(people)]
        )
    elif interaction.command_name == "Quote":
        (target,) = interaction.resolved.messages.values()
        await interaction.create_initial_response(MESSAGE, f"> {target.content}")


async def on_component(interaction: hikari.ComponentInteraction) -> None:
    if interaction.custom_id == "yes":
        await interaction.create_initial_response(
            hikari.ResponseType.MESSAGE_UPDATE, "clicked", components=[]
        )
    elif interaction.custom_id == "form":
        text = special_endpoints.TextInputBuilder(custom_id="name", label="Name")
        fields = special_endpoints.ModalActionRowBuilder().add_component(text)
        await interaction.create_modal_response("Who are you?", "form", component=fields)
    else:
        chosen = interaction.values[0]
        if interaction.custom_id == "who":
            chosen = interaction.resolved.users[int(chosen)].username
        await interaction.create_initial_response(
            MESSAGE, f"chose {chosen}", flags=hikari.MessageFlag.EPHEMERAL
        )


bot.run()
