"""Who a provider says that somebody is: the ID token, verified as OpenID Connect Core asks."""

from __future__ import annotations

from typing import Any

import jwt

# Signed with a key that the provider alone has. With a shared secret, or none, others could sign.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
# Seconds by which the two clocks may differ.
LEEWAY = 60
CLAIMS = ["iss", "sub", "aud", "exp", "iat", "nonce"]


class NotBelieved(Exception):
    """The answer isn't what the provider must send."""


def verify(
    token: str, keys: dict[str, Any], *, issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """The token's claims.

    `keys` is the provider's JWK set, `nonce` what was sent with the request. Raises NotBelieved
    if signature, issuer, audience, times or nonce are wrong (OpenID Connect Core 1.0, 3.1.3.7).
    """
    try:
        named = jwt.get_unverified_header(token).get("kid")
        key = next(key for key in jwt.PyJWKSet.from_dict(keys).keys if named in (None, key.key_id))
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": CLAIMS},
        )
    except (jwt.PyJWTError, StopIteration, KeyError, TypeError, ValueError) as error:
        raise NotBelieved(str(error)) from error
    if not nonce or claims["nonce"] != nonce:
        raise NotBelieved("The nonce isn't the one of this request.")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if several and claims.get("azp") != client_id:
        raise NotBelieved("The token was made for another program.")
    return claims
