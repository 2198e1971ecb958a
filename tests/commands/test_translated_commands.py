"""A client's translations: in what Discord is sent, and in answers."""

from __future__ import annotations

import pytest

from disruption import Client, Context, InvalidArgument, Translations
from disruption.testing import Discord

TEXTS = {
    "de": {
        "roll": {"name": "würfeln", "description": "Würfelt", "answer": "{number} gewürfelt"},
    },
}


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url, translations=Translations(TEXTS))

    @client.command(description="Roll dice")
    def roll(ctx: Context) -> None:
        ctx.respond(ctx.text("roll.answer", "You rolled {number}", number=4))

    return client


@pytest.mark.bot(factory=make)
def test_commands_are_sent_in_all_languages(bot: Client, discord: Discord) -> None:
    application = bot.application
    assert application is not None
    [found] = bot.rest.get_global_application_commands(application.id, with_localizations=True)
    assert found.to_dict()["name_localizations"] == {"de": "würfeln"}
    assert found.to_dict()["description_localizations"] == {"de": "Würfelt"}
    discord.user("ann").slash("roll").expect("You rolled 4")


def test_answers_without_translations() -> None:
    client = Client(token="a.b.c")
    ctx = Context(client)
    assert ctx.text("key", "{number} here", number=4) == "4 here"
    assert ctx.text("key") == "key"


def test_a_translation_that_discord_refuses() -> None:
    texts = Translations({"de": {"roll": {"name": "Großer Wurf"}}})
    client = Client(token="a.b.c", translations=texts)

    @client.command(description="Roll")
    def roll(ctx: Context) -> None: ...

    with pytest.raises(InvalidArgument, match="Großer"):
        client.commands.payload_of(roll)
