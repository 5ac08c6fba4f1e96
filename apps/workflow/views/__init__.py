"""Pages that every paper shares: steps, history, remarks, letters."""

from apps.workflow.views.letters import HandOverAttachView, HandOverEditView
from apps.workflow.views.remarks import RemarkAnswerView, RemarkCreateView, RemarkResolveView
from apps.workflow.views.steps import HistoryView, TransitionView

__all__ = [
    "HandOverAttachView",
    "HandOverEditView",
    "HistoryView",
    "RemarkAnswerView",
    "RemarkCreateView",
    "RemarkResolveView",
    "TransitionView",
]
