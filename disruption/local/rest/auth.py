"""Whose token a request carries.

See https://discord.com/developers/docs/reference#authentication
"""

from __future__ import annotations

from ..world import Account, World

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
