"""What people do in a browser, said once for all journeys. Pages are told apart by names, not by looks."""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Locator, Page

CODE = re.compile(r"\b([0-9A-Z]{4}-?[0-9A-Z]{4})\b")


def press(page: Page, container: str = "main") -> None:
    """Press the first button that sends a form of the page's main part; what it needs must have been filled."""
    form = page.locator(f"{container} form[method=post]").first
    empty = [field.get_attribute("name") for field in form.locator(":invalid:not(fieldset)").all()]
    assert not empty, f"{page.url}: not filled: {empty}"
    page.locator(f"{container} form[method=post] button:not([name=leave]):not(.quiet)").first.click()


def read_letter(page: Page, address: str, *, about: str) -> str:
    """Return the text of the newest letter to an address on the outbox page, whose title holds ``about``."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        page.goto("/outbox/")
        rows = page.locator("main tr", has_text=address).filter(has_text=about)
        if rows.count():
            page.goto(str(rows.first.locator("a").first.get_attribute("href")))
            return page.locator("main").inner_text()
        time.sleep(0.3)
    raise AssertionError(f"no letter to {address} about {about!r}")


def enter(page: Page, email: str, *, name: str = "") -> None:
    """Sign in with the code that the mail brings; an unknown address gets an account on the way."""
    page.goto("/entrar/")
    page.fill("input[name=email]", email)
    press(page)
    letters = page.context.new_page()
    found = CODE.search(read_letter(letters, email, about="-"))
    assert found, "no code in the letter"
    letters.close()
    page.fill("input[name=code]", found.group(1))
    press(page)
    if name and page.locator("input[name=name]").count():
        page.fill("input[name=name]", name)
        press(page)


def fill(page: Page, answers: Mapping[str, Any]) -> None:
    """Fill what the page asks, of what the answers hold: texts, choices (by value), several choices (a list)."""
    asked = set(page.locator("main [name]").evaluate_all("all => all.map(one => one.getAttribute('name'))"))
    for name, value in answers.items():
        if name in asked:
            put(page, page.locator(f"main [name='{name}']"), name, value)


def put(page: Page, field: Locator, name: str, value: Any) -> None:
    kind = field.first.get_attribute("type") or field.first.evaluate("e => e.tagName.toLowerCase()")
    if value is True:
        field.first.check()
    elif kind in ("radio", "checkbox"):
        for each in value if isinstance(value, list | tuple) else [value]:
            page.locator(f"main [name='{name}'][value='{each}']").check()
    elif kind == "select":
        field.first.select_option(str(value))
    elif kind != "hidden":
        field.first.fill(str(value))


def wait_until(page: Page, path: str, seen: Callable[[Page], bool], *, seconds: float = 30) -> None:
    """Open a page again and again until it shows what a job is about to do."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        page.goto(path)
        if seen(page):
            return
        time.sleep(0.3)
    raise AssertionError(f"{path} did not come to show it:\n{page.locator('main').inner_text()[:1500]}")
