"""Tags and filters of the templates: icons, dates, numbers, and the frame of a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from apps.ui import dates, navigation, numerals
from apps.ui.localised import localised as localised_words
from apps.ui.parts import Mark

register = template.Library()

LANGUAGES = (("kk", "Қаз", "Қазақша"), ("ru", "Рус", "Русский"))


def _quiet(said: Callable[..., str]) -> Callable[..., str]:
    """Say nothing of a date that is not there: templates show many that are still to come."""

    @wraps(said)
    def quiet(value: dates.Day | None, *rest: Any) -> str:
        return said(value, *rest) if value else ""

    return quiet


for name in ("date_long", "date_paper", "date_of", "date_held", "date_since"):
    register.filter(name, _quiet(getattr(dates, name)))
for name in ("date_day", "date_short", "date_near", "due_near", "date_digits"):
    register.filter(name, _quiet(getattr(dates, name)))
for name in ("clock", "moment_long", "weekday", "weekday_short", "day_distance", "days_left"):
    register.filter(name, _quiet(getattr(dates, name)))
for name in ("number", "figure", "percent", "numero", "roman", "file_size"):
    register.filter(name, getattr(numerals, name))


@register.filter
def localised(row: Any, field: str) -> str:
    """The row's `<field>_kk` or `<field>_ru` in the language of the page."""
    return localised_words(row, field)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a shape of the sprite; with a label it speaks, without one it is an ornament of the words."""
    source = static("icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, source, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', source, name)


@register.inclusion_tag("components/mark.html")
def mark(kind: str, words: Any) -> dict[str, Mark]:
    """A state: shape, words and tone; `kind` is one of parts.KINDS."""
    return {"mark": Mark(kind, words)}


@register.filter
def browser(user_agent: str) -> str:
    """Name browser and system out of the long text by which they call themselves."""
    browsers = (("Edg/", "Edge"), ("OPR/", "Opera"), ("YaBrowser/", "Yandex"), ("Firefox/", "Firefox"))
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("Windows", "Windows"), ("Mac OS", "macOS"))
    named = [
        name for sign, name in (*browsers, ("Chrome/", "Chrome"), ("Safari/", "Safari")) if sign in user_agent
    ]
    system = [name for sign, name in (*systems, ("Linux", "Linux")) if sign in user_agent]
    return ", ".join(named[:1] + system[:1]) or user_agent[:40]


@register.simple_tag(takes_context=True)
def look(context: template.Context) -> dict[str, str]:
    """Theme and density of the page: the profile's, or the cookie's for whoever is not signed in."""
    user, request = context.get("user"), context.get("request")
    if user is not None and user.is_authenticated:
        return {"theme": user.theme, "density": user.density}
    cookies = request.COOKIES if request else {}
    theme = cookies.get("theme", "system")
    return {"theme": theme if theme in ("light", "dark") else "system", "density": "dense"}


@register.simple_tag(takes_context=True)
def sections(context: template.Context) -> list[dict[str, Any]]:
    """The sections that the person may open, one of them current."""
    request = context["request"]
    return [
        {"label": one.label, "url": one.url, "current": one.is_current(request)}
        for one in navigation.sections_for(request.user)
    ]


@register.simple_tag(takes_context=True)
def tools(context: template.Context) -> list[dict[str, Any]]:
    """The signs at the right of the masthead, with their counts."""
    request = context["request"]
    return [
        {
            "label": one.label,
            "url": one.url,
            "icon": one.icon,
            "current": one.is_current(request),
            "count": one.count(request.user) if one.count else None,
        }
        for one in navigation.tools_for(request.user)
    ]


@register.simple_tag
def place_of(user: Any) -> Any:
    """Where the person acts: a region, a body, a seat in a group."""
    return navigation.place_of(user)


@register.simple_tag(takes_context=True)
def foot_notes(context: template.Context) -> list[Any]:
    """Sentences that the apps want under every page."""
    return navigation.foot_notes(context["request"])


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, Any]]:
    """The same page, query included, in each language; a page unknown keeps its address."""
    request = context.get("request")
    here = request.get_full_path() if request else "/"
    current = dates.spoken(get_language())
    links = []
    for code, short, name in LANGUAGES:
        url = translate_url(here, code)
        if url == here and here.startswith(tuple(f"/{one}/" for one, *_ in LANGUAGES)):
            url = f"/{code}/{here[4:]}"
        links.append({"code": code, "short": short, "name": name, "url": url, "current": code == current})
    return links


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The page's query with some keys changed: `{% query page=2 %}`; None takes a key out."""
    kept = context["request"].GET.copy()
    for key, value in changes.items():
        kept.pop(key, None)
        if value is not None:
            kept[key] = value
    return f"?{kept.urlencode()}" if kept else "?"
