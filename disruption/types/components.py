"""Reference.

The types of https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .channel import ChannelType
from .core.base import Model, model
from .core.enums import OpenFlag, OpenIntEnum, OpenStrEnum
from .core.snowflake import Snowflake
from .core.union import Unknown, wide
from .core.unset import UNSET, Unset
from .emoji import Emoji

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = [
    "ActionRow",
    "AnyComponent",
    "Button",
    "ButtonStyle",
    "ChannelSelect",
    "Checkbox",
    "CheckboxGroup",
    "CheckboxGroupOption",
    "Component",
    "ComponentType",
    "Container",
    "EntitySelect",
    "FileComponent",
    "FileUpload",
    "GroupOption",
    "Label",
    "MediaGallery",
    "MediaGalleryItem",
    "MentionableSelect",
    "RadioGroup",
    "RadioGroupOption",
    "RoleSelect",
    "Section",
    "SelectDefaultValue",
    "SelectDefaultValueType",
    "SelectOption",
    "Separator",
    "StringSelect",
    "TextDisplay",
    "TextInput",
    "TextInputStyle",
    "Thumbnail",
    "UnfurledMediaItem",
    "UnfurledMediaItemFlags",
    "UnknownComponent",
    "UserSelect",
]


class ComponentType(OpenIntEnum):
    """See https://discord.com/developers/docs/components/reference#component-object"""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


class ButtonStyle(OpenIntEnum):
    """See https://discord.com/developers/docs/components/reference#button"""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4
    LINK = 5
    PREMIUM = 6


class TextInputStyle(OpenIntEnum):
    """See https://discord.com/developers/docs/components/reference#text-input"""

    SHORT = 1
    PARAGRAPH = 2


class UnfurledMediaItemFlags(OpenFlag):
    """See https://discord.com/developers/docs/components/reference#unfurled-media-item"""

    NONE = 0
    IS_ANIMATED = 1 << 0


class SelectDefaultValueType(OpenStrEnum):
    """See https://discord.com/developers/docs/components/reference#user-select"""

    USER = "user"
    ROLE = "role"
    CHANNEL = "channel"


@model
class Component(Model):
    """What all components have.

    See https://discord.com/developers/docs/components/reference#anatomy-of-a-component
    """

    type: ComponentType
    id: int | None = None


@model
class EntitySelect(Component):
    """What the selects of users, roles, mentionables and channels have in common."""

    custom_id: str
    placeholder: str | None = None
    default_values: list[SelectDefaultValue] | None = None
    min_values: int | None = None
    max_values: int | None = None
    required: bool | None = None
    disabled: bool | None = None


@model
class GroupOption(Model):
    """What the options of selects, radio groups and checkbox groups have in common."""

    value: str
    label: str
    description: str | None = None
    default: bool | None = None


@model
class RadioGroupOption(GroupOption):
    """Radio Group Option.

    See https://discord.com/developers/docs/components/reference#radio-group-option-structure
    """


@model
class CheckboxGroupOption(GroupOption):
    """Checkbox Group Option.

    See https://discord.com/developers/docs/components/reference#checkbox-group-option-structure
    """


@model
class SelectOption(GroupOption):
    """Select Option.

    See https://discord.com/developers/docs/components/reference#string-select
    """

    emoji: Emoji | None = None


@model
class ActionRow(Component):
    """Action Row.

    See https://discord.com/developers/docs/components/reference#action-row
    """

    type: ComponentType = ComponentType.ACTION_ROW
    components: list[AnyComponent]


@model
class Button(Component):
    """Button.

    See https://discord.com/developers/docs/components/reference#button
    """

    type: ComponentType = ComponentType.BUTTON
    style: ButtonStyle
    label: str | None = None
    emoji: Emoji | None = None
    custom_id: str | None = None
    sku_id: Snowflake | None = None
    url: str | Unset | None = UNSET
    disabled: bool | None = None


@model
class StringSelect(Component):
    """String Select.

    See https://discord.com/developers/docs/components/reference#string-select
    """

    type: ComponentType = ComponentType.STRING_SELECT
    custom_id: str
    options: list[SelectOption]
    placeholder: str | None = None
    min_values: int | None = None
    max_values: int | None = None
    required: bool | None = None
    disabled: bool | None = None


@model
class TextInput(Component):
    """Text Input.

    See https://discord.com/developers/docs/components/reference#text-input
    """

    type: ComponentType = ComponentType.TEXT_INPUT
    custom_id: str
    style: TextInputStyle
    min_length: int | Unset | None = UNSET
    max_length: int | Unset | None = UNSET
    required: bool | None = None
    value: str | None = None
    placeholder: str | None = None
    label: str | Unset | None = UNSET


@model
class UserSelect(EntitySelect):
    """User Select.

    See https://discord.com/developers/docs/components/reference#user-select
    """

    type: ComponentType = ComponentType.USER_SELECT


@model
class SelectDefaultValue(Model):
    """Select Default Value.

    See https://discord.com/developers/docs/components/reference#user-select
    """

    id: Snowflake
    type: SelectDefaultValueType


@model
class RoleSelect(EntitySelect):
    """Role Select.

    See https://discord.com/developers/docs/components/reference#role-select
    """

    type: ComponentType = ComponentType.ROLE_SELECT


@model
class MentionableSelect(EntitySelect):
    """Mentionable Select.

    See https://discord.com/developers/docs/components/reference#mentionable-select
    """

    type: ComponentType = ComponentType.MENTIONABLE_SELECT


@model
class ChannelSelect(EntitySelect):
    """Channel Select.

    See https://discord.com/developers/docs/components/reference#channel-select
    """

    type: ComponentType = ComponentType.CHANNEL_SELECT
    channel_types: list[ChannelType] | None = None


@model
class Section(Component):
    """Section.

    See https://discord.com/developers/docs/components/reference#section
    """

    type: ComponentType = ComponentType.SECTION
    components: list[AnyComponent]
    accessory: AnyComponent


@model
class TextDisplay(Component):
    """Text Display.

    See https://discord.com/developers/docs/components/reference#text-display
    """

    type: ComponentType = ComponentType.TEXT_DISPLAY
    content: str


@model
class Thumbnail(Component):
    """Thumbnail.

    See https://discord.com/developers/docs/components/reference#thumbnail
    """

    type: ComponentType = ComponentType.THUMBNAIL
    media: UnfurledMediaItem
    description: str | Unset | None = UNSET
    spoiler: bool | None = None


@model
class MediaGallery(Component):
    """Media Gallery.

    See https://discord.com/developers/docs/components/reference#media-gallery
    """

    type: ComponentType = ComponentType.MEDIA_GALLERY
    items: list[MediaGalleryItem]


@model
class MediaGalleryItem(Model):
    """Media Gallery Item.

    See https://discord.com/developers/docs/components/reference#media-gallery
    """

    media: UnfurledMediaItem
    description: str | Unset | None = UNSET
    spoiler: bool | None = None


@model
class FileComponent(Component):
    """File.

    See https://discord.com/developers/docs/components/reference#file
    """

    type: ComponentType = ComponentType.FILE
    file: UnfurledMediaItem
    spoiler: bool | None = None
    name: str | Unset | None = UNSET
    size: int | Unset | None = UNSET


@model
class Separator(Component):
    """Separator.

    See https://discord.com/developers/docs/components/reference#separator
    """

    type: ComponentType = ComponentType.SEPARATOR
    divider: bool | None = None
    spacing: int | None = None


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
class FileUpload(Component):
    """File Upload.

    See https://discord.com/developers/docs/components/reference#file-upload
    """

    type: ComponentType = ComponentType.FILE_UPLOAD
    custom_id: str
    min_values: int | None = None
    max_values: int | None = None
    required: bool | None = None
    file_types: list[str] | None = None


@model
class RadioGroup(Component):
    """Radio Group.

    See https://discord.com/developers/docs/components/reference#radio-group-structure
    """

    type: ComponentType = ComponentType.RADIO_GROUP
    custom_id: str
    options: list[RadioGroupOption]
    required: bool | None = None


@model
class CheckboxGroup(Component):
    """Checkbox Group.

    See https://discord.com/developers/docs/components/reference#checkbox-group-structure
    """

    type: ComponentType = ComponentType.CHECKBOX_GROUP
    custom_id: str
    options: list[CheckboxGroupOption]
    min_values: int | None = None
    max_values: int | None = None
    required: bool | None = None


@model
class Checkbox(Component):
    """Checkbox.

    See https://discord.com/developers/docs/components/reference#checkbox-structure
    """

    type: ComponentType = ComponentType.CHECKBOX
    custom_id: str
    default: bool | None = None


@model
class UnfurledMediaItem(Model):
    """Unfurled Media Item.

    See https://discord.com/developers/docs/components/reference#unfurled-media-item
    """

    url: str
    proxy_url: str | None = None
    height: int | Unset | None = UNSET
    width: int | Unset | None = UNSET
    placeholder: str | None = None
    placeholder_version: int | None = None
    content_type: str | Unset | None = UNSET
    flags: UnfurledMediaItemFlags | None = None
    attachment_id: Snowflake | None = None
    id: Snowflake | None = None


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

    def _refine(component: Any) -> None:
        cls = type(component)
        if cls is Button:
            component.style = ButtonStyle(component.style)
        elif cls is TextInput:
            component.style = TextInputStyle(component.style)
        elif cls is RadioGroup or cls is CheckboxGroup:
            option_class = RadioGroupOption if cls is RadioGroup else CheckboxGroupOption
            for option in component.options:
                option.__class__ = option_class

    AnyComponent = wide(
        "AnyComponent",
        __name__,
        "type",
        {
            ComponentType.ACTION_ROW: ActionRow,
            ComponentType.BUTTON: Button,
            ComponentType.STRING_SELECT: StringSelect,
            ComponentType.TEXT_INPUT: TextInput,
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
            ComponentType.LABEL: Label,
            ComponentType.FILE_UPLOAD: FileUpload,
            ComponentType.RADIO_GROUP: RadioGroup,
            ComponentType.CHECKBOX_GROUP: CheckboxGroup,
            ComponentType.CHECKBOX: Checkbox,
        },
        UnknownComponent,
        types={"style": "int", "options": "list[SelectOption]"},
        refine=_refine,
    )
