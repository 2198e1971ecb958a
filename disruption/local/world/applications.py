"""Applications, their bots, tokens and switches for privileged intents.

See https://discord.com/developers/docs/resources/application
"""

from __future__ import annotations

import base64
import string
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from ..signing import public_key
from .errors import unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["PRIVILEGED", "Applications"]

#: Privileged intents by name: their bit, and the application flag that says a small bot has it.
PRIVILEGED: dict[str, tuple[int, int]] = {
    "GUILD_PRESENCES": (1 << 8, 1 << 13),
    "GUILD_MEMBERS": (1 << 1, 1 << 15),
    "MESSAGE_CONTENT": (1 << 15, 1 << 19),
}

_LETTERS = string.ascii_letters + string.digits + "_-"


class Applications:
    """Every application; part of a `World`. An application's id is its bot's user id."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._applications: dict[str, dict[str, Any]] = {}
        self._tokens: dict[str, str] = {}  # token -> application id

    def create_bot(
        self,
        name: str,
        *,
        token: str | None = None,
        owner_id: str | None = None,
        privileged: Collection[str] = tuple(PRIVILEGED),
    ) -> dict[str, Any]:
        """Make an application with a bot.

        Args:
            name: Of both.
            token: Its token; None makes one.
            owner_id: The user it belongs to; None makes a developer.
            privileged: Names of the privileged intents that are switched on.
        """
        unknown_names = set(privileged) - set(PRIVILEGED)
        if unknown_names:
            raise ValueError(f"No privileged intents: {sorted(unknown_names)}")
        with self._world.lock:
            if token is not None and (token in self._tokens or not token.strip()):
                raise ValueError("The token is empty or belongs to another bot")
            if owner_id is None:
                owner_id = self._world.users.find("developer")
            if owner_id is None:
                owner_id = self._world.users.create("developer")["id"]
            user = self._world.users.create(name, bot=True)
            application_id: str = user["id"]
            flags = 0
            for intent in privileged:
                flags |= PRIVILEGED[intent][1]
            key = "".join(self._world.random.choice("0123456789abcdef") for _ in range(64))
            self._applications[application_id] = {
                "id": application_id,
                "name": name,
                "icon": None,
                "description": "",
                "summary": "",
                "type": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": public_key(key),
                "team": None,
                "flags": flags,
                "redirect_uris": [],
                "interactions_endpoint_url": None,
                "role_connections_verification_url": None,
                "event_webhooks_url": None,
                "event_webhooks_status": 1,
                "event_webhooks_types": [],
                "tags": [],
                "install_params": {"scopes": ["applications.commands", "bot"], "permissions": "8"},
                "integration_types_config": {"0": {}},
                "_signing_key": key,
                "_user_id": application_id,
                "_secret": "".join(self._world.random.choice(_LETTERS) for _ in range(32)),
                "_owner_id": owner_id,
            }
            if token is None:
                token = self.make_token(application_id)
            self._tokens[token] = application_id
            return self.get(application_id)

    def make_token(self, user_id: str) -> str:
        """Return a new token in Discord's form: the id in base64, a time, a secret."""
        first = base64.urlsafe_b64encode(user_id.encode()).decode().rstrip("=")
        middle, last = (
            "".join(self._world.random.choice(_LETTERS) for _ in range(size)) for size in (6, 38)
        )
        return f"{first}.{middle}.{last}"

    def state(self, application_id: str) -> dict[str, Any]:
        """Return the live record; for the world's own use, under the lock."""
        application = self._applications.get(application_id)
        if application is None:
            raise unknown("application")
        return application

    def exists(self, application_id: str) -> bool:
        """Tell whether there is such an application."""
        with self._world.lock:
            return application_id in self._applications

    def get(self, application_id: str) -> dict[str, Any]:
        """Return an application as its owner sees it."""
        with self._world.lock:
            state = self.state(application_id)
            data = {key: clone(value) for key, value in state.items() if key[0] != "_"}
            data["bot"] = self._world.users.get(state["_user_id"])
            data["owner"] = self._world.users.get(state["_owner_id"])
            data["eligible_oauth2_scopes"] = ["applications.commands", "bot", "identify"]
            data["explicit_content_filter"] = 0
            data["flags_new"] = str(state["flags"])
            data["approximate_guild_count"] = len(self._world.guilds.of_user(application_id))
            data["approximate_user_install_count"] = 0
            data["approximate_user_authorization_count"] = 0
            return data

    def of_user(self, user_id: str) -> str | None:
        """Return the id of the application whose bot this user is."""
        with self._world.lock:
            return user_id if user_id in self._applications else None

    def all(self) -> list[str]:
        """Return the id of every application."""
        with self._world.lock:
            return list(self._applications)

    def update(self, application_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change fields of an application."""
        with self._world.lock:
            state = self.state(application_id)
            before = self.get(application_id)
            state.update({key: clone(value) for key, value in changes.items() if key in state})
            after = self.get(application_id)
            if after != before:
                self._world.integrations.changed(state["_user_id"])
            return after

    def token(self, application_id: str) -> str:
        """Return the bot's token."""
        with self._world.lock:
            for token, owner in self._tokens.items():
                if owner == application_id:
                    return token
            raise unknown("application")

    def signing_key(self, application_id: str) -> str:
        """Return the key with which is signed what is posted to an application."""
        with self._world.lock:
            state = self.state(application_id)
            key: str = state.get("_signing_key") or "".join(
                self._world.random.choice("0123456789abcdef") for _ in range(64)
            )
            if "_signing_key" not in state:  # a world that was saved before there were keys
                state.update(_signing_key=key, verify_key=public_key(key))
            return key

    def secret(self, application_id: str) -> str:
        """Return the client secret of an application."""
        with self._world.lock:
            secret: str = self.state(application_id)["_secret"]
            return secret

    def reset_token(self, application_id: str) -> str:
        """Give the bot a new token; the old one is refused from now on."""
        with self._world.lock:
            self._tokens.pop(self.token(application_id))
            token = self.make_token(application_id)
            self._tokens[token] = application_id
            return token

    def by_token(self, token: str) -> str | None:
        """Return the id of the application with this token."""
        return self._tokens.get(token)

    def allowed_intents(self, application_id: str) -> int:
        """Return the bits of the privileged intents that are switched on."""
        with self._world.lock:
            flags = self.state(application_id)["flags"]
            # The flag one bit below says the same of a verified bot.
            return sum(bit for bit, flag in PRIVILEGED.values() if flags & (flag | flag >> 1))

    def set_intents(self, application_id: str, privileged: Collection[str]) -> None:
        """Switch privileged intents on (those named) and off (the others)."""
        with self._world.lock:
            state = self.state(application_id)
            for name, (_, flag) in PRIVILEGED.items():
                state["flags"] &= ~(flag | flag >> 1)
                if name in privileged:
                    state["flags"] |= flag
