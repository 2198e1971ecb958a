"""The routes of REST, one file a page of the documentation."""

from __future__ import annotations

from ..routing import Route
from . import (
    applications,
    audit_log,
    auto_moderation,
    channels,
    commands,
    community,
    emojis,
    entitlements,
    gateway,
    guilds,
    hook_formats,
    interactions,
    invites,
    lobbies,
    members,
    messages,
    oauth2,
    polls,
    reactions,
    role_connections,
    roles,
    scheduled_events,
    search,
    soundboard,
    stages,
    stickers,
    templates,
    threads,
    users,
    voice,
    webhooks,
)

#: Every route that is implemented.
ALL: tuple[Route, ...] = tuple(
    route
    for page in (
        applications,
        audit_log,
        auto_moderation,
        channels,
        commands,
        community,
        emojis,
        entitlements,
        gateway,
        guilds,
        hook_formats,
        interactions,
        invites,
        lobbies,
        members,
        messages,
        oauth2,
        polls,
        reactions,
        role_connections,
        roles,
        scheduled_events,
        search,
        soundboard,
        stages,
        stickers,
        templates,
        threads,
        users,
        voice,
        webhooks,
    )
    for route in page.routes.all
)
