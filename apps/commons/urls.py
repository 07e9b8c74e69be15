"""Addresses of the public hall."""

from django.urls import path

from apps.commons.views import acts, hall

app_name = "commons"

urlpatterns = [
    path("", hall.home, name="home"),
    path("acts/", acts.acts, name="acts"),
    path("acts/<int:seq>/", acts.act, name="act"),
]
