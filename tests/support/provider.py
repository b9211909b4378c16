"""A real OpenID Connect provider on loopback: discovery, keys, authorization code with PKCE.

It keeps to the rules (it asks for state, nonce and PKCE, and burns codes), unless a test tells
it which one to break.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from .factors import is_in

START, BACK = "/admin/single-sign-on/", "/admin/single-sign-on/back/"
OWN = {"sec-fetch-site": "same-origin"}
CLIENT, CLIENT_SECRET = "situs-pengaduan", "rahasia-rekaan"


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


KEY, STRANGERS_KEY = _key(), _key()


@dataclass
class Provider:
    """`claims` is who is signed in there; `faults` what it does wrong."""

    claims: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    address: str = ""

    def settings(self, **others) -> dict:
        """For STAFF_OIDC."""
        return {
            "server_url": self.address,
            "client_id": CLIENT,
            "client_secret": CLIENT_SECRET,
            "name": "Akun Kota",
            "second_factor": False,
            **others,
        }

    # What is asked of it.

    def discovery(self) -> dict:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "satu", "alg": "RS256", "use": "sig"}]}

    def authorize(self, question: dict) -> str:
        """The address to which the browser is sent back."""
        self.asked.append(question)
        assert question["response_type"] == "code"
        assert question["client_id"] == CLIENT
        assert question["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(12)
        self.codes[code] = question
        back = {"code": code, "state": question["state"], **self.faults.get("back", {})}
        return f"{question['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict) -> tuple[int, dict]:
        question = self.codes.pop(form["code"], None)
        if question is None or form.get("client_secret") != CLIENT_SECRET:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if challenge != question["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        answer = {"access_token": "akses", "token_type": "Bearer", "expires_in": 60}
        if not self.faults.get("no_id_token"):
            answer["id_token"] = self.id_token(question)
        return 200, answer

    def id_token(self, question: dict) -> str:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": question.get("nonce"),
            **self.claims,
            **self.faults.get("claims", {}),
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        for name in self.faults.get("only_in_userinfo", ()):
            claims.pop(name, None)
        if forged := self.faults.get("forged"):
            return forged(claims)
        return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "satu"})

    def userinfo(self) -> dict:
        return {**self.claims, **self.faults.get("userinfo", {})}


# Ways to forge the signature.


def by_a_strangers_key(claims: dict) -> str:
    return jwt.encode(claims, STRANGERS_KEY, algorithm="RS256", headers={"kid": "satu"})


def by_nobody(claims: dict) -> str:
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "satu"})


def by_the_shared_secret(claims: dict) -> str:
    return jwt.encode(claims, CLIENT_SECRET * 3, algorithm="HS256", headers={"kid": "satu"})


def by_an_unknown_key(claims: dict) -> str:
    return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "dua"})


class Server(ThreadingHTTPServer):
    """Knows the provider for which it answers."""

    provider: Provider


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self):
        provider, asked = self.server.provider, urlsplit(self.path)
        if asked.path == "/authorize":
            question = {name: values[0] for name, values in parse_qs(asked.query).items()}
            self.send_response(302)
            self.send_header("Location", provider.authorize(question))
            self.end_headers()
            return
        known = {
            "/.well-known/openid-configuration": provider.discovery,
            "/keys": provider.keys,
            "/userinfo": provider.userinfo,
        }
        if provider.faults.get("down") or asked.path not in known:
            self._json(503, {})
        else:
            self._json(200, known[asked.path]())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._json(*self.server.provider.token(form))

    def _json(self, status: int, value: dict) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        """The test says what matters."""


@contextmanager
def provider_running():
    """A provider that answers on a free port of this machine until the block ends."""
    server = Server(("127.0.0.1", 0), Handler)
    server.provider = Provider(address=f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


# Somebody who goes there with a browser.


def go(client, next_url: str = "") -> str:
    """From the button to the provider; the address that it sends the browser back to."""
    there = client.get(f"{START}?next={next_url}", headers=OWN)
    assert there.status_code == 302, there
    return requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]


def come_back(client, address: str):
    asked = urlsplit(address)
    return client.get(f"{asked.path}?{asked.query}")


def sign_in(client, next_url: str = ""):
    return come_back(client, go(client, next_url))


def words_after(client, answer) -> str:
    """What the log-in says to somebody who wasn't let in."""
    assert (answer.status_code, answer.url) == (302, "/admin/login/")
    assert not is_in(client)
    return client.get(answer.url).content.decode()
