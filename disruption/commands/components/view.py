"""`View`: buttons and menus with methods, that keep their state in an object for a while."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from ...errors import ClientStopped, DisruptionError, InvalidArgument, WaitTimeout
from ...types import UNSET, Emoji, Unset
from ...types.components import (
    ActionRow,
    Button,
    ButtonStyle,
    ChannelSelect,
    MentionableSelect,
    RoleSelect,
    SelectOption,
    StringSelect,
    UserSelect,
)
from ...types.components.tree import validate
from ..context import ComponentContext
from ..dialogue.prompt import MARK, allowed_users
from ..errors import check_parentheses, definition_error
from ..runnable import Runnable, check_context, check_given, check_names

if TYPE_CHECKING:
    from ...client import Client
    from ...rest import File
    from ...timer import Handle
    from ...types import Interaction
    from ...types.components import AnyComponent
    from ...types.embed import Embed
    from ..context import Context
    from ..dialogue.closing import Asked

__all__ = ["View", "ViewItem", "button", "select"]

P = ParamSpec("P")
R = TypeVar("R")

_log = logging.getLogger("disruption.commands")
_ROWS = 5
_WIDTH = 5
_SELECTS: dict[str, type[Any]] = {
    "user": UserSelect,
    "role": RoleSelect,
    "mentionable": MentionableSelect,
    "channel": ChannelSelect,
}


class ViewItem(Runnable[P, R]):
    """A method of a view, and the component that calls it."""

    kind = "component"

    def __init__(
        self, callback: Callable[..., R], make: Callable[[str], AnyComponent], row: int | None
    ) -> None:
        super().__init__(callback, name=getattr(callback, "__name__", "component"))
        check_context(callback, (ComponentContext,))
        check_given(callback, "ctx")
        self._make = make
        self.row = row
        self._check()

    def component(self, custom_id: str) -> AnyComponent:
        """Return a component with this custom id."""
        return self._make(custom_id)

    def _check(self) -> None:
        """Refuse what Discord would refuse when it is sent.

        Raises:
            CommandDefinitionError: With the method's file and line.
        """
        if self.row is not None and self.row not in range(_ROWS):
            raise definition_error(f"row={self.row!r}: there are 0 to {_ROWS - 1}", self.callback)
        try:
            validate([ActionRow.of(self.component(f"{MARK}:"))], path=self.name)
        except InvalidArgument as error:
            text = str(error).replace(f"{self.name}.0.components.0.", "")
            raise definition_error(text, self.callback) from None


def button(
    label: str | None = None,
    *,
    style: ButtonStyle = ButtonStyle.PRIMARY,
    emoji: Emoji | str | None = None,
    row: int | None = None,
) -> Callable[[Callable[..., R]], ViewItem[..., R]]:
    """Make a button of a method of a `View`; the method is given the context of the click.

    Args:
        label: Its text; by default the method's name in words.
        style: Its colour.
        emoji: An emoji beside or instead of the text.
        row: Its row, 0 to 4; by default the first with room.
    """
    from ...types.emoji import as_emoji

    check_parentheses(label, '@button("Label")')
    shown = as_emoji(emoji)

    def decorate(method: Callable[..., R]) -> ViewItem[..., R]:
        text = label
        if text is None and shown is None:
            text = getattr(method, "__name__", "").strip("_").replace("_", " ").capitalize()

        def make(custom_id: str) -> AnyComponent:
            return Button(style=style, label=text, emoji=shown, custom_id=custom_id)

        return ViewItem(method, make, row)

    return decorate


def select(
    *options: SelectOption | str,
    kind: Literal["string", "user", "role", "mentionable", "channel"] = "string",
    placeholder: str | None = None,
    min_values: int | None = None,
    max_values: int | None = None,
    row: int | None = None,
) -> Callable[[Callable[..., R]], ViewItem[..., R]]:
    """Make a menu of a method of a `View`; ``ctx.values`` has what was chosen.

    Args:
        options: What can be chosen, in a menu of texts.
        kind: What can be chosen: texts, users, roles, users and roles, channels.
        placeholder: What it shows while nothing is chosen.
        min_values: How many at least, 1 by default.
        max_values: How many at most, 1 by default.
        row: Its row, 0 to 4; it has one of its own.

    Raises:
        InvalidArgument: A menu of texts has no options, or another has some.
    """
    check_parentheses(options[0] if options else None, '@select("one", "two")')
    if (kind == "string") is not bool(options):
        raise InvalidArgument("a menu of texts needs options, and no other menu takes any")
    listed = [SelectOption.of(each) if isinstance(each, str) else each for each in options]

    def make(custom_id: str) -> AnyComponent:
        more: dict[str, Any] = {
            "custom_id": custom_id,
            "placeholder": placeholder,
            "min_values": min_values,
            "max_values": max_values,
        }
        if kind == "string":
            return StringSelect(options=listed, **more)
        made: AnyComponent = _SELECTS[kind](**more)
        return made

    return lambda method: ViewItem(method, make, row)


class _Ended:
    """Says that a view has ended, to the threads that wait for that."""

    def __init__(self, view: View) -> None:
        self.view = view


class View:
    """Buttons and menus with methods, that keep their state in an object for a while.

    ```python
    class Counter(View):
        count = 0

        @button("Add one")
        def add(self, ctx: ComponentContext) -> None:
            self.count += 1
            ctx.update(f"{self.count}")

    Counter(timeout=60).send(ctx, "0")
    ```

    Its methods run on the workers, like those of routes: an error is logged and answered. They
    run one at a time, in the order of the clicks, so that its state needs no lock; while one
    waits for an answer to a question of its own, others may run. A view lives in memory; for
    components that outlive the process take `Client.component`.

    Args:
        users: Who may use it; None for the one whose context it is sent with, or ``"anyone"``.
        timeout: Seconds without use after which it ends and is disabled; None for never.
    """

    def __init__(self, *, users: Any = "anyone", timeout: float | None = 300.0) -> None:
        if timeout is not None and not timeout > 0:
            raise InvalidArgument(f"timeout={timeout}: it must be more than 0 seconds, or None")
        self.mark = f"{MARK}{secrets.token_hex(8)}"
        self.timeout = timeout
        self._wanted = users
        self._users: frozenset[int] | None = frozenset()
        self._client: Client | None = None
        self._asked: Asked | None = None
        self._sender: Context | None = None  # that it was sent with
        self._used = 0.0  # when it was used last
        self._handle: Handle | None = None
        self._over = False
        self._lock = threading.Lock()  # guards what follows
        self._clicks: deque[Interaction] = deque()  # that came while a method runs
        self._turn: object | None = None  # of the method that runs, until it waits or ends
        self._inside = 0  # how many methods have begun and not ended
        self._items: dict[str, ViewItem[..., Any]] = {}
        for cls in reversed(type(self).__mro__):
            for name, value in vars(cls).items():
                if isinstance(value, ViewItem):
                    self._items[name] = value.bound_to(self)

    def __init_subclass__(cls, **options: Any) -> None:
        """Refuse buttons and menus in place of what a view does itself.

        Raises:
            CommandDefinitionError: One has the name of a method of views.
        """
        super().__init_subclass__(**options)
        check_names(cls, View)

    # For users ------------------------------------------------------------------------------

    @property
    def components(self) -> list[AnyComponent]:
        """Its components as they are now, for messages that show it."""
        items = {
            name: self.changed(name, item.component(f"{self.mark}:{name}"))
            for name, item in self._items.items()
        }
        return list(self.layout(items))

    def add_item(self, item: ViewItem[..., Any], name: str | None = None) -> None:
        """Add a button or a menu that is no method of the class, one of many alike for example.

        ```python
        for cell in range(9):
            item = button("?", row=cell // 3)(partial(self.play, cell))
            self.add_item(item, f"cell {cell}")
        ```

        Args:
            item: What `button` or `select` makes of a function that takes the context.
            name: Its name, for `changed` and `layout`; by default the function's.

        Raises:
            InvalidArgument: There is one of this name, or no name.
        """
        name = item.name if name is None else name
        if not name or name in self._items:
            raise InvalidArgument(f"{type(self).__name__} has a {name!r} already: name it")
        self._items[name] = item

    def layout(self, items: Mapping[str, Any]) -> Sequence[AnyComponent]:
        """Return the components of the message; override it to place them by yourself.

        ```python
        def layout(self, items: Mapping[str, Any]) -> Sequence[AnyComponent]:
            more = Button.link("Rules", "https://example.com/rules")
            text = Section.of(self.text, accessory=items["change"])
            return [Container.of(text, ActionRow.of(items["close"], more))]
        ```

        Args:
            items: Its buttons and menus by the names of their methods, as `changed` gave them.
        """
        rows: list[list[AnyComponent]] = [[] for _ in range(_ROWS)]
        for name, component in items.items():
            wanted = self._items[name].row
            wide = not isinstance(component, Button)
            for number in range(_ROWS) if wanted is None else (wanted,):
                row = rows[number]
                full = len(row) >= _WIDTH or any(not isinstance(one, Button) for one in row)
                if not full and not (wide and row):
                    row.append(component)
                    break
            else:
                raise InvalidArgument(f"{type(self).__name__} has no room for {name!r}")
        return [ActionRow(components=row) for row in rows if row]

    def changed(self, name: str, component: AnyComponent) -> AnyComponent:
        """Return a component as it is to be shown now; override it to disable or rename some.

        Args:
            name: The name of its method.
            component: The component, made anew each time.
        """
        return component

    def on_timeout(self) -> None:
        """Do what is to be done when nobody used it for its time; override it."""

    def send(
        self,
        ctx: Context,
        content: str | None = None,
        *,
        embeds: Sequence[Embed] = (),
        files: Sequence[File] = (),
        ephemeral: bool | None = None,
    ) -> None:
        """Answer with the view, and let it be used from now on.

        Args:
            ctx: The context to answer.
            content: The text above it; none where it has texts of its own (components V2).
            embeds: At most 10.
            files: At most 10.
            ephemeral: Only the author sees it; as in `Context.respond`.

        Raises:
            InvalidArgument: It was sent already, or has no buttons or menus.
        """
        if self._client is not None:
            raise InvalidArgument("a view is sent once: make another object of the class")
        if not self._items:
            raise InvalidArgument(f"{type(self).__name__} has no buttons or menus")
        self._client = client = ctx.client
        self._sender = ctx
        self._users = allowed_users(ctx, self._wanted)
        client.commands.prompts.add(self)
        client.commands.listen()
        self._used = time.monotonic()
        try:
            self._asked = ctx._ask(
                content, self.components, embeds, files=files, ephemeral=ephemeral
            )
        except BaseException:
            client.commands.prompts.remove(self)
            raise
        self._watch()

    def stop(self, *, disable: bool = True) -> None:
        """End it: nobody can use it any more.

        Args:
            disable: Whether its components are disabled; False where the message was changed
                already.
        """
        client = self._client
        if client is None or self._over:
            return
        if self._inside:  # by a click, of which the second one of a double click is to come
            client.commands.prompts.answered(self)
        else:
            client.commands.prompts.remove(self)
        self._over = True
        client.dispatcher.waiters.offer(_Ended(self))
        handle = self._handle
        if handle is not None:
            handle.cancel()
        if disable and self._asked is not None:
            self._asked.disable(self.components)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it has ended; the thread's place is given to another one meanwhile.

        Args:
            timeout: Seconds; None for as long as it takes.

        Returns:
            False where it has not ended in time.

        Raises:
            InvalidArgument: It was not sent.
            ClientStopped: The client was stopped.
        """
        client = self._client
        if client is None:
            raise InvalidArgument("send() it first")
        if self._sender is not None and self._sender._give_way is not None:
            self._sender._give_way()
        ended = client.dispatcher.expecting(_Ended, check=lambda event: event.view is self)
        with ended:
            if self.is_over:
                return True
            try:
                ended.result(timeout)
            except WaitTimeout:
                return False
            return True

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._over

    def refresh(self, content: str | Unset | None = UNSET) -> None:
        """Change the message it was sent with to show it as it is now."""
        if self._asked is not None:
            self._asked.edit(content, self.components)

    # For `Prompts` --------------------------------------------------------------------------

    def is_for(self, interaction: Interaction) -> bool:
        """Tell whether an interaction is by one who may use it."""
        author = interaction.author
        return self._users is None or (author is not None and int(author.id) in self._users)

    def take(self, interaction: Interaction) -> None:
        """Run the method that an interaction is for, here or after the one that runs now."""
        with self._lock:
            self._clicks.append(interaction)
            if self._turn is not None:
                return
            turn = self._turn = object()
        self._go_on(turn)

    def _go_on(self, turn: object) -> None:
        """Run what was clicked, one after another, until nothing is left or the turn is given."""
        while True:
            with self._lock:
                if self._turn is not turn:  # a method has waited: others have gone on
                    return
                if not self._clicks:
                    self._turn = None
                    return
                interaction = self._clicks.popleft()
                self._inside += 1
            try:
                self._run(interaction, turn)
            except BaseException:  # the client stops, or the program ends
                with self._lock:
                    if self._turn is turn:
                        self._turn = None
                        self._clicks.clear()
                raise
            finally:
                with self._lock:
                    self._inside -= 1

    def _give(self, turn: object) -> None:
        """Let the next click be taken while a method waits for an answer."""
        client = self._client
        with self._lock:
            if client is None or self._turn is not turn:
                return
            if not self._clicks:
                self._turn = None
                return
            self._turn = following = object()
        client.submit(self._go_on, following)

    def _run(self, interaction: Interaction, turn: object) -> None:
        client = self._client
        data = interaction.data
        name = "" if data is None or data.custom_id is None else data.custom_id.partition(":")[2]
        item = self._items.get(name)
        if client is None or item is None:
            return
        if self._over:  # by the click before
            client.commands.prompts.stray(interaction)
            return
        self._used = time.monotonic()
        if self._sender is not None:
            self._sender._may_go_on_with(interaction)
        ctx = ComponentContext(client, interaction)
        ctx._give_way = partial(self._give, turn)
        client.commands.runner.run(item, ctx, lambda: ((), {}))
        self._used = time.monotonic()

    def _watch(self) -> None:
        client = self._client
        if self.timeout is None or client is None or self._over:
            return
        left = self.timeout if self._inside else self._used + self.timeout - time.monotonic()
        if left > 0:
            self._handle = client._timer.call_later(left, self._watch)
            return
        try:
            client.submit(self._time_out)
        except DisruptionError as error:
            _log.debug("a view ended with its client: %s", error)

    def _time_out(self) -> None:
        self.stop()
        try:
            self.on_timeout()
        except ClientStopped:
            raise
        except Exception:
            _log.exception("on_timeout of %s failed", type(self).__name__)
