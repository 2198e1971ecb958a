"""A Django project in one file with a bot in it: Discord posts interactions to /discord/.

    pip install 'disruption[http]' django gunicorn
    export DISCORD_TOKEN=… DISCORD_PUBLIC_KEY=…
    python examples/django_app.py sync_commands             # once, and when commands change
    gunicorn --preload --workers 2 --threads 16 --chdir examples django_app:application

Each worker process starts the bot's threads with its first request. Then give Discord the
address, https://YOUR.SITE/discord/, in the developer portal.
"""

import os
import sys

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from disruption import Client, Context

if not settings.configured:
    settings.configure(
        SECRET_KEY=os.environ.get("DJANGO_SECRET_KEY", "only for trying it out"),
        ALLOWED_HOSTS=os.environ.get("DJANGO_ALLOWED_HOSTS", "localhost,127.0.0.1").split(","),
        ROOT_URLCONF=__name__,
    )
    django.setup()

client = Client()


@client.command(description="Greet somebody from a Django process")
def greet(ctx: Context, name: str = "you") -> None:
    ctx.respond(f"Hello {name}, from worker {os.getpid()}")
    ctx.followup("Nice to have you here.", ephemeral=True)


@csrf_exempt  # the signature says who it is
@require_POST
def discord(request: HttpRequest) -> HttpResponseBase:
    reply = client.wsgi.handle(
        request.body,
        signature=request.headers.get("X-Signature-Ed25519", ""),
        timestamp=request.headers.get("X-Signature-Timestamp", ""),
    )
    return StreamingHttpResponse(reply, status=reply.status, headers=reply.headers)


def index(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"bot": client.name})


urlpatterns = [path("discord/", discord), path("", index)]
application = WSGIHandler()

if __name__ == "__main__":
    if sys.argv[1:] == ["sync_commands"]:
        print(client.sync_commands())
    else:
        print(__doc__)
