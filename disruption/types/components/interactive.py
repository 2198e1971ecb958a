"""Components that people use: buttons, selects, inputs.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from ..channel import ChannelType
from ..core.base import Model, model
from ..core.enums import OpenIntEnum, OpenStrEnum
from ..core.snowflake import Snowflake
from ..core.unset import UNSET, Unset
from ..emoji import Emoji
from .base import Component, ComponentType

__all__ = [
    "Button",
    "ButtonStyle",
    "ChannelSelect",
    "Checkbox",
    "CheckboxGroup",
    "CheckboxGroupOption",
    "EntitySelect",
    "FileUpload",
    "GroupOption",
    "MentionableSelect",
    "RadioGroup",
    "RadioGroupOption",
    "RoleSelect",
    "SelectDefaultValue",
    "SelectDefaultValueType",
    "SelectOption",
    "StringSelect",
    "TextInput",
    "TextInputStyle",
    "UserSelect",
]


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


class SelectDefaultValueType(OpenStrEnum):
    """See https://discord.com/developers/docs/components/reference#user-select"""

    USER = "user"
    ROLE = "role"
    CHANNEL = "channel"


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
