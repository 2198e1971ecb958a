"""Applications.

See https://discord.com/developers/docs/resources/application
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict

from disruption.errors import InvalidArgument
from disruption.rest.core import RestCore
from disruption.rest.fields import at_most_items, put_id, put_image, put_number, put_text
from disruption.rest.files import File
from disruption.rest.images import FileSource
from disruption.rest.multipart import Multipart
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import UNSET, ActivityInstance, Application, Attachment, Unset
from disruption.types.core.base import Model, model

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["ApplicationOptions", "ApplicationRoutes"]

_APPLICATION: Final = "/applications/{application_id}"

_GET_CURRENT = Route("GET", "/applications/@me")
_EDIT_CURRENT = Route("PATCH", "/applications/@me")
_GET = Route("GET", _APPLICATION)
_EDIT = Route("PATCH", _APPLICATION)
_ACTIVITY = Route("GET", _APPLICATION + "/activity-instances/{instance_id:str}")
_ATTACH = Route("POST", _APPLICATION + "/attachment")

_URLS: Final = (
    "custom_install_url",
    "event_webhooks_url",
    "interactions_endpoint_url",
    "role_connections_verification_url",
)


class ApplicationOptions(TypedDict, total=False):
    """What of an application can be changed; None clears."""

    description: str | Unset | None
    icon: FileSource | Unset | None
    cover_image: FileSource | Unset | None
    tags: Sequence[str] | Unset | None
    flags: int | Unset | None
    interactions_endpoint_url: str | Unset | None
    role_connections_verification_url: str | Unset | None
    custom_install_url: str | Unset | None
    install_params: Model | Mapping[str, Any] | Unset | None
    integration_types_config: Mapping[int, Model | Mapping[str, Any] | None] | Unset | None
    event_webhooks_url: str | Unset | None
    event_webhooks_status: int | Unset | None
    event_webhooks_types: Sequence[str] | Unset | None
    explicit_content_filter: int | Unset | None
    max_participants: int | Unset | None
    team_id: SnowflakeLike | Unset | None
    type: int | Unset | None


@model
class _Uploaded(Model):
    """The answer of an upload."""

    attachment: Attachment


class ApplicationRoutes(RestCore):
    """Applications."""

    def get_current_application(self, *, timeout: float | None = None) -> Application:
        """Get the application that the bot belongs to.

        See https://discord.com/developers/docs/resources/application#get-current-application
        """
        return self._fetch(Application, _GET_CURRENT(), timeout=timeout)

    def edit_current_application(
        self, *, timeout: float | None = None, **options: Unpack[ApplicationOptions]
    ) -> Application:
        """Change the application that the bot belongs to; what is not given stays, None clears.

        Args:
            timeout: Seconds for the whole call, waits included.
            options: What to change. `description` has at most 400 characters; `icon` and
                `cover_image` are a path, bytes or an open file; `tags` are at most 5, of 20
                characters each; of the `flags` only GATEWAY_PRESENCE_LIMITED,
                GATEWAY_GUILD_MEMBERS_LIMITED and GATEWAY_MESSAGE_CONTENT_LIMITED can be
                changed; Discord asks `interactions_endpoint_url` before it takes it;
                `integration_types_config` maps `ApplicationIntegrationType` to its
                configuration.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/application#edit-current-application
        """
        return self._fetch(Application, _EDIT_CURRENT(), _body(options), timeout=timeout)

    def get_application(
        self, application_id: SnowflakeLike, *, timeout: float | None = None
    ) -> Application:
        """Get the bot's application by its id.

        Discord's OpenAPI description has this route, its documentation does not.

        See https://discord.com/developers/docs/resources/application
        """
        return self._fetch(Application, _GET(application_id), timeout=timeout)

    def edit_application(
        self,
        application_id: SnowflakeLike,
        *,
        timeout: float | None = None,
        **options: Unpack[ApplicationOptions],
    ) -> Application:
        """Change the bot's application by its id, as `edit_current_application` does.

        Discord's OpenAPI description has this route, its documentation does not.

        See https://discord.com/developers/docs/resources/application
        """
        return self._fetch(Application, _EDIT(application_id), _body(options), timeout=timeout)

    def get_application_activity_instance(
        self, application_id: SnowflakeLike, instance_id: str, *, timeout: float | None = None
    ) -> ActivityInstance:
        """Get an activity that is running, and who takes part in it.

        Raises:
            NotFound: It is not running.

        See https://discord.com/developers/docs/resources/application#get-application-activity-instance
        """
        target = _ACTIVITY(application_id, instance_id)
        return self._fetch(ActivityInstance, target, timeout=timeout)

    def upload_application_attachment(
        self, application_id: SnowflakeLike, file: File, *, timeout: float | None = None
    ) -> Attachment:
        """Upload a file for an activity, to share a link to it.

        Discord's OpenAPI description has this route, its documentation does not.

        See https://discord.com/developers/docs/resources/application
        """
        if not isinstance(file, File):
            raise InvalidArgument(f"file must be a disruption.File, not {type(file).__name__}")
        form = Multipart(None, [file], names=["file"])
        return self._fetch(_Uploaded, _ATTACH(application_id), form, timeout=timeout).attachment


def _body(options: ApplicationOptions) -> dict[str, Any]:
    unknown = options.keys() - ApplicationOptions.__annotations__.keys()
    if unknown:
        raise InvalidArgument(f"an application has no {', '.join(sorted(unknown))} to change")
    given: dict[str, Any] = dict(options)
    body: dict[str, Any] = {}
    put_text(body, "description", given.pop("description", UNSET), 400)
    put_image(body, "icon", given.pop("icon", UNSET))
    put_image(body, "cover_image", given.pop("cover_image", UNSET))
    put_id(body, "team_id", given.pop("team_id", UNSET))
    for name in _URLS:
        put_text(body, name, given.pop(name, UNSET), 2048)
    put_number(body, "max_participants", given.pop("max_participants", UNSET), -1, 2**31 - 1)
    tags = given.get("tags")
    if tags:
        at_most_items("tags", tags, 5)
        for index, tag in enumerate(tags):
            put_text({}, f"tags[{index}]", tag, 20, least=1)
    put(body, **given)
    return body
