import rules

from apps.accounts.models import Role
from apps.accounts.rules import holds, holds_here
from apps.attachments.effects import keep_scan
from apps.workflow.workflow import Gap, Transition, Workflow

from .models import Memo, Note

rules.set_perm("paperapp.send_memo", holds_here(Role.AKIMAT_STAFF))
rules.set_perm("paperapp.review_memo", holds(Role.MINISTRY_REVIEWER))


def has_everything(memo, _actor):
    gaps = []
    if memo.is_late:
        gaps.append(Gap("late", "The day has passed", level="warning", mark="late"))
    if not memo.text:
        gaps.append(Gap("no_text", "The wording is missing", anchor="line-1-text"))
    return gaps


def write_note(deed):
    Note.objects.create(memo_key=deed.paper.pk, text=deed.transition.name)


def note_date(deed):
    Note.objects.create(memo_key=deed.paper.pk, text=f"dated {deed.dated}")


def break_on_order(deed):
    if deed.paper.text == "break":
        raise ZeroDivisionError("an effect failed")


STEPS = (
    Transition(
        "send",
        "Send",
        ("draft", "returned"),
        "sent",
        "paperapp.send_memo",
        hand_over=True,
        receiver="paperapp.review_memo",
        check=has_everything,
        term=lambda memo: memo.due_on,
        earliest=lambda memo: memo.begun_on,
        effects=(write_note, keep_scan, break_on_order),
        redated=(note_date,),
        explanation="The reviewer sees it at once.",
        confirm="Send the memo?",
        page_label="Look over and send",
        done="sent to the reviewer",
    ),
    Transition("recall", "Recall", ("sent",), "draft", "paperapp.send_memo", done="recalled"),
    Transition(
        "return",
        "Send back",
        ("sent",),
        "returned",
        "paperapp.review_memo",
        comment=True,
        hand_over=True,
        done="sent back",
    ),
    Transition("take_in", "Take in", ("sent",), None, "paperapp.review_memo", receives=True, done="taken in"),
    Transition(
        "recommend",
        "Recommend",
        ("draft", "sent"),
        None,
        "paperapp.send_memo",
        decision=True,
        done="recommended",
    ),
    Transition(
        "agree", "Agree", ("sent",), "agreed", "paperapp.review_memo", internal=True, done="agreed upon"
    ),
)

memo_workflow = Workflow(Memo, STEPS, states=Memo.Status)
