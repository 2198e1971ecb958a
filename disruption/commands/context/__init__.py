"""What commands, components and modals are given first, one class for each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Context
from .chat import ChatContext, PrefixContext
from .components import ComponentContext, ModalContext, SourceContext
from .interaction import (
    AutocompleteContext,
    InteractionContext,
    MessageContext,
    SlashContext,
    UserContext,
)

if TYPE_CHECKING:
    from ...client import Client
    from ...types import Interaction, Message

__all__ = [
    "AutocompleteContext",
    "ChatContext",
    "ComponentContext",
    "Context",
    "InteractionContext",
    "MessageContext",
    "ModalContext",
    "PrefixContext",
    "SlashContext",
    "SourceContext",
    "UserContext",
    "context_of",
]


def context_of(client: Client, source: Message | Interaction) -> Context:
    """Return a context for a message or interaction that a handler has received.

    Raises:
        InvalidArgument: It is something else.
    """
    from ...errors import InvalidArgument
    from ...types import Interaction, InteractionType, Message

    if isinstance(source, Message):
        return ChatContext(client, source)
    if not isinstance(source, Interaction):
        raise InvalidArgument(f"a context is of a message or an interaction, not of {source!r:.60}")
    if source.type is InteractionType.MESSAGE_COMPONENT:
        return ComponentContext(client, source)
    if source.type is InteractionType.MODAL_SUBMIT:
        return ModalContext(client, source)
    return SlashContext(client, source)
