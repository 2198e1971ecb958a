"""The contexts of components and modals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import InvalidArgument
from ...types import UNSET, Unset
from .interaction import InteractionContext

if TYPE_CHECKING:
    from ...client import Client
    from ...rest import File
    from ...types import Interaction, Message
    from ...types.components import AnyComponent
    from ...types.embed import Embed
    from ...types.interaction import SubmittedComponent
    from ...types.message import ResolvedData

__all__ = ["ComponentContext", "ModalContext", "SourceContext"]


class SourceContext(InteractionContext):
    """The context of what comes from a message: a component, or a modal that one opened."""

    def update(
        self,
        content: str | Unset | None = UNSET,
        *,
        embeds: Sequence[Embed] | Unset | None = UNSET,
        components: Sequence[AnyComponent] | Unset | None = UNSET,
        files: Sequence[File] = (),
    ) -> Message | None:
        """Change the message that the component is on; what is not given stays.

        Raises:
            AlreadyResponded: There is an answer that is a message of its own.
            InvalidArgument: It does not come from a message.
        """
        closing, self._closing = self._closing, None
        if closing is not None:
            components = closing.components if isinstance(components, Unset) else components
            content = closing.content if isinstance(content, Unset) else content
        newest = self._newest
        message = newest.responder.update(
            content, embeds=embeds, components=components, files=files
        )
        self._answered = newest
        return message

    @property
    def custom_id(self) -> str:
        """The custom id of the component or modal."""
        data = self.source.data
        return "" if data is None or data.custom_id is None else data.custom_id


class ComponentContext(SourceContext):
    """The context of a button or a select."""

    @property
    def message(self) -> Message:
        """The message that the component is on."""
        message = self.source.message
        if message is None:
            raise InvalidArgument("the interaction does not say which message it comes from")
        return message

    @property
    def values(self) -> list[str]:
        """What was chosen in a select: the values, or the ids; empty for a button."""
        data = self.source.data
        return [] if data is None or data.values is None else data.values

    @property
    def resolved(self) -> ResolvedData | None:
        """The users, members, roles and channels that were chosen."""
        return None if self.source.data is None else self.source.data.resolved


class ModalContext(SourceContext):
    """The context of a modal that was submitted."""

    def __init__(self, client: Client, source: Interaction) -> None:
        super().__init__(client, source)
        self._values: dict[str, Any] | None = None

    @property
    def values(self) -> Mapping[str, Any]:
        """What was filled in, by custom id.

        A text input and a radio group give a text (None where nothing was chosen), a checkbox a
        bool, selects, checkbox groups and file uploads a list: of values, or of ids.
        """
        if self._values is None:
            data = self.source.data
            self._values = {}
            for component in (None if data is None else data.components) or ():
                self._collect(component, self._values)
        return self._values

    @property
    def resolved(self) -> ResolvedData | None:
        """The users, members, roles, channels and files that were chosen."""
        return None if self.source.data is None else self.source.data.resolved

    def _collect(self, component: SubmittedComponent, values: dict[str, Any]) -> None:
        if component.component is not None:
            self._collect(component.component, values)
        for child in component.components or ():
            self._collect(child, values)
        if component.custom_id is None:
            return
        if component.values is not None:
            values[component.custom_id] = component.values
        else:
            value = component.value
            values[component.custom_id] = None if value is UNSET else value
