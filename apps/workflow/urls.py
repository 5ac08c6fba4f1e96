"""Routes that every paper shares: steps, history, remarks, letters."""

from django.urls import path

from apps.workflow import views

app_name = "workflow"
urlpatterns = [
    path("<str:model>/<int:pk>/steps/<str:name>/", views.TransitionView.as_view(), name="paper_transition"),
    path("<str:model>/<int:pk>/history/", views.HistoryView.as_view(), name="paper_history"),
    path("<str:model>/<int:pk>/remarks/", views.RemarkCreateView.as_view(), name="remark_create"),
    path("remarks/<int:pk>/answer/", views.RemarkAnswerView.as_view(), name="remark_answer"),
    path("remarks/<int:pk>/resolve/", views.RemarkResolveView.as_view(), name="remark_resolve"),
    path("letters/<int:pk>/", views.HandOverEditView.as_view(), name="handover_edit"),
    path("letters/<int:pk>/attach/", views.HandOverAttachView.as_view(), name="handover_attach"),
]
