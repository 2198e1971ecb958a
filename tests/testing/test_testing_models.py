"""Models without a server, and what is taken down of their verbs."""

from __future__ import annotations

import pytest

from disruption import (
    DecodeError,
    Embed,
    File,
    Forbidden,
    InvalidArgument,
    Message,
    MessageCreate,
    Unbound,
)
from disruption.testing import (
    Recorder,
    make_channel,
    make_event,
    make_guild,
    make_interaction,
    make_member,
    make_message,
    make_role,
    make_user,
)

MESSAGES = "/channels/{channel_id}/messages"


class TestFactories:
    def test_they_fit_together(self) -> None:
        message, channel, guild = make_message(), make_channel(), make_guild()
        assert message.channel_id == channel.id
        assert message.guild_id == guild.id == make_member().guild_id
        assert make_user().id != make_user().id

    def test_fields_are_models_or_plain(self) -> None:
        bob = make_user("bob", bot=True)
        message = make_message("hi", author=bob, embeds=[Embed(title="x")], flags=64)
        assert isinstance(message, MessageCreate)
        assert message.author == bob
        assert message.author.bot
        assert message.embeds[0].title == "x"
        assert make_message(direct=True).guild_id is None

    def test_members_and_roles(self) -> None:
        role = make_role("mods", permissions=8)
        member = make_member("bob", roles=[role, 5], nick="Bobby")
        assert member.roles == [role.id, 5]
        assert member.nick == "Bobby"
        assert member.user is not None
        assert member.user.username == "bob"

    def test_a_voice_channel_is_one(self) -> None:
        assert type(make_channel("talk", type=2)).__name__ == "VoiceChannel"

    def test_any_event(self) -> None:
        event = make_event("GUILD_ROLE_DELETE", guild_id=1, role_id=2)
        assert event.event_name == "GUILD_ROLE_DELETE"
        with pytest.raises(InvalidArgument, match="did you mean 'GUILD_ROLE_DELETE'"):
            make_event("GUILD_ROLE_DELET")
        with pytest.raises(DecodeError, match="role_id: missing"):
            make_event("GUILD_ROLE_DELETE", guild_id=1)

    def test_a_slip_is_named(self) -> None:
        with pytest.raises(InvalidArgument, match="no field 'contnet'; did you mean 'content'"):
            make_message(contnet="hi")

    def test_without_a_recorder_they_are_unbound(self) -> None:
        with pytest.raises(Unbound):
            make_message().reply("hi")


class TestInteractions:
    def test_a_command(self) -> None:
        bob, general = make_user("bob"), make_channel()
        made = make_interaction(
            "config set",
            options={"n": 1, "x": 0.5, "on": True, "to": bob, "at": general, "s": "t"},
            user="eve",
        )
        assert made.author is not None
        assert made.author.username == "eve"
        assert made.data is not None
        assert made.data.name == "config"
        (inner,) = made.data.options or ()
        assert inner.name == "set"
        kinds = {item.name: int(item.type) for item in inner.options or ()}
        assert kinds == {"n": 4, "x": 10, "on": 5, "to": 6, "at": 7, "s": 3}
        assert made.data.resolved is not None
        assert bob.id in (made.data.resolved.users or {})

    def test_components_modals_and_autocomplete(self) -> None:
        assert make_interaction(custom_id="yes").type == 3
        menu = make_interaction(custom_id="colour", values=["red"])
        assert menu.data is not None
        assert menu.data.values == ["red"]
        modal = make_interaction(custom_id="form", inputs={"name": "Ann"})
        assert modal.type == 5
        typed = make_interaction("roll", options={"kind": "d"}, focused="kind")
        assert typed.type == 4
        with pytest.raises(InvalidArgument, match="a command or with a custom_id"):
            make_interaction()

    def test_answers_are_taken_down(self) -> None:
        recorder = Recorder()
        used = make_interaction("roll", recorder=recorder)
        answer = used.respond("6", ephemeral=True)
        assert answer is not None
        assert answer.content == "6"
        assert recorder.last.verb == "respond"
        assert recorder.last["data"]["flags"] == 64
        assert recorder.last.path == "", "it holds a token"
        assert used.followup("more").content == "more"
        assert [call.verb for call in recorder.calls] == ["respond", "followup"]

    def test_a_deferred_answer(self) -> None:
        recorder = Recorder()
        used = make_interaction("roll", recorder=recorder)
        assert used.defer()
        used.respond("6")
        assert [call.method for call in recorder.calls] == ["POST", "PATCH"]


class TestRecorder:
    def test_a_verb_is_taken_down(self) -> None:
        recorder = Recorder()
        message = make_message("!ping", recorder=recorder)
        sent = message.reply("Pong!")
        assert isinstance(sent, Message)
        assert sent.content == "Pong!"
        assert recorder.last.verb == "reply"
        assert (recorder.last.method, recorder.last.route) == ("POST", MESSAGES)
        assert recorder.last["content"] == "Pong!"
        sent.edit("Pong?")
        sent.delete()
        assert [call.verb for call in recorder.calls] == ["reply", "edit", "delete"]

    def test_files_reasons_and_queries(self) -> None:
        recorder = Recorder()
        recorder.create_message(1, content="x", files=[File(b"abc", filename="a.txt")])
        assert recorder.last.files == ("a.txt",)
        assert recorder.last.verb == "create_message"
        make_member(recorder=recorder).ban(reason="spam")
        assert recorder.find("ban")[0].reason == "spam"

    def test_what_rest_refuses_is_refused(self) -> None:
        recorder = Recorder()
        with pytest.raises(InvalidArgument):
            make_message(recorder=recorder).reply("")
        assert not recorder.calls
        with pytest.raises(AssertionError, match="Nothing was asked"):
            _ = recorder.last

    def test_answers_of_ones_own(self) -> None:
        recorder = Recorder()
        assert recorder.get_channel(5).id == 5
        recorder.answer("GET", "/channels/{channel_id}", make_channel("a"), {"id": "7", "type": 2})
        assert getattr(recorder.get_channel(5), "name", None) == "a"
        assert [recorder.get_channel(5).id for _ in range(2)] == [7, 7]
        recorder.answer("POST", MESSAGES, Forbidden(403, 50013, "Missing Permissions"))
        with pytest.raises(Forbidden, match="Missing Permissions"):
            make_message(recorder=recorder).reply("hi")

    def test_objects_from_it_are_bound_to_it(self) -> None:
        recorder = Recorder()
        recorder.get_channel(5)
        message = recorder.create_message(1, content="x")
        message.react("👍")
        assert recorder.last.verb == "react"
