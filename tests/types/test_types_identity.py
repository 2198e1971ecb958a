"""Equality, hashes, copies, pickles, reprs and binding."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from type_payloads import Payloads, entity_classes, model_classes

import disruption.types as T
from disruption.counters import Counters
from disruption.errors import Unbound
from disruption.types.core.base import Bound, Entity, Model


class FakeApi:
    """A client that cannot be pickled."""

    def __init__(self) -> None:
        self.counters = Counters()

    @property
    def rest(self) -> Any:
        raise AssertionError("no verb is called here")


MESSAGE = {"id": "1", "channel_id": "2", "content": "x", "author": {"id": "3", "username": "ann"}}


@pytest.mark.parametrize("cls", entity_classes(), ids=lambda cls: cls.__name__)
def test_entities_are_the_same_when_root_and_id_are(cls: type[Entity]) -> None:
    one, two = (T.convert(cls, Payloads(seed).of(cls)) for seed in (1, 2))
    two.id = one.id
    assert one == two
    assert hash(one) == hash(two)
    two.id = T.Snowflake(one.id + 1)
    assert one != two
    assert one != one.id


def test_an_event_equals_the_object_it_is() -> None:
    event = T.convert(T.MessageCreate, MESSAGE)
    assert event == T.convert(T.Message, MESSAGE)
    assert event == T.PartialMessage(id=1, channel_id=T.Snowflake(9))
    assert len({event, T.convert(T.Message, MESSAGE)}) == 1
    assert T.convert(T.TextChannel, {"id": "5", "type": 0}) == T.PartialChannel(id=5)
    assert T.PartialChannel(id=1) != event


def test_members_are_the_same_by_guild_and_user() -> None:
    def member(guild: int, user: int) -> T.Member:
        made = T.convert(T.Member, {"roles": [], "joined_at": None, "user": {"id": str(user)}})
        made.guild_id = T.Snowflake(guild)
        return made

    assert member(1, 2) == member(1, 2)
    assert hash(member(1, 2)) == hash(member(1, 2))
    assert member(1, 2) != member(1, 3)
    assert member(1, 2) != member(2, 2)


def test_values_are_the_same_when_all_fields_are() -> None:
    assert T.Embed(title="a") == T.Embed(title="a")
    assert T.Embed(title="a") != T.Embed(title="b")
    assert T.EmbedImage(url="a") != T.EmbedVideo(url="a")
    with pytest.raises(TypeError):
        hash(T.Embed())


@pytest.mark.parametrize("cls", model_classes(), ids=lambda cls: cls.__name__)
def test_a_received_object_pickles_and_copies_without_its_client(cls: type[Model]) -> None:
    api = FakeApi()
    made = T.convert(cls, Payloads(4).of(cls), api)
    for twin in (
        pickle.loads(pickle.dumps(made)),
        pickle.loads(pickle.dumps(made, 2)),
        copy.copy(made),
        copy.deepcopy(made),
    ):
        assert type(twin) is type(made)
        assert T.to_plain(twin) == T.to_plain(made)
        assert repr(twin) == repr(made)
        if isinstance(made, Bound):
            assert made._api is api
            assert twin._api is None


def test_an_event_that_is_a_kind_of_channel_pickles() -> None:
    event = T.decode_event("CHANNEL_CREATE", b'{"id": "1", "type": 0}')
    event._sequence = 5
    for twin in (pickle.loads(pickle.dumps(event)), copy.copy(event), copy.deepcopy(event)):
        assert type(twin) is type(event)
        assert isinstance(twin, T.ChannelCreate)
        assert isinstance(twin, T.TextChannel)
        assert twin.sequence == 5


def test_a_class_of_a_user_keeps_the_rules() -> None:
    class Mine(T.Message):
        pass

    made = T.convert(Mine, MESSAGE)
    assert made == T.convert(T.Message, MESSAGE)


def test_verbs_need_a_client() -> None:
    with pytest.raises(Unbound, match=r"client\.bind"):
        T.PartialUser(id=1).fetch()


def test_bind_reaches_everything_inside() -> None:
    api = FakeApi()
    guild = T.convert(T.GuildCreate, Payloads(7).of(T.GuildCreate))
    assert T.bind(guild, api) is guild
    bound: list[Bound] = []

    def walk(value: Any) -> None:
        if isinstance(value, Bound):
            bound.append(value)
        if isinstance(value, Model):
            for inner in value.__dict__.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(guild)
    assert len(bound) > 1
    assert all(thing._api is api for thing in bound)


@pytest.mark.parametrize(
    ("cls", "data"),
    [
        (T.Interaction, {"id": "1", "token": "hunter2"}),
        (T.VoiceServerUpdate, {"token": "hunter2", "guild_id": "1", "endpoint": None}),
        (T.Webhook, {"id": "1", "token": "hunter2", "url": "https://x/hunter2"}),
        (T.AccessToken, {"access_token": "hunter2", "refresh_token": "hunter2"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_secrets_are_not_shown(cls: Any, data: dict[str, Any]) -> None:
    made = T.convert(cls, data)
    assert "hunter2" not in repr(made)
    assert "hunter2" in str(T.to_plain(made))


def test_repr_shows_what_is_known() -> None:
    assert repr(T.Embed(title="t", flags=None)) == "Embed(title='t', flags=None)"
    assert repr(T.PartialUser(id=1)) == "PartialUser(id=1)"


@pytest.mark.parametrize("cls", [T.User, T.PartialUser])
def test_the_text_of_a_person_is_their_username(cls: type[T.PartialUser]) -> None:
    data = {"id": "5", "username": "ann", "discriminator": "0", "avatar": None, "global_name": "A"}
    user = cls.from_dict(data)
    assert f"{user}" == "ann"
    member = T.GuildMember.from_dict(
        {"user": data, "roles": [], "joined_at": None, "nick": "Annie"}
    )
    assert str(member) == "ann"
    assert str(T.PartialUser(id=T.Snowflake(5))) == "5"


@pytest.mark.parametrize("cls", [T.PartialGuild, T.PartialChannel, T.Channel, T.PartialRole])
def test_the_text_of_what_has_a_name_is_the_name(cls: Any) -> None:
    named = cls.from_dict({"id": "5", "name": "general", "type": 0})
    assert str(named) == "general"
    assert str(cls.from_dict({"id": "5", "type": 0})) == "5"
    assert repr(named).startswith(f"{type(named).__name__}(")
