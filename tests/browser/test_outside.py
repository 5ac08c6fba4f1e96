"""States that no address opens: a block with errors, a refused cell, a row to remark on, long figures."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.indicators.models import IndicatorList
from apps.monitoring.models import MonitoringReport
from tests.browser.figures import publish_long_figures
from tests.browser.routes import REVIEWER, staff

pytestmark = pytest.mark.django_db(transaction=True)

LIST_BLOCK = (
    "1.\t1.2.1\tДоля населения\tДоля населения региона\t1\t4,2\t3,0\tУправление занятости\n"
    "2.\t3.1.1\tКоэффициент\tКоэффициент региона\t7\t1.234,5\tне менее 90\tУправление\n"
    "3.\t\t\tКоэффициент по городам\t2\t8\t7\t\n"
)
REPORT_BLOCK = (
    "1.\tДоля\tУправление\tБюро национальной статистики\tпроцент\tдве тысячи\t1.234,5\t2.345,6\tпояснение\n"
)


VIEWS = (("kk", 360), ("ru", 1366))


@pytest.fixture
def window(transactional_db, signed_in_page):
    """Windows of people of the demonstration year, in which the bureau has published long figures."""
    call_command("demo", verbosity=0)
    publish_long_figures()
    return lambda email, *view: signed_in_page(User.objects.get(email=email), *view)


def test_states_without_an_address_are_sound(window):
    """One year for all of them: it takes long to build."""
    report = MonitoringReport.objects.filter(status="draft", lines__isnull=False).latest("pk")
    paper = IndicatorList.objects.filter(status="draft").latest("pk")
    for view in VIEWS:
        errors_of_a_block_stand_under_their_row(
            window, paper, "indicators:indicatorlist_paste", LIST_BLOCK, view
        )
        errors_of_a_block_stand_under_their_row(
            window, report, "monitoring:monitoringreport_paste", REPORT_BLOCK, view
        )
    page = window(staff(report), "ru", 1366)
    long_official_figures_stay_in_their_cell(page, report)
    refused_cell_leaves_the_bar_its_one_line(page)
    remarks_stand_beside_the_rows(window(REVIEWER, "ru", 1366))


def errors_of_a_block_stand_under_their_row(window, paper, name, block, view):
    page = window(staff(paper), *view)
    with translation.override(view[0]):
        page.visit(reverse(name, args=[paper.pk]))
    page.fill("[name=text]", block)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_selector(".explanation")
    page.keep_screenshot("-".join(["preview", paper._meta.model_name, view[0]]))
    assert page.inspect() == []
    told = page.locator(".explanation").filter(has_text="1.234,5").first
    assert told.evaluate("told => told.getBoundingClientRect().right <= innerWidth")


def long_official_figures_stay_in_their_cell(page, report):
    page.visit(f"/ru/reports/{report.pk}/")
    assert page.locator(".beside b [title]").first.get_attribute("title") == "97,1291866029"
    assert page.inspect() == []


def refused_cell_leaves_the_bar_its_one_line(page):
    page.locator("#rows [name$='-fact']").nth(2).fill("2.512,4")
    page.keyboard.press("Tab")
    page.wait_for_selector("#rows tr.wrong button")
    bar = page.evaluate("document.querySelector('#grid > .bar').offsetHeight")
    assert bar <= page.evaluate("parseFloat(getComputedStyle(document.querySelector('.sheet th')).top)") + 1
    page.evaluate("scrollTo(0, 0)")
    assert page.inspect() == []


def remarks_stand_beside_the_rows(page):
    paper = IndicatorList.objects.filter(status="sent").latest("pk")
    page.visit(f"/ru/lists/{paper.pk}/")
    assert page.locator("#remarks").bounding_box()["y"] < 600
    page.locator(".remarks-here").nth(2).click()
    chosen = page.locator("#new-remark [name=line_id]").input_value()
    assert chosen == str(paper.items.all()[2].pk)
    assert page.inspect() == []
