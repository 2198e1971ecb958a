"""Components that people choose or write in: selects, inputs, groups.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..channel import ChannelType
from ..core.base import Model, model
from ..core.enums import OpenIntEnum, OpenStrEnum
from ..core.snowflake import Snowflake
from ..core.unset import UNSET, Unset
from ..emoji import Emoji, as_emoji
from .base import Component, ComponentType

if TYPE_CHECKING:
    from typing_extensions import Self

    from ..snowflakes import HasId

__all__ = [
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

    @classmethod
    def of(
        cls,
        label: str,
        value: str | None = None,
        *,
        description: str | None = None,
        default: bool | None = None,
    ) -> Self:
        """Return an option; without a value it has its label as one."""
        return cls(
            label=label,
            value=label if value is None else value,
            description=description,
            default=default,
        )


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

    @classmethod
    def of(
        cls,
        label: str,
        value: str | None = None,
        *,
        description: str | None = None,
        default: bool | None = None,
        emoji: Emoji | str | None = None,
    ) -> Self:
        """Return an option; without a value it has its label as one.

        Raises:
            InvalidArgument: The emoji's text is no emoji.
        """
        made = super().of(label, value, description=description, default=default)
        made.emoji = as_emoji(emoji)
        return made


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

    @classmethod
    def of(
        cls,
        custom_id: str,
        *options: SelectOption | str,
        placeholder: str | None = None,
        min_values: int | None = None,
        max_values: int | None = None,
        required: bool | None = None,
        disabled: bool | None = None,
    ) -> Self:
        """Return a menu; an option that is a text has it as label and value."""
        return cls(
            custom_id=custom_id,
            options=[SelectOption.of(o) if isinstance(o, str) else o for o in options],
            placeholder=placeholder,
            min_values=min_values,
            max_values=max_values,
            required=required,
            disabled=disabled,
        )


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

    @classmethod
    def short(
        cls,
        custom_id: str,
        *,
        placeholder: str | None = None,
        value: str | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        required: bool | None = None,
    ) -> Self:
        """Return an input of one line, for a `Label` in a modal."""
        return cls(
            custom_id=custom_id,
            style=TextInputStyle.SHORT,
            placeholder=placeholder,
            value=value,
            min_length=UNSET if min_length is None else min_length,
            max_length=UNSET if max_length is None else max_length,
            required=required,
        )

    @classmethod
    def paragraph(
        cls,
        custom_id: str,
        *,
        placeholder: str | None = None,
        value: str | None = None,
        min_length: int | None = None,
        max_length: int | None = None,
        required: bool | None = None,
    ) -> Self:
        """Return an input of several lines, for a `Label` in a modal."""
        made = cls.short(
            custom_id,
            placeholder=placeholder,
            value=value,
            min_length=min_length,
            max_length=max_length,
            required=required,
        )
        made.style = TextInputStyle.PARAGRAPH
        return made


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

    @classmethod
    def user(cls, user: int | str | HasId) -> Self:
        """Return a user who is chosen at first."""
        return cls._of(SelectDefaultValueType.USER, user)

    @classmethod
    def role(cls, role: int | str | HasId) -> Self:
        """Return a role that is chosen at first."""
        return cls._of(SelectDefaultValueType.ROLE, role)

    @classmethod
    def channel(cls, channel: int | str | HasId) -> Self:
        """Return a channel that is chosen at first."""
        return cls._of(SelectDefaultValueType.CHANNEL, channel)

    @classmethod
    def _of(cls, kind: SelectDefaultValueType, thing: int | str | HasId) -> Self:
        from ..snowflakes import snowflake_of

        return cls(id=snowflake_of(thing, str(kind)), type=kind)


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

    @classmethod
    def of(
        cls, custom_id: str, *options: RadioGroupOption | str, required: bool | None = None
    ) -> Self:
        """Return a choice of one; an option that is a text has it as label and value."""
        listed = [RadioGroupOption.of(o) if isinstance(o, str) else o for o in options]
        return cls(custom_id=custom_id, options=listed, required=required)


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

    @classmethod
    def of(
        cls,
        custom_id: str,
        *options: CheckboxGroupOption | str,
        min_values: int | None = None,
        max_values: int | None = None,
        required: bool | None = None,
    ) -> Self:
        """Return a choice of several; an option that is a text has it as label and value."""
        return cls(
            custom_id=custom_id,
            options=[CheckboxGroupOption.of(o) if isinstance(o, str) else o for o in options],
            min_values=min_values,
            max_values=max_values,
            required=required,
        )


@model
class Checkbox(Component):
    """Checkbox.

    See https://discord.com/developers/docs/components/reference#checkbox-structure
    """

    type: ComponentType = ComponentType.CHECKBOX
    custom_id: str
    default: bool | None = None
