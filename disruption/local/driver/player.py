"""A person: everything a user can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..world.errors import UNKNOWN, WorldError
from ..world.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT
from .channel import ChannelView
from .errors import DriverError
from .interaction import InteractionView
from .message import MessageView
from .modal import chosen_option, filled
from .options import CHANNEL, MENTIONABLE, ROLE, USER, attach, command_data, resolve

if TYPE_CHECKING:
    from ..world import World

__all__ = ["Player"]

Place = str | ChannelView

#: Select menus that choose things of Discord's, and what kind of thing.
_MENUS = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}
_FILE_UPLOAD = 19

_LONGEST = 4000  # characters that those may write who pay for it; 2000 the others


class Player:
    """Somebody who uses Discord; made by `World.user`.

    Attributes:
        id: Their user id.
        name: Their username.
    """

    def __init__(self, world: World, user_id: str) -> None:
        self.world = world
        self.id = user_id

    @classmethod
    def named(cls, world: World, name: str) -> Player:
        """Return the person of this name, who is made and joins the first guild if need be."""
        with world.lock:
            user_id = world.users.find(name)
            if user_id is None:
                user_id = str(world.users.create(name)["id"])
                for guild_id in world.guilds.all()[:1]:
                    world.members.add(guild_id, user_id)
            return cls(world, user_id)

    @property
    def name(self) -> str:
        """Their username."""
        return str(self.world.users.get(self.id)["username"])

    @property
    def token(self) -> str:
        """Their token, for a client that logs in as them."""
        return self.world.users.token(self.id)

    def say(
        self, channel: Place, text: str, *, reply_to: MessageView | None = None, **fields: Any
    ) -> MessageView:
        """Write a message; `fields` are further keywords of `Messages.create`.

        Raises:
            DriverError: There is nothing in it, or more than Discord lets anybody write.
        """
        if not text and not any(fields.values()):
            raise DriverError(f"{self.name} says nothing: give a text, a file, a poll or a sticker")
        if len(text) > _LONGEST:
            raise DriverError(f"{self.name} can write {_LONGEST} characters, not {len(text)}")
        with self.world.lock:
            channel_id = self._channel(channel)
            self.world.permissions.require(self.id, channel_id, "SEND_MESSAGES")
            if reply_to is not None:
                fields["reference"] = {"message_id": reply_to.id, "channel_id": reply_to.channel_id}
            sent = self.world.messages.create(channel_id, self.id, text, **fields)
            return MessageView(self.world, channel_id, sent["id"])

    def dm(self, other: str | Player, text: str | None = None) -> ChannelView:
        """Open the direct messages with somebody (a name, an id, a handle), and say something."""
        with self.world.lock:
            other_id = other.id if isinstance(other, Player) else self.world.users.find(str(other))
            if other_id is None:
                raise DriverError(f"There is nobody called {other!r}")
            view = ChannelView(self.world, self.world.channels.dm(self.id, other_id)["id"])
            if text is not None:
                self.say(view, text)
            return view

    def edit(self, message: MessageView, text: str) -> None:
        """Change an own message."""
        with self.world.lock:
            if message.data["author"]["id"] != self.id:
                raise DriverError(f"{self.name} can edit only their own messages")
            self.world.messages.edit(message.channel_id, message.id, {"content": text})

    def delete(self, message: MessageView) -> None:
        """Delete a message, somebody else's with MANAGE_MESSAGES."""
        with self.world.lock:
            if message.data["author"]["id"] != self.id:
                self.world.permissions.require(self.id, message.channel_id, "MANAGE_MESSAGES")
            with self.world.acting(self.id):
                self.world.messages.delete(message.channel_id, message.id)

    def react(self, message: MessageView, emoji: str) -> None:
        """React to a message."""
        with self.world.lock:
            self.world.permissions.require(self.id, message.channel_id, "ADD_REACTIONS")
            self.world.reactions.add(message.channel_id, message.id, self.id, emoji)

    def unreact(self, message: MessageView, emoji: str) -> None:
        """Take an own reaction back."""
        self.world.reactions.remove(message.channel_id, message.id, self.id, emoji)

    def type(self, channel: Place) -> None:
        """Begin to type."""
        with self.world.lock:
            channel_id = self._channel(channel)
            self.world.permissions.require(self.id, channel_id, "SEND_MESSAGES")
            self.world.channels.typing(channel_id, self.id)

    def join(self, where: str) -> None:
        """Join a guild, by its name or id, or by an invite (its code or address)."""
        with self.world.lock, self.world.acting(self.id):
            guild_id = self.world.guilds.find(where)
            if guild_id is not None:
                self.world.members.add(guild_id, self.id)
                return
            code = where.rstrip("/").rpartition("/")[2]
            try:
                self.world.invites.use(code, self.id)
            except WorldError as error:
                if error.code != UNKNOWN["invite"][0]:
                    raise
                text = f"There is no guild {where!r}, nor an invite that {self.name} could use"
                raise DriverError(text) from error

    def ask_to_join(self, guild: str) -> str:
        """Ask to be let into a guild (its name or id); returns the request's id."""
        guild_id = self._guild(guild)
        return str(self.world.join_requests.create(guild_id, self.id)["id"])

    def leave(self, guild: str) -> None:
        """Leave a guild (its name or id)."""
        with self.world.acting(self.id):
            self.world.members.remove(self._guild(guild), self.id)

    def vote(self, message: MessageView, *answers: str | int) -> None:
        """Vote in a poll, by the answers' texts or numbers; no answer takes the vote back."""
        with self.world.lock:
            poll = message.data.get("poll")
            if poll is None:
                raise DriverError("The message has no poll")
            self.world.permissions.require(self.id, message.channel_id, "READ_MESSAGE_HISTORY")
            numbers = [_answer(poll, answer) for answer in answers]
            self.world.polls.vote(message.channel_id, message.id, self.id, numbers)

    def attend(self, event: str, guild: str | None = None, *, interested: bool = True) -> None:
        """Be interested in a scheduled event (its name or id), or no longer."""
        world = self.world
        with world.lock:
            for guild_id in [self._guild(guild)] if guild else world.guilds.of_user(self.id):
                for item in world.scheduled_events.list(guild_id):
                    if event in (item["name"], item["id"]):
                        world.scheduled_events.interest(guild_id, item["id"], self.id, interested)
                        return
            raise DriverError(f"There is no scheduled event {event!r}")

    def subscribe(self, sku_id: str, guild: str | None = None) -> str:
        """Subscribe to what a bot offers, for oneself or a guild, and return the subscription's id.

        `World.entitlements` makes SKUs, and has what a person does later: `cancel`, `refund`.
        """
        with self.world.lock:
            guild_id = None if guild is None else self._guild(guild)
            made = self.world.entitlements.subscribe(sku_id, self.id, guild_id)
            return str(made["id"])

    def authorize(self, bot: str, *scopes: str, redirect_uri: str = "") -> str:
        """Allow a bot's application something, and return the code it exchanges for a token."""
        with self.world.lock:
            bot_id = self.world.users.find(bot)
            application_id = self.world.applications.of_user(bot_id) if bot_id else None
            if application_id is None:
                raise DriverError(f"There is no bot called {bot!r}")
            return self.world.oauth.authorize(application_id, self.id, scopes, redirect_uri)

    def slash(
        self, channel: Place, command: str, /, *, timeout: float = 5.0, **options: Any
    ) -> InteractionView:
        """Use a slash command; see `use`, which takes an option called `timeout` too."""
        return self.use(channel, command, options, timeout=timeout)

    def use(
        self, channel: Place, command: str, options: Mapping[str, Any], *, timeout: float = 5.0
    ) -> InteractionView:
        """Use a slash command.

        Args:
            channel: Where.
            command: Its name, with the subcommand's after a space (`config set`).
            options: By name.
            timeout: Seconds to wait for the bot to register it.
        """
        name, *path = command.removeprefix("/").split()
        with self.world.lock:
            channel_id = self._channel(channel)
            found = self._command(channel_id, name, 1, timeout)
            guild_id = self.world.channels.get(channel_id).get("guild_id")
            self._check_allowed(found, channel_id)
            data = command_data(self.world, found, path, dict(options), guild_id)
            return self._interact(found["application_id"], channel_id, COMMAND, data)

    def autocomplete(
        self, channel: Place, command: str, option: str, text: str, /, **options: Any
    ) -> list[dict[str, Any]]:
        """Type into an option of a slash command, and return the choices the bot offers."""
        name, *path = command.removeprefix("/").split()
        with self.world.lock:
            channel_id = self._channel(channel)
            found = self._command(channel_id, name, 1, 5.0)
            guild_id = self.world.channels.get(channel_id).get("guild_id")
            values = {**options, option: text}
            data = command_data(self.world, found, path, values, guild_id, focused=option)
            view = self._interact(found["application_id"], channel_id, AUTOCOMPLETE, data)
        return view.choices()

    def use_on(
        self, target: MessageView | Player, command: str, channel: Place | None = None
    ) -> InteractionView:
        """Use a command of a message's or a user's context menu."""
        world = self.world
        with world.lock:
            if isinstance(target, MessageView):
                kind, channel_id = 3, target.channel_id
                resolved = {"messages": {target.id: target.data}}
            else:
                if channel is None:
                    raise DriverError("A command on a user is used in a channel: say which")
                kind, channel_id = 2, self._channel(channel)
                resolved = {}
                guild_id = world.channels.get(channel_id).get("guild_id")
                resolve(world, USER, target, guild_id, resolved)
            found = self._command(channel_id, command, kind, 5.0)
            self._check_allowed(found, channel_id)
            data = {key: found[key] for key in ("id", "name", "type")}
            data.update(target_id=target.id, resolved=resolved)
            return self._interact(found["application_id"], channel_id, COMMAND, data)

    def click(self, message: MessageView, button: str) -> InteractionView:
        """Press a button, by its custom id or label."""
        self._look_at(message)
        with self.world.lock:
            component = message.button(button)
            return self._use(message, component, {})

    def select(
        self, message: MessageView, *values: Any, menu: str | None = None
    ) -> InteractionView:
        """Choose from a select menu: values, or labels, or users, roles and channels.

        Args:
            menu: Its custom id or placeholder; None is the message's first.
        """
        self._look_at(message)
        with self.world.lock:
            component = message.menu(menu)
            low, high = component.get("min_values", 1), component.get("max_values", 1)
            if not low <= len(values) <= high:
                raise DriverError(f"This menu takes {low} to {high} values, not {len(values)}")
            guild_id = self.world.channels.get(message.channel_id).get("guild_id")
            resolved: dict[str, Any] = {}
            kind = _MENUS.get(component["type"])
            if kind is not None:
                chosen = [resolve(self.world, kind, item, guild_id, resolved) for item in values]
            else:
                chosen = [chosen_option(component, item) for item in values]
            data: dict[str, Any] = {"values": chosen}
            if resolved:
                data["resolved"] = resolved
            return self._use(message, component, data)

    def submit_modal(
        self, interaction: InteractionView, /, *, timeout: float = 5.0, **values: Any
    ) -> InteractionView:
        """Wait for an interaction's modal, fill it in and send it; see `fill_in`."""
        return self.fill_in(interaction, values, timeout=timeout)

    def fill_in(
        self, interaction: InteractionView, values: Mapping[str, Any], *, timeout: float = 5.0
    ) -> InteractionView:
        """Wait for an interaction's modal, fill it in and send it.

        Args:
            interaction: What the bot answered, or will answer, with a modal.
            values: By custom id or label.
            timeout: Seconds to wait for the modal.
        """
        world, record = self.world, interaction.record
        modal = interaction.modal(timeout)
        world.wait_until(lambda: record.settled, timeout)
        world.react_like_a_person(record.answered_at)
        with world.lock:
            guild_id = world.channels.get(record.channel_id).get("guild_id")
            resolved: dict[str, Any] = {}

            def chosen_id(kind: int, custom_id: str, item: Any) -> str:
                if kind == _FILE_UPLOAD:
                    return attach(custom_id, item, resolved)
                menu = _MENUS.get(kind)
                if menu is None:
                    return str(item)
                return resolve(world, menu, item, guild_id, resolved)

            data: dict[str, Any] = {"custom_id": modal["custom_id"]}
            data["components"] = filled(modal, dict(values), chosen_id)
            if resolved:
                data["resolved"] = resolved
            sent = world.interactions.create(
                record.application_id,
                self.id,
                record.channel_id,
                MODAL_SUBMIT,
                data,
                message_id=record.message_id,
                triggered_by=record,
            )
            return InteractionView(world, sent)

    def _look_at(self, message: MessageView) -> None:
        with self.world.lock:
            shown_at = self.world.transcript.shown_at(message.id)
        self.world.react_like_a_person(shown_at)

    def _use(
        self, message: MessageView, component: dict[str, Any], more: dict[str, Any]
    ) -> InteractionView:
        data = {"component_type": component["type"], "custom_id": component["custom_id"]}
        data["id"] = component["id"]
        data.update(more)
        whole = message.data
        application_id = whole.get("application_id") or whole["author"]["id"]
        return self._interact(application_id, message.channel_id, COMPONENT, data, message.id)

    def _interact(
        self,
        application_id: str,
        channel_id: str,
        kind: int,
        data: dict[str, Any],
        message_id: str | None = None,
    ) -> InteractionView:
        self.world.permissions.require(self.id, channel_id)
        record = self.world.interactions.create(
            application_id, self.id, channel_id, kind, data, message_id=message_id
        )
        return InteractionView(self.world, record)

    def _command(self, channel_id: str, name: str, kind: int, timeout: float) -> dict[str, Any]:
        world = self.world
        guild_id = world.channels.get(channel_id).get("guild_id")
        world.wait_until(lambda: world.commands.find(guild_id, name, kind), timeout)
        found = world.commands.find(guild_id, name, kind)
        if found is None:
            places = [
                (app, place) for app in world.applications.all() for place in (None, guild_id)
            ]
            known = {item["name"] for place in places for item in world.commands.list(*place)}
            raise DriverError(
                f"No bot has registered the command {name!r} here; there are: "
                f"{', '.join(sorted(known)) or 'none'}"
            )
        return found

    def _check_allowed(self, command: dict[str, Any], channel_id: str) -> None:
        if not self.world.commands.allows(command, self.id, channel_id):
            raise DriverError(f"{self.name} may not use the command {command['name']!r} here")

    def _channel(self, channel: Place) -> str:
        if isinstance(channel, ChannelView):
            return channel.id
        return ChannelView.named(self.world, channel).id

    def _guild(self, guild: str) -> str:
        guild_id = self.world.guilds.find(guild)
        if guild_id is None:
            raise DriverError(f"There is no guild {guild!r}")
        return guild_id


def _answer(poll: dict[str, Any], wanted: str | int) -> int:
    for answer in poll["answers"]:
        media = answer["poll_media"]
        if wanted in (
            answer["answer_id"],
            media.get("text"),
            (media.get("emoji") or {}).get("name"),
        ):
            return int(answer["answer_id"])
    known = ", ".join(repr(answer["poll_media"].get("text")) for answer in poll["answers"])
    raise DriverError(f"The poll has no answer {wanted!r}; it has {known}")
