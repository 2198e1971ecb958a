"""What OAuth2 answers: tokens, and what a token may do.

The types of https://discord.com/developers/docs/topics/oauth2
"""

from __future__ import annotations

from .application import PartialApplication
from .core.base import Model, model
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .guild import PartialGuild
from .oauth2 import OAuth2Scope
from .user import User
from .webhook import Webhook

__all__ = ["AccessToken", "AuthorizationInformation", "OAuth2PublicKey", "UserInfo"]


@model
class AccessToken(Model):
    """A token that a person, or the application itself, was given.

    See https://discord.com/developers/docs/topics/oauth2#authorization-code-grant
    """

    access_token: str
    token_type: str
    expires_in: int
    """Seconds until it ends."""
    refresh_token: str | None = None
    scope: str
    """The scopes, parted by spaces."""
    guild: PartialGuild | None = None
    webhook: Webhook | None = None
    id_token: str | Unset | None = UNSET

    _hidden = frozenset({"access_token", "id_token", "refresh_token"})


@model
class AuthorizationInformation(Model):
    """What a bearer token may do, and for whom.

    See https://discord.com/developers/docs/topics/oauth2#get-current-authorization-information
    """

    application: PartialApplication
    scopes: list[OAuth2Scope]
    expires: Timestamp
    user: User | None = None


@model
class OAuth2PublicKey(Model):
    """A key with which Discord signs OpenID Connect's tokens, as a JSON Web Key.

    See https://discord.com/developers/docs/topics/oauth2
    """

    kty: str
    use: str
    kid: str
    n: str
    e: str
    alg: str


@model
class UserInfo(Model):
    """Who a bearer token is of, in the words of OpenID Connect.

    See https://discord.com/developers/docs/topics/oauth2
    """

    sub: str
    """The user's id."""
    email: str | Unset | None = UNSET
    email_verified: bool | None = None
    preferred_username: str | None = None
    nickname: str | Unset | None = UNSET
    picture: str | None = None
    locale: str | None = None
