"""Addresses of one's own inbox."""

from django.urls import path

from apps.notices import views

app_name = "notices"
urlpatterns = [
    path("me/inbox/", views.page, name="inbox"),
    path("me/inbox/read/", views.read_all, name="read_all"),
    path("me/inbox/unread/", views.unread_all, name="unread_all"),
    path("me/inbox/mail/", views.mail, name="mail"),
    path("me/inbox/<uuid:notice>/read/", views.read, name="read"),
    path("me/inbox/<uuid:notice>/unread/", views.unread, name="unread"),
]
