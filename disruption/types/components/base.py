"""What all components have, and the number of each kind.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from ..core.base import Model, model
from ..core.enums import OpenIntEnum

__all__ = ["Component", "ComponentType"]


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


@model
class Component(Model):
    """What all components have.

    See https://discord.com/developers/docs/components/reference#anatomy-of-a-component
    """

    type: ComponentType
    id: int | None = None
