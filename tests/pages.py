"""What a browser without scripts would send: the fields of a form as the page shows them."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collect the fields of every form of a page, in the order of the page, as they would be submitted."""

    def __init__(self):
        super().__init__()
        self.forms, self.form, self.select, self.area = [], None, None, None

    def handle_starttag(self, tag, pairs):
        given = dict(pairs)
        if tag == "form":
            self.form = {}
            self.forms.append((given.get("id", ""), given.get("method", "get"), self.form))
        elif self.form is None:
            return
        elif tag == "input":
            self.take_input(given)
        elif tag == "select":
            self.select = given.get("name")
            self.form.setdefault(self.select, [])
        elif tag == "option" and self.select:
            values = self.form[self.select]
            if "selected" in given or not values:
                values[:] = [given.get("value", "")]
        elif tag == "textarea":
            self.area = given.get("name")
            self.form[self.area] = [""]

    def take_input(self, given):
        kind, name = given.get("type", "text"), given.get("name")
        if not name or kind in {"submit", "button", "file", "image"}:
            return
        if kind in {"radio", "checkbox"}:
            if "checked" in given:
                self.form.setdefault(name, []).append(given.get("value", "on"))
            return
        self.form.setdefault(name, []).append(given.get("value", ""))

    def handle_data(self, data):
        if self.area:
            self.form[self.area][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area:
            self.form[self.area][0] = self.form[self.area][0].removeprefix("\n")
            self.area = None


def form_data(response, field):
    """The values of the form that has the named field, ready to be changed and posted."""
    reader = FormReader()
    reader.feed(response.text)
    for _identity, _method, fields in reader.forms:
        if field in fields:
            return {
                name: values if len(values) > 1 else values[0] for name, values in fields.items() if values
            }
    raise AssertionError(f"the page has no form with the field {field}")
