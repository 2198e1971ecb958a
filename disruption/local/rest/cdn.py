"""Serve what Discord's CDN serves: attachments, avatars, icons and other images.

Uploads are never served as something a browser would run.

See https://discord.com/developers/docs/reference#image-formatting-cdn-endpoints
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import flask

from ..world.stickers import PACKS
from .faces import MOODS, face_png
from .paths import Paths
from .png import plain_png
from .validate.form import as_integer

if TYPE_CHECKING:
    from ..server import LocalDiscord

_SAFE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/")

#: Where a path's last segment is an image's hash.
_BY_HASH = (
    "/avatars/<owner>/<name>",
    "/icons/<owner>/<name>",
    "/banners/<owner>/<name>",
    "/splashes/<owner>/<name>",
    "/discovery-splashes/<owner>/<name>",
    "/app-icons/<owner>/<name>",
    "/role-icons/<owner>/<name>",
    "/team-icons/<owner>/<name>",
    "/guild-events/<owner>/<name>",
    "/guilds/<guild>/users/<owner>/avatars/<name>",
    "/guilds/<guild>/users/<owner>/banners/<name>",
    "/embed/avatars/<name>",
    "/emojis/<name>",
    "/stickers/<name>",
    "/avatar-decoration-presets/<name>",
)

#: What a picture's `size` may be, from the smallest.
_SIZES = (
    *(16, 20, 22, 24, 28, 32, 40, 44, 48, 56, 60, 64, 80, 96, 100, 128, 160, 240, 256, 300, 320),
    *(480, 512, 600, 640, 1024, 1280, 1536, 2048, 3072, 4096),
)

#: Endings of pictures' names; none is what some clients leave out.
_FORMATS = frozenset({"", "png", "jpg", "jpeg", "webp", "gif", "json"})

#: The standard stickers' moods by their ids.
_FACES = {
    sticker["id"]: sticker["name"]
    for pack in PACKS
    for sticker in pack["stickers"]
    if sticker["name"] in MOODS
}


def add_routes(paths: Paths, server: LocalDiscord) -> None:
    """Register the CDN's paths."""

    def attachment(channel: str, identity: str, name: str) -> flask.Response:
        found = server.files.get(("attachment", channel, identity))
        if found is None:
            return flask.Response("This content is no longer available.", 404)
        return _file(name, *found)

    def image(name: str, **owners: str) -> flask.Response:
        stem, _, format = name.partition(".")
        size = as_integer(flask.request.args.get("size", 64))
        if size not in _SIZES:
            text = f"Value must be one of {_SIZES}."
            return flask.Response(json.dumps({"size": [text]}), 400, mimetype="application/json")
        found = server.files.get(("image", stem))
        animated = found is None or found[0] == "image/gif"
        if format.lower() not in _FORMATS or (format.lower() == "gif" and not animated):
            return flask.Response("Unsupported Media Type", 415, mimetype="text/plain")
        if found is not None:
            return _file(name, *found)
        if stem in _FACES:
            return _file(f"{stem}.png", "image/png", face_png(_FACES[stem]))
        return _file(f"{stem}.png", "image/png", plain_png(stem, min(size, 512)))

    def sound(name: str) -> flask.Response:
        found = server.files.get(("sound", name))
        if found is None:
            return flask.Response("This content is no longer available.", 404)
        return _file(name, *found)

    paths.add("/soundboard-sounds/<name>", sound)
    paths.add("/attachments/<channel>/<identity>/<name>", attachment)
    for path in _BY_HASH:
        paths.add(path, image)


def _file(name: str, content_type: str, data: bytes) -> flask.Response:
    plain = content_type.startswith("text/plain")
    response = flask.Response(data, content_type=content_type)
    if not (plain or content_type.startswith(_SAFE)):
        response.content_type = "application/octet-stream"
        response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=31536000"
    return response
