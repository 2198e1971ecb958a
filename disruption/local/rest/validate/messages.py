"""Check a message to create or edit, and a modal.

See https://discord.com/developers/docs/resources/message#create-message
"""

from __future__ import annotations

from typing import Any

from ..errors import empty_message
from .components import clean_components, clean_modal_components
from .embeds import clean_embeds
from .form import Body, Form

SUPPRESS_EMBEDS, EPHEMERAL, COMPONENTS_V2, VOICE = 1 << 2, 1 << 6, 1 << 15, 1 << 13

_LEGACY = ("content", "embeds", "poll", "sticker_ids")

#: Fields of which a new message needs at least one.
_CONTENT = ("content", "embeds", "components", "sticker_ids", "poll", "shared_client_theme")


def clean_message(
    data: Any,
    *,
    files: int = 0,
    edit: bool = False,
    was_v2: bool = False,
    path: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Return the fields of a message that may be used as they are.

    Args:
        data: The request's JSON.
        files: How many files came with it.
        edit: True when an existing message changes, which may leave everything out.
        was_v2: True when that message has components V2 already.
        path: Where the message is in the request, such as ("data",) of a callback.

    Raises:
        WorldError: 50035 with form errors, or 50006 when nothing is in it.
    """
    form = Form()
    body = Body(data, form, path)
    body.string("content", high=2000)
    body.boolean("tts")
    body.integer("flags", low=0)
    flags = body.clean.get("flags") or 0
    v2 = was_v2 or bool(flags & COMPONENTS_V2)
    clean_embeds(body)
    clean_components(body, v2=v2)
    _allowed_mentions(body)
    _nonce(body)
    _reference(body)
    _attachments(body)
    body.snowflakes("sticker_ids", high=3)
    _poll(body)
    body.boolean("enforce_nonce")
    if v2:
        _no_legacy_fields(body)
    body.keep("username", "avatar_url", "thread_name", "applied_tags", "shared_client_theme")
    form.check()
    if not edit and not _has_content(body.clean, files):
        raise empty_message()
    return body.clean


def _has_content(clean: dict[str, Any], files: int) -> bool:
    reference = clean.get("message_reference") or {}
    if files or reference.get("type") == 1:
        return True
    if any(clean.get(key) for key in _CONTENT if key != "content"):
        return True
    return bool((clean.get("content") or "").strip())


def _no_legacy_fields(body: Body) -> None:
    for key in _LEGACY:
        if body.data.get(key):
            text = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            body.fail(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text)


def _allowed_mentions(body: Body) -> None:
    mentions = body.child("allowed_mentions")
    if mentions is None:
        return
    mentions.strings("parse", choices=("roles", "users", "everyone"))
    mentions.snowflakes("roles", high=100)
    mentions.snowflakes("users", high=100)
    mentions.boolean("replied_user")
    for key in ("roles", "users"):
        if mentions.clean.get(key) and key in (mentions.clean.get("parse") or ()):
            text = f'parse:["{key}"] and {key}: [ids...] are mutually exclusive.'
            body.fail("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def _nonce(body: Body) -> None:
    """Check the nonce: it comes back as it was sent, a number or a string."""
    nonce = body.data.get("nonce")
    if isinstance(nonce, str):
        body.string("nonce", high=25)
    elif nonce is not None:
        body.integer("nonce")


def _reference(body: Body) -> None:
    reference = body.child("message_reference")
    if reference is None:
        return
    reference.integer("type", choices=(0, 1))
    reference.snowflake("message_id", required=True)
    forward = reference.clean.get("type") == 1
    reference.snowflake("channel_id", required=forward)
    reference.snowflake("guild_id")
    reference.boolean("fail_if_not_exists")


def _attachments(body: Body) -> None:
    for attachment in body.children("attachments", high=10):
        attachment.snowflake("id", required=True)
        attachment.string("filename", high=1024)
        attachment.string("title", high=1024)
        attachment.string("description", high=1024)
        attachment.number("duration_secs", low=0)
        attachment.string("waveform", high=400)
        attachment.boolean("is_spoiler")


def _poll(body: Body) -> None:
    poll = body.child("poll")
    if poll is None:
        return
    question = poll.child("question", required=True)
    if question is not None:
        question.string("text", required=True, low=1, high=300)
    for answer in poll.children("answers", required=True, low=1, high=10):
        media = answer.child("poll_media", required=True)
        if media is not None:
            media.string("text", low=1, high=55)
            media.keep("emoji")
    poll.integer("duration", low=1, high=768)
    poll.boolean("allow_multiselect")
    poll.integer("layout_type", choices=(1,))


def clean_modal(data: Any, path: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a modal's fields, checked.

    Raises:
        WorldError: 50035 with form errors.
    """
    form = Form()
    body = Body(data, form, path)
    body.string("custom_id", required=True, low=1, high=100)
    body.string("title", required=True, low=1, high=45)
    clean_modal_components(body)
    form.check()
    return body.clean
