"""What arguments must be, in other languages."""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Iterator
from typing import Annotated, Any

import pytest

from disruption import (
    Choices,
    Client,
    Context,
    Length,
    Member,
    Range,
    TextChannel,
    Texts,
    Thread,
    Translations,
    use_texts,
)
from disruption.commands.phrases import Phrase
from disruption.commands.texts import texts
from disruption.testing import Discord

GERMAN = {
    "bad": "{parameter}: {accepts}!",
    "a whole number from {min} to {max}": "eine ganze Zahl von {min} bis {max}",
    "a text of at most {max} characters": "ein Text von höchstens {max} Zeichen",
    "one of {choices}": "eines von {choices}",
    "{one} or {other}": "{one} oder {other}",
    "a text channel": "ein Textkanal",
    "a thread": "ein Faden",
    "{name}: {who} is not a member of this server": "{name}: {who} ist kein Mitglied",
}


class Translated(Texts):
    def phrase(self, ctx: Context, sentence: str, /, **values: object) -> str:
        return ctx.text(sentence, sentence, **values)

    def bad_argument(self, ctx: Context, parameter: str, value: object, accepts: str) -> str:
        return ctx.text("bad", parameter=parameter, accepts=accepts)


@pytest.fixture
def translated() -> Iterator[None]:
    before = texts()
    use_texts(Translated())
    yield
    use_texts(before)


def make(token: str, rest_url: str) -> Client:
    translations = Translations({"de": GERMAN}, default="de")
    client = Client(token=token, rest_url=rest_url, prefix="!", translations=translations)

    @client.command(prefix=True, slash=False)
    def all_of_it(
        ctx: Context,
        number: Annotated[int, Range(2, 6)],
        text: Annotated[str, Length(max=3)] = "",
        size: Annotated[str, Choices("S", "M")] = "S",
        where: TextChannel | Thread | None = None,
        *,
        who: Member | None = None,
    ) -> None:
        ctx.respond("all of it fits")

    return client


@pytest.mark.usefixtures("translated")
@pytest.mark.bot(factory=make)
@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ("7", "number: eine ganze Zahl von 2 bis 6!"),
        ("2 long", "text: ein Text von höchstens 3 Zeichen!"),
        ("2 x XL", "size: eines von S, M!"),
        ("2 where:nowhere", "where: ein Textkanal oder ein Faden!"),
        ("2 who:1", "who: 1 ist kein Mitglied"),
    ],
)
def test_what_does_not_fit_is_told_in_the_language(
    bot: Client, discord: Discord, arguments: str, answer: str
) -> None:
    discord.user("ann").say(f"!all_of_it {arguments}")
    discord.channel().expect(answer)


@pytest.mark.usefixtures("translated")
@pytest.mark.bot(factory=make)
def test_the_help_says_it_in_the_language(bot: Client, discord: Discord) -> None:
    discord.user("ann").say("!help all_of_it")
    shown = discord.channel().expect(re.compile("all_of_it")).content
    assert "Eine ganze Zahl von 2 bis 6." in shown
    assert "Ein Textkanal oder ein Faden." in shown


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_a_phrase_is_a_text_that_can_be_copied(copied: Any) -> None:
    phrase = Phrase("{one} of {what}", one=Phrase("one"), what="{braces}")
    again = copied(phrase)
    assert again == phrase == "one of {braces}"
    assert (again.sentence, again.values) == (phrase.sentence, phrase.values)
    assert Phrase("{braces} alone") == "{braces} alone"
