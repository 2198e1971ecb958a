"""Unions: each member becomes its own class, unknown ones are kept whole."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from type_payloads import Payloads

import disruption.types as T
from disruption.errors import DecodeError

UNKNOWN = {"type": 99, "deep": {"a": [None, 1.5, "x"]}, "id": 7}


def row(*components: dict[str, Any]) -> bytes:
    return json.dumps({"type": 1, "components": components}).encode()


def test_every_component_becomes_its_class() -> None:
    for tag, cls in T.AnyComponent._variants.items():
        payload = {**Payloads(1).of(cls), "type": int(tag)}
        made = T.decode(T.AnyComponent, json.dumps(payload).encode())
        assert type(made) is cls
        assert made.type is tag


def test_an_unknown_component_is_kept_whole(caplog: pytest.LogCaptureFixture) -> None:
    made = T.decode(T.ActionRow, row(UNKNOWN, {"type": 2, "style": 1}))
    unknown, button = made.components
    assert isinstance(unknown, T.UnknownComponent)
    assert unknown.data == UNKNOWN
    assert unknown.type == 99
    assert isinstance(button, T.Button)
    assert T.to_plain(made)["components"][0] == UNKNOWN
    assert made.to_dict()["components"][0] == UNKNOWN
    assert T.to_plain(T.ActionRow.from_dict(made.to_dict())) == T.to_plain(made)
    for twin in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
        assert T.to_plain(twin) == T.to_plain(made)
    assert caplog.text == ""  # nothing is wrong with it


def test_a_component_without_a_type_is_kept_whole() -> None:
    made = T.decode(T.ActionRow, row({"custom_id": "x"}))
    assert isinstance(made.components[0], T.UnknownComponent)
    assert T.to_plain(made) == {"type": 1, "components": [{"custom_id": "x"}]}


def test_a_component_that_lacks_a_field_is_mended(caplog: pytest.LogCaptureFixture) -> None:
    made = T.decode(T.ActionRow, row({"type": 3, "custom_id": "x"}))
    select = made.components[0]
    assert isinstance(select, T.StringSelect)
    assert select.options == []
    assert "$.components[0].options" in caplog.text
    with pytest.raises(DecodeError, match="options"):
        T.convert(T.ActionRow, json.loads(row({"type": 3, "custom_id": "x"})), strict=True)


def test_fields_that_members_type_differently_have_their_own_type() -> None:
    button = T.decode(T.AnyComponent, b'{"type": 2, "style": 2}')
    assert button.style is T.ButtonStyle.SECONDARY
    text = T.decode(T.AnyComponent, b'{"type": 4, "style": 2, "custom_id": "x"}')
    assert text.style is T.TextInputStyle.PARAGRAPH
    option = {"value": "v", "label": "l"}
    for tag, cls in ((3, T.SelectOption), (21, T.RadioGroupOption), (22, T.CheckboxGroupOption)):
        made = T.convert(T.AnyComponent, {"type": tag, "custom_id": "x", "options": [option]})
        assert type(made.options[0]) is cls


def test_components_nest() -> None:
    inner = {"type": 10, "content": "x"}
    for _ in range(20):
        inner = {"type": 17, "components": [inner]}
    made = T.decode(T.AnyComponent, json.dumps(inner).encode())
    assert T.to_plain(made) == inner


@pytest.mark.parametrize(
    ("kind", "cls"),
    [
        (2, T.ApplicationCommandData),
        (3, T.MessageComponentData),
        (4, T.ApplicationCommandData),
        (5, T.ModalSubmitData),
    ],
)
def test_interaction_data_is_told_by_the_type_of_the_interaction(kind: int, cls: Any) -> None:
    payload = {**Payloads(2).of(T.Interaction), "type": kind, "data": Payloads(3).of(cls)}
    made = T.convert(T.Interaction, payload, strict=True)
    assert type(made.data) is cls


def test_interaction_data_of_a_new_type_is_interaction_data() -> None:
    payload = {**Payloads(2).of(T.Interaction), "type": 77, "data": {"custom_id": "x"}}
    made = T.convert(T.Interaction, payload)
    assert type(made.data) is T.InteractionData


def test_interaction_data_that_is_not_whole_stays_interaction_data() -> None:
    payload = {**Payloads(2).of(T.Interaction), "type": 2, "data": {"name": "x"}}
    made = T.convert(T.Interaction, payload)
    assert type(made.data) is T.InteractionData
    assert made.data.name == "x"
    assert T.to_plain(made)["data"] == {"name": "x"}


def test_metadata_is_told_by_its_type() -> None:
    inner = {"id": "1", "type": 2, "user": Payloads(1).of(T.User)}
    modal = {"id": "2", "type": 5, "triggering_interaction_metadata": inner}
    made = T.convert(T.AnyInteractionMetadata, modal, strict=True)
    assert isinstance(made, T.ModalSubmitInteractionMetadata)
    assert isinstance(made.triggering_interaction_metadata, T.ApplicationCommandInteractionMetadata)
    assert made.triggering_interaction_metadata._api is None
    unknown = T.convert(T.AnyInteractionMetadata, {"id": "1", "type": 9})
    assert isinstance(unknown, T.UnknownInteractionMetadata)


@pytest.mark.parametrize(
    ("kind", "cls"),
    [
        (1, T.BlockMessageAction),
        (2, T.SendAlertMessageAction),
        (3, T.TimeoutAction),
        (4, T.BlockMemberInteractionAction),
        (9, T.AutoModerationAction),
    ],
)
def test_auto_moderation_actions_are_told_by_their_type(kind: int, cls: Any) -> None:
    action = T.decode(T.AutoModerationAction, b'{"type": %d, "metadata": {}}' % kind)
    assert type(action) is cls
    assert action == T.AutoModerationAction(
        type=T.AutoModerationActionType(kind), metadata=T.AutoModerationActionMetadata()
    )
    if kind < 9:
        assert cls().type == kind


def test_command_options_are_told_by_their_type() -> None:
    for kind in T.ApplicationCommandOptionType:
        option = T.ApplicationCommandOption(type=kind, name="n", description="d")
        assert type(option) is not T.ApplicationCommandOption
        assert type(option)(name="n", description="d") == option
    data = b'{"type": 99, "name": "n", "description": "d"}'
    assert type(T.decode(T.ApplicationCommandOption, data)) is T.ApplicationCommandOption


def test_channels_are_told_by_their_type() -> None:
    kinds = {type(T.convert(T.Channel, {"id": "1", "type": int(t)})) for t in T.ChannelType}
    assert len(kinds) == 11
    assert T.Channel not in kinds


def test_webhook_events_have_typed_payloads() -> None:
    body = {"type": "ENTITLEMENT_CREATE", "timestamp": "t", "data": {"id": "5"}}
    payload = T.convert(T.WebhookEventBody, body).payload
    assert isinstance(payload, T.Entitlement)
    assert payload.id == 5
    body = {"type": "LOBBY_MESSAGE_DELETE", "timestamp": "t", "data": {"id": "5", "lobby_id": "6"}}
    assert isinstance(T.convert(T.WebhookEventBody, body).payload, T.LobbyMessageDelete)
    body = {"type": "OF_TOMORROW", "timestamp": "t", "data": {"x": 1}}
    assert T.convert(T.WebhookEventBody, body).payload == {"x": 1}


def test_a_field_that_another_member_lets_be_absent_is_still_required() -> None:
    payload = b'{"components": [{"type": 18, "component": {"type": 10, "content": "x"}}]}'

    mended = T.decode(T.ForumThreadMessageParams, payload)

    assert T.to_plain(mended)["components"][0]["label"] == ""
