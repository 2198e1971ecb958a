from __future__ import annotations

from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord
from rest_table import APPLICATION, COMMAND, Case, form, run

from disruption.errors import InvalidArgument
from disruption.rest import File, Rest
from disruption.types import (
    ApplicationCommandPermissions,
    ApplicationCommandPermissionType,
    ApplicationIntegrationType,
    ApplicationRoleConnectionMetadata,
    ApplicationRoleConnectionMetadataType,
    InteractionContextType,
    Permissions,
    StringCommandOption,
)

ACTIVITY = {
    "application_id": "5",
    "instance_id": "i-1-gc-2",
    "launch_id": "1",
    "location": {"id": "gc-2", "kind": "gc", "channel_id": "2"},
    "users": ["3"],
}
PERMISSIONS = {"id": "6", "application_id": "5", "guild_id": "4", "permissions": []}
RECORD = {"type": 1, "key": "level", "name": "Level", "description": "How far"}
OPTION = {"type": 3, "name": "text", "description": "d"}
GLOBAL = "/applications/5/commands"
GUILD = "/applications/5/guilds/4/commands"
CASES = [
    Case("get_current_application", (), "GET /applications/@me", answer=APPLICATION),
    Case(
        "edit_current_application",
        (),
        "PATCH /applications/@me",
        {
            "description": "d",
            "icon": None,
            "cover_image": b"GIF89a",
            "tags": ["a", "b"],
            "interactions_endpoint_url": None,
            "integration_types_config": {
                ApplicationIntegrationType.USER_INSTALL: {
                    "oauth2_install_params": {"scopes": ["bot"], "permissions": Permissions(8)}
                }
            },
            "event_webhooks_status": 2,
        },
        {
            "description": "d",
            "icon": None,
            "cover_image": "data:image/gif;base64,R0lGODlh",
            "tags": ["a", "b"],
            "interactions_endpoint_url": None,
            "integration_types_config": {
                "1": {"oauth2_install_params": {"scopes": ["bot"], "permissions": "8"}}
            },
            "event_webhooks_status": 2,
        },
        APPLICATION,
    ),
    Case("get_application", (5,), "GET /applications/5", answer=APPLICATION),
    Case(
        "edit_application",
        (5,),
        "PATCH /applications/5",
        {"max_participants": -1, "team_id": 3},
        {"max_participants": -1, "team_id": "3"},
        APPLICATION,
    ),
    Case(
        "get_application_activity_instance",
        (5, "i-1-gc-2"),
        "GET /applications/5/activity-instances/i-1-gc-2",
        answer=ACTIVITY,
    ),
    Case(
        "get_global_application_commands",
        (5,),
        f"GET {GLOBAL}?with_localizations=true",
        {"with_localizations": True},
        answer=[COMMAND],
    ),
    Case(
        "create_global_application_command",
        (5,),
        f"POST {GLOBAL}",
        {
            "name": "roll",
            "description": "d",
            "description_localizations": {"de": "w"},
            "options": [StringCommandOption(name="text", description="d")],
            "default_member_permissions": Permissions(8),
            "integration_types": [ApplicationIntegrationType.GUILD_INSTALL],
            "contexts": [InteractionContextType.GUILD],
            "nsfw": True,
        },
        {
            "name": "roll",
            "description": "d",
            "description_localizations": {"de": "w"},
            "options": [OPTION],
            "default_member_permissions": "8",
            "integration_types": [0],
            "contexts": [0],
            "nsfw": True,
        },
        COMMAND,
    ),
    Case("get_global_application_command", (5, 6), f"GET {GLOBAL}/6", answer=COMMAND),
    Case(
        "edit_global_application_command",
        (5, 6),
        f"PATCH {GLOBAL}/6",
        {"name_localizations": None, "default_member_permissions": 0},
        {"name_localizations": None, "default_member_permissions": "0"},
        COMMAND,
    ),
    Case("delete_global_application_command", (5, 6), f"DELETE {GLOBAL}/6"),
    Case(
        "bulk_overwrite_global_application_commands",
        (5, [{"name": "roll", "description": "d"}]),
        f"PUT {GLOBAL}",
        body=[{"name": "roll", "description": "d"}],
        answer=[COMMAND],
    ),
    Case("get_guild_application_commands", (5, 4), f"GET {GUILD}", answer=[COMMAND]),
    Case(
        "create_guild_application_command",
        (5, 4),
        f"POST {GUILD}",
        {"name": "Pin It", "type": 3},
        {"name": "Pin It", "type": 3},
        COMMAND,
    ),
    Case("get_guild_application_command", (5, 4, 6), f"GET {GUILD}/6", answer=COMMAND),
    Case(
        "edit_guild_application_command",
        (5, 4, 6),
        f"PATCH {GUILD}/6",
        {"name": "dice"},
        {"name": "dice"},
        COMMAND,
    ),
    Case("delete_guild_application_command", (5, 4, 6), f"DELETE {GUILD}/6"),
    Case(
        "bulk_overwrite_guild_application_commands",
        (5, 4, []),
        f"PUT {GUILD}",
        body=[],
        answer=[],
    ),
    Case(
        "get_guild_application_command_permissions",
        (5, 4),
        f"GET {GUILD}/permissions",
        answer=[PERMISSIONS],
    ),
    Case(
        "get_application_command_permissions",
        (5, 4, 6),
        f"GET {GUILD}/6/permissions",
        answer=PERMISSIONS,
    ),
    Case(
        "edit_application_command_permissions",
        (5, 4, 6),
        f"PUT {GUILD}/6/permissions",
        {
            "permissions": [
                ApplicationCommandPermissions(
                    id=3, type=ApplicationCommandPermissionType.USER, permission=True
                )
            ]
        },
        {"permissions": [{"id": "3", "type": 2, "permission": True}]},
        PERMISSIONS,
    ),
    Case(
        "get_application_role_connection_metadata_records",
        (5,),
        "GET /applications/5/role-connections/metadata",
        answer=[RECORD],
    ),
    Case(
        "update_application_role_connection_metadata_records",
        (
            5,
            [
                ApplicationRoleConnectionMetadata(
                    type=ApplicationRoleConnectionMetadataType.INTEGER_LESS_THAN_OR_EQUAL,
                    key="level",
                    name="Level",
                    description="How far",
                )
            ],
        ),
        "PUT /applications/5/role-connections/metadata",
        body=[RECORD],
        answer=[RECORD],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


def test_a_file_is_attached(discord: FakeDiscord, rest: Rest) -> None:
    attachment = {
        "id": "1",
        "filename": "x.png",
        "size": 1,
        "url": "https://cdn.discordapp.com/x.png",
        "proxy_url": "https://media.discordapp.net/x.png",
    }
    discord.answer(Answer(json={"attachment": attachment}))
    made = rest.upload_application_attachment(5, File(b"x", filename="x.png"))
    assert made.filename == "x.png"
    assert form(discord.requests[0].body)["file"][1] == b"x"


def test_commands_that_were_received_can_be_sent_again(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(json=[COMMAND | {"type": 1}]), Answer(json=[]))
    rest.bulk_overwrite_global_application_commands(5, rest.get_global_application_commands(5))
    sent = discord.requests[1].json
    assert sent == [
        {
            "id": "6",
            "type": 1,
            "name": "roll",
            "description": "d",
            "default_member_permissions": None,
        }
    ]


CREATE = "create_global_application_command"


@pytest.mark.parametrize(
    ("method", "args", "options", "says"),
    [
        ("edit_current_application", (), {"tags": ["x"] * 6}, "tags"),
        ("edit_current_application", (), {"tags": ["x" * 21]}, "tags"),
        ("edit_current_application", (), {"description": "x" * 401}, "description"),
        ("edit_current_application", (), {"colour": 1}, "colour"),
        ("upload_application_attachment", (5, b"x"), {}, "File"),
        (CREATE, (5,), {"name": "x" * 33}, "name"),
        (CREATE, (5,), {"name": "Roll", "type": 1, "description": "d"}, "lower-case"),
        (CREATE, (5,), {"name": "roll", "type": 1}, "description is missing"),
        (CREATE, (5,), {"name": "roll", "type": 2, "description": "d"}, "must be empty"),
        (CREATE, (5,), {"name": "roll", "name_localizations": {"de": ""}}, "localizations.de"),
        (CREATE, (5,), {"name": "roll", "options": [OPTION] * 26}, "at most 25"),
        (
            CREATE,
            (5,),
            {"name": "roll", "options": [OPTION, OPTION | {"required": True}]},
            "required options come before",
        ),
        (
            CREATE,
            (5,),
            {"name": "roll", "options": [{"type": 1, "name": "s", "description": ""}]},
            r"options\[0\].description",
        ),
        (CREATE, (5,), {"name": "roll", "colour": 1}, "colour"),
        ("bulk_overwrite_global_application_commands", (5, "roll"), {}, "list"),
        ("bulk_overwrite_global_application_commands", (5, [{}]), {}, "no name"),
        (
            "bulk_overwrite_guild_application_commands",
            (5, 4, [{"name": "a"}, {"name": "a", "type": 1, "description": "d"}]),
            {},
            "two of the name",
        ),
        (
            "edit_application_command_permissions",
            (5, 4, 6),
            {"permissions": [{}] * 101},
            "permissions",
        ),
        (
            "update_application_role_connection_metadata_records",
            (5, [RECORD] * 6),
            {},
            "records",
        ),
        (
            "update_application_role_connection_metadata_records",
            (5, [RECORD | {"key": "x" * 51}]),
            {},
            r"records\[0\].key",
        ),
    ],
)
def test_bad_arguments_are_refused_before_sending(
    discord: FakeDiscord,
    rest: Rest,
    method: str,
    args: tuple[Any, ...],
    options: dict[str, Any],
    says: str,
) -> None:
    with pytest.raises(InvalidArgument, match=says):
        getattr(rest, method)(*args, **options)
    assert discord.requests == []


def test_the_type_of_a_command_stays(discord: FakeDiscord, rest: Rest) -> None:
    change: dict[str, Any] = {"type": 3}
    with pytest.raises(InvalidArgument, match="type"):
        rest.edit_global_application_command(5, 6, **change)
    with pytest.raises(InvalidArgument, match="type"):
        rest.edit_guild_application_command(5, 4, 6, **change)
    assert discord.requests == []
