"""Calling the functions of `static/js/credential.js` in a browser."""

from typing import Any

from playwright.sync_api import Page

CALL = """async ([name, ...values]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
    const module = await import("/credential.js");
    return module[name](...values.map((value) => value?.base64 !== undefined ? bytes(value.base64) : value));
}"""


def call(page: Page, name: str, *values: Any) -> Any:
    return page.evaluate(CALL, [name, *values])


def outcomes(result: Any) -> dict[str, bool]:
    return {one["check"]: one["held"] for one in result["checks"]}
