"""Which intents a client asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from client_bots import PATIENCE, Listener

from disruption import (
    Client,
    Connected,
    Event,
    GuildMemberAdd,
    Handler,
    IntentNotRequested,
    Intents,
    MessageCreate,
    MessageReactionAdd,
    PresenceUpdate,
    ThreadMembersUpdate,
    TypingStart,
)
from disruption.client.intents import intents_for
from disruption.types import PRIVILEGED_INTENTS
from disruption.types.events import EVENTS

MakeClient = Callable[..., Client]

ALWAYS = Intents.GUILDS


def handler_with(name: str) -> Handler:
    return type("Bot", (Handler,), {name: lambda self, *args: None})()


# Method -> what it needs, from https://discord.com/developers/docs/events/gateway#gateway-intents
METHODS = {
    "on_ready": ALWAYS,
    "on_resumed": ALWAYS,
    "on_connect": ALWAYS,
    "on_disconnect": ALWAYS,
    "on_error": ALWAYS,
    "on_interaction": ALWAYS,
    "on_user_update": ALWAYS,
    "on_message": ALWAYS
    | Intents.GUILD_MESSAGES
    | Intents.DIRECT_MESSAGES
    | Intents.MESSAGE_CONTENT,
    "on_message_update": ALWAYS
    | Intents.GUILD_MESSAGES
    | Intents.DIRECT_MESSAGES
    | Intents.MESSAGE_CONTENT,
    "on_message_delete": ALWAYS | Intents.GUILD_MESSAGES | Intents.DIRECT_MESSAGES,
    "on_message_reaction_add": ALWAYS
    | Intents.GUILD_MESSAGE_REACTIONS
    | Intents.DIRECT_MESSAGE_REACTIONS,
    "on_guild_create": ALWAYS,
    "on_guild_role_create": ALWAYS,
    "on_channel_update": ALWAYS,
    "on_guild_member_add": ALWAYS | Intents.GUILD_MEMBERS,
    "on_guild_member_remove": ALWAYS | Intents.GUILD_MEMBERS,
    "on_guild_member_update": ALWAYS | Intents.GUILD_MEMBERS,
    "on_presence_update": ALWAYS | Intents.GUILD_PRESENCES,
    "on_typing_start": ALWAYS | Intents.GUILD_MESSAGE_TYPING | Intents.DIRECT_MESSAGE_TYPING,
    "on_guild_ban_add": ALWAYS | Intents.GUILD_MODERATION,
    "on_voice_state_update": ALWAYS | Intents.GUILD_VOICE_STATES,
    "on_invite_create": ALWAYS | Intents.GUILD_INVITES,
    # These come with GUILDS too, though not as often.
    "on_thread_members_update": ALWAYS,
}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_asks_for_its_intents(name: str):
    assert intents_for(handler_with(name), ()) == METHODS[name]


@pytest.mark.parametrize("spec", EVENTS.values(), ids=lambda spec: spec.name)
def test_methods_and_functions_ask_for_the_same(spec: Any):
    by_method = intents_for(handler_with(spec.method), ())
    by_function = intents_for(None, [spec.cls])
    assert by_method == by_function
    assert not spec.intents or by_method & spec.intents


def test_an_empty_handler_asks_for_guilds_alone():
    assert intents_for(Handler(), ()) == intents_for(None, ()) == ALWAYS


@pytest.mark.parametrize("how", ["method", "function"])
def test_listening_to_everything_asks_for_nothing_privileged(how: str):
    if how == "method":
        intents = intents_for(handler_with("on_event"), ())
    else:
        intents = intents_for(None, [Event])
    assert not intents & PRIVILEGED_INTENTS
    for spec in EVENTS.values():
        assert not spec.intents or intents & spec.intents or spec.intents & PRIVILEGED_INTENTS


def test_listening_to_everything_and_something_privileged():
    intents = intents_for(handler_with("on_event"), [PresenceUpdate])
    assert intents & PRIVILEGED_INTENTS == Intents.GUILD_PRESENCES


def test_content_is_not_asked_for_where_it_is_not_wanted():
    intents = intents_for(handler_with("on_message"), (), content_intent=False)
    assert intents == ALWAYS | Intents.GUILD_MESSAGES | Intents.DIRECT_MESSAGES


def test_a_function_given_to_the_instance_counts():
    handler = Handler()
    handler.on_typing_start = lambda event: None  # type: ignore[method-assign]
    assert intents_for(handler, ()) == METHODS["on_typing_start"]


def test_a_base_of_several_events_asks_for_all_of_them():
    class Base(Handler):
        def on_message(self, message: Any) -> None: ...

    class Bot(Base):
        def on_guild_ban_add(self, event: Any) -> None: ...

    assert intents_for(Bot(), ()) == METHODS["on_message"] | METHODS["on_guild_ban_add"]


def test_everything_is_accepted_by_discord(make: MakeClient):
    """Discord closes with 4013 where a bit is set that means nothing."""
    client = make(handler_with("on_event"))
    client.connect(PATIENCE)
    assert client.is_ready


def test_the_intents_are_known_before_and_after_the_connect(make: MakeClient):
    client = make(Listener())
    assert client.intents == METHODS["on_message"]
    client.on(TypingStart)(print)
    wanted = METHODS["on_message"] | METHODS["on_typing_start"]
    assert client.intents == wanted
    client.connect(PATIENCE)
    assert client.intents == wanted


def test_given_intents_stand_and_guilds_are_added(make: MakeClient):
    client = make(Listener(), intents=Intents.GUILD_MESSAGES)
    assert client.intents == Intents.GUILD_MESSAGES | Intents.GUILDS


def test_an_event_that_was_not_asked_for_cannot_be_waited_for(make: MakeClient):
    client = make(Listener(), content_intent=False)
    client.connect(PATIENCE)
    for ask in (
        lambda: client.wait_for(TypingStart, timeout=0),
        lambda: client.events(TypingStart),
        lambda: client.on(TypingStart),
        lambda: client.wait_for(MessageCreate, TypingStart, timeout=0),
    ):
        with pytest.raises(IntentNotRequested) as caught:
            ask()
        assert "TypingStart" in str(caught.value)
        assert "GUILD_MESSAGE_TYPING" in str(caught.value)
    with pytest.raises(IntentNotRequested, match="GUILD_MEMBERS"):
        client.on(GuildMemberAdd)
    with client.events(MessageCreate), client.events(Event), client.events(Connected):
        pass
    with client.events(ThreadMembersUpdate):
        pass


def test_before_the_connect_anything_can_be_listened_to(make: MakeClient):
    client = make()

    @client.on(MessageReactionAdd)
    def react(event: MessageReactionAdd) -> None: ...

    client.connect(PATIENCE)
    client.on(MessageReactionAdd)(print)
    client.off(react)
    client.off(print)


def test_after_a_stop_the_intents_are_chosen_anew(make: MakeClient, quick: None):
    client = make()
    client.connect(PATIENCE)
    client.stop()
    client.on(TypingStart)(print)
    client.connect(PATIENCE)
    assert client.intents == METHODS["on_typing_start"]
