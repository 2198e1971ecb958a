"""Components that hold others, and the union of all.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.base import model
from ..core.union import Unknown, wide
from ..core.unset import UNSET, Unset
from .base import Component, ComponentType
from .buttons import Button, ButtonStyle
from .content import (
    FileComponent,
    MediaGallery,
    Separator,
    TextDisplay,
    Thumbnail,
)
from .interactive import (
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
    from collections.abc import Iterable
    from typing import TypeAlias

    from typing_extensions import Self

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

    @classmethod
    def of(cls, *components: AnyComponent) -> Self:
        """Return a row of up to 5 buttons, or of a single select."""
        return cls(components=list(components))


@model
class Section(Component):
    """Section.

    See https://discord.com/developers/docs/components/reference#section
    """

    type: ComponentType = ComponentType.SECTION
    components: list[AnyComponent]
    accessory: AnyComponent

    @classmethod
    def of(cls, *texts: TextDisplay | str, accessory: Button | Thumbnail) -> Self:
        """Return 1 to 3 texts with a button or a picture beside them."""
        return cls(components=_with_texts(texts), accessory=accessory)


@model
class Container(Component):
    """Container.

    See https://discord.com/developers/docs/components/reference#container
    """

    type: ComponentType = ComponentType.CONTAINER
    components: list[AnyComponent]
    accent_color: int | Unset | None = UNSET
    spoiler: bool | None = None

    @classmethod
    def of(
        cls,
        *components: AnyComponent | str,
        accent_color: int | None = None,
        spoiler: bool | None = None,
    ) -> Self:
        """Return a box around components; a text becomes a `TextDisplay`.

        Args:
            components: Rows, texts, sections, galleries, separators and files.
            accent_color: The colour of the bar at its side.
            spoiler: Hide it until it is clicked.
        """
        return cls(
            components=_with_texts(components),
            accent_color=UNSET if accent_color is None else accent_color,
            spoiler=spoiler,
        )


@model
class Label(Component):
    """Label.

    See https://discord.com/developers/docs/components/reference#label
    """

    type: ComponentType = ComponentType.LABEL
    label: str
    description: str | None = None
    component: AnyComponent

    @classmethod
    def of(cls, label: str, component: AnyComponent, *, description: str | None = None) -> Self:
        """Return an input of a modal with the text that names it, at most 45 characters."""
        return cls(label=label, component=component, description=description)


@model
class UnknownComponent(Unknown):
    """A component that Discord added after this library was made; `data` is all of it."""


def _with_texts(components: Iterable[AnyComponent | str]) -> list[AnyComponent]:
    return [TextDisplay.of(each) if isinstance(each, str) else each for each in components]


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
