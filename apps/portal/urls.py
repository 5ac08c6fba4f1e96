"""Routes of the pages above all papers."""

from django.urls import path

from apps.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.TodayView.as_view(), name="today"),
    path("regions/", views.RegionsView.as_view(), name="regions"),
    path("regions/<int:year>.csv", views.RegionsCsvView.as_view(), name="regions_csv"),
    path("regions/<str:pk>/", views.RegionView.as_view(), name="region_detail"),
    path("search/", views.SearchView.as_view(), name="search"),
]
