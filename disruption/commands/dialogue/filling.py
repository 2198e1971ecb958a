"""A modal as a question: opened at once where it can be, else by a button below the question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from ...errors import AlreadyResponded, ClientStopped, InteractionExpired
from ...rest.answer import State
from ...types import InteractionType
from ...types.components import ActionRow, Button
from ...types.components.tree import disable_all
from ..errors import DialogueCancelled, DialogueEnded, UserError
from ..texts import texts, told
from .closing import Asked, Closing
from .prompt import Prompt

if TYPE_CHECKING:
    from ...types import ModalCallbackData
    from ...types.components import AnyComponent
    from ..context import Context, ModalContext

__all__ = ["converted", "fill_in"]

T = TypeVar("T")

Build = Callable[[str, Mapping[str, Any]], "ModalCallbackData"]


def fill_in(
    ctx: Context,
    question: str,
    build: Build,
    read: Callable[[ModalContext], T],
    *,
    users: Any,
    timeout: float | None,
) -> T:
    """Ask with a modal, again and again until what was filled in can be read.

    Args:
        ctx: The context that asks.
        question: What stands above the button, where one is needed.
        build: Makes the modal of its custom id and of what was filled in the last time.
        read: Makes the answer; a `UserError` or ValueError says what is wrong with it.
        users: Who may answer.
        timeout: Seconds for all of it.

    Raises:
        DialogueTimeout: Nothing that can be read came in time.
        DialogueCancelled: The button to cancel was clicked.
    """
    from ..context import ModalContext

    with Prompt(ctx, users, timeout) as prompt:
        filled: Mapping[str, Any] = {}
        rows = _rows(prompt, texts().answer_button)
        asked: Asked | None = None
        if not _opened(ctx, build(prompt.custom_id("modal"), filled)):
            asked = ctx._ask(question, rows)
        while True:
            try:
                interaction = next(prompt)
            except (DialogueEnded, ClientStopped) as ended:
                if asked is not None:
                    asked.disable(rows, ended)
                raise
            name = prompt.name_in(interaction)
            if name == "cancel":
                if asked is not None:
                    Closing(asked, interaction, disable_all(rows)).answer()
                raise DialogueCancelled(texts().dialogue_cancelled)
            if name == "open":
                _open(interaction.responder.modal, build(prompt.custom_id("modal"), filled))
                continue
            submitted = ModalContext(ctx.client, interaction)
            filled = submitted.values
            try:
                answer = read(submitted)
            except (UserError, ValueError) as error:
                text = texts().bad_answer
                if isinstance(error, UserError):
                    text = told(ctx, error)
                rows = _rows(prompt, texts().again_button)
                ctx._go_on_with(interaction)
                if asked is not None and interaction.message is not None:
                    interaction.responder.update(f"{question}\n{text}", components=rows)
                else:
                    asked = ctx._ask(text, rows)
                continue
            ctx._go_on_with(interaction)
            if asked is not None and interaction.message is not None:
                # It may show what was wrong the last time, which is right now.
                ctx._close_with(Closing(asked, interaction, disable_all(rows), question))
            return answer


def converted(convert: Callable[[str], T], text: str) -> T:
    """Return what a text means.

    Raises:
        UserError: It means nothing; the text says so.
    """
    try:
        return convert(text)
    except UserError:
        raise
    except (ValueError, TypeError, ArithmeticError, LookupError):
        raise UserError(texts().bad_answer) from None


def _opened(ctx: Context, modal: ModalCallbackData) -> bool:
    """Open a modal as the answer to the newest interaction, where that can still be."""
    interaction = ctx.interaction
    if (
        interaction is None
        or interaction.type is InteractionType.MODAL_SUBMIT
        or interaction.responder.state is not State.NEW
    ):
        return False
    return _open(ctx._show_modal, modal)


def _open(show: Callable[[ModalCallbackData], object], modal: ModalCallbackData) -> bool:
    try:
        show(modal)
    except (AlreadyResponded, InteractionExpired):  # it was deferred at this very moment
        return False
    return True


def _rows(prompt: Prompt, label: str) -> list[AnyComponent]:
    return [
        ActionRow.of(
            Button.primary(label, prompt.custom_id("open")),
            Button.secondary(texts().cancel_button, prompt.custom_id("cancel")),
        )
    ]
