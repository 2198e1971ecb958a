"""Turn a request's body into a message of the world: files, media, mentions, polls.

Shared by messages, webhooks and interactions.
"""

from __future__ import annotations

from typing import Any

from ..world import World
from ..world.permissions import BITS
from .errors import WorldError, form_error
from .files import attachment, is_audio
from .media import complete_components, complete_embeds
from .routing import Call
from .validate import clean_message

SUPPRESS_EMBEDS, EPHEMERAL, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 6, 1 << 12
LOADING, VOICE, COMPONENTS_V2 = 1 << 7, 1 << 13, 1 << 15

#: Flags a bot may set on a new message; others are dropped, as Discord does.
_SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE | COMPONENTS_V2

#: Layout of what `world.messages.create` takes besides channel and author.
Fields = dict[str, Any]


def new_message(
    call: Call, data: Any, channel_id: str, *, path: tuple[str, ...] = (), ephemeral: bool = False
) -> Fields:
    """Check a body for a new message and return keyword arguments for `world.messages.create`.

    Args:
        call: The request, for its files.
        data: The message's JSON.
        channel_id: Where it goes, for the addresses of its files.
        path: Where in the request the message is.
        ephemeral: Whether the flag EPHEMERAL may be set.

    Raises:
        WorldError: 50035 or 50006 from the check; 10060 for a sticker.
    """
    clean = clean_message(data, files=len(call.files), path=path)
    flags = (clean.get("flags") or 0) & (_SETTABLE | (EPHEMERAL if ephemeral else 0))
    if flags & VOICE:
        _check_voice(call, clean)
    attachments = _attach(call, channel_id, clean.get("attachments") or [])
    fields: Fields = {
        "content": clean.get("content") or "",
        "embeds": clean.get("embeds") or [],
        "components": clean.get("components") or [],
        "attachments": attachments,
        "tts": bool(clean.get("tts")),
        "flags": flags,
        "nonce": clean.get("nonce"),
        "enforce_nonce": bool(clean.get("enforce_nonce")),
        "reference": clean.get("message_reference"),
        "allowed_mentions": clean.get("allowed_mentions"),
    }
    if flags & SUPPRESS_EMBEDS:
        fields["embeds"] = []
    if clean.get("sticker_ids"):
        fields["sticker_items"] = call.world.stickers.items(clean["sticker_ids"])
    if clean.get("poll"):
        fields["poll"] = clean["poll"]
    complete_embeds(fields["embeds"], attachments)
    where = ".".join((*path, "components"))
    complete_components(fields["components"], attachments, call.world.ids.next, where)
    return fields


def changed_message(
    call: Call, data: Any, message: dict[str, Any], *, path: tuple[str, ...] = ()
) -> tuple[Fields, dict[str, Any] | None]:
    """Check a body for an edit of `message` and return the changes and the allowed mentions.

    Raises:
        WorldError: 50035 from the check; 50006 when nothing would be left.
    """
    files = call.world.messages.files(message["channel_id"], message["id"])
    was_v2 = bool(message["flags"] & COMPONENTS_V2)
    clean = clean_message(data, files=len(call.files), edit=True, was_v2=was_v2, path=path)
    changes: Fields = {
        key: clean[key] for key in ("content", "embeds", "components") if key in clean
    }
    if clean.get("flags") is not None:
        # Only two flags can be changed later, and components V2 cannot be taken back.
        changeable = SUPPRESS_EMBEDS | COMPONENTS_V2
        kept = message["flags"] & ~(SUPPRESS_EMBEDS | LOADING)
        changes["flags"] = kept | (clean["flags"] & changeable)
    known = {item["id"]: item for item in files}
    if call.files or "attachments" in clean:
        described = clean.get("attachments")
        kept_ids = known if described is None else [item["id"] for item in described]
        kept_items = [known[key] for key in kept_ids if key in known]
        changes["attachments"] = kept_items + _attach(
            call, message["channel_id"], described or [], known=set(known)
        )
    everything = changes.get("attachments", files)
    complete_embeds(changes.get("embeds") or [], everything)
    where = ".".join((*path, "components"))
    components = changes.get("components") or []
    complete_components(components, everything, call.world.ids.next, where)
    after = {**message, "attachments": files, **changes}
    shown = ("content", "embeds", "components", "attachments", "sticker_items", "poll")
    snapshots = message.get("message_snapshots")
    if not snapshots and not any(after.get(key) for key in shown):
        raise WorldError(400, 50006, "Cannot send an empty message")
    return changes, clean.get("allowed_mentions")


def _check_voice(call: Call, clean: dict[str, Any]) -> None:
    """Raise where a voice message is more or less than one described recording."""
    if any(clean.get(key) for key in ("content", "embeds", "components", "sticker_ids", "poll")):
        raise WorldError(400, 50159, "Voice messages do not support additional content.")
    if len(call.files) != 1 or not is_audio(call.files[0]):
        raise WorldError(400, 50160, "Voice messages must have a single audio attachment.")
    described = (clean.get("attachments") or [{}])[0]
    if described.get("duration_secs") is None or not described.get("waveform"):
        raise WorldError(400, 50161, "Voice messages must have supporting metadata.")


def limit_pings(world: World, fields: Fields, channel_id: str, user_id: str) -> None:
    """Take from `fields` the pings a user without MENTION_EVERYONE cannot make."""
    if world.permissions.in_channel(channel_id, user_id) & BITS["MENTION_EVERYONE"]:
        return
    guild_id = world.channels.get(channel_id).get("guild_id")
    if guild_id is None:
        return
    allowed = fields["allowed_mentions"]
    if allowed is None:
        allowed = {"parse": ["users", "roles", "everyone"], "replied_user": True}
    parse = set(allowed.get("parse") or ())
    mentionable = [role["id"] for role in world.roles.list(guild_id) if role["mentionable"]]
    wanted = mentionable if "roles" in parse else allowed.get("roles") or []
    fields["allowed_mentions"] = {
        **allowed,
        "parse": sorted(parse & {"users"}),
        "roles": [role for role in wanted if role in mentionable],
    }


def _attach(
    call: Call, channel_id: str, described: list[dict[str, Any]], known: set[str] | None = None
) -> list[dict[str, Any]]:
    """Keep the uploaded files and return their attachment objects."""
    by_id = {item["id"]: item for item in described}
    uploaded = {str(upload.index) for upload in call.files}
    for index, item in enumerate(described):
        if item["id"] not in uploaded and item["id"] not in (known or ()):
            text = "The specified attachment could not be found"
            raise form_error(f"attachments.{index}", "UNKNOWN_ATTACHMENT", text)
    files, base_url = call.server.files, call.server.rest_url
    return [
        attachment(
            files,
            _origin(base_url),
            channel_id,
            call.world.ids.next(),
            upload,
            by_id.get(str(upload.index), {}),
        )
        for upload in call.files
    ]


def _origin(rest_url: str) -> str:
    """Return `http://host:port` of an address that may go on with `/api/v10`."""
    scheme, _, rest = rest_url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
