"""Several answers to one question: `clicks`, and `menu`, which is made of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ...errors import DisruptionError
from ...rest.answer import State
from ...types import UNSET, Unset
from ...types.components import ActionRow, Button, ButtonStyle
from ...types.components.tree import walk
from ..context.components import ComponentContext
from ..errors import DialogueEnded, DialogueTimeout
from .closing import Asked
from .prompt import Prompt

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

    from ...rest import File
    from ...types import Embed, Interaction, Message
    from ...types.components import AnyComponent
    from ..context import Context

__all__ = ["Click", "Clicks", "menu"]

T = TypeVar("T")

_log = logging.getLogger("disruption.commands")
_IN_ROW = 5


class Click(ComponentContext, Generic[T]):
    """A click on one of the buttons of a question.

    Attributes:
        choice: What the button stands for.
    """

    choice: T
    _clicks: Clicks[T]

    def update(
        self,
        content: str | Unset | None = UNSET,
        *,
        embeds: Sequence[Embed] | Unset | None = UNSET,
        components: Sequence[AnyComponent] | Unset | None = UNSET,
        files: Sequence[File] = (),
    ) -> Message | None:
        """Change the question's message; see `SourceContext.update`."""
        message = super().update(content, embeds=embeds, components=components, files=files)
        if not isinstance(components, Unset):
            self._clicks._show(components or ())
        return message


class Clicks(Generic[T]):
    """The clicks on a question's buttons, until its time is over or the block is left.

    Args:
        ctx: The context that asks.
        question: The question.
        options: What can be clicked, by the buttons' labels.
        users: Who may answer.
        timeout: Seconds, None for no end.
    """

    def __init__(
        self,
        ctx: Context,
        question: str,
        options: Mapping[str, T],
        *,
        users: Any,
        timeout: float | None,
    ) -> None:
        self._ctx = ctx
        self._question = question
        self._choices = list(options.values())
        self._labels = list(options)
        self._prompt = Prompt(ctx, users, timeout)
        self._asked: Asked | None = None
        self._rows: list[AnyComponent] = []
        self._last: Interaction | None = None

    def __enter__(self) -> Self:
        self._prompt.__enter__()
        try:
            buttons = [
                Button(
                    style=ButtonStyle.PRIMARY,
                    label=label,
                    custom_id=self._prompt.custom_id(number),
                )
                for number, label in enumerate(self._labels)
            ]
            self._rows = [
                ActionRow(components=list(buttons[start : start + _IN_ROW]))
                for start in range(0, len(buttons), _IN_ROW)
            ]
            self._asked = self._ctx._ask(self._question, self._rows)
        except BaseException:
            self._prompt.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._prompt.__exit__(kind, error, traceback)
        self._acknowledge()
        if self._asked is not None and self._rows:
            self._asked.disable(self._rows, error)

    def __iter__(self) -> Iterator[Click[T]]:
        return self

    def __next__(self) -> Click[T]:
        """Wait for the next click; a click that got no answer is acknowledged."""
        self._acknowledge()
        try:
            interaction = next(self._prompt)
        except DialogueTimeout:
            raise StopIteration from None
        self._last = interaction
        self._ctx._may_go_on_with(interaction)
        click: Click[T] = Click(self._ctx.client, interaction)
        click._board = self._prompt
        click._clicks = self
        click.choice = self._choices[int(self._prompt.name_in(interaction))]
        return click

    @property
    def message(self) -> Message | None:
        """The message with the question; None where Discord did not give it."""
        return None if self._asked is None else self._asked.message

    @property
    def left(self) -> float | None:
        """Seconds that are left, None for no end."""
        return self._prompt.left

    def _show(self, components: Sequence[AnyComponent]) -> None:
        """Note what is in place of the buttons, which stays as it is where none are left."""
        mark = self._prompt.mark
        custom_ids = [str(getattr(one, "custom_id", "")) for one in walk(components)]
        left = any(custom_id.startswith(f"{mark}:") for custom_id in custom_ids)
        self._rows = list(components) if left else []

    def _acknowledge(self) -> None:
        last, self._last = self._last, None
        if last is not None and last.responder.state is State.NEW:
            try:
                last.responder.defer(thinking=False)
            except DisruptionError as error:
                _log.info("a click in a dialogue went unanswered: %s", error)


def menu(
    ctx: Context,
    question: str,
    items: Mapping[str, Callable[[Click[Any]], object] | None],
    *,
    users: Any,
    timeout: float | None,
) -> Any:
    """Show a menu until it is left; see `Talking.menu`."""
    with Clicks(ctx, question, items, users=users, timeout=timeout) as clicks:
        for click in clicks:
            function = click.choice
            if function is None:
                return None
            result = None
            try:
                result = function(click)
            except DialogueEnded as ended:  # that of the function, not that of the menu
                _log.info("what a menu had called ended in its dialogue: %s", ended)
            click._settle()
            if result is not None:
                return result
    return None
