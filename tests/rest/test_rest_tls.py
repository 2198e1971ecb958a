from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from rest_fake import TOKEN, FakeDiscord

from disruption.errors import RequestFailed
from disruption.rest import Rest, Retries

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl command")


@pytest.fixture
def certificate(tmp_path: Path, discord: FakeDiscord) -> Path:
    """Make the fake server speak TLS, and return the certificate to trust."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=IP:127.0.0.1,DNS:localhost",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    discord.use_tls(context)
    return cert


def test_a_bundle_of_ones_own_is_trusted(discord: FakeDiscord, certificate: Path) -> None:
    with Rest(TOKEN, base_url=discord.url, verify=str(certificate)) as rest:
        rest.trigger_typing_indicator(2)
        rest.trigger_typing_indicator(2)
    assert discord.url.startswith("https:")
    assert len({request.connection for request in discord.requests}) == 1


def test_the_environments_bundle_is_trusted(
    discord: FakeDiscord, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with Rest(TOKEN, base_url=discord.url) as rest:
        monkeypatch.delenv("REQUESTS_CA_BUNDLE")
        rest.trigger_typing_indicator(2)


def test_nobody_else_gets_the_token(discord: FakeDiscord, certificate: Path) -> None:
    with Rest(TOKEN, base_url=discord.url, retries=Retries.none()) as rest:
        with pytest.raises(RequestFailed) as caught:
            rest.trigger_typing_indicator(2)
        assert isinstance(caught.value.__cause__, ssl.SSLError)
        assert not caught.value.maybe_processed
    assert not discord.requests


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_checking_can_be_switched_off(discord: FakeDiscord, certificate: Path) -> None:
    with Rest(TOKEN, base_url=discord.url, verify=False) as rest:
        rest.trigger_typing_indicator(2)
    assert len(discord.requests) == 1
