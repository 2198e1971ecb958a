"""Search for messages and threads.

See https://discord.com/developers/docs/resources/message#search-guild-messages
"""

from __future__ import annotations

from typing import Any

from ...world.channels import FORUM, MEDIA
from ...world.search import HAS, MessageQuery, search_messages, search_threads
from ..errors import WorldError, form_error
from ..routing import Call, Routes

routes = Routes()


@routes.get("/guilds/{guild_id}/messages/search")
def search_guild_messages(call: Call, guild_id: str) -> dict[str, Any]:
    """Return messages that fit, each in a list of its own, newest first."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id)
    limit, offset = call.integer("limit", 25, 1, 25), call.integer("offset", 0, 0, 9975)
    order = _choice(call, "sort_order", "desc", ("asc", "desc"))
    _choice(call, "sort_by", "timestamp", ("timestamp", "relevance"))
    found = search_messages(world, guild_id, call.user_id, _query(call))
    if order == "asc":
        found.reverse()
    page = found[offset : offset + limit]
    threads = _threads(call, {message["channel_id"] for message in page})
    return {
        "doing_deep_historical_index": False,
        "total_results": len(found),
        "messages": [[{**message, "hit": True}] for message in page],
        "threads": threads,
        "members": _memberships(call, threads),
    }


def _query(call: Call) -> MessageQuery:
    has = call.texts("has")
    for name in has:
        if name.removeprefix("-") not in HAS:
            raise form_error("has", "BASE_TYPE_CHOICES", f"Value must be one of {sorted(HAS)}.")
    return MessageQuery(
        content=call.text("content") or "",
        slop=None if call.text("slop") is None else call.integer("slop", 2, 0, 100),
        channel_ids=call.snowflakes("channel_id"),
        author_ids=call.snowflakes("author_id"),
        author_types=call.texts("author_type"),
        mentions=call.snowflakes("mentions"),
        mentions_roles=call.snowflakes("mentions_role_id"),
        mention_everyone=_maybe(call, "mention_everyone"),
        replied_to_users=call.snowflakes("replied_to_user_id"),
        replied_to_messages=call.snowflakes("replied_to_message_id"),
        pinned=_maybe(call, "pinned"),
        has=has,
        embed_types=call.texts("embed_type"),
        embed_providers=call.texts("embed_provider"),
        link_hostnames=call.texts("link_hostname"),
        attachment_filenames=call.texts("attachment_filename"),
        attachment_extensions=call.texts("attachment_extension"),
        min_id=call.snowflake("min_id"),
        max_id=call.snowflake("max_id"),
        include_nsfw=call.flag("include_nsfw"),
    )


@routes.get("/channels/{channel_id}/threads/search")
def thread_search(call: Call, channel_id: str) -> dict[str, Any]:
    """Return threads of a forum that fit, with their first messages."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "READ_MESSAGE_HISTORY")
    if world.channels.get(channel_id)["type"] not in (FORUM, MEDIA):
        raise WorldError(400, 50024, "Cannot execute action on this channel type")
    limit, offset = call.integer("limit", 25, 1, 25), call.integer("offset", 0, 0, 9975)
    setting = _choice(call, "tag_setting", "match_some", ("match_all", "match_some"))
    kinds = ("relevance", "creation_time", "last_message_time", "archive_time")
    sort_by = _choice(call, "sort_by", "last_message_time", kinds)
    threads = search_threads(
        world,
        channel_id,
        call.user_id,
        name=call.text("name") or "",
        tags=call.snowflakes("tag"),
        match_all_tags=setting == "match_all",
        archived=_maybe(call, "archived"),
        min_id=call.snowflake("min_id"),
        max_id=call.snowflake("max_id"),
    )
    descending = _choice(call, "sort_order", "desc", ("asc", "desc")) == "desc"
    threads.sort(key=lambda thread: _sort_key(thread, sort_by), reverse=descending)
    page = threads[offset : offset + limit]
    firsts = [
        world.messages.get(thread["id"], message["id"], call.user_id)
        for thread in page
        for message in world.messages.list(thread["id"], after="0", limit=1)
    ]
    return {
        "threads": page,
        "members": _memberships(call, page),
        "has_more": len(threads) > offset + limit,
        "first_messages": firsts,
        "total_results": len(threads),
    }


def _sort_key(thread: dict[str, Any], sort_by: str) -> Any:
    if sort_by == "archive_time":
        return thread["thread_metadata"]["archive_timestamp"]
    if sort_by == "last_message_time":
        return int(thread["last_message_id"] or thread["id"])
    return int(thread["id"])


def _threads(call: Call, channel_ids: set[str]) -> list[dict[str, Any]]:
    world = call.world
    ids = sorted(key for key in channel_ids if world.channels.is_thread(key))
    return [world.threads.get(key, call.user_id) for key in ids]


def _memberships(call: Call, threads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    world = call.world
    return [
        world.threads.member(thread["id"], call.user_id)
        for thread in threads
        if call.user_id in world.threads.member_ids(thread["id"])
    ]


def _maybe(call: Call, key: str) -> bool | None:
    return None if call.text(key) is None else call.flag(key)


def _choice(call: Call, key: str, default: str, choices: tuple[str, ...]) -> str:
    value = call.text(key) or default
    if value not in choices:
        listed = ", ".join(f"'{choice}'" for choice in choices)
        raise form_error(key, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
    return value
