"""The bot that the tests of the test kit test."""

from __future__ import annotations

from typing import Any

from disruption import (
    ActionRow,
    Button,
    ButtonStyle,
    Client,
    Embed,
    File,
    Handler,
    InteractionCreate,
    MessageCreate,
    SelectOption,
    StringSelect,
)

COMMANDS: list[dict[str, Any]] = [
    {
        "name": "roll",
        "description": "Roll a die",
        "options": [
            {"type": 4, "name": "sides", "description": "Sides"},
            {"type": 4, "name": "timeout", "description": "A name that is awkward"},
            {"type": 3, "name": "kind", "description": "Kind", "autocomplete": True},
        ],
    },
    {"name": "form", "description": "Open a form"},
    {"name": "slow", "description": "Answer later"},
    {"name": "Quote", "type": 3},
]


class Bot(Handler):
    """Answers in every way there is."""

    def setup(self, client: Client) -> None:
        self.client = client
        application = client.rest.get_current_application()
        client.rest.bulk_overwrite_global_application_commands(application.id, COMMANDS)

    def on_message(self, message: MessageCreate) -> None:
        if message.author.bot:
            return
        if message.content == "!ping":
            message.reply("Pong!")
        elif message.content == "!crash":
            raise ValueError("this bot is broken")
        elif message.content == "!card":
            message.channel.send(embeds=[Embed(title="A card", description="of paper", color=3)])
        elif message.content == "!ask":
            yes = Button(style=ButtonStyle.PRIMARY, label="Yes", custom_id="yes")
            message.channel.send("Sure?", components=[ActionRow(components=[yes])])
        elif message.content == "!choose":
            names = ("Red", "Blue")
            options = [SelectOption(label=name, value=name.lower()) for name in names]
            menu = StringSelect(custom_id="colour", options=options)
            message.channel.send("Which?", components=[ActionRow(components=[menu])])
        elif message.content == "!file":
            message.channel.send("Here", files=[File(b"abc", filename="a.txt")])
        elif message.content == "!count":
            message.channel.send("1").edit("1, 2")
        elif message.content == "!wave":
            message.react("👋")
        elif message.content == "!clear":
            message.delete()
        elif message.content == "!type":
            self.client.rest.trigger_typing_indicator(message.channel_id)
        elif message.content == "!name":
            self._ask(message)
        elif message.content == "!empty":
            self.client.rest.request("POST", f"/channels/{message.channel_id}/messages", json={})
        elif message.attachments:
            message.reply(f"Thank you for {message.attachments[0].filename}")

    def on_interaction(self, interaction: InteractionCreate) -> None:
        data = interaction.data
        assert data is not None
        if interaction.type == 4:
            interaction.autocomplete([])
        elif interaction.type == 5:
            assert data.components is not None
            given = data.components[0].component
            assert given is not None
            interaction.respond(f"Hello {given.value}")
        elif data.name == "roll":
            values = ", ".join(f"{item.name}={item.value}" for item in data.options or ())
            interaction.respond(f"rolled {values}", ephemeral=True)
        elif data.name == "form":
            field = {"type": 4, "custom_id": "name", "style": 1}
            label = {"type": 18, "label": "Your name", "component": field}
            modal: Any = {"custom_id": "form", "title": "A form", "components": [label]}
            interaction.responder.modal(modal)
        elif data.name == "slow":
            interaction.defer()
            interaction.edit_response("at last")
        elif data.name == "Quote":
            interaction.respond("quoted")
        elif data.custom_id == "yes":
            interaction.update("Done", components=[])
        elif data.custom_id == "colour":
            interaction.respond(f"You like {data.values}")

    def _ask(self, message: MessageCreate) -> None:
        answers = self.client.events(
            MessageCreate, channel_id=message.channel_id, author=message.author, timeout=60, max=1
        )
        message.reply("What is your name?")
        for answer in answers:
            answer.reply(f"Hello {answer.content}")
