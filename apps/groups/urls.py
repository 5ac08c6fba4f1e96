"""Routes of the working groups."""

from django.urls import path

from apps.groups import views

app_name = "groups"
urlpatterns = [
    path("", views.WorkingGroupList.as_view(), name="workinggroup_list"),
    path("new/", views.WorkingGroupCreate.as_view(), name="workinggroup_create"),
    path("<int:pk>/", views.WorkingGroupDetail.as_view(), name="workinggroup_detail"),
    path("<int:pk>/edit/", views.WorkingGroupUpdate.as_view(), name="workinggroup_update"),
    path("<int:group>/members/new/", views.MemberCreate.as_view(), name="member_create"),
    path("<int:group>/members/<int:pk>/", views.MemberUpdate.as_view(), name="member_update"),
]
