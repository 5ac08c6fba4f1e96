"""The way of a list (points 16 and 22) and of the typical list (point 17).

The akimat draws the list up, the group recommends, the ministry agrees, the akimat approves and publishes. A
condition of the order that is not met goes through with a reason and stays on the list as a mark (point 1).
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.attachments.effects import keep_scan
from apps.documents.effects import issue_papers
from apps.indicators import effects, letters
from apps.indicators.checks import (
    look_over,
    look_over_for_agreement,
    look_over_for_approval,
    not_opened_yet,
)
from apps.indicators.models import IndicatorList, TypicalList
from apps.indicators.succession import begins_by_itself, followers, outlook_of_publication, place_of
from apps.workflow.workflow import Transition, Workflow


class IndicatorListWorkflow(Workflow[IndicatorList]):
    """Publishing touches the lists of a region, which are locked by id; an opened list is not recalled.

    A list that another one of the region follows already takes its place in the line as superseded (ADR 14).
    What follows the list in force follows it at once: its papers are locked after the lists and before the
    head of the chain.
    """

    def perform(self, paper: IndicatorList, name: str, **given: Any) -> IndicatorList:
        if name != "publish":
            return super().perform(paper, name, **given)
        with transaction.atomic():
            line = IndicatorList.objects.filter(region=paper.region_id).order_by("pk")
            [locked] = [one for one in line.select_for_update(of=("self",)) if one.pk == paper.pk]
            begins = (given.get("data") or {}).get("published_on") or begins_by_itself(locked)
            if place_of(locked, begins).after:
                name = "publish_followed"
            with ExitStack() as following:
                for follower in followers:
                    following.enter_context(follower(paper.region_id, given.get("actor")))
                return super().perform(paper, name, **given)

    def available_to(self, user: Any, paper: IndicatorList) -> list[Transition]:
        steps = super().available_to(user, paper)
        return [step for step in steps if not (step.check is not_opened_yet and paper.opened_at)]


indicator_list_workflow = IndicatorListWorkflow(
    IndicatorList,
    (
        Transition(
            "send",
            gettext_lazy("Send for agreement"),
            ("draft", "returned"),
            "sent",
            "indicators.send_list",
            hand_over=True,
            receiver="indicators.review_list",
            check=look_over,
            effects=(effects.stamp_sending, keep_scan, issue_papers, letters.tell_ministry),
            redated=(effects.date_sending,),
            page_label=gettext_lazy("Check and send"),
            confirm=gettext_lazy("Send the list to the ministry for agreement?"),
            explanation=gettext_lazy("The list can be recalled until the ministry takes it up for review."),
            done=pgettext_lazy("done", "sent for agreement"),
        ),
        Transition(
            "recall",
            gettext_lazy("Recall the list"),
            ("sent",),
            "draft",
            "indicators.recall_list",
            check=not_opened_yet,
            effects=(effects.undo_sending, letters.tell_ministry_of_recall),
            confirm=gettext_lazy("Recall the list from the ministry?"),
            done=pgettext_lazy("done", "recalled"),
        ),
        Transition(
            "open",
            gettext_lazy("Take up for review"),
            ("sent",),
            None,
            "indicators.review_list",
            check=not_opened_yet,
            effects=(effects.stamp_opening,),
            confirm=gettext_lazy("Take the list up for review?"),
            explanation=gettext_lazy("From then on the akimat can no longer recall it."),
            done=pgettext_lazy("done", "taken up for review"),
        ),
        Transition(
            "agree",
            gettext_lazy("Agree the list"),
            ("sent",),
            "agreed",
            "indicators.agree_list",
            hand_over=True,
            receiver="indicators.send_list",
            check=look_over_for_agreement,
            effects=(effects.stamp_agreement, keep_scan, issue_papers, letters.tell_akimat_of_agreement),
            redated=(effects.date_agreement,),
            confirm=gettext_lazy("Agree the list?"),
            done=pgettext_lazy("done", "agreed"),
        ),
        Transition(
            "return_for_rework",
            gettext_lazy("Return for rework"),
            ("sent",),
            "returned",
            "indicators.return_list",
            comment=True,
            hand_over=True,
            receiver="indicators.send_list",
            effects=(effects.undo_sending, keep_scan, letters.tell_akimat_of_return),
            confirm=gettext_lazy("Return the list for rework?"),
            done=pgettext_lazy("done", "returned for rework"),
        ),
        Transition(
            "approve",
            gettext_lazy("Approve"),
            ("agreed", "draft", "returned"),
            "approved",
            "indicators.approve_list",
            hand_over=True,
            check=look_over_for_approval,
            effects=(effects.RecordAct(), keep_scan, issue_papers),
            redated=(effects.date_act,),
            confirm=gettext_lazy("Approve the list by an act of the akimat?"),
            explanation=gettext_lazy(
                "What is not known yet of the act can be added later; until then the list says so."
            ),
            done=pgettext_lazy("done", "approved"),
        ),
        Transition(
            "publish",
            gettext_lazy("Publish"),
            ("approved",),
            "published",
            "indicators.publish_list",
            effects=(effects.PutInForce(),),
            confirm=gettext_lazy("Publish the list?"),
            explanation=gettext_lazy(
                "The list in force on 31 December of a year governs the report for that year (point 27)."
            ),
            form="apps.indicators.publishing.PublishForm",
            outlook=outlook_of_publication,
            done=pgettext_lazy("done", "published"),
        ),
        Transition(
            "publish_followed",
            gettext_lazy("Publish a list that another one follows already"),
            ("approved",),
            "superseded",
            "indicators.publish_list",
            internal=True,
            effects=(effects.PutInForce(),),
            done=pgettext_lazy("done", "published"),
        ),
        Transition(
            "supersede",
            gettext_lazy("Superseded by a new edition"),
            ("published", "superseded"),
            "superseded",
            "indicators.publish_list",
            internal=True,
            effects=(effects.stamp_superseding,),
            done=pgettext_lazy("done", "superseded by a new edition"),
        ),
        Transition(
            "recommend",
            gettext_lazy("Recommend the list"),
            IndicatorList.UNDER_WAY,
            None,
            "indicators.recommend_list",
            decision=True,
            effects=(effects.stamp_recommendation,),
            done=pgettext_lazy("done", "recommended"),
        ),
        Transition(
            "register_on_paper",
            gettext_lazy("Register a list approved on paper"),
            ("draft",),
            "approved",
            "indicators.register_list",
            internal=True,
            hand_over=True,
            effects=(effects.RecordAct(), effects.mark_retrospective, keep_scan, issue_papers),
            redated=(effects.date_act,),
            done=pgettext_lazy("done", "entered as approved on paper"),
        ),
    ),
    states=IndicatorList.Status,
)


typical_list_workflow: Workflow[TypicalList] = Workflow(
    TypicalList,
    (
        Transition(
            "publish",
            gettext_lazy("Publish the typical list"),
            ("draft",),
            "published",
            "indicators.publish_typical_list",
            effects=(effects.supersede_typical,),
            confirm=gettext_lazy("Publish the typical list?"),
            explanation=gettext_lazy("Regions will be able to draw up their lists from it."),
            done=pgettext_lazy("done", "published"),
        ),
        Transition(
            "supersede",
            gettext_lazy("Superseded by a new typical list"),
            ("published",),
            "superseded",
            "indicators.publish_typical_list",
            internal=True,
            done=pgettext_lazy("done", "superseded by a new typical list"),
        ),
    ),
    states=TypicalList.Status,
)
