"""Webhooks for services that speak Slack's or GitHub's format.

See https://discord.com/developers/docs/resources/webhook#execute-slackcompatible-webhook
"""

from __future__ import annotations

from typing import Any

from ..errors import WorldError, form_error
from ..routing import Call, Routes

routes = Routes()

_TOKEN = "/webhooks/{webhook_id}/{webhook_token}"


@routes.post(_TOKEN + "/slack", auth="optional")
def execute_slack_compatible_webhook(call: Call, webhook_id: str, webhook_token: str) -> Any:
    """Send what Slack would show."""
    body = call.body if isinstance(call.body, dict) else {}
    given = body.get("attachments")
    attachments = given if isinstance(given, list) else []
    embeds = [_of_slack(item) for item in attachments if isinstance(item, dict)]
    content = str(body.get("text") or "")[:2000]
    if not content and not embeds:
        raise form_error("text", "BASE_TYPE_REQUIRED", "This field is required")
    _send(call, webhook_id, webhook_token, content, embeds, body.get("username"))
    return "ok", 200


@routes.post(_TOKEN + "/github", auth="optional")
def execute_github_compatible_webhook(call: Call, webhook_id: str, webhook_token: str) -> None:
    """Send what happened on GitHub; a ping says nothing."""
    call.world.webhooks.get(webhook_id, webhook_token)
    event = call.request.headers.get("X-GitHub-Event")
    if event is None:
        text = "The header X-GitHub-Event is missing"
        raise WorldError(
            400, 50035, "Invalid Form Body", {"_errors": [{"code": "", "message": text}]}
        )
    if event != "ping":
        body = call.body if isinstance(call.body, dict) else {}
        _send(call, webhook_id, webhook_token, "", [_of_github(event, body)], "GitHub")


def _send(
    call: Call,
    webhook_id: str,
    token: str,
    content: str,
    embeds: list[dict[str, Any]],
    username: Any,
) -> None:
    webhooks = call.world.webhooks
    channel_id = call.snowflake("thread_id") or webhooks.get(webhook_id, token)["channel_id"]
    author = webhooks.author(webhook_id, str(username)[:80] if username else None)
    call.world.messages.create(
        channel_id, webhook_id, content, embeds=embeds, webhook_author=author
    )


def _of_slack(item: dict[str, Any]) -> dict[str, Any]:
    """Turn an attachment of Slack's into an embed."""
    embed: dict[str, Any] = {}
    for theirs, ours in (("title", "title"), ("title_link", "url"), ("text", "description")):
        if item.get(theirs):
            embed[ours] = str(item[theirs])
    colour = str(item.get("color") or "").lstrip("#")
    if len(colour) == 6:
        embed["color"] = int(colour, 16)
    if item.get("author_name"):
        embed["author"] = {"name": str(item["author_name"])}
    if item.get("footer"):
        embed["footer"] = {"text": str(item["footer"])}
    for theirs, ours in (("image_url", "image"), ("thumb_url", "thumbnail")):
        if item.get(theirs):
            embed[ours] = {"url": str(item[theirs])}
    fields = [field for field in item.get("fields") or () if isinstance(field, dict)]
    if fields:
        embed["fields"] = [
            {
                "name": str(field.get("title") or ""),
                "value": str(field.get("value") or ""),
                "inline": bool(field.get("short")),
            }
            for field in fields
        ]
    return embed


def _of_github(event: str, body: dict[str, Any]) -> dict[str, Any]:
    """Turn an event of GitHub's into an embed."""
    sender, repository = body.get("sender") or {}, body.get("repository") or {}
    subject = body.get("pull_request") or body.get("issue") or body.get("release") or {}
    named = subject.get("title") or subject.get("tag_name") or body.get("ref") or ""
    what = " ".join(str(part) for part in (event, body.get("action") or "", named) if part)
    embed = {
        "title": f"[{repository.get('full_name', '?')}] {what}"[:256],
        "author": {"name": str(sender.get("login") or "GitHub")},
    }
    url = subject.get("html_url") or body.get("compare") or repository.get("html_url")
    if url:
        embed["url"] = str(url)
    return embed
