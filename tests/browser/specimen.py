"""Routes of a page that shows every part of the design side by side, for the tests alone."""

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from apps.ui.parts import KINDS, Choice, Mark, Segment, Stamp
from apps.ui.widgets import DateInput, Segments
from sdgportal.urls import urlpatterns as portal_patterns


class SpecimenForm(forms.Form):
    name = forms.CharField(label="Атауы", help_text="Құжатта осылай жазылады", max_length=9)
    held_on = forms.DateField(label="Күні", widget=DateInput)
    value = forms.CharField(label="Нысаналы мәні", required=False)
    text = forms.CharField(label="Түсіндірмелер", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    kind = forms.ChoiceField(label="Нысаны", choices=[("a", "бетпе-бет"), ("b", "онлайн")])
    attendance = forms.ChoiceField(
        label="Қатысуы", widget=Segments, choices=[("a", "қатысты"), ("b", "қатыспады"), ("c", "өкілі")]
    )
    groups = forms.MultipleChoiceField(
        label="Топтар",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "балалар"), ("b", "жастар")],
        required=False,
    )
    file = forms.FileField(label="Файл", required=False)
    agreed = forms.BooleanField(label="Мәндер тексерілді")


def specimen(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Есеп жұмыс тобына жолданды: 2027 ж. 14 қаңтар, 16:24")
    messages.warning(request, "Тексеру қажет: нысаналы мән базалық мәнге тең")
    messages.error(request, "Құжатты өзгертуге болмайды. Себебі: жарияланған")
    form = SpecimenForm({"name": "Өте ұзын атау", "held_on": "15.13.27"} if "errors" in request.GET else None)
    marks = [Mark(kind, f"күйі: {kind}") for kind in KINDS]
    stamps = [
        Stamp(
            "Ұсыным берілді", ["Өңірлік жұмыс тобы", "№ 4 хаттама"], marks=[Mark("changed", "1 жол өзгерді")]
        ),
        Stamp("Бекіту", ["Әкімдіктің қаулысы"], is_awaited=True, url="#5", url_words="3 ескерту"),
    ]
    choices = [
        Choice("Үлгілік тізбеден таңдау", "#6", "Нөмірлер автоматты түрде қойылады.", "plus", "72 индикатор"),
        Choice("Excel кестесінен қою", "#7", "Сақталғанға дейін не өзгеретіні көрсетіледі.", "paste"),
    ]
    segments = [Segment("Барлығы 12", "#8", is_current=True), Segment("Қате 1", "#9", icon="wrong")]
    page = Paginator(range(30), 10).page(2)
    parts = {
        "form": form,
        "marks": marks,
        "stamps": stamps,
        "choices": choices,
        "segments": segments,
        "page": page,
    }
    return render(request, "specimen.html", parts)


urlpatterns = portal_patterns + i18n_patterns(path("specimen/", specimen, name="specimen"))
