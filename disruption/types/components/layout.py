"""Components that hold others, and the union of all.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.base import model
from ..core.union import Unknown, wide
from ..core.unset import UNSET, Unset
from .base import Component, ComponentType
from .content import (
    FileComponent,
    MediaGallery,
    Separator,
    TextDisplay,
    Thumbnail,
)
from .interactive import (
    Button,
    ButtonStyle,
    ChannelSelect,
    Checkbox,
    CheckboxGroup,
    CheckboxGroupOption,
    FileUpload,
    MentionableSelect,
    RadioGroup,
    RadioGroupOption,
    RoleSelect,
    StringSelect,
    TextInput,
    TextInputStyle,
    UserSelect,
)

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = [
    "ActionRow",
    "AnyComponent",
    "Container",
    "Label",
    "Section",
    "UnknownComponent",
]


@model
class ActionRow(Component):
    """Action Row.

    See https://discord.com/developers/docs/components/reference#action-row
    """

    type: ComponentType = ComponentType.ACTION_ROW
    components: list[AnyComponent]


@model
class Section(Component):
    """Section.

    See https://discord.com/developers/docs/components/reference#section
    """

    type: ComponentType = ComponentType.SECTION
    components: list[AnyComponent]
    accessory: AnyComponent


@model
class Container(Component):
    """Container.

    See https://discord.com/developers/docs/components/reference#container
    """

    type: ComponentType = ComponentType.CONTAINER
    components: list[AnyComponent]
    accent_color: int | Unset | None = UNSET
    spoiler: bool | None = None


@model
class Label(Component):
    """Label.

    See https://discord.com/developers/docs/components/reference#label
    """

    type: ComponentType = ComponentType.LABEL
    label: str
    description: str | None = None
    component: AnyComponent


@model
class UnknownComponent(Unknown):
    """A component that Discord added after this library was made; `data` is all of it."""


if TYPE_CHECKING:
    AnyComponent: TypeAlias = (
        ActionRow
        | Button
        | StringSelect
        | TextInput
        | UserSelect
        | RoleSelect
        | MentionableSelect
        | ChannelSelect
        | Section
        | TextDisplay
        | Thumbnail
        | MediaGallery
        | FileComponent
        | Separator
        | Container
        | Label
        | FileUpload
        | RadioGroup
        | CheckboxGroup
        | Checkbox
        | UnknownComponent
    )
    """Any component; `isinstance` and `match` tell which."""
else:
    # The union's fields are evaluated in this module, so the names in them must be here.
    from ..channel import ChannelType  # noqa: F401
    from ..core.snowflake import Snowflake  # noqa: F401
    from ..emoji import Emoji  # noqa: F401
    from .content import MediaGalleryItem, UnfurledMediaItem  # noqa: F401
    from .interactive import SelectDefaultValue, SelectOption  # noqa: F401

    _BUTTON_STYLES = {style.value: style for style in ButtonStyle}

    def _button(button: Any) -> None:
        style = button.style
        button.style = _BUTTON_STYLES.get(style) or ButtonStyle(style)

    def _text_input(text_input: Any) -> None:
        text_input.style = TextInputStyle(text_input.style)

    def _radio_group(group: Any) -> None:
        for option in group.options:
            option.__class__ = RadioGroupOption

    def _checkbox_group(group: Any) -> None:
        for option in group.options:
            option.__class__ = CheckboxGroupOption

    AnyComponent = wide(
        "AnyComponent",
        __name__,
        "type",
        {
            ComponentType.ACTION_ROW: ActionRow,
            ComponentType.BUTTON: Button,
            ComponentType.STRING_SELECT: StringSelect,
            ComponentType.USER_SELECT: UserSelect,
            ComponentType.ROLE_SELECT: RoleSelect,
            ComponentType.MENTIONABLE_SELECT: MentionableSelect,
            ComponentType.CHANNEL_SELECT: ChannelSelect,
            ComponentType.SECTION: Section,
            ComponentType.TEXT_DISPLAY: TextDisplay,
            ComponentType.THUMBNAIL: Thumbnail,
            ComponentType.MEDIA_GALLERY: MediaGallery,
            ComponentType.FILE: FileComponent,
            ComponentType.SEPARATOR: Separator,
            ComponentType.CONTAINER: Container,
            ComponentType.TEXT_INPUT: TextInput,
            ComponentType.LABEL: Label,
            ComponentType.FILE_UPLOAD: FileUpload,
            ComponentType.RADIO_GROUP: RadioGroup,
            ComponentType.CHECKBOX_GROUP: CheckboxGroup,
            ComponentType.CHECKBOX: Checkbox,
        },
        UnknownComponent,
        types={"style": "int", "options": "list[SelectOption]"},
        refine={
            Button: _button,
            TextInput: _text_input,
            RadioGroup: _radio_group,
            CheckboxGroup: _checkbox_group,
        },
    )
