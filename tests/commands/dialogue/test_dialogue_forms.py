"""Forms: a dataclass as a modal."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any, Literal

import pytest

from disruption import (
    Attachment,
    Client,
    CommandDefinitionError,
    Context,
    Description,
    Length,
    Long,
    Name,
    Placeholder,
    Range,
    Role,
    User,
    form,
)
from disruption.commands.dialogue.form import Form
from disruption.testing import Discord
from disruption.types import to_plain


class Colour(enum.Enum):
    RED = 1
    DARK_BLUE = 2


@dataclass
class Report:
    what: Annotated[str, Long(), Length(3, 500), Placeholder("In your words")]
    where: Literal["chat", "voice"]
    age: Annotated[int, Range(1, 99), Name("How old?"), Description("In years")]
    who: User | None = None
    urgent: bool = False


@dataclass
class Details:
    colours: list[Colour]
    how_long: timedelta
    roles: list[Role] = field(default_factory=list)
    file: Attachment | None = None

    def __post_init__(self) -> None:
        if self.how_long > timedelta(hours=1):
            raise ValueError("too long")


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)

    @client.command(description="x")
    def report(ctx: Context) -> None:
        told = ctx.form(Report, "Report somebody")
        who = None if told.who is None else told.who.username
        ctx.respond(f"{told.what}, {told.where}, {told.age}, {who}, {told.urgent}")

    @client.command(description="x")
    def details(ctx: Context) -> None:
        told = ctx.form(Details)
        content = None if told.file is None else told.file.read().decode()
        colours = [colour.name for colour in told.colours]
        ctx.respond(f"{colours}, {told.how_long}, {[r.name for r in told.roles]}, {content}")

    return client


pytestmark = pytest.mark.bot(factory=make)


def test_it_is_filled_in_at_the_second_try(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    asked = ann.slash("report")
    assert asked.modal(5)["title"] == "Report somebody"
    values = {"What": "he spams", "Where": "voice", "Urgent": True, "who": bob.id}
    wrong = ann.submit(asked, {**values, "How old?": "200"})
    message = wrong.message(5)
    assert "a whole number from 1 to 99" in message.content
    again = ann.click(message, "Try again")
    assert "he spams" in str(again.modal(5))
    ann.submit(again, {**values, "How old?": "20"})
    discord.channel().expect("he spams, voice, 20, bob, True")


def test_lists_files_and_what_may_be_left_out(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    role = ann.give_role("mod")
    asked = ann.slash("details")
    ann.submit(
        asked, colours=["1", "2"], how_long="5m", roles=[role], file=("a.txt", "hello")
    ).expect("['RED', 'DARK_BLUE'], 0:05:00, ['mod'], hello")
    asked = ann.slash("details")
    ann.submit(asked, colours=["1"], how_long="1h").expect("['RED'], 1:00:00, [], None")
    asked = ann.slash("details")
    refused = ann.submit(asked, colours=["1"], how_long="2h")
    refused.expect("too long", components=["Try again", "Cancel"])


def test_what_it_looks_like() -> None:
    assert to_plain(Form(Report).components({})) == [
        {
            "type": 18,
            "label": "What",
            "component": {
                "type": 4,
                "custom_id": "what",
                "style": 2,
                "min_length": 3,
                "max_length": 500,
                "required": True,
                "placeholder": "In your words",
            },
        },
        {
            "type": 18,
            "label": "Where",
            "component": {
                "type": 21,
                "custom_id": "where",
                "required": True,
                "options": [
                    {"value": "chat", "label": "chat"},
                    {"value": "voice", "label": "voice"},
                ],
            },
        },
        {
            "type": 18,
            "label": "How old?",
            "description": "In years",
            "component": {"type": 4, "custom_id": "age", "style": 1, "required": True},
        },
        {
            "type": 18,
            "label": "Who",
            "component": {"type": 5, "custom_id": "who", "required": False},
        },
        {"type": 18, "label": "Urgent", "component": {"type": 23, "custom_id": "urgent"}},
    ]


@dataclass
class Nothing:
    pass


@dataclass
class TooMuch:
    a: str
    b: str
    c: str
    d: str
    e: str
    f: str


@dataclass
class Strange:
    thing: dict[str, int]


@dataclass
class Texts:
    words: list[str]


@dataclass
class Unknown:
    thing: Nowhere  # type: ignore[name-defined]  # noqa: F821


@pytest.mark.parametrize(
    ("cls", "text"),
    [
        (str, "dataclass"),
        (Nothing, "1 to 5"),
        (TooMuch, "6 fields"),
        (Strange, "Strange.thing"),
        (Texts, "Texts.words: a list"),
        (Unknown, "'Nowhere'"),
    ],
)
def test_classes_that_no_modal_can_show(cls: Any, text: str) -> None:
    with pytest.raises(CommandDefinitionError, match=text):
        Form(cls)


@dataclass
class Wordy:
    name: Annotated[str, Placeholder("x" * 101)]


def test_a_form_is_refused_where_it_is_written() -> None:
    for cls, text in ((Nothing, "0 fields"), (Wordy, "placeholder must be at most 100")):
        with pytest.raises(
            CommandDefinitionError, match=rf"{text}.*test_dialogue_forms\.py:[0-9]+"
        ):
            form(cls)
    assert form(Report) is Report
