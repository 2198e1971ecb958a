"""A question that waits for clicks: its custom ids, who may answer, and what comes.

The custom ids of a prompt begin with a mark of its own, ``~`` and a random token, so that the
reader gives its interactions to the thread that waits, before any queue.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from ...errors import DisruptionError, InvalidArgument
from ...slices import left_until
from ...types.components.tree import disable_all
from ...types.events import InteractionCreate
from ..errors import DialogueCancelled, DialogueTimeout
from ..texts import texts

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

    from ...client import Client
    from ...types import Interaction
    from ..context import Context

__all__ = ["MARK", "Prompt", "Prompts", "allowed_users"]

_log = logging.getLogger("disruption.commands")

MARK = "~"
"""What the custom ids of dialogues begin with."""

_TWICE = 10.0  # seconds in which a click on what was answered is taken for a second one
_TAKEN = "_taken"  # in an interaction's __dict__: a dialogue has it
_LEFT: Any = object()  # comes in place of an answer: the person does something else


def allowed_users(ctx: Context, users: Iterable[Any] | Any | None) -> frozenset[int] | None:
    """Return the ids of those who may answer: the author where none are named; None: anyone.

    Raises:
        InvalidArgument: Somebody is no user, member or id.
    """
    if users is None:
        return frozenset((int(ctx.author.id),))
    if users == "anyone":
        return None
    many = users if isinstance(users, Iterable) and not isinstance(users, str) else (users,)
    try:
        return frozenset(int(getattr(each, "id", each)) for each in many)
    except (TypeError, ValueError):
        raise InvalidArgument(f"users={users!r}: name users, members or ids, or 'anyone'") from None


class Opened(Protocol):
    """A prompt or a view while it is open."""

    mark: str

    def is_for(self, interaction: Interaction) -> bool:
        """Tell whether an interaction is by one who may answer."""

    def take(self, interaction: Interaction) -> None:
        """Take an interaction that came through the queue."""


class Prompts:
    """The prompts of a client that are open, and what happens to clicks that are not for them."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._open: dict[str, Opened] = {}  # by mark; items are set and deleted whole
        self._answered: dict[str, float] = {}  # by mark, when; the oldest first

    def __len__(self) -> int:
        return len(self._open)

    def add(self, prompt: Opened) -> None:
        """Note that a prompt is open."""
        self._open[prompt.mark] = prompt

    def remove(self, prompt: Opened) -> None:
        """Note that a prompt is over."""
        self._open.pop(prompt.mark, None)

    def answered(self, prompt: Opened) -> None:
        """Note that a prompt is over because it was answered: a second click means the same."""
        now = time.monotonic()
        self._answered[prompt.mark] = now
        for mark, when in list(self._answered.items()):
            if now - when < _TWICE:
                break
            self._answered.pop(mark, None)
        self.remove(prompt)

    def stray(self, interaction: Interaction) -> None:
        """See to an interaction of a dialogue, which has it already if it is for it."""
        if _TAKEN in interaction.__dict__:
            return
        data = interaction.data
        custom_id = "" if data is None or data.custom_id is None else data.custom_id
        mark = custom_id.partition(":")[0]
        prompt = self._open.get(mark)
        if prompt is not None and prompt.is_for(interaction):
            prompt.take(interaction)
            return
        counters = self._client.counters
        from ..context import context_of

        ctx = context_of(self._client, interaction)
        try:
            if prompt is not None:
                counters.add("commands.dialogue_strangers")
                ctx.respond(texts().not_yours(ctx), ephemeral=True)
                return
            if mark in self._answered and time.monotonic() - self._answered[mark] < _TWICE:
                interaction.responder.defer(thinking=False)  # somebody has clicked twice
                return
            counters.add("commands.dialogue_late")
            if interaction.message is not None and data is not None and data.component_type:
                disabled = disable_all(interaction.message.components or [])
                interaction.responder.update(components=disabled)
            ctx.respond(texts().dialogue_over(ctx), ephemeral=True)
        except DisruptionError as error:
            _log.info("a click on a dialogue that is not theirs went unanswered: %s", error)


class Prompt:
    """A question that is open, from the moment it is entered until it is left.

    Args:
        ctx: The context that asks.
        users: Who may answer; see `allowed_users`.
        timeout: Seconds until it is over, None for none.
        idle: Whether each answer begins the time anew.

    Attributes:
        ctx: The context that asks.
    """

    def __init__(
        self,
        ctx: Context,
        users: Any = None,
        timeout: float | None = 300.0,
        *,
        idle: bool = False,
    ) -> None:
        if timeout is not None and not timeout > 0:
            raise InvalidArgument(f"timeout={timeout}: it must be more than 0 seconds, or None")
        self.mark = f"{MARK}{secrets.token_hex(8)}"
        self.ctx = ctx
        self._client = ctx.client
        self._prompts = ctx.client.commands.prompts
        self._users = allowed_users(ctx, users)
        self._board = ctx._board  # with the buttons of which this was begun
        self._inner: Prompt | None = None  # what was begun with a click on this one
        self._outer: Prompt | None = None  # what the board's inner one was before
        self._idle = timeout if idle else None
        self._whole = None if idle else timeout
        self._end = None if timeout is None else time.monotonic() + timeout

    def __enter__(self) -> Self:
        self._stream = self._client.events(
            InteractionCreate,
            check=self._fits,
            prompt=self.mark,
            timeout=self._whole,
            idle=self._idle,
        )
        self._prompts.add(self)
        self._client.commands.listen()  # for those who click though they are not asked
        if self._board is not None:
            self._outer, self._board._inner = self._board._inner, self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stream.close()
        if self._board is not None and self._board._inner is self:
            self._board._inner = self._outer
        if error is None:
            self._prompts.answered(self)
        else:
            self._prompts.remove(self)

    def custom_id(self, name: str | int) -> str:
        """Return the custom id of one of its components."""
        return f"{self.mark}:{name}"

    def name_in(self, interaction: Interaction) -> str:
        """Return the name of the component that an interaction is of."""
        data = interaction.data
        custom_id = "" if data is None or data.custom_id is None else data.custom_id
        return custom_id.partition(":")[2]

    def is_for(self, interaction: Interaction) -> bool:
        """Tell whether an interaction is by one who may answer."""
        author = interaction.author
        return self._users is None or (author is not None and int(author.id) in self._users)

    def take(self, interaction: Interaction) -> None:
        """See to one that the thread has not taken yet: it may be at what an earlier click began.

        Then the person has left that: a modal that is closed says nothing, and its buttons
        cannot be meant any more.
        """
        inner, author = self._inner, interaction.author
        if inner is None or author is None or inner.ctx.author.id != author.id:
            return
        if _TAKEN not in interaction.__dict__:  # else it may be the very click that began it
            inner.leave()

    def leave(self) -> None:
        """Let the thread that waits, and what it may have begun, have no answer."""
        inner = self._inner
        if inner is not None:
            inner.leave()
        self._stream.put(_LEFT)

    def _fits(self, interaction: Interaction) -> bool:
        return interaction is _LEFT or self.is_for(interaction)

    def __iter__(self) -> Iterator[InteractionCreate]:
        return self

    def __next__(self) -> InteractionCreate:
        """Wait for the next answer.

        Raises:
            DialogueTimeout: None came in time.
            DialogueCancelled: The person has left it for something else.
        """
        if self.ctx._give_way is not None:
            self.ctx._give_way()
        for interaction in self._stream:
            if interaction is _LEFT:
                raise DialogueCancelled(texts().dialogue_cancelled)
            interaction.__dict__[_TAKEN] = True
            return interaction
        raise DialogueTimeout(texts().dialogue_timeout)

    @property
    def left(self) -> float | None:
        """Seconds that are left, None for no end."""
        return left_until(self._end)
