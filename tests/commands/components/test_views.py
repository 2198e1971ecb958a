"""Views: components with methods, for a while."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pytest

from disruption import (
    ActionRow,
    Button,
    ButtonStyle,
    Client,
    CommandDefinitionError,
    ComponentContext,
    Context,
    Interaction,
    InvalidArgument,
    InvalidHandler,
    User,
    UserContext,
    View,
    button,
    select,
)
from disruption.components import AnyComponent, Container, Section
from disruption.testing import Discord


class Counter(View):
    count = 0

    @button("Add one")
    def add(self, ctx: ComponentContext) -> None:
        self.count += 1
        ctx.update(f"{self.count}", components=self.components)

    @select("red", "blue", placeholder="Colour")
    def colour(self, ctx: ComponentContext) -> None:
        ctx.respond(f"chose {ctx.values}")

    @button()
    def all_done(self, ctx: ComponentContext) -> None:
        self.stop()
        ctx.respond("bye")

    @button("Break")
    def fail(self, ctx: ComponentContext) -> None:
        raise RuntimeError("broken")

    def changed(self, name: str, component: AnyComponent) -> AnyComponent:
        if name == "add" and self.count >= 2:
            assert isinstance(component, Button)
            component.disabled = True
        return component


class Short(Counter):
    def __init__(self, told: threading.Event) -> None:
        super().__init__(timeout=0.05)
        self.told = told

    def on_timeout(self) -> None:
        self.told.set()


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)
    told = threading.Event()

    @client.command(description="x")
    def count(ctx: Context) -> None:
        view = Counter()
        view.send(ctx, "0")
        assert not view.wait(0.01)
        assert view.wait(60)
        ctx.respond("over")

    @client.command(description="x")
    def short(ctx: Context) -> None:
        view = Short(told)
        view.send(ctx, "0")
        assert view.wait(60)
        assert told.wait(60)
        ctx.respond("timed out")

    @client.user_command("Only for")
    def only_for(ctx: UserContext, user: User) -> None:
        Counter(users=[user]).send(ctx, "yours")

    return client


pytestmark = pytest.mark.bot(factory=make)


def test_it_keeps_its_state(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    shown = ann.slash("count")
    shown.expect("0", components=["Add one", "Colour", "All done", "Break"])
    message = shown.message()
    bob.click(message, "Add one").expect("1")
    ann.click(message, "Add one").expect("2")
    ann.select(message, "blue").expect("chose ['blue']")
    first = message.data["components"][0]["components"][0]
    assert (first["label"], first["disabled"]) == ("Add one", True)
    ann.click(message, "All done").expect("bye")
    discord.channel().expect("over")
    rows = message.data["components"]
    assert all(each["disabled"] for row in rows for each in row["components"])


def test_errors_are_answered(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    shown = ann.slash("count")
    shown.expect("0")
    ann.click(shown.message(), "Break")
    discord.expect_error(RuntimeError)
    discord.channel().expect(re.compile("Something went wrong"), ephemeral=True)


def test_it_ends_by_itself(bot: Client, discord: Discord) -> None:
    discord.user("ann").slash("short")
    discord.channel().expect("timed out")
    assert len(bot.commands.prompts) == 0


def test_strangers_are_told(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    shown = ann.use_on(bob, "Only for")
    shown.expect("yours")
    ann.click(shown.message(), "Add one").expect("That is not for you.", ephemeral=True)
    bob.click(shown.message(), "Add one").expect("1")


def test_a_view_without_anything_is_refused() -> None:
    nobody: Any = None
    with pytest.raises(InvalidArgument, match="no buttons"):
        View().send(nobody)
    with pytest.raises(InvalidArgument, match="'add' already"):
        Counter().add_item(button("Another")(_added), "add")
    with pytest.raises(InvalidArgument, match="timeout"):
        Counter(timeout=0)
    with pytest.raises(InvalidArgument, match="options"):
        select()
    with pytest.raises(InvalidArgument, match="send"):
        Counter().wait()


def test_a_button_in_place_of_what_views_do_is_refused() -> None:
    with pytest.raises(CommandDefinitionError, match=r"views have a 'stop'.*test_views\.py:[0-9]+"):

        class Stopped(View):
            @button("Stop")
            def stop(self, ctx: ComponentContext) -> None:  # type: ignore[override]
                """End it."""


@pytest.mark.parametrize(
    ("decorator", "text"),
    [
        (button("x" * 81), "label must be at most 80"),
        (button("x", row=5), "row=5"),
        (button("x", style=ButtonStyle.LINK), "url is missing"),
        (select(*map(str, range(26))), "options: at most 25"),
        (select("a", "a"), "options.1.value is 'a'"),
        (select("a", placeholder="x" * 151), "placeholder must be at most 150"),
    ],
)
def test_what_discord_would_refuse_is_refused_at_once(decorator: Any, text: str) -> None:
    with pytest.raises(CommandDefinitionError, match=rf"^{text}.*\(.*test_views\.py:[0-9]+"):
        decorator(_method)


def test_methods_that_take_something_else_are_refused() -> None:
    with pytest.raises(InvalidHandler, match="cannot be called"):
        button("x")(_two)


def _two(ctx: ComponentContext, clicked: Any) -> None: ...


def test_decorators_without_their_parentheses() -> None:
    for decorator in (button, select):
        with pytest.raises(CommandDefinitionError, match="needs its parentheses: @"):
            decorator(_method)


def _added(ctx: ComponentContext) -> None: ...


def _method(ctx: ComponentContext) -> None: ...


class Slow(View):
    """Its state would be wrong if two methods ran at once."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.inside = threading.Lock()

    @button("Add one")
    def add(self, ctx: ComponentContext) -> None:
        assert self.inside.acquire(blocking=False), "two methods of a view run at once"
        seen = self.count
        ctx.defer()
        self.count = seen + 1
        self.inside.release()


def slow(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)
    client.views = []  # type: ignore[attr-defined]

    @client.command(description="x")
    def show(ctx: Context) -> None:
        view = Slow()
        client.views.append(view)  # type: ignore[attr-defined]
        view.send(ctx, "0")

    return client


@pytest.mark.bot(factory=slow)
def test_clicks_are_taken_one_at_a_time(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    shown = ann.slash("show")
    shown.expect("0")
    message = shown.message()
    for number in range(20):
        discord.user(f"u{number}").click(message, "Add one")
    view = bot.views[0]  # type: ignore[attr-defined]
    assert discord.settle()
    assert view.count == 20
    # A click that was only deferred leaves the message it came from alone.
    assert [line.content for line in discord.channel().messages] == ["0"]


class Sale(View):
    """It ends with the first click; that of others comes meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.sold: list[str] = []
        self.inside = threading.Event()
        self.taken = threading.Event()
        self.second = threading.Event()

    def take(self, interaction: Interaction) -> None:
        super().take(interaction)
        self.taken.set()  # at once by a click that waits for the one before

    @button("Buy")
    def buy(self, ctx: ComponentContext) -> None:
        self.inside.set()
        assert self.second.wait(60)
        self.sold.append(ctx.author.username)
        ctx.update("Sold.", components=[])
        self.stop(disable=False)

    @button("Haggle")
    def haggle(self, ctx: ComponentContext) -> None:
        price = ctx.ask("Your price?")
        ctx.respond(f"{price}? No.")

    @button("Look")
    def look(self, ctx: ComponentContext) -> None:
        ctx.respond("It is nice.")


def sale(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)
    client.views = []  # type: ignore[attr-defined]

    @client.command(description="x")
    def show(ctx: Context) -> None:
        view = Sale()
        client.views.append(view)  # type: ignore[attr-defined]
        view.send(ctx, "A hat")

    return client


@pytest.mark.bot(factory=sale)
def test_a_double_click_runs_nothing_after_the_end(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    shown = ann.slash("show").expect("A hat")
    (view,) = bot.views  # type: ignore[attr-defined]
    first = ann.click(shown, "Buy")
    assert view.inside.wait(60)
    bob.click(shown, "Buy")
    assert view.taken.wait(60)
    view.second.set()
    first.expect("Sold.", components=False)
    assert discord.settle()
    assert view.sold == ["ann"]
    assert shown.data["content"] == "Sold."
    assert not shown.data["components"], "a late click has put the buttons back"


@pytest.mark.bot(factory=sale)
def test_who_is_asked_holds_up_nobody_else(bot: Client, discord: Discord) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    shown = ann.slash("show").expect("A hat")
    modal = ann.click(shown, "Haggle")
    modal.modal()
    bob.click(shown, "Look").expect("It is nice.")
    other = bob.click(shown, "Haggle")
    ann.submit(modal, {"Your answer": "3"}).expect("3? No.")
    bob.submit(other, {"Your answer": "4"}).expect("4? No.")


class Doors(View):
    """A grid of buttons that are alike, in a layout."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[int] = []
        for number in range(4):
            door = button(f"{number}")(partial(self.open, number))
            self.add_item(door, f"door {number}")

    @button("Close")
    def close(self, ctx: ComponentContext) -> None:
        self.stop()

    def open(self, number: int, ctx: ComponentContext) -> None:
        self.opened.append(number)
        ctx.update(components=self.components)

    def layout(self, items: Mapping[str, Any]) -> Sequence[AnyComponent]:
        doors = [items[f"door {number}"] for number in range(4)]
        text = Section.of(f"Open: {self.opened}", accessory=items["close"])
        docs = Button.link("Docs", "https://example.com")
        return [Container.of(text, ActionRow.of(*doors[:2]), ActionRow.of(*doors[2:], docs))]


def doors(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)

    @client.command(description="x")
    def show(ctx: Context, hidden: bool = False) -> None:
        Doors().send(ctx, ephemeral=hidden)

    return client


@pytest.mark.bot(factory=doors)
@pytest.mark.parametrize("hidden", [False, True])
def test_its_items_are_placed_in_a_layout(bot: Client, discord: Discord, hidden: bool) -> None:
    ann = discord.user("ann")
    shown = ann.slash("show", hidden=hidden).expect(ephemeral=hidden)
    ann.click(ann.click(shown, "1").message(), "3").expect(components=["Close", "0", "3", "Docs"])
    box = shown.data["components"][0]
    assert box["components"][0]["components"][0]["content"] == "Open: [1, 3]"
    ann.click(shown, "Close")
    close = lambda: shown.data["components"][0]["components"][0]["accessory"]  # noqa: E731
    discord.expect(lambda: close().get("disabled"), "disabled buttons")
