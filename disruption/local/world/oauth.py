"""OAuth2: what users have allowed applications, and the tokens that say so.

See https://discord.com/developers/docs/topics/oauth2
"""

from __future__ import annotations

import string
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..clock import iso

if TYPE_CHECKING:
    from .world import World

__all__ = ["CODE_LIFE", "TOKEN_LIFE", "Grant", "OAuth", "OAuthError"]

#: Seconds that an access token lives.
TOKEN_LIFE = 604800

#: Seconds that the code of an authorization lives.
CODE_LIFE = 60

_LETTERS = string.ascii_letters + string.digits


class OAuthError(Exception):
    """A request that the token endpoint refuses, in the form of RFC 6749.

    Attributes:
        error: The code, such as `invalid_grant`.
        description: What is wrong.
        status: The HTTP status.
    """

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.status = status


@dataclass(frozen=True)
class Grant:
    """What a user has allowed an application."""

    application_id: str
    user_id: str
    scopes: tuple[str, ...]
    expires_at: float
    refresh_token: str | None = None

    @property
    def expires(self) -> str:
        """When the token ends, in ISO 8601."""
        return iso(self.expires_at)


@dataclass(frozen=True)
class Code:
    """An authorization that waits to be exchanged for a token."""

    application_id: str
    user_id: str
    scopes: tuple[str, ...]
    redirect_uri: str
    expires_at: float


class OAuth:
    """The grants of all applications; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._codes: dict[str, Code] = {}
        self._grants: dict[str, Grant] = {}  # by access token
        self._refresh: dict[str, Grant] = {}  # by refresh token

    def authorize(
        self,
        application_id: str,
        user_id: str,
        scopes: Collection[str],
        redirect_uri: str = "",
    ) -> str:
        """Let a user allow an application something, and return the code for its token."""
        with self._world.lock:
            self._world.applications.state(application_id)
            self._world.users.state(user_id)
            code = self._secret()
            self._tell(application_id, user_id, scopes)
            expires_at = self._world.clock.now() + CODE_LIFE
            self._codes[code] = Code(
                application_id, user_id, tuple(scopes), redirect_uri, expires_at
            )
            return code

    def knows(self, application_id: str, user_id: str) -> bool:
        """Tell whether a user has allowed an application anything, and not taken it back."""
        with self._world.lock:
            given: list[Code | Grant] = [*self._codes.values(), *self._grants.values()]
            given += self._refresh.values()
            pair = (application_id, user_id)
            return any((item.application_id, item.user_id) == pair for item in given)

    def grant(self, application_id: str, user_id: str, scopes: Collection[str]) -> str:
        """Return an access token for what a user allows, without the way over a code."""
        with self._world.lock:
            self._tell(application_id, user_id, scopes)
            return self._issue(application_id, user_id, tuple(scopes), refreshable=True)

    def _tell(self, application_id: str, user_id: str, scopes: Collection[str]) -> None:
        """Say that a user has allowed an application something; it goes to webhooks alone."""
        data = {
            "application_id": application_id,
            "integration_type": 1,
            "scopes": list(scopes),
            "user": self._world.users.get(user_id),
        }
        self._world.announce("APPLICATION_AUTHORIZED", data, user_ids=())

    def exchange(self, application_id: str, code: str, redirect_uri: str) -> dict[str, Any]:
        """Turn a code into tokens; it can be used once."""
        with self._world.lock:
            found = self._codes.pop(code, None)
            if (
                found is None
                or found.application_id != application_id
                or found.expires_at < self._world.clock.now()
            ):
                raise OAuthError("invalid_grant", 'Invalid "code" in request.')
            if found.redirect_uri != redirect_uri:
                raise OAuthError("invalid_grant", 'Invalid "redirect_uri" in request.')
            token = self._issue(application_id, found.user_id, found.scopes, refreshable=True)
            return self._answer(token)

    def refresh(self, application_id: str, refresh_token: str) -> dict[str, Any]:
        """Turn a refresh token into new tokens; the old ones end."""
        with self._world.lock:
            grant = self._refresh.get(refresh_token)
            if grant is None or grant.application_id != application_id:
                raise OAuthError("invalid_grant", 'Invalid "refresh_token" in request.')
            self.revoke(refresh_token)
            token = self._issue(application_id, grant.user_id, grant.scopes, refreshable=True)
            return self._answer(token)

    def client_credentials(self, application_id: str, scopes: Collection[str]) -> dict[str, Any]:
        """Return a token for the owner of an application."""
        with self._world.lock:
            owner_id = self._world.applications.state(application_id)["_owner_id"]
            wanted = tuple(scopes)
            return self._answer(self._issue(application_id, owner_id, wanted, refreshable=False))

    def revoke(self, token: str) -> None:
        """End a token, given either of the pair; an unknown one does not matter."""
        with self._world.lock:
            grant = self._grants.get(token) or self._refresh.get(token)
            if grant is None:
                return
            self._grants = {key: item for key, item in self._grants.items() if item != grant}
            self._refresh = {key: item for key, item in self._refresh.items() if item != grant}

    def by_token(self, token: str) -> Grant | None:
        """Return what an access token allows, None for one that is unknown or over."""
        grant = self._grants.get(token)
        if grant is None or grant.expires_at < self._world.clock.now():
            return None
        return grant

    def _issue(
        self, application_id: str, user_id: str, scopes: tuple[str, ...], *, refreshable: bool
    ) -> str:
        token = self._secret()
        refresh_token = self._secret() if refreshable else None
        expires_at = self._world.clock.now() + TOKEN_LIFE
        grant = Grant(application_id, user_id, scopes, expires_at, refresh_token)
        self._grants[token] = grant
        if refresh_token is not None:
            self._refresh[refresh_token] = grant
        return token

    def _answer(self, token: str) -> dict[str, Any]:
        grant = self._grants[token]
        answer: dict[str, Any] = {
            "token_type": "Bearer",
            "access_token": token,
            "expires_in": TOKEN_LIFE,
            "scope": " ".join(grant.scopes),
        }
        if grant.refresh_token is not None:
            answer["refresh_token"] = grant.refresh_token
        return answer

    def _secret(self) -> str:
        return "".join(self._world.random.choice(_LETTERS) for _ in range(30))
