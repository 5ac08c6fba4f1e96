"""Addresses of the lists of indicators."""

from django.urls import path

from apps.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.IndicatorListList.as_view(), name="indicatorlist_list"),
    path("new/", views.IndicatorListCreate.as_view(), name="indicatorlist_create"),
    path("on-paper/", views.IndicatorListOnPaper.as_view(), name="indicatorlist_on_paper"),
    path("<int:pk>/", views.IndicatorListDetail.as_view(), name="indicatorlist_detail"),
    path("<int:pk>/cells/", views.IndicatorListCells.as_view(), name="indicatorlist_cells"),
    path("<int:pk>/add/", views.ItemsFromTypicalList.as_view(), name="indicatorlist_add"),
    path("<int:pk>/paste/", views.IndicatorListPaste.as_view(), name="indicatorlist_paste"),
    path("<int:pk>/translation/", views.IndicatorListTranslation.as_view(), name="indicatorlist_translation"),
    path("<int:pk>/rows/<int:item>/", views.ItemUpdate.as_view(), name="indicatorlistitem_update"),
    path("typical/<int:pk>/", views.TypicalListDetail.as_view(), name="typicallist_detail"),
]
