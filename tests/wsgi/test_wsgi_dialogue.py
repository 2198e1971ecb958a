"""Dialogues of a bot without a gateway: each click and each modal is a request of its own."""

from __future__ import annotations

import threading

from wsgi_servers import wsgiref_server

from disruption import Client, Context
from disruption.local import LocalDiscord
from disruption.local.server import Bot

PATIENCE = 30.0


def test_a_dialogue_goes_on_from_request_to_request(local: LocalDiscord, bot: Bot) -> None:
    client = Client(None, bot.token, rest_url=local.rest_url, name="talking")

    @client.command(description="Order something")
    def order(ctx: Context) -> None:
        if ctx.confirm("Are you hungry?", timeout=PATIENCE):
            dish = ctx.ask("What would you like?", timeout=PATIENCE)
            ctx.send(f"{dish} it is")

    ann, general = local.world.user("ann"), local.world.channel("#general")
    with wsgiref_server(client.wsgi) as url, client.serving():
        client.sync_commands()
        client.rest.edit_current_application(interactions_endpoint_url=url)
        question = ann.slash("#general", "order").message(PATIENCE)
        asked = ann.click(question, "Yes")
        field = asked.modal(PATIENCE)["components"][0]["component"]["custom_id"]
        ann.submit_modal(asked, **{field: "Soup"})
        general.expect("Soup it is", timeout=PATIENCE)
    assert not [t.name for t in threading.enumerate() if t.name.startswith("talking-")]
