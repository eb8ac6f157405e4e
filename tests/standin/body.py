"""The parameters of a request, in every form that Telegram takes."""

from typing import Any
from urllib.parse import parse_qsl

import msgspec
from aiohttp import web

from tests.standin.refusal import Refusal, wrong
from tests.standin.spec import Form, Upload


async def parameters(request: web.BaseRequest) -> dict[str, Any]:
    """From the query and a JSON, urlencoded or multipart body; form values are marked `Form`."""
    if request.method not in ("GET", "POST"):
        raise Refusal(405, "Method Not Allowed", violation=True)
    params: dict[str, Any] = {key: Form(value) for key, value in request.query.items()}
    if not request.body_exists:
        return params
    kind = request.content_type
    if kind == "multipart/form-data":
        for key, part in (await request.post()).items():
            params[key] = Form(part) if isinstance(part, str) else _upload(part)
        return params
    body = await request.read()
    if kind == "application/json":
        return params | _json(body)
    if kind == "application/x-www-form-urlencoded":
        return params | _form(body)
    if body:
        raise wrong(f"content type {kind} is not one that Telegram reads")
    return params


def _upload(part: web.FileField | bytes | bytearray) -> Upload:
    if isinstance(part, web.FileField):
        return Upload(part.filename, part.file.read())
    return Upload("", bytes(part))  # a part without a name is no file of a client's


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(body or b"{}")
    except (msgspec.DecodeError, UnicodeError):
        raise wrong("can't parse the body as JSON") from None
    if not isinstance(found, dict):
        raise wrong("the JSON body is not an object")
    return found


def _form(body: bytes) -> dict[str, Any]:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict")
    except (UnicodeError, ValueError):
        raise wrong("the text must be encoded in UTF-8") from None
    return {key: Form(value) for key, value in pairs}
