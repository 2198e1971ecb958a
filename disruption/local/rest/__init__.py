"""The REST half of the local Discord.

app.py            every request's way: gates, route, answer, log
routes/           what each route does, one file a page of the documentation
known_routes.py   what Discord has; the rest of it answers 501
validate/         request bodies and their form errors
limits.py         rate limits as rules, without threads
compose.py        a request's body made a message: files, mentions, polls; media.py beside it
multipart.py      bodies in each form clients send them
serve.py          the WSGI server's threads
cdn.py files.py   attachments and images;  hosts.py  who may ask;  faulty.py  what goes wrong
"""

from __future__ import annotations

from .app import create_app
from .serve import RestServer, serve

__all__ = ["RestServer", "create_app", "serve"]
