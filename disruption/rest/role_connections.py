"""What an application knows of people, for linked roles.

See https://discord.com/developers/docs/resources/application-role-connection-metadata
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, mapped, several
from disruption.rest.core import RestCore
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import ApplicationRoleConnectionMetadata, to_plain
from disruption.types.core.base import Model

__all__ = ["RoleConnectionRoutes"]

_METADATA: Final = "/applications/{application_id}/role-connections/metadata"

_GET = Route("GET", _METADATA)
_UPDATE = Route("PUT", _METADATA)

_MOST: Final = 5


class RoleConnectionRoutes(RestCore):
    """What an application knows of people, for linked roles."""

    def get_application_role_connection_metadata_records(
        self, application_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[ApplicationRoleConnectionMetadata]:
        """Get what an application says of people.

        See https://discord.com/developers/docs/resources/application-role-connection-metadata#get-application-role-connection-metadata-records
        """
        target = _GET(application_id)
        return self._fetch(list[ApplicationRoleConnectionMetadata], target, timeout=timeout)

    def update_application_role_connection_metadata_records(
        self,
        application_id: SnowflakeLike,
        records: Sequence[Model | Mapping[str, Any]],
        *,
        timeout: float | None = None,
    ) -> list[ApplicationRoleConnectionMetadata]:
        """Say anew what an application says of people.

        Args:
            application_id: The application.
            records: At most 5 `ApplicationRoleConnectionMetadata`: the key has 1 to 50 of
                ``a-z``, ``0-9`` and ``_``, the name 1 to 100 characters, the description 200.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/application-role-connection-metadata#update-application-role-connection-metadata-records
        """
        body = [to_plain(record) for record in several("records", records)]
        if len(body) > _MOST:
            raise InvalidArgument(f"records: at most {_MOST}, not {len(body)}")
        for index, record in enumerate(body):
            mapped(f"records[{index}]", record)
            for name, most in (("key", 50), ("name", 100), ("description", 200)):
                text = record.get(name)
                at_most(f"records[{index}].{name}", "" if text is None else text, most, least=1)
        target = _UPDATE(application_id)
        return self._fetch(list[ApplicationRoleConnectionMetadata], target, body, timeout=timeout)
