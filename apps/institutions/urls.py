"""Addresses of a person's own pages and of organisations."""

from django.urls import path

from apps.institutions.views import desk, invitations, me, organisations, registrar, tokens

app_name = "institutions"
urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/erasure/", me.erasure_ask, name="erasure"),
    path("me/erasure/<uuid:erasure>/withdraw/", me.erasure_take_back, name="erasure_withdraw"),
    path("me/interests/", me.interest_declare, name="interests"),
    path(
        "me/interests/<uuid:declaration>/withdraw/", me.interest_withdraw, name="interest_withdraw"
    ),
    path("me/tokens/", tokens.tokens, name="tokens"),
    path("me/tokens/<uuid:token>/revoke/", tokens.revoke, name="token_revoke"),
    path("organisations/register/", organisations.register, name="organisation_register"),
    path("organisations/<str:code>/", organisations.organisation, name="organisation"),
    path(
        "organisations/<str:code>/members/<uuid:membership>/end/",
        organisations.member_end,
        name="member_end",
    ),
    path(
        "organisations/<str:code>/invitations/<uuid:invitation>/withdraw/",
        organisations.invitation_end,
        name="invitation_withdraw",
    ),
    path("registrations/", registrar.registrations, name="registrations"),
    path("registrations/<str:code>/", registrar.answer, name="registration"),
    path("administration/", desk.desk, name="desk"),
    path("administration/<slug:name>/", desk.deed, name="deed"),
    path("administration/<slug:name>/<uuid:row>/end/", desk.end, name="end"),
    path("administration/erasures/<uuid:request_id>/", desk.erasure, name="erasure_answer"),
    path("invitations/<str:secret>/", invitations.invitation, name="invitation"),
]
