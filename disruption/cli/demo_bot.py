"""The demo's bot, which is also an example: nothing in it knows that its Discord is local."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from ..handler import Handler
from ..types import ActionRow, Button, ButtonStyle, Embed, EmbedField
from ..types.events import InteractionCreate, MessageCreate

if TYPE_CHECKING:
    from ..client import Client
    from ..types import Emoji, User

__all__ = ["DemoBot"]

_HELP = """\
!ping          I reply
!echo TEXT     I say it again
!wave          I react to your message
!count         I type, answer, and edit my answer
!card          I send an embed
!button        I send a button
!name          I ask you something and wait for your answer
/roll sides:6  a slash command
/hello         a slash command that only you see the answer of
and I notice when you react to my messages"""

_PRESSED = "demo:pressed"

_COMMANDS: list[dict[str, Any]] = [
    {
        "name": "roll",
        "description": "Roll a die",
        "options": [
            {
                "type": 4,
                "name": "sides",
                "description": "How many sides it has",
                "min_value": 2,
                "max_value": 100,
            }
        ],
    },
    {"name": "hello", "description": "Say hello to me alone"},
]


class DemoBot(Handler):
    """A bot that shows one way to use each of the things it does."""

    client: Client

    def setup(self, client: Client) -> None:
        """Register the slash commands; runs once, before the client connects."""
        self.client = client
        application = client.rest.get_current_application()
        client.rest.bulk_overwrite_global_application_commands(application.id, _COMMANDS)

    def on_message(self, message: MessageCreate) -> None:
        """Answer what a person says."""
        if message.author.bot:
            return
        word, _, rest = message.content.partition(" ")
        if word == "!ping":
            message.reply("Pong!")
        elif word == "!echo":
            message.channel.send(rest or "(nothing)")
        elif word == "!wave":
            message.react("👋")
        elif word == "!count":
            self._count(message)
        elif word == "!card":
            self._card(message, message.author)
        elif word == "!button":
            self._button(message)
        elif word == "!name":
            self._ask_name(message)
        elif word == "!help":
            message.channel.send(_HELP)
        elif word.startswith("!"):
            message.reply(f"I do not know {word}, but I know !help")

    def on_message_reaction_add(
        self, user_id: int, channel_id: int, message_id: int, guild_id: int | None, emoji: Emoji
    ) -> None:
        """Thank for a reaction to one of the bot's own messages."""
        me = self.client.user
        if me is None or user_id == me.id:
            return
        message = self.client.channel(channel_id).message(message_id).fetch()
        if message.author == me:
            message.reply(f"Thank you for the {emoji.name}")

    def on_interaction(self, interaction: InteractionCreate) -> None:
        """Answer a slash command or a button."""
        data = interaction.data
        if data is None:
            return
        if data.custom_id == _PRESSED:
            interaction.update("You pressed it.", components=[])
        elif data.name == "roll":
            sides = next((option.value for option in data.options or ()), None) or 6
            interaction.respond(f"You rolled {random.randint(1, int(sides))} of {sides}")
        elif data.name == "hello":
            user = interaction.author
            interaction.respond(f"Hello {user.username if user else 'you'}!", ephemeral=True)

    def _count(self, message: MessageCreate) -> None:
        with message.channel.typing():
            answer = message.channel.send("1")
        answer = answer.edit("1, 2")
        answer.edit("1, 2, 3")

    def _card(self, message: MessageCreate, user: User) -> None:
        fields = [
            EmbedField(name="Name", value=user.username, inline=True),
            EmbedField(name="Id", value=str(user.id), inline=True),
        ]
        card = Embed(title="Your card", description="An embed", color=0x5865F2, fields=fields)
        message.channel.send(embeds=[card])

    def _button(self, message: MessageCreate) -> None:
        button = Button(style=ButtonStyle.PRIMARY, label="Press me", custom_id=_PRESSED)
        message.channel.send("Go on:", components=[ActionRow(components=[button])])

    def _ask_name(self, message: MessageCreate) -> None:
        """A dialogue in straight lines: other handlers go on while this one waits."""
        # Subscribed before the question is asked, so that no answer is too quick.
        answers = self.client.events(
            MessageCreate,
            channel_id=message.channel_id,
            author=message.author,
            timeout=60,
            max=1,
        )
        message.reply("What shall I call you?")
        for answer in answers:
            answer.reply(f"Nice to meet you, {answer.content}.")
            return
        message.channel.send("Never mind.")
