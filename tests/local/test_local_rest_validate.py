"""Form errors, as Discord nests and words them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from local_rest_support import Stage

from disruption.local.rest.errors import WorldError, error_body
from disruption.local.rest.validate import clean_command, clean_commands, clean_message, clean_modal
from disruption.local.rest.validate.form import Body, Form


def refuse(data: Any, **options: Any) -> WorldError:
    with pytest.raises(WorldError) as caught:
        clean_message(data, **options)
    return caught.value


def codes(error: WorldError, path: str) -> list[str]:
    at: Any = error.errors
    for part in path.split("."):
        at = at[part]
    return [item["code"] for item in at["_errors"]]


def test_too_long_content_is_worded_as_discord_words_it() -> None:
    error = refuse({"content": "x" * 2001})
    assert error.status == 400
    assert error_body(error) == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {
            "content": {
                "_errors": [
                    {
                        "code": "BASE_TYPE_MAX_LENGTH",
                        "message": "Must be 2000 or fewer in length.",
                    }
                ]
            }
        },
    }


@pytest.mark.parametrize("data", [{}, {"content": ""}, {"content": "  \n"}, {"content": None}])
def test_empty_messages_are_50006(data: dict[str, Any]) -> None:
    assert refuse(data).code == 50006
    assert clean_message(data, files=1) is not None
    assert clean_message(data, edit=True) is not None


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        ({"content": ["a"]}, "content", "STRING_TYPE_CONVERT"),
        ({"content": "a", "tts": "maybe"}, "tts", "BOOLEAN_TYPE_CONVERT"),
        ({"content": "a", "flags": "many"}, "flags", "NUMBER_TYPE_COERCE"),
        ({"content": "a", "nonce": "n" * 26}, "nonce", "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": "no"}, "embeds", "LIST_TYPE_CONVERT"),
        ({"embeds": [1]}, "embeds.0", "DICT_TYPE_CONVERT"),
        ({"embeds": [{}] * 11}, "embeds", "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
        (
            {"embeds": [{"fields": [{"value": "v"}]}]},
            "embeds.0.fields.0.name",
            "BASE_TYPE_REQUIRED",
        ),
        (
            {"embeds": [{"fields": [{"name": "n", "value": "x" * 1025}]}]},
            "embeds.0.fields.0.value",
            "BASE_TYPE_BAD_LENGTH",
        ),
        ({"embeds": [{"color": 1 << 24}]}, "embeds.0.color", "NUMBER_TYPE_MAX"),
        ({"embeds": [{"url": "nope"}]}, "embeds.0.url", "URL_TYPE_INVALID_URL"),
        ({"embeds": [{"url": "ftp://a.b"}]}, "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
        ({"embeds": [{"timestamp": "now"}]}, "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
        ({"embeds": [{"description": "x" * 4000}] * 2}, "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
        ({"components": [{"type": 2}]}, "components.0.type", "UNION_TYPE_CHOICES"),
        (
            {"components": [{"type": 1, "components": []}]},
            "components.0.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            {"content": "a", "message_reference": {}},
            "message_reference.message_id",
            "BASE_TYPE_REQUIRED",
        ),
        (
            {"content": "a", "allowed_mentions": {"parse": ["all"]}},
            "allowed_mentions.parse.0",
            "BASE_TYPE_CHOICES",
        ),
        (
            {"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "allowed_mentions",
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        (
            {"content": "a", "flags": 1 << 15},
            "content",
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
    ],
)
def test_bad_fields_are_named_where_they_are(data: dict[str, Any], path: str, code: str) -> None:
    error = refuse(data)
    assert error.code == 50035
    assert code in codes(error, path)


def test_all_errors_come_at_once() -> None:
    error = refuse({"content": "x" * 2001, "tts": 5, "embeds": [{"title": "x" * 300}]})
    assert error.errors is not None
    assert set(error.errors) == {"content", "tts", "embeds"}


def button(**more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Yes", "custom_id": "yes", **more}


def row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(children)}


@pytest.mark.parametrize(
    ("components", "path", "code"),
    [
        (
            [row(button(), button())],
            "components.0.components.1.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        ([row(button(style=9))], "components.0.components.0.style", "BASE_TYPE_CHOICES"),
        (
            [row(button(custom_id=None))],
            "components.0.components.0.custom_id",
            "BASE_TYPE_REQUIRED",
        ),
        (
            [row({"type": 2, "style": 5, "label": "x"})],
            "components.0.components.0.url",
            "BASE_TYPE_REQUIRED",
        ),
        (
            [row(button(label=None))],
            "components.0.components.0.label",
            "BUTTON_COMPONENT_MUST_HAVE_LABEL_OR_EMOJI",
        ),
        (
            [row(button(), {"type": 5, "custom_id": "u"})],
            "components.0.components",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        ),
        (
            [row({"type": 3, "custom_id": "s", "options": []})],
            "components.0.components.0.options",
            "BASE_TYPE_BAD_LENGTH",
        ),
        ([row(button(custom_id=str(i))) for i in range(6)], "components", "BASE_TYPE_MAX_LENGTH"),
    ],
)
def test_component_mistakes(components: list[Any], path: str, code: str) -> None:
    assert code in codes(refuse({"content": "a", "components": components}), path)


def test_components_get_ids_of_their_own() -> None:
    clean = clean_message({"content": "a", "components": [row(button(), button(custom_id="no"))]})
    outer = clean["components"][0]
    ids = [outer["id"], *(child["id"] for child in outer["components"])]
    assert sorted(ids) == [1, 2, 3]


def test_components_v2_take_the_place_of_content() -> None:
    text = {"type": 10, "content": "Hello"}
    thumbnail = {"type": 11, "media": {"url": "attachment://a.png"}}
    section = {"type": 9, "components": [text], "accessory": thumbnail}
    container = {"type": 17, "components": [section, {"type": 14}], "accent_color": 255}
    clean = clean_message({"flags": 1 << 15, "components": [container]})
    assert clean["components"][0]["components"][1]["divider"] is True
    assert refuse({"components": [container]}).code == 50035
    assert codes(refuse({"flags": 1 << 15, "components": [text] * 41}), "components") == [
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"
    ]


def test_modals_take_text_inputs_in_rows_or_labels() -> None:
    text = {"type": 4, "custom_id": "t", "style": 1, "label": "Name"}
    assert clean_modal({"custom_id": "m", "title": "T", "components": [row(text)]})
    label = {"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "t", "style": 1}}
    assert clean_modal({"custom_id": "m", "title": "T", "components": [label]})
    with pytest.raises(WorldError):
        clean_modal({"custom_id": "m", "title": "T", "components": [row(button())]})
    with pytest.raises(WorldError):
        clean_modal({"custom_id": "m", "title": "x" * 46, "components": [label]})


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        ({"description": "d"}, "name", "BASE_TYPE_REQUIRED"),
        ({"name": "Upper", "description": "d"}, "name", "APPLICATION_COMMAND_INVALID_NAME"),
        ({"name": "two words", "description": "d"}, "name", "APPLICATION_COMMAND_INVALID_NAME"),
        ({"name": "ok"}, "description", "BASE_TYPE_REQUIRED"),
        ({"name": "ok", "description": "x" * 101}, "description", "BASE_TYPE_BAD_LENGTH"),
        ({"name": "ok", "description": "d", "type": 9}, "type", "BASE_TYPE_CHOICES"),
        ({"name": "ok", "description": "d", "contexts": [3]}, "contexts.0", "BASE_TYPE_CHOICES"),
        ({"name": "ok", "description": "d", "contexts": ["a"]}, "contexts.0", "NUMBER_TYPE_COERCE"),
        ({"name": "ok", "description": "d", "contexts": []}, "contexts", "BASE_TYPE_BAD_LENGTH"),
    ],
)
def test_command_mistakes(data: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(WorldError) as caught:
        clean_command(data)
    assert code in codes(caught.value, path)


def test_numbers_in_lists_may_be_written_as_strings() -> None:
    """JDA writes the places of its commands so; they come back as numbers."""
    places = {"contexts": ["0", "1"], "integration_types": ["0"]}
    channel = {"type": 7, "name": "c", "description": "d", "channel_types": ["0", 15]}
    command = clean_command({"name": "ok", "description": "d", "options": [channel], **places})
    assert (command["contexts"], command["integration_types"]) == ([0, 1], [0])
    assert command["options"][0]["channel_types"] == [0, 15]


def test_menus_of_channels_know_the_types_of_channels() -> None:
    menu = {"type": 8, "custom_id": "c", "channel_types": ["0", 15]}
    cleaned = clean_message({"components": [{"type": 1, "components": [menu]}]})
    assert cleaned["components"][0]["components"][0]["channel_types"] == [0, 15]
    menu["channel_types"] = [7]
    error = refuse({"components": [{"type": 1, "components": [menu]}]})
    assert codes(error, "components.0.components.0.channel_types.0") == ["BASE_TYPE_CHOICES"]


def option(name: str, **more: Any) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "d", **more}


def test_command_options_are_checked_in_order_and_depth() -> None:
    late = [option("a"), option("b", required=True)]
    with pytest.raises(WorldError) as caught:
        clean_command({"name": "ok", "description": "d", "options": late})
    assert codes(caught.value, "options.1.required") == [
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
    ]
    sub = {"type": 1, "name": "add", "description": "d", "options": [option("a")]}
    group = {"type": 2, "name": "g", "description": "d", "options": [sub]}
    assert clean_command({"name": "ok", "description": "d", "options": [group]})


def test_bulk_overwrite_names_the_index_and_refuses_twins() -> None:
    with pytest.raises(WorldError) as caught:
        clean_commands([{"name": "a", "description": "d"}] * 2)
    assert codes(caught.value, "1.name") == ["APPLICATION_COMMANDS_DUPLICATE_NAME"]
    assert clean_commands([{"name": "a", "description": "d"}, {"name": "a", "type": 2}])


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["content", "embeds", "components", "type", "fields", "poll", "title"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(_JSON)
def test_no_body_whatever_breaks_the_check(data: Any) -> None:
    for check in (clean_message, clean_modal, clean_command, clean_commands):
        try:
            check(data)
        except WorldError as error:
            refused = error.status
        else:
            refused = 400
        assert refused == 400


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2026-11-25T04:06:12.327Z", "2026-11-25T04:06:12.327000+00:00"),
        ("2026-11-25T06:06:12+02:00", "2026-11-25T04:06:12+00:00"),
        ("2026-11-25T04:06:12", "2026-11-25T04:06:12+00:00"),
        ("0001-01-01T00:00:00+02:00", None),  # no time in UTC that could be written
    ],
)
def test_times_come_out_as_discord_writes_them(sent: str, kept: str | None) -> None:
    form = Form()
    body = Body({"at": sent}, form)
    body.timestamp("at")
    if kept is None:
        with pytest.raises(WorldError):
            form.check()
    else:
        form.check()
    assert body.clean.get("at") == kept


def test_an_empty_embed_shows_nothing(stage: Stage) -> None:
    assert stage.bot.refused("POST", stage.messages, {"embeds": [{}]}) == (400, 50006)
    sent = stage.bot.ok("POST", stage.messages, {"content": "a", "embeds": [{"title": None}]})
    assert sent["embeds"] == []
    answer = stage.bot("POST", stage.messages, {"embeds": [{"color": 1}]}).json()
    error = answer["errors"]["embeds"]["0"]["description"]["_errors"][0]
    assert error == {"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}
    image = {"image": {"url": "https://example.com/a.png"}}
    stage.bot.ok("POST", stage.messages, {"embeds": [image]})


def test_subcommands_stand_beside_nothing_else(stage: Stage) -> None:
    path = f"/applications/{stage.bot_id}/commands"
    sub = {"type": 1, "name": "a", "description": "x"}
    group = {"type": 2, "name": "b", "description": "x", "options": [sub]}
    plain = {"type": 3, "name": "c", "description": "x"}
    command = {"name": "ok", "description": "x"}
    stage.bot.ok("POST", path, {**command, "options": [sub, group]})
    for options in ([sub, plain], [plain, sub]):
        answer = stage.bot("POST", path, {**command, "options": options}).json()
        error = answer["errors"]["options"]["1"]["type"]["_errors"][0]
        assert error["code"] == "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"


def test_messages_are_named_once_for_a_bulk_delete(stage: Stage) -> None:
    sent = [stage.bot.ok("POST", stage.messages, {"content": "a"})["id"] for _ in range(2)]
    body = {"messages": [sent[0], sent[0]]}
    assert stage.bot.refused("POST", f"{stage.messages}/bulk-delete", body) == (400, 50035)
    stage.bot.ok("POST", f"{stage.messages}/bulk-delete", {"messages": sent})


def test_what_fits_nowhere_is_refused_and_breaks_nothing(stage: Stage) -> None:
    members = f"/channels/{stage.general}/thread-members"
    assert stage.bot.refused("DELETE", f"{members}/@me") == (400, 50024)
    assert stage.bot.refused("PUT", f"{members}/{stage.ann}") == (400, 50024)
    dm = stage.world.channels.dm(stage.bot_id, stage.ann)["id"]
    path = f"/channels/{dm}/thread-members/{stage.ann}"
    assert stage.bot.refused("PUT", path) == (400, 50024)
    hook = stage.bot.ok("POST", f"/channels/{stage.general}/webhooks", {"name": "h"})
    slack = f"/webhooks/{hook['id']}/{hook['token']}/slack"
    assert stage.nobody.refused("POST", slack, {"attachments": 1}) == (400, 50035)
