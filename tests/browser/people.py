"""People of the January chain at their windows: they sign in, press what a page calls by its words, read."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from apps.portal.demo.cast import PASSWORD
from tests.browser.watched import Watched
from tests.words import said

WAIT = 30_000


class Person:
    """Somebody with an account, in a window that is watched."""

    def __init__(self, page: Watched, language: str, email: str) -> None:
        self.page, self.language, self.email = page, language, email
        page.page.set_default_timeout(WAIT)

    def says(self, key: str) -> str:
        return said(key, self.language)

    def sign_in(self) -> None:
        self.page.visit(f"/{self.language}/")
        self.page.locator("[name=login]").fill(self.email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.press("sign in")
        self.sees_heading("today")

    def go(self, section: str) -> None:
        """Go to a section by the bar above every page."""
        self.page.locator("nav.sections").get_by_role("link", name=self.says(section), exact=True).click()

    def open_first(self, place: str = "main") -> None:
        """Follow the first task of the day, as somebody who has little time does."""
        self.page.locator(f"{place} a.action").first.click()

    def press(self, key: str, *, within: str = "body") -> None:
        """Press the button, or follow the link, that bears these very words."""
        words = self.page.locator(within).get_by_text(self.says(key), exact=True)
        part = self.page.locator(within).locator("button:not(.hidden), a.action, summary, a").and_(words)
        named = self.page.locator(within)
        button = named.get_by_role("button", name=self.says(key), exact=True)
        link = named.get_by_role("link", name=self.says(key), exact=True)
        button.or_(link).or_(part).first.click()

    def fill(self, **fields: str) -> None:
        """Type into the fields of the form by their names."""
        for name, value in fields.items():
            field = self.page.locator(f"form.entry [name={name}], form.minutes [name='{name}']").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def sees(self, key: str, *, within: str = "main header.heading") -> None:
        expect(self.page.locator(within).first).to_contain_text(
            self.says(key), timeout=WAIT, ignore_case=True
        )

    def sees_text(self, words: str | re.Pattern[str], *, within: str = "main") -> None:
        expect(self.page.locator(within).first).to_contain_text(words, timeout=WAIT)

    def sees_heading(self, key: str) -> None:
        expect(self.page.locator("h1")).to_have_text(self.says(key), timeout=WAIT)

    def sees_saved(self) -> None:
        """Wait until the sheet has stored what was typed, and says so."""
        expect(self.page.locator("#grid-status")).to_contain_text(self.says("saved"), timeout=WAIT)

    def speaks(self, language: str) -> None:
        """Switch the language and stay on the page."""
        path = re.sub(r"^.*?/(kk|ru)/", "", self.page.url)
        self.page.locator(f"nav.languages a[lang={language}]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)
        assert re.sub(r"^.*?/(kk|ru)/", "", self.page.url) == path
        self.language = language

    def cell(self, row: int, field: str) -> Locator:
        """A cell of the sheet by the row's place from 0."""
        rows = self.page.locator("#rows tbody tr:has(input[name$='-version'])")
        return rows.nth(row).locator(f"[name$='-{field}']")

    def types(self, row: int, field: str, value: str) -> None:
        """Type into a cell key by key and leave it, as people do."""
        cell = self.cell(row, field)
        cell.click()
        cell.press_sequentially(value)
        self.page.keyboard.press("Tab")

    def pastes(self, row: int, field: str, block: str) -> None:
        """Paste a block from the clipboard onto a cell."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", block)
        self.cell(row, field).click()
        self.page.keyboard.press("Control+V")

    def downloads(self, folder: Path, language: str, file_format: str, *, place: int = 0) -> Path:
        """Take an official paper by its link: the newest issue stands first, its companions follow."""
        links = self.page.locator(f"main a[href$='/{language}.{file_format}']")
        with self.page.expect_download(timeout=WAIT) as caught:
            links.nth(place).click()
        path = folder / f"{len(list(folder.iterdir()))}-{caught.value.suggested_filename}"
        caught.value.save_as(path)
        return path

    def untroubled(self) -> None:
        """The browser complained of nothing on any page so far."""
        assert self.page.problems == [], f"{self.email}: {self.page.problems}"


def company(open_page: Callable[..., Watched], language: str, **options: Any) -> Callable[[str], Person]:
    """Let people in one after another; each keeps a window of their own."""
    people: dict[str, Person] = {}

    def somebody(email: str) -> Person:
        if email not in people:
            page = open_page(language, **options)
            page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            people[email] = Person(page, language, email)
            people[email].sign_in()
        return people[email]

    somebody.people = people  # type: ignore[attr-defined]
    return somebody
