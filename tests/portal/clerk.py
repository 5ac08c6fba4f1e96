"""A person who reads pages and fills in forms by HTTP alone: what a browser without scripts would send."""

from pathlib import Path
from urllib.parse import urljoin

import lxml.html

from tests.official import words_of
from tests.visitor import Answer, Visitor
from tests.words import said


class Clerk:
    """Somebody with an account; `page` is what stands before them now."""

    def __init__(self, visitor: Visitor, language: str, email: str, password: str) -> None:
        self.visitor, self.language = visitor, language
        self.open(f"/{language}/")
        self.press("sign in", login=email, password=password)
        assert self.page.findtext(".//h1") == self.says("today"), self.words

    def says(self, key: str) -> str:
        return said(key, self.language)

    @property
    def words(self) -> str:
        return " ".join(self.page.find(".//main").text_content().split())

    @property
    def heading(self) -> str:
        """The lines above and beside the heading, where a paper's state stands."""
        return " ".join(self.page.find(".//main//header").text_content().split())

    def open(self, path: str) -> None:
        self._read(self.visitor.get(path))

    def go(self, section: str) -> None:
        [link] = [
            link
            for link in self.page.findall(".//nav[@class='sections']/a")
            if text(link) == self.says(section)
        ]
        self.open(link.get("href"))

    def follow(self, key: str) -> None:
        """Follow the first link that bears these words."""
        links = [link for link in self.page.iter("a") if text(link) == self.says(key)]
        assert links, f"no link {self.says(key)} on {self.path}: {self.words}"
        self.open(urljoin(self.path, links[0].get("href")))

    def follow_first(self) -> None:
        """Follow the first link of the page's table."""
        self.open(urljoin(self.path, self.page.find(".//main//table//a").get("href")))

    def press(self, key: str, **fields: object) -> None:
        """Press the last button with these words, with the fields of its form as they stand or as given."""
        buttons = [button for button in self.page.iter("button") if text(button) == self.says(key)]
        assert buttons, f"no button {self.says(key)} on {self.path}: {self.words}"
        button = buttons[-1]
        form = next(button.iterancestors("form"))
        sent = [(name, value) for name, value in form.form_values() if name not in fields]
        sent += [(name, str(value)) for name, value in fields.items()]
        if button.get("name"):
            sent.append((button.get("name"), button.get("value", "")))
        values: dict[str, list[str]] = {}
        for name, value in sent:
            values.setdefault(name, []).append(value)
        self._read(self.visitor.post(urljoin(self.path, form.get("action") or self.path), values))

    def cells(self, field: str) -> list[str]:
        """Name the inputs of one column of the sheet, from the top."""
        inputs = self.page.xpath(".//table[@id='rows']//*[starts-with(@name, 'line-')]")
        return [one.get("name") for one in inputs if one.get("name").endswith(f"-{field}")]

    def reads_paper(self, folder: Path, language: str, file_format: str) -> str:
        """Take the newest official paper of the page and return its words."""
        end = f"/{language}.{file_format}"
        path = next(link.get("href") for link in self.page.iter("a") if link.get("href", "").endswith(end))
        answer = self.visitor.get(path)
        assert answer.status == 200, answer.text
        assert "attachment" in answer.headers["Content-Disposition"]
        paper = folder / f"paper.{file_format}"
        paper.write_bytes(answer.content)
        return words_of(paper)

    def _read(self, answer: Answer) -> None:
        self.path = answer.path
        self.page = lxml.html.fromstring(answer.content.decode())
        assert answer.status == 200, f"{answer.status} at {answer.path}: {self.words}"


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
