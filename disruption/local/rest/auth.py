"""Whose token a request carries.

See https://discord.com/developers/docs/reference#authentication
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..world import Account, World
from .errors import WorldError, unauthorized

if TYPE_CHECKING:
    from .routing import Route

_KINDS = ("Bot", "Bearer")


def account_of(world: World, header: str | None) -> Account | None:
    """Return who asks; None for a missing or wrong token.

    Args:
        world: Knows the tokens.
        header: The Authorization header: `Bot` or `Bearer` and a token; a person's token, as the
            page uses it, stands alone.
    """
    if not header:
        return None
    kind, _, token = header.strip().partition(" ")
    if not token:
        account = world.authenticate(kind)
        return account if account is not None and not account.is_bot else None
    if kind not in _KINDS:
        return None
    account = world.authenticate(token.strip())
    if account is None or (kind == "Bot" and not account.is_bot):
        return None
    return account


def check_scope(account: Account, route: Route) -> None:
    """Refuse an access token of OAuth2 where it does not allow what a route does.

    Raises:
        WorldError: 401 where no such token can be used, 50026 where its scope is missing.
    """
    if account.grant is None or route.auth == "optional":
        return
    if route.scope is None:
        raise unauthorized()
    if route.scope and route.scope not in account.grant.scopes:
        raise WorldError(403, 50026, "Missing required OAuth2 scope")
