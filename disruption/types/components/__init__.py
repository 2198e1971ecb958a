"""Message and modal components.

The types of https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from .base import Component, ComponentType
from .buttons import Button, ButtonStyle
from .content import (
    FileComponent,
    MediaGallery,
    MediaGalleryItem,
    Separator,
    TextDisplay,
    Thumbnail,
    UnfurledMediaItem,
    UnfurledMediaItemFlags,
)
from .interactive import (
    ChannelSelect,
    Checkbox,
    CheckboxGroup,
    CheckboxGroupOption,
    EntitySelect,
    FileUpload,
    GroupOption,
    MentionableSelect,
    RadioGroup,
    RadioGroupOption,
    RoleSelect,
    SelectDefaultValue,
    SelectDefaultValueType,
    SelectOption,
    StringSelect,
    TextInput,
    TextInputStyle,
    UserSelect,
)
from .layout import (
    ActionRow,
    AnyComponent,
    Container,
    Label,
    Section,
    UnknownComponent,
)

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
