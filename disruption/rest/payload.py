"""Bodies of messages, shared by channels, webhooks and interactions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, integer, several
from disruption.rest.files import File, VoiceMessage
from disruption.rest.route import SnowflakeLike, snowflake
from disruption.types import UNSET, Unset, to_plain
from disruption.types.rules.embeds import check_embeds
from disruption.types.rules.polls import check_poll

if TYPE_CHECKING:
    from disruption.types import AllowedMentions
    from disruption.types.core.base import Model

__all__ = [
    "EditOptions",
    "MessageOptions",
    "check_sizes",
    "create_body",
    "edit_body",
    "ids",
    "put",
]

_CONTENT: Final = 2000
_FILES: Final = 10
# Components V2 carry their text themselves; content, embeds and polls are not allowed.
_IS_COMPONENTS_V2: Final = 1 << 15
_CONTAINER: Final = 17  # types of components
_FILE: Final = 13
_IS_VOICE_MESSAGE: Final = 1 << 13


class MessageOptions(TypedDict, total=False):
    """What a new message may have besides its text."""

    embeds: Sequence[Model | Mapping[str, Any]]
    components: Sequence[Model | Mapping[str, Any]]
    files: Sequence[File]
    poll: Model | Mapping[str, Any] | None
    flags: int
    tts: bool
    allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None
    timeout: float | None


class EditOptions(TypedDict, total=False):
    """What of a message may be edited besides its text."""

    embeds: Sequence[Model | Mapping[str, Any]] | Unset | None
    components: Sequence[Model | Mapping[str, Any]] | Unset | None
    files: Sequence[File]
    attachments: Sequence[Model | Mapping[str, Any] | int | str] | Unset | None
    poll: Model | Mapping[str, Any] | None
    flags: int | Unset | None
    allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None
    timeout: float | None


def ids(values: Iterable[SnowflakeLike], name: str) -> list[str]:
    """Return ids as Discord's bodies have them, checked."""
    listed = several(name, values)
    return [str(snowflake(value, f"{name}[{index}]")) for index, value in enumerate(listed)]


def put(body: dict[str, Any], **values: object) -> None:
    """Put the values that were given into `body`; None clears, UNSET leaves alone."""
    for name, value in values.items():
        if value is not UNSET:
            body[name] = to_plain(value)


def _check_files(files: Sequence[File]) -> None:
    _listed("files", files)
    if len(files) > _FILES:
        raise InvalidArgument(f"files: at most {_FILES}, not {len(files)}")
    for index, file in enumerate(files):
        if not isinstance(file, File):
            raise InvalidArgument(
                f"files[{index}] must be a disruption.File, not {type(file).__name__}: "
                "File(path), File(data, filename=…)"
            )


def check_sizes(files: Sequence[File], most: int | None) -> None:
    """Refuse files that are larger than may be uploaded there, where both is known.

    Args:
        files: The files.
        most: Bytes that each may have; None where it is not known.

    Raises:
        InvalidArgument: With the file's name, its size and the limit, or one is no file.
    """
    _check_files(files)
    if most is None:
        return
    for file in files:
        size = file.size
        if size is not None and size > most:
            raise InvalidArgument(
                f"{file.filename!r} has {size} bytes; {most} can be uploaded there"
            )


def _attachments(
    files: Sequence[File], kept: Sequence[Model | Mapping[str, Any] | int | str]
) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = []
    for index, attachment in enumerate(kept):
        if isinstance(attachment, int | str):
            listed.append({"id": str(snowflake(attachment, f"attachments[{index}]"))})
        else:
            listed.append(to_plain(attachment))
    for number, file in enumerate(files):
        entry: dict[str, Any] = {"id": number, "filename": file.filename}
        if file.description is not None:
            entry["description"] = file.description
        if isinstance(file, VoiceMessage):
            entry["duration_secs"] = file.duration
            entry["waveform"] = file.waveform
        listed.append(entry)
    return listed


def create_body(
    *,
    content: str | None,
    embeds: Sequence[Model | Mapping[str, Any]],
    components: Sequence[Model | Mapping[str, Any]],
    files: Sequence[File],
    poll: Model | Mapping[str, Any] | None,
    flags: int,
    tts: bool,
    allowed_mentions: dict[str, Any] | None,
    otherwise: str = "",
) -> dict[str, Any]:
    """Return the body of a new message.

    Args:
        otherwise: What else, besides these, fills a message that has none of them (for
            the error), or "-" where one was given.

    Raises:
        InvalidArgument: A limit is passed, or the message would be empty.
    """
    at_most("content", content, _CONTENT)
    flags = integer("flags", flags)
    body: dict[str, Any] = {}
    if content:
        body["content"] = content
    if embeds:
        body["embeds"] = to_plain(_listed("embeds", embeds))
        check_embeds(body["embeds"])
    if components:
        body["components"] = _plain(_listed("components", components))
        if _check_components(body["components"], bool(flags & _IS_COMPONENTS_V2) or None):
            flags |= _IS_COMPONENTS_V2
    if files:
        _check_files(files)
        body["attachments"] = _attachments(files, ())
        if any(isinstance(file, VoiceMessage) for file in files):
            if len(files) > 1 or len(body) > 1 or poll is not None:
                raise InvalidArgument("a voice message is sent alone, without anything else")
            flags |= _IS_VOICE_MESSAGE
    if poll is not None:
        body["poll"] = to_plain(poll)
        check_poll(body["poll"])
    if not (body.keys() - {"content"} or (content and content.strip())) and otherwise != "-":
        raise InvalidArgument(
            f"an empty message: give content, embeds, components, files{otherwise}"
        )
    if flags:
        body["flags"] = flags
        if flags & _IS_COMPONENTS_V2 and (content or embeds or poll is not None):
            raise InvalidArgument(
                "a message of components V2 has no content, embeds or poll: use text displays"
            )
    if tts:
        body["tts"] = True
    if allowed_mentions is not None:
        body["allowed_mentions"] = allowed_mentions
    return body


def edit_body(
    *,
    content: str | Unset | None,
    embeds: Sequence[Model | Mapping[str, Any]] | Unset | None,
    components: Sequence[Model | Mapping[str, Any]] | Unset | None,
    files: Sequence[File],
    attachments: Sequence[Model | Mapping[str, Any] | int | str] | Unset | None,
    flags: int | Unset | None,
    allowed_mentions: dict[str, Any] | None,
) -> dict[str, Any]:
    """Return the body of a message's edit.

    Raises:
        InvalidArgument: A limit is passed.
    """
    body: dict[str, Any] = {}
    if content is not UNSET:
        at_most("content", content or None, _CONTENT)
    if embeds is not UNSET:
        embeds = to_plain(_listed("embeds", embeds or ()))
        check_embeds(embeds)  # type: ignore[arg-type]
    if components is not UNSET:
        components = _plain(_listed("components", components or ()))
        # A message that has the flag keeps it; without it here, the components tell.
        is_v2 = bool(flags and flags & _IS_COMPONENTS_V2)
        if _check_components(components, is_v2 or None) and not is_v2:
            flags = (flags or 0) | _IS_COMPONENTS_V2
    put(body, content=content, embeds=embeds, components=components)
    if flags is not UNSET:
        body["flags"] = integer("flags", flags or 0)
    if files or attachments is not UNSET:
        _check_files(files)
        body["attachments"] = _attachments(files, _listed("attachments", attachments or ()))
    if allowed_mentions is not None and (content or components):
        body["allowed_mentions"] = allowed_mentions
    return body


def _plain(components: Sequence[Any]) -> list[Any]:
    """Return components as JSON-ready data; files of a message that came name its attachments."""
    return [_resent(component) for component in to_plain(components)]


def _resent(component: Any) -> Any:
    if not isinstance(component, Mapping):
        return component
    if component.get("type") == _CONTAINER:
        inner = [_resent(each) for each in component.get("components") or ()]
        return {**component, "components": inner}
    name, media = component.get("name"), component.get("file")
    if component.get("type") == _FILE and name and isinstance(media, Mapping):
        return {**component, "file": {"url": f"attachment://{name}"}}
    return component


def _check_components(components: Any, v2: bool | None) -> bool:
    """Check components, and tell whether they are such as only components V2 have."""
    from disruption.types.rules.components import check_components, needs_v2  # most have none

    check_components(components, v2=v2)
    return needs_v2(components)


def _listed(name: str, values: Sequence[Any]) -> Sequence[Any]:
    if isinstance(values, Mapping | str) or not isinstance(values, Sequence):
        raise InvalidArgument(f"{name} must be a list, not {type(values).__name__}: {name}=[…]")
    return values
