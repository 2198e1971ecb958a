"""The page's files: what is served, and the headers that hold it down."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from disruption.local import LocalDiscord

PAGE = Path(__file__).parents[2] / "disruption" / "local" / "page"


@pytest.fixture(scope="module")
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord() as running:
        yield running


def origin(discord: LocalDiscord) -> str:
    return discord.rest_url.removesuffix("/api/v10")


def test_address_carries_the_secret_in_its_fragment(discord: LocalDiscord) -> None:
    address, fragment = discord.page_url.split("#")
    assert address == f"{origin(discord)}/"
    assert fragment == f"key={discord.page_secret}"
    assert len(discord.page_secret) >= 24


def test_each_server_has_a_secret_of_its_own() -> None:
    assert LocalDiscord().page_secret != LocalDiscord().page_secret


def test_the_secret_can_be_chosen() -> None:
    chosen = "correct-horse-battery"
    with LocalDiscord(secret=chosen) as discord:
        assert discord.page_url.endswith(f"#key={chosen}")
        asked = f"{discord.rest_url.removesuffix('/api/v10')}/local/start"
        answer = requests.get(asked, headers={"X-Disruption-Key": chosen}, timeout=30)
        assert answer.status_code == 200
    with pytest.raises(ValueError, match="16 characters"):
        LocalDiscord(secret="short")
    with pytest.raises(ValueError, match="letters"):
        LocalDiscord(secret="correct horse battery")


def test_nobody_guesses_the_tokens_of_one_that_other_machines_reach() -> None:
    def secret(**options: Any) -> str:
        return LocalDiscord(**options).add_bot("bot").token.partition(".")[2]

    assert secret() == secret()
    assert secret(seed=None) != secret(seed=None)
    exposed = {"host": "0.0.0.0", "exposed": True}
    assert secret(**exposed) != secret(**exposed)


def test_page_names_the_gateway_and_its_script_but_not_the_secret(discord: LocalDiscord) -> None:
    answer = requests.get(origin(discord), timeout=10)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'data-gateway-port="{discord.gateway.port}"' in answer.text
    assert '<link rel="preload" href="/page/page.js" as="script" crossorigin>' in answer.text
    assert "{{" not in answer.text
    assert discord.page_secret not in answer.text


def test_policy_lets_the_page_load_only_its_own(discord: LocalDiscord) -> None:
    headers = requests.get(origin(discord), timeout=10).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert re.fullmatch("'self' 'sha256-[A-Za-z0-9+/]{43}='", policy["script-src"])
    assert re.fullmatch("'sha256-[A-Za-z0-9+/]{43}='", policy["style-src"])
    assert policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == f"'self' ws://127.0.0.1:{discord.gateway.port}"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("page.js", "text/javascript"),
        ("later.js", "text/javascript"),
        ("icon.svg", "image/svg+xml"),
    ],
)
def test_its_files_are_served_with_their_types(discord: LocalDiscord, path: str, kind: str) -> None:
    answer = requests.get(f"{origin(discord)}/page/{path}", timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(kind)


def test_what_is_in_the_page_is_in_its_policy_by_its_hash(discord: LocalDiscord) -> None:
    answer = requests.get(origin(discord), timeout=10)
    styles = answer.text.partition("<style>")[2].partition("</style>")[0]
    assert styles == (PAGE / "base.css").read_text()
    boot = answer.text.partition('<script type="module">')[2].partition("</script>")[0]
    policy = answer.headers["Content-Security-Policy"]
    for source, text in (("style-src", styles), ("script-src 'self'", boot)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{source} 'sha256-{digest}'" in policy


def test_every_sheet_comes_once(discord: LocalDiscord) -> None:
    paths = ("", "page/page.js", "page/later.js")
    parts = [requests.get(f"{origin(discord)}/{path}", timeout=10).text for path in paths]
    for sheet in PAGE.glob("*.css"):
        text = sheet.read_text()
        forms = (text, json.dumps(text)[1:-1])
        assert sum(any(form in part for form in forms) for part in parts) == 1, sheet.name


@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [("light", ' data-theme="light"'), ("dark", ' data-theme="dark"'), ('"><b>', ""), ("", "")],
)
def test_the_theme_comes_from_a_cookie_and_is_one_of_two(
    discord: LocalDiscord, cookie: str, attribute: str
) -> None:
    text = requests.get(origin(discord), headers={"Cookie": f"theme={cookie}"}, timeout=10).text
    assert f'data-gateway-port="{discord.gateway.port}"{attribute}>' in text


@pytest.mark.parametrize(
    "path",
    [
        "../server.py",
        "..%2fserver.py",
        "nothing.js",
        "main.js",
        "base.css",
        ".js",
        "%2e%2e/server.py",
        "a/b.js",
    ],
)
def test_nothing_else_is_served(discord: LocalDiscord, path: str) -> None:
    request = requests.Request("GET", f"{origin(discord)}/page/x").prepare()
    request.url = f"{origin(discord)}/page/{path}"  # as it is, past the client's tidying
    with requests.Session() as session:
        assert session.send(request, timeout=10).status_code == 404


def test_foreign_hosts_and_origins_are_refused(discord: LocalDiscord) -> None:
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        assert requests.get(origin(discord), headers=headers, timeout=10).status_code == 403


def test_modules_never_make_html_or_code_of_text() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
        r"|createContextualFragment|DOMParser|setAttribute\(\"(on|style)"
    )
    for module in PAGE.glob("*.js"):
        assert not forbidden.search(module.read_text()), module.name


def test_page_needs_nothing_from_elsewhere() -> None:
    for part in PAGE.iterdir():
        for address in re.findall(
            r"(?:src|href|url\(|from|import)\s*[=(]?\s*[\"']?(https?:[^\s\"')]+)", part.read_text()
        ):
            pytest.fail(f"{part.name} loads {address}")


def test_modules_stay_small_and_import_what_exists() -> None:
    for module in PAGE.glob("*.js"):
        text = module.read_text()
        assert text.count("\n") < 500, module.name
        for name in re.findall(r"(?:from|import)\s*\(?\s*\"\./([\w-]+\.js)\"", text):
            assert (PAGE / name).exists(), f"{module.name} imports {name}"


def test_what_modules_export_is_imported() -> None:
    sources = {module.name: module.read_text() for module in PAGE.glob("*.js")}
    imported = {
        (match[2], name.strip())
        for text in sources.values()
        for match in re.finditer(r'import \{([^}]*)\} from "\./([\w-]+\.js)"', text)
        for name in match[1].split(",")
    }
    for text in sources.values():  # and what is asked for later, in either form
        imported.update(re.findall(r'import\("\./([\w-]+\.js)"\), "(\w+)"', text))
        for names, module in re.findall(
            r'const \{([^}]*)\} = await import\("\./([\w-]+\.js)"\)', text
        ):
            imported.update((module, name.strip()) for name in names.split(","))
    exported = {
        (module, name)
        for module, text in sources.items()
        for name in re.findall(r"^export (?:async )?(?:function\*?|class|const) (\w+)", text, re.M)
    }
    assert exported == imported


def test_uploads_are_never_served_as_html(discord: LocalDiscord) -> None:
    world = discord.world
    general = world.channels.find("general")
    token = world.user("ann").token
    sent = requests.post(
        f"{discord.rest_url}/channels/{general}/messages",
        headers={"Authorization": token},
        files={"files[0]": ("page.html", b"<script>alert(1)</script>", "text/html")},
        timeout=10,
    ).json()
    answer = requests.get(sent["attachments"][0]["url"], timeout=10)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
