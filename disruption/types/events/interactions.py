"""Events: interactions."""

from __future__ import annotations

from ..application_command import GuildApplicationCommandPermissions
from ..core.base import model
from ..interaction import Interaction
from .base import Event

__all__ = ["ApplicationCommandPermissionsUpdate", "InteractionCreate"]


@model
class ApplicationCommandPermissionsUpdate(GuildApplicationCommandPermissions, Event):
    """Application Command Permissions Update.

    See https://discord.com/developers/docs/events/gateway-events#application-command-permissions-update
    """


@model
class InteractionCreate(Interaction, Event):
    """Interaction Create.

    See https://discord.com/developers/docs/events/gateway-events#interaction-create
    """
