"""The routes of REST, one file a page of the documentation."""

from __future__ import annotations

from ..routing import Route
from . import (
    applications,
    channels,
    commands,
    emojis,
    gateway,
    guilds,
    interactions,
    members,
    messages,
    reactions,
    roles,
    threads,
    users,
    webhooks,
)

#: Every route that is implemented.
ALL: tuple[Route, ...] = tuple(
    route
    for page in (
        applications,
        channels,
        commands,
        emojis,
        gateway,
        guilds,
        interactions,
        members,
        messages,
        reactions,
        roles,
        threads,
        users,
        webhooks,
    )
    for route in page.routes.all
)
