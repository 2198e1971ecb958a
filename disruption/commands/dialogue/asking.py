"""`ask`: a text, by a modal or as the next message."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ...errors import InvalidArgument
from ...types import ModalCallbackData
from ...types.components import Label, TextDisplay, TextInput, TextInputStyle
from ...types.events import MessageCreate
from ...types.text import truncate
from ..errors import DialogueCancelled, DialogueTimeout, UserError
from ..texts import texts, told
from .filling import converted, fill_in
from .prompt import allowed_users

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...types.components import AnyComponent
    from ..context import Context, ModalContext

__all__ = ["TITLE", "ask_by_message", "ask_by_modal"]

T = TypeVar("T")

TITLE = 45
"""Characters of a modal's title, and of a label in it."""


def ask_by_modal(
    ctx: Context,
    question: str,
    convert: Callable[[str], T],
    *,
    field: TextInput,
    users: Any,
    timeout: float | None,
) -> T:
    """Ask with a text input; see `Talking.ask`."""

    def build(custom_id: str, filled: Mapping[str, Any]) -> ModalCallbackData:
        components: list[AnyComponent] = []
        if len(question) > TITLE:  # then the title has only its beginning
            components.append(TextDisplay.of(question))
        value = filled.get("answer", field.value)
        own = TextInput(
            custom_id="answer",
            style=field.style,
            placeholder=field.placeholder,
            value=value,
            min_length=field.min_length,
            max_length=field.max_length,
            required=field.required,
        )
        components.append(Label.of(texts().answer_label, own))
        return ModalCallbackData.of(custom_id, truncate(question, TITLE), *components)

    def read(submitted: ModalContext) -> T:
        return converted(convert, submitted.values.get("answer") or "")

    return fill_in(ctx, question, build, read, users=users, timeout=timeout)


def ask_by_message(
    ctx: Context,
    question: str,
    convert: Callable[[str], T],
    *,
    users: Any,
    timeout: float | None,
) -> T:
    """Ask for the next message; see `Talking.ask`."""
    channel_id = ctx.channel_id
    if channel_id is None:
        raise InvalidArgument("it is not known in which channel this was used")
    allowed = allowed_users(ctx, users)

    def by_them(message: MessageCreate) -> bool:
        return not message.author.bot and (allowed is None or int(message.author.id) in allowed)

    stream = ctx.client.events(MessageCreate, check=by_them, channel_id=channel_id, timeout=timeout)
    with stream:  # first, so that no answer is too quick
        ctx.respond(question)
        if ctx._give_way is not None:
            ctx._give_way()
        for message in stream:
            text = message.content.strip()
            if text.lower() == texts().cancel_word:
                raise DialogueCancelled(texts().dialogue_cancelled)
            try:
                return converted(convert, text)
            except UserError as error:
                message.reply(told(ctx, error))
    raise DialogueTimeout(texts().dialogue_timeout)


def text_field(
    *,
    long: bool,
    placeholder: str | None,
    default: str | None,
    min_length: int | None,
    max_length: int | None,
    required: bool,
) -> TextInput:
    """Return the input of a modal, but for its custom id."""
    made = TextInput.short(
        "answer",
        placeholder=placeholder,
        value=default,
        min_length=min_length,
        max_length=max_length,
        required=required,
    )
    if long:
        made.style = TextInputStyle.PARAGRAPH
    return made
