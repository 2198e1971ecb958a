"""The paths beside the API: found, not found, and asked with the wrong method."""

from __future__ import annotations

from local_rest_support import Stage


def test_paths_beside_the_api(stage: Stage) -> None:
    base = stage.bot.base.removesuffix("/api/v10")
    session = stage.nobody.session
    image = session.get(f"{base}/icons/5/abc.png", timeout=20)
    assert image.headers["Content-Type"] == "image/png"
    head = session.head(f"{base}/icons/5/abc.png", timeout=20)
    assert (head.status_code, head.content) == (200, b"")
    assert session.get(f"{base}/icons/5", timeout=20).status_code == 404
    assert session.get(f"{base}/nowhere/at/all", timeout=20).status_code == 404
    assert session.post(f"{base}/icons/5/abc.png", timeout=20).status_code == 405
    strange = session.get(f"{base}/emojis/%2e%2e%2fsecret", timeout=20)
    assert strange.status_code == 404
