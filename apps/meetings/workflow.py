"""The protocol's states: when it is signed, what the group decided is carried out in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.accounts import roles
from apps.accounts.models import User
from apps.attachments.effects import keep_scan
from apps.documents.effects import issue_papers
from apps.documents.papers import kinds as paper_kinds
from apps.groups.models import Member
from apps.meetings.decisions import kinds
from apps.meetings.models import Attendance, Decision, Protocol
from apps.meetings.signatories import copy_signatories, signatories
from apps.notifications.outbox import in_both_languages, tell
from apps.workflow.workflow import Deed, Gap, Refused, Transition, Workflow


def check_sign(protocol: Protocol, _actor: Any) -> list[Gap]:
    """List all that is lacking before the signed original can be noted."""
    return [*_lacking(protocol), *_worth_a_look(protocol), *_undecided(protocol)]


def _lacking(protocol: Protocol) -> list[Gap]:
    meeting, gaps = protocol.meeting, []
    if meeting.cancelled_at:
        gaps.append(Gap("cancelled", _("The meeting did not take place."), anchor="p1"))
    elif meeting.is_ahead:
        gaps.append(Gap("ahead", _("The meeting has not been held yet."), anchor="p1"))
    if not protocol.number:
        gaps.append(Gap("number", _("Enter the number of the protocol."), anchor="id_protocol-number"))
    if not protocol.dated:
        gaps.append(Gap("dated", _("Enter the date of the protocol."), anchor="id_protocol-dated"))
    return gaps


def _worth_a_look(protocol: Protocol) -> list[Gap]:
    meeting, gaps = protocol.meeting, []

    def warn(code: str, message: str, anchor: str, mark: str = "") -> None:
        gaps.append(Gap(code, message, level="warning", anchor=anchor, mark=mark))

    if not Attendance.objects.filter(meeting=meeting).exists():
        warn("attendance", _("Attendance has not been noted."), "p2")
    if not all(signatories(protocol)):
        warn("signatories", _("The protocol names no chair or no secretary."), "p5")
    if protocol.number and Protocol.objects.numbered_alike(protocol).exists():
        words = _("The group has another protocol with this number in the same year.")
        warn("number_twice", words, "p5", mark="number_twice")
    if protocol.dated and protocol.dated < meeting.held_on:
        warn("dated_before", _("The protocol is dated earlier than the meeting."), "p5")
    missing = paper_kinds["protocol"].take(protocol)["missing"]
    if missing["kk"]:
        places = len(missing["kk"])
        warn(
            "missing_kk",
            _("The Kazakh file will lack translation. Places: {places}").format(places=places),
            "p4",
        )
    if missing["ru"]:
        places = len(missing["ru"])
        warn(
            "missing_ru",
            _("The Russian file will lack translation. Places: {places}").format(places=places),
            "p4",
        )
    return gaps


def _undecided(protocol: Protocol) -> list[Gap]:
    """A protocol without any decision stops; a question without one is only pointed at."""
    items = list(protocol.meeting.agenda.prefetch_related("decisions"))
    bare = [item for item in items if not item.decisions.all()]
    if len(bare) == len(items):
        return [Gap("no_decision", _("The protocol has no decision."), anchor="p4")]
    words = _("There is no decision on the question: {question}")
    return [
        Gap(
            "undecided",
            words.format(question=f"{item.position}. {item.title}"),
            level="warning",
            anchor=item.anchor,
        )
        for item in bare
    ]


def carry_out_decisions(deed: Deed) -> None:
    """Let each decision move its paper; if one is refused, nothing of the signing remains.

    The papers are locked by id before the first of them writes its history, so that two protocols never
    wait for each other.
    """
    protocol = deed.paper
    decisions = list(
        Decision.objects.filter(item__meeting=protocol.meeting)
        .exclude(kind="")
        .select_related("item__meeting__group")
    )
    _lock_papers(decisions)
    for decision in decisions:
        try:
            _carry_out(decision, deed.actor)
        except Refused as refused:
            raise _refusal_of(decision, refused) from refused
    Decision.objects.filter(pk__in=[decision.pk for decision in decisions]).update(performed_at=deed.moment)


def _carry_out(decision: Decision, actor: Any) -> None:
    kind = kinds.get(decision.kind)
    if kind is None or not isinstance(decision.subject, kind.model):
        raise Refused(_("The question has no paper on which the decision could act."), code="no_paper")
    kind.perform(decision, actor)


def _lock_papers(decisions: list[Decision]) -> None:
    papers: dict[Any, set[str]] = defaultdict(set)
    for decision in decisions:
        if decision.item.content_type_id:
            papers[decision.item.content_type].add(decision.item.object_id)
    # By name, lists before reports, as publishing a list locks them: a number depends on the database.
    for content_type, pks in sorted(papers.items(), key=lambda pair: pair[0].natural_key()):
        manager = content_type.model_class()._default_manager
        list(manager.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))


def _refusal_of(decision: Decision, refused: Refused) -> Refused:
    words = _("Decision {number} cannot be carried out: {reason}")
    message = words.format(number=decision.label, reason=refused.message)
    gaps = [Gap(gap.code, gap.message, anchor=decision.anchor) for gap in refused.gaps]
    return Refused(message, code="decision", gaps=[Gap("decision", message, anchor=decision.anchor), *gaps])


def tell_group(deed: Deed) -> None:
    """Tell the members who work in the portal, and the akimat's staff, that the protocol is signed."""
    protocol, group = deed.paper, deed.paper.meeting.group
    today = timezone.localdate(deed.moment)
    members = User.acting_for(Member.objects.in_force(today).filter(group=group).values("user"), today)
    staff = User.acting_persons(roles.STAFF, group.organisation, today)
    recipients = {user.pk: user for user in (*members, *staff)}
    recipients.pop(deed.actor.pk, None)
    tell(
        recipients.values(),
        "protocol_signed",
        paper=protocol,
        subject=in_both_languages(lambda: _("Signed: {protocol}").format(protocol=protocol.title)),
        body=in_both_languages(
            lambda: _("The decisions of the meeting are recorded. {group}: {protocol}.").format(
                group=group.name, protocol=protocol.title
            )
        ),
        key=f"protocol_signed:{protocol.pk}",
    )


protocol_workflow = Workflow(
    Protocol,
    (
        Transition(
            "sign",
            gettext_lazy("Note the signing"),
            sources=(Protocol.Status.DRAFT,),
            target=Protocol.Status.SIGNED,
            permission="meetings.sign_protocol",
            check=check_sign,
            effects=(copy_signatories, carry_out_decisions, issue_papers, keep_scan, tell_group),
            confirm=gettext_lazy("Note that the protocol is signed?"),
            explanation=gettext_lazy(
                "The decisions are carried out at once: the list receives the recommendation, the report is "
                "considered. The protocol can no longer be changed."
            ),
            done=pgettext_lazy("done", "noted as signed"),
        ),
        Transition(
            "publish",
            gettext_lazy("Publish"),
            sources=(Protocol.Status.SIGNED,),
            target=Protocol.Status.PUBLISHED,
            permission="meetings.publish_protocol",
            confirm=gettext_lazy("Publish the protocol?"),
            explanation=gettext_lazy("Notes that the akimat has published the protocol."),
            done=pgettext_lazy("done", "noted as published"),
        ),
        Transition(
            "register_on_paper",
            gettext_lazy("Enter a protocol signed before"),
            sources=(Protocol.Status.DRAFT,),
            target=Protocol.Status.SIGNED,
            permission="meetings.register_protocol",
            internal=True,
            effects=(issue_papers, keep_scan),
            done=pgettext_lazy("done", "entered as signed on paper"),
        ),
    ),
    states=Protocol.Status,
)
