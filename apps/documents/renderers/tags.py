"""Mends what WeasyPrint leaves open in a tagged PDF, before the file is written.

It starts a new table on every page, tags the repeated head and the margins as if they were words of the
paper, and names neither the scope of a heading cell nor the language of a part. Here an element of the source
is one element of the structure, over how many pages it may run; what is repeated or in the margin is an
artifact.
"""

from __future__ import annotations

from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes

from apps.documents.renderers.grid import draw_grids

SCOPES = {"col": "/Column", "row": "/Row"}


def mend(document: Any, pdf: Any) -> None:
    """Finish a document that has just been laid out: its structure tree, then the lines of its tables."""
    structure = Structure(pdf)
    contents = structure.page_contents()
    for page, content in zip(document.pages, contents, strict=True):
        page_box = page._page_box  # noqa: SLF001 - the one place where the boxes can be had
        for box in page_box.children:
            if not isinstance(box, boxes.MarginBox):
                structure.place_children(box)
        draw_grids(page_box, content)
    structure.make_artifacts(contents)


class Structure:
    """The structure tree, rebuilt from the boxes and the elements that WeasyPrint made of them."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.root = self.find(pdf.catalog["StructTreeRoot"])
        self.document = self.find(self.root["K"][0])
        self.waiting = iter(self.document["K"])
        self.document["K"] = pydyf.Array()
        self.homes: dict[tuple[Any, str], Any] = {}
        self.owners: dict[bytes, bytes] = {}

    def find(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def place_children(self, box: Any) -> None:
        """Place what stands in the body; neither html nor body is an element of the structure."""
        for child in box.children:
            if child.element_tag == "body":
                self.place_children(child)
            else:
                self.place(child, next(self.waiting), self.document)

    def place(self, box: Any, reference: bytes, parent: Any) -> None:
        """Hang an element into its parent, or its content into the element that began on an earlier page."""
        element = self.find(reference)
        key = (box.element, element["S"])
        home = self.homes.setdefault(key, element)
        if home is not element and element["S"] == "/THead":
            return
        if box.element_tag == "i":  # the line to sign on: it has no words
            set_free(element)
            return
        kids, element["K"] = iter(element["K"]), pydyf.Array()
        if home is element:
            parent["K"].append(reference)
            element["P"] = parent.reference
            describe(box, element)
        # An item of a list is made of two elements: the item, and within it its body.
        for child in [box] if element["S"] == "/LI" else inner(box):
            kid = next(kids)
            if isinstance(child, boxes.TextBox):
                self.place_words(kid, home)
            else:
                self.place(child, kid, home)

    def place_words(self, reference: bytes, home: Any) -> None:
        """Hang marked words into the element to which they belong; a line is no element of its own."""
        words = self.find(reference)
        (mcid,) = words["K"]
        if words["Pg"] == home["Pg"]:
            home["K"].append(mcid)
        else:
            home["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": words["Pg"], "MCID": mcid}))
        self.owners[reference] = home.reference
        set_free(words)

    def page_contents(self) -> list[Any]:
        pages = [self.find(b"%d" % number) for number in self.pdf.pages["Kids"][::3]]
        return [self.find(page["Contents"]) for page in pages]

    def make_artifacts(self, contents: list[Any]) -> None:
        """Make artifacts of what is outside the tree: margins, and a table's head after its first page."""
        numbers = self.find(self.root["ParentTree"])["Nums"]
        for references, content in zip(numbers[1::2], contents, strict=False):
            references[:] = [self.owners.get(reference, b"null") for reference in references]
            outside = {mcid for mcid, reference in enumerate(references) if reference == b"null"}
            for place, item in enumerate(content.stream):
                if isinstance(item, pydyf.Dictionary) and item.get("MCID") in outside:
                    content.stream[place - 1 : place + 2] = [b"/Artifact", b"", b"BMC"]


def inner(box: Any) -> list[Any]:
    """List the boxes within a box as the structure counts them: no lines, and no wrapper around a table."""
    if box.is_table_wrapper and (table := box.get_wrapped_table()):
        return [part for child in box.children for part in (child.children if child is table else [child])]
    return [
        part
        for child in box.children
        for part in (child.children if isinstance(child, boxes.LineBox) else [child])
    ]


def set_free(element: Any) -> None:
    """Leave an object out of the file; its place in the table of objects stays, as that of a free one."""
    element.free, element.generation, element.number = "f", 65535, 0


def describe(box: Any, element: Any) -> None:
    """Add scope and language, which WeasyPrint leaves out; lists of headers then say nothing new."""
    if element["S"] in {"/TH", "/TD"}:
        element.pop("ID", None)
        element["A"].pop("Headers", None)
        if scope := SCOPES.get(box.element.get("scope", "")):
            element["A"]["Scope"] = scope
    language = box.element.get("lang") if box.element is not None else None
    if language:
        element["Lang"] = pydyf.String(language)
