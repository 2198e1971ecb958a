"""Answers to interactions. None of the methods sends the bot's token.

These are Discord's routes as they are; `responder.py` keeps track of which of them is
right at which moment.

See https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from disruption.rest.checks import integer
from disruption.rest.core import RestCore
from disruption.rest.files import File
from disruption.rest.mentions import choose_mentions
from disruption.rest.payload import create_body, edit_body
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import (
    UNSET,
    InteractionCallbackResponse,
    Message,
    Unset,
    to_plain,
)
from disruption.types.core.base import Model

if TYPE_CHECKING:
    from disruption.types import AllowedMentions

__all__ = ["RESPOND", "InteractionRoutes"]

_WEBHOOK: Final = "/webhooks/{application_id}/{interaction_token}"
_ORIGINAL: Final = _WEBHOOK + "/messages/@original"
_FOLLOWUP: Final = _WEBHOOK + "/messages/{message_id}"

# An interaction takes one first answer: a second one gets error 40060 and does nothing.
RESPOND = Route(
    "POST",
    "/interactions/{interaction_id}/{interaction_token}/callback",
    interaction=True,
    repeatable=True,
)
_GET_ORIGINAL = Route("GET", _ORIGINAL, interaction=True)
_EDIT_ORIGINAL = Route("PATCH", _ORIGINAL, interaction=True)
_DELETE_ORIGINAL = Route("DELETE", _ORIGINAL, interaction=True)
_CREATE_FOLLOWUP = Route("POST", _WEBHOOK, interaction=True)
_GET_FOLLOWUP = Route("GET", _FOLLOWUP, interaction=True)
_EDIT_FOLLOWUP = Route("PATCH", _FOLLOWUP, interaction=True)
_DELETE_FOLLOWUP = Route("DELETE", _FOLLOWUP, interaction=True)


class InteractionRoutes(RestCore):
    """Answers to interactions."""

    def create_interaction_response(
        self,
        interaction_id: SnowflakeLike,
        interaction_token: str,
        type: int,
        data: Model | Mapping[str, Any] | None = None,
        *,
        files: Sequence[File] = (),
        with_response: bool = False,
        timeout: float | None = None,
    ) -> InteractionCallbackResponse | None:
        """Give the first answer to an interaction, within 3 seconds.

        Args:
            interaction_id: Which one.
            interaction_token: Its token.
            type: The callback type.
            data: What belongs to that type.
            files: At most 10.
            with_response: Return what became of it.
            timeout: Seconds for the whole call, waits included.

        Returns:
            None without `with_response`.

        Raises:
            BadRequest: It was answered already (code 40060).
            NotFound: The 3 seconds are over (code 10062).

        See https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response
        """
        body: dict[str, Any] = {"type": integer("type", type)}
        if data is not None:
            body["data"] = to_plain(data)
        target = RESPOND(interaction_id, interaction_token)
        if with_response:
            return self._fetch(
                InteractionCallbackResponse,
                target,
                body,
                query={"with_response": True},
                files=files,
                timeout=timeout,
            )
        self._do(target, body, files=files, timeout=timeout)
        return None

    def get_original_interaction_response(
        self,
        application_id: SnowflakeLike,
        interaction_token: str,
        *,
        timeout: float | None = None,
    ) -> Message:
        """Get the message of the first answer.

        See https://discord.com/developers/docs/interactions/receiving-and-responding#get-original-interaction-response
        """
        target = _GET_ORIGINAL(application_id, interaction_token)
        return self._fetch(Message, target, timeout=timeout)

    def edit_original_interaction_response(
        self,
        application_id: SnowflakeLike,
        interaction_token: str,
        *,
        content: str | Unset | None = UNSET,
        embeds: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        components: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        files: Sequence[File] = (),
        attachments: Sequence[Model | Mapping[str, Any] | int | str] | Unset | None = UNSET,
        poll: Model | Mapping[str, Any] | None = None,
        flags: int | Unset | None = UNSET,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> Message:
        """Edit the message of the first answer, or fill in what was deferred.

        A poll can be given only where the answer was deferred.

        See https://discord.com/developers/docs/interactions/receiving-and-responding#edit-original-interaction-response
        """
        body = edit_body(
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            attachments=attachments,
            flags=flags,
            allowed_mentions=choose_mentions(allowed_mentions, self.allowed_mentions),
        )
        if poll is not None:
            body["poll"] = to_plain(poll)
        target = _EDIT_ORIGINAL(application_id, interaction_token)
        return self._fetch(Message, target, body, files=files, timeout=timeout)

    def delete_original_interaction_response(
        self,
        application_id: SnowflakeLike,
        interaction_token: str,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete the message of the first answer.

        See https://discord.com/developers/docs/interactions/receiving-and-responding#delete-original-interaction-response
        """
        self._do(_DELETE_ORIGINAL(application_id, interaction_token), timeout=timeout)

    def create_followup_message(
        self,
        application_id: SnowflakeLike,
        interaction_token: str,
        *,
        content: str | None = None,
        embeds: Sequence[Model | Mapping[str, Any]] = (),
        components: Sequence[Model | Mapping[str, Any]] = (),
        files: Sequence[File] = (),
        poll: Model | Mapping[str, Any] | None = None,
        flags: int = 0,
        tts: bool = False,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> Message:
        """Send another message after the first answer, within 15 minutes.

        Args:
            application_id: The bot's application.
            interaction_token: The interaction's token.
            content: The text, at most 2000 characters.
            embeds: At most 10, of 6000 characters together.
            components: Buttons, menus, layouts.
            files: At most 10.
            poll: A poll.
            flags: EPHEMERAL for the user's eyes only, SUPPRESS_EMBEDS, IS_COMPONENTS_V2.
            tts: Have it read aloud.
            allowed_mentions: Whom it may ping; by default the client's, None for all.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or the message would be empty.
            Unauthorized: The 15 minutes are over.

        See https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message
        """
        body = create_body(
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            poll=poll,
            flags=flags,
            tts=tts,
            allowed_mentions=choose_mentions(allowed_mentions, self.allowed_mentions),
            otherwise=" or a poll",
        )
        target = _CREATE_FOLLOWUP(application_id, interaction_token)
        return self._fetch(Message, target, body, files=files, timeout=timeout)

    def get_followup_message(
        self,
        application_id: SnowflakeLike,
        interaction_token: str,
        message_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> Message:
        """Get a follow-up message.

        See https://discord.com/developers/docs/interactions/receiving-and-responding#get-followup-message
        """
        target = _GET_FOLLOWUP(application_id, interaction_token, message_id)
        return self._fetch(Message, target, timeout=timeout)

    def edit_followup_message(
        self,
        application_id: SnowflakeLike,
        interaction_token: str,
        message_id: SnowflakeLike,
        *,
        content: str | Unset | None = UNSET,
        embeds: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        components: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        files: Sequence[File] = (),
        attachments: Sequence[Model | Mapping[str, Any] | int | str] | Unset | None = UNSET,
        flags: int | Unset | None = UNSET,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> Message:
        """Edit a follow-up message; what is not given stays, None clears.

        See https://discord.com/developers/docs/interactions/receiving-and-responding#edit-followup-message
        """
        body = edit_body(
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            attachments=attachments,
            flags=flags,
            allowed_mentions=choose_mentions(allowed_mentions, self.allowed_mentions),
        )
        target = _EDIT_FOLLOWUP(application_id, interaction_token, message_id)
        return self._fetch(Message, target, body, files=files, timeout=timeout)

    def delete_followup_message(
        self,
        application_id: SnowflakeLike,
        interaction_token: str,
        message_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete a follow-up message.

        See https://discord.com/developers/docs/interactions/receiving-and-responding#delete-followup-message
        """
        self._do(_DELETE_FOLLOWUP(application_id, interaction_token, message_id), timeout=timeout)
