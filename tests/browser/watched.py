"""A page under watch: what the browser complains of, what overflows, what axe finds."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import BrowserContext, Page, Response

REPOSITORY = Path(__file__).resolve().parent.parent.parent
# Debian and Ubuntu name the program differently.
FOUND = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
CHROMIUM = os.environ.get("CHROMIUM", FOUND)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (REPOSITORY / "node_modules" / "axe-core" / "axe.min.js").read_text()
AXE_RUN = """axe.run(document, {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}).then((result) => result.violations.map((one) => {
  const places = one.nodes.map((node) => node.target.join(" ")).slice(0, 3);
  return `axe ${one.id}: ${one.help} – ${places.join("; ")}`;
}))"""

# Inline code and style, which the strict policy forbids and htmx's evaluating features would need.
FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle="),
    "event attribute": re.compile(r"<[^>]*\son\w+="),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"),
    "htmx code": re.compile(r"hx-on|\"js:|'js:"),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}

# Words that are cut: a label or a button whose text is wider than itself, unless it says so by an ellipsis.
CUT = """[...document.querySelectorAll("button, .action, label, th, h1, h2, .mark, .segments a")]
  .filter((part) => part.offsetParent && !part.closest(".hidden") && part.clientWidth > 1)
  .filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== "visible")
  .map((part) => `cut: ${part.textContent.trim().slice(0, 40)}`)"""

# Words or a shape that run out of what holds them and lie on its neighbour. Words for listeners alone, and
# what scrolls by itself, are no fault.
BOXES = ".tiles a, .quarters li, .legend li, .segments a, .action, .mark, .stamp, td, th"
OUT = """[...document.querySelectorAll(BOXES)]
  .filter((box) => box.offsetParent && box.clientWidth > 1 && !box.closest(".hidden"))
  .filter((box) => getComputedStyle(box).overflowX === "visible")
  .filter((box) => {
    const edge = box.getBoundingClientRect();
    const shapes = [...box.querySelectorAll("svg")].filter((shape) => shape.checkVisibility());
    const parts = shapes.map((shape) => shape.getBoundingClientRect());
    const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const holder = text.parentElement;
      const isApart = holder.closest(".hidden, .said, option, textarea") && holder.clientWidth <= 1;
      if (isApart || holder.closest(".clamp") || !holder.checkVisibility()) continue;
      if (!text.textContent.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      parts.push(...range.getClientRects());
    }
    return parts.some((part) => part.width > 1
      && (part.right > edge.right + 1 || part.left < edge.left - 1
        || part.bottom > edge.bottom + 3 || part.top < edge.top - 3));
  })
  .map((box) => `runs out: ${box.textContent.trim().replace(/\\s+/g, " ").slice(0, 40)}`)""".replace(
    "BOXES", f"'{BOXES}'"
)

# Three Latin words in a row are English that nobody has translated.
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?:[ ,;:]+[A-Za-z]{2,}){2,}")


class Watched:
    """A Playwright page with a memory for everything that went wrong on it."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.page: Page = context.new_page()
        self.home = home
        self.problems: list[str] = []
        self._markup = ""
        self._protocol = context.new_cdp_session(self.page)
        self._protocol.send("Audits.enable")
        self._protocol.on("Audits.issueAdded", self._issue)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)

    def enter(self, session: str) -> None:
        """Go on as the person of that session, or as nobody without one."""
        self.page.context.clear_cookies()
        if session:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.home}
            self.page.context.add_cookies([cookie])

    def visit(self, path: str) -> Response:
        """Open a page and wait until it is complete, its scripts included."""
        answer = self.page.goto(path, wait_until="load")
        assert answer is not None, path
        self._markup = answer.text()
        return answer

    def click(self, selector: str) -> None:
        """Click, and where that leads to another page, wait until it is complete."""
        self.page.click(selector)
        self.page.wait_for_load_state("load")

    def evaluate_freely(self, expression: str) -> Any:
        """Evaluate beside the policy of the page, as developer tools do: the page keeps its policy."""
        answer = self._protocol.send(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
        )
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def inspect(self) -> list[str]:
        """Return all that is wrong with the page as it stands now, once all of it has come."""
        self.page.wait_for_load_state("load")
        found = [f"{name} in the markup" for name, sign in FORBIDDEN.items() if sign.search(self._markup)]
        width = self.evaluate_freely(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if width > 0:
            found.append(f"scrolls sideways by {width} px")
        found += self.evaluate_freely(CUT)
        found += self.evaluate_freely(OUT)
        found += [f"English: {words}" for words in ENGLISH.findall(self.page.inner_text("body"))]
        self.evaluate_freely(f"{AXE}; 0")
        found += self.evaluate_freely(AXE_RUN)
        problems, self.problems = self.problems + found, []
        return problems

    def keep_screenshot(self, name: str) -> None:
        """Keep a picture of the whole page where SCREENSHOTS names a folder."""
        if folder := os.environ.get("SCREENSHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def _issue(self, event: dict[str, Any]) -> None:
        issue = event["issue"]
        if issue["code"] == "ContentSecurityPolicyIssue":
            details = issue["details"]["contentSecurityPolicyIssueDetails"]
            self.problems.append(
                f"policy: {details['violatedDirective']} {details.get('blockedURL', 'inline')}"
            )

    def _console(self, message: Any) -> None:
        """A page that is not found or refuses a form says so by its status, which is no fault of the page."""
        is_answer = any(f"status of {status}" in message.text for status in (404, 422))
        if message.type in ("error", "warning") and not is_answer:
            self.problems.append(f"console: {message.text}")

    def _failed(self, request: Any) -> None:
        """What a browser gives up when a person goes on, or when a page is a file, is no fault."""
        is_given_up = request.failure == "net::ERR_ABORTED" and request.resource_type not in ("fetch", "xhr")
        if not is_given_up:
            self.problems.append(f"failed: {request.url}")

    def _response(self, response: Response) -> None:
        if not response.url.startswith((self.home, "data:", "blob:")):
            self.problems.append(f"another host: {response.url}")
        elif response.status >= 400 and response.request.resource_type != "document":
            self.problems.append(f"{response.status}: {response.url}")
