"""Activities, which an answer to an interaction starts."""

from __future__ import annotations

from local_rest_support import Stage


def test_an_interaction_starts_an_activity_that_others_join(stage: Stage) -> None:
    record = stage.interact()
    path = f"/interactions/{record.id}/{record.token}/callback"
    answer = stage.nobody.ok("POST", path, {"type": 12}, params={"with_response": True})
    instance_id = answer["resource"]["activity_instance"]["id"]
    assert answer["interaction"]["activity_instance_id"] == instance_id
    where = f"/applications/{stage.bot_id}/activity-instances/{instance_id}"
    instance = stage.bot.ok("GET", where)
    assert instance["users"] == [stage.ann]
    assert instance["location"]["channel_id"] == stage.general
    activities = stage.world.activities
    joined = activities.launch(stage.bot_id, stage.general, stage.bot_id)
    assert (joined["instance_id"], len(joined["users"])) == (instance_id, 2)
    for user_id in joined["users"]:
        activities.leave(stage.bot_id, instance_id, user_id)
    assert stage.bot.refused("GET", where) == (404, 0)


def test_activities_are_known_to_their_application_alone(stage: Stage) -> None:
    instance_id = stage.world.activities.launch(stage.bot_id, stage.general, stage.ann)[
        "instance_id"
    ]
    path = f"/applications/{stage.bot_id}/activity-instances/{instance_id}"
    assert stage.weak.refused("GET", path) == (403, 20012)
    dm = stage.world.channels.dm(stage.ann, stage.bot_id)["id"]
    private = stage.world.activities.launch(stage.bot_id, dm, stage.ann)
    assert private["location"] == {"id": f"pc-{dm}", "kind": "pc", "channel_id": dm}
