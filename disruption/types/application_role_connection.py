"""Application role connection metadata.

The types of https://discord.com/developers/docs/resources/application-role-connection-metadata
"""

from __future__ import annotations

from .core.base import Model, model
from .core.enums import OpenIntEnum
from .core.unset import UNSET, Unset
from .locales import Locale

__all__ = [
    "ApplicationRoleConnection",
    "ApplicationRoleConnectionMetadata",
    "ApplicationRoleConnectionMetadataType",
]


class ApplicationRoleConnectionMetadataType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/application-role-connection-metadata#application-role-connection-metadata-object"""

    INTEGER_LESS_THAN_OR_EQUAL = 1
    INTEGER_GREATER_THAN_OR_EQUAL = 2
    INTEGER_EQUAL = 3
    INTEGER_NOT_EQUAL = 4
    DATETIME_LESS_THAN_OR_EQUAL = 5
    DATETIME_GREATER_THAN_OR_EQUAL = 6
    BOOLEAN_EQUAL = 7
    BOOLEAN_NOT_EQUAL = 8


@model
class ApplicationRoleConnectionMetadata(Model):
    """Application Role Connection Metadata.

    See https://discord.com/developers/docs/resources/application-role-connection-metadata#application-role-connection-metadata-object
    """

    type: ApplicationRoleConnectionMetadataType
    key: str
    name: str
    name_localizations: dict[Locale, str] | Unset | None = UNSET
    description: str
    description_localizations: dict[Locale, str] | Unset | None = UNSET


@model
class ApplicationRoleConnection(Model):
    """Application Role Connection.

    See https://discord.com/developers/docs/resources/user#application-role-connection-object
    """

    platform_name: str | Unset | None = UNSET
    metadata: dict[str, str] | None = None
    platform_username: str | Unset | None = UNSET
