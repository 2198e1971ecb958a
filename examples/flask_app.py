"""A Flask site with a bot in it: Discord posts interactions to /discord, no gateway is connected.

    pip install 'disruption[http]' flask waitress
    export DISCORD_TOKEN=… DISCORD_PUBLIC_KEY=…
    flask --app examples/flask_app.py sync                  # once, and when commands change
    waitress-serve --threads 16 examples.flask_app:app

Then give Discord the address, https://YOUR.SITE/discord, in the developer portal.
"""

import threading
import time

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from disruption import (
    ApplicationAuthorized,
    Client,
    ComponentContext,
    Context,
    components,
)

client = Client()
app = Flask(__name__)
app.wsgi_app = DispatcherMiddleware(  # type: ignore[method-assign]
    app.wsgi_app, {"/discord": client.wsgi}
)
votes: dict[str, int] = {"tea": 0, "coffee": 0}
counting = threading.Lock()  # guards votes: handlers and pages run in many threads


@client.command(description="Ask what people drink")
def drinks(ctx: Context) -> None:
    row = components.ActionRow(
        components=[
            components.Button(
                style=components.ButtonStyle.PRIMARY, label=name.title(), custom_id=f"drink:{name}"
            )
            for name in votes
        ]
    )
    ctx.respond("Tea or coffee?", components=[row])


@client.component("drink:{name}")
def drink(ctx: ComponentContext, name: str) -> None:
    with counting:
        votes[name] += 1
        told = f"Tea or coffee? {votes['tea']} : {votes['coffee']}"
    ctx.update(told)


@client.command(description="Do something that takes longer than Discord waits")
def brew(ctx: Context, seconds: float = 4.0) -> None:
    time.sleep(min(seconds, 60))  # the user reads "thinking…" meanwhile
    ctx.respond("Your tea is ready.")


@client.on(ApplicationAuthorized)
def welcome(event: ApplicationAuthorized) -> None:
    app.logger.info("%s has added the app", event.user.username)


@app.get("/")
def index() -> dict[str, int]:
    with counting:
        return dict(votes)


@app.cli.command("sync")
def sync() -> None:
    """Let Discord have the commands."""
    print(client.sync_commands())
