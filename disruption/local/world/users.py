"""Users: people and the accounts of bots.

See https://discord.com/developers/docs/resources/user
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["Users"]

#: What only `GET /users/@me` shows.
_PRIVATE = ("mfa_enabled", "locale", "verified", "email", "premium_type", "bio")


class Users:
    """Every account there is; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._users: dict[str, dict[str, Any]] = {}
        self._names: dict[str, str] = {}  # username -> id of the first who has it
        self._tokens: dict[str, str] = {}  # token -> user id

    def create(
        self,
        username: str,
        *,
        id: str | None = None,
        bot: bool = False,
        global_name: str | None = None,
        avatar: str | None = None,
    ) -> dict[str, Any]:
        """Make an account; nobody is told, it is in no guild yet."""
        with self._world.lock:
            user_id = id if id is not None else self._world.ids.next()
            # Bots kept their four digits when people lost theirs.
            digits = f"{self._world.random.randrange(1, 10000):04}" if bot else "0"
            user: dict[str, Any] = {
                "id": user_id,
                "username": username,
                "discriminator": digits,
                "global_name": global_name,
                "avatar": avatar,
                "avatar_decoration_data": None,
                "collectibles": None,
                "primary_guild": None,
                "banner": None,
                "accent_color": None,
                "public_flags": 0,
                "flags": 0,
                "mfa_enabled": bot,
                "locale": "en-US",
                "verified": True,
                "email": None,
                "premium_type": 0,
                "bio": "",
            }
            if bot:
                user["bot"] = True
            self._users[user_id] = user
            self._names.setdefault(username, user_id)
            return self.get(user_id)

    def state(self, user_id: str) -> dict[str, Any]:
        """Return the live record; for the world's own use, under the lock."""
        user = self._users.get(user_id)
        if user is None:
            raise unknown("user")
        return user

    def get(self, user_id: str) -> dict[str, Any]:
        """Return a user as anyone sees them."""
        with self._world.lock:
            user = self.state(user_id)
            return {key: clone(value) for key, value in user.items() if key not in _PRIVATE}

    def me(self, user_id: str) -> dict[str, Any]:
        """Return a user as they see themselves."""
        with self._world.lock:
            user = self.state(user_id)
            return {key: clone(value) for key, value in user.items()}

    def exists(self, user_id: str) -> bool:
        """Tell whether there is such a user."""
        with self._world.lock:
            return user_id in self._users

    def find(self, name: str) -> str | None:
        """Return the id of the first user with this username or id."""
        with self._world.lock:
            if name in self._users:
                return name
            return self._names.get(name)

    def restore(self) -> None:
        """Make what is looked up anew, from the users there are."""
        with self._world.lock:
            self._names = {}
            for user_id, user in self._users.items():
                self._names.setdefault(user["username"], user_id)

    def all(self) -> list[dict[str, Any]]:
        """Return every user."""
        with self._world.lock:
            return [self.get(user_id) for user_id in self._users]

    def update(self, user_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change fields of a user and tell them, and the guilds they are in."""
        with self._world.lock:
            user = self.state(user_id)
            user.update({key: clone(value) for key, value in changes.items() if key in user})
            if "username" in changes:
                self.restore()
            self._world.announce("USER_UPDATE", self.me(user_id), user_ids=(user_id,))
            for guild_id in self._world.guilds.of_user(user_id):
                self._world.members.announce_update(guild_id, user_id)
            return self.me(user_id)

    def token(self, user_id: str) -> str:
        """Return the token of a person, making one when first asked."""
        with self._world.lock:
            self.state(user_id)
            for token, owner in self._tokens.items():
                if owner == user_id:
                    return token
            return self._new_token(user_id)

    def tokens(self) -> dict[str, str]:
        """Return the token of every person by their id, as `token` does for one."""
        with self._world.lock:
            known = {owner: token for token, owner in self._tokens.items()}
            for user_id, user in self._users.items():
                if user_id not in known and not user.get("bot"):
                    known[user_id] = self._new_token(user_id)
            return known

    def _new_token(self, user_id: str) -> str:
        token = self._world.applications.make_token(user_id)
        self._tokens[token] = user_id
        return token

    def set_token(self, user_id: str, token: str) -> None:
        """Give a person this token instead of the one they had."""
        with self._world.lock:
            self.state(user_id)
            kept = {key: owner for key, owner in self._tokens.items() if owner != user_id}
            self._tokens = {**kept, token: user_id}

    def by_token(self, token: str) -> str | None:
        """Return the id of the person with this token."""
        return self._tokens.get(token)
