"""A person's inbox: read, mark, take back, and choose how e-mail comes."""

import datetime as dt
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.core.errors import Invalid
from apps.institutions.auth import actor_of, person_of
from apps.notices.forms import MannerForm, NewestForm
from apps.notices.selectors import inbox, manner_of, read_together, told
from apps.notices.services import (
    mail_choose,
    notice_read,
    notice_unread,
    notices_read,
    notices_unread,
)
from apps.notices.states import MailManner

SIZE = 30
ALL = "all"


@login_required
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what one has not read yet, or all, newest first."""
    person = person_of(request)
    unread = request.GET.get("show") != ALL
    found = inbox(
        person.pk,
        unread=unread,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=SIZE,
    )
    marked = request.GET.get("marked", "")
    facts = {
        "page": found,
        "notices": told(found.rows),
        "only_unread": unread,
        "newest": found.rows[0].pk if found.rows else None,
        "marked": marked,
        "marked_count": read_together(person.pk, _moment(marked)) if marked else 0,
        "manner_form": MannerForm(initial={"manner": manner_of(person.pk)}),
    }
    return render(request, "notices/inbox.html", facts)


@login_required
@require_POST
def read(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Mark one notice as read; who asked to go on is led to its place."""
    found = notice_read(actor=actor_of(request), notice_id=notice)
    if "go" in request.POST:
        return redirect(found.path)
    messages.success(request, _("The notice was marked as read. It stands under “All”."))
    return _back(request)


@login_required
@require_POST
def unread(request: HttpRequest, notice: uuid.UUID) -> HttpResponse:
    """Mark one notice as not read."""
    notice_unread(actor=actor_of(request), notice_id=notice)
    messages.success(request, _("The notice was marked as not read."))
    return _back(request)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices up to the newest one seen as read; the next page can take it back."""
    form = NewestForm(request.POST)
    if not form.is_valid():
        raise Invalid(field="newest")
    moment = notices_read(actor=actor_of(request), newest=form.cleaned_data["newest"])
    marked = QueryDict(mutable=True)
    marked["marked"] = moment.isoformat()
    return redirect(f"{reverse('notices:inbox')}?{marked.urlencode()}")


@login_required
@require_POST
def unread_all(request: HttpRequest) -> HttpResponse:
    """Take back what was marked as read in one go."""
    notices_unread(actor=actor_of(request), moment=_moment(request.POST.get("moment", "")))
    messages.success(request, _("They are marked as not read again."))
    return redirect("notices:inbox")


@login_required
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Choose how e-mail comes."""
    form = MannerForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose one of the ways that are offered."), field="manner")
    mail_choose(actor=actor_of(request), manner=MailManner(form.cleaned_data["manner"]))
    messages.success(request, _("Your choice was saved."))
    return redirect("notices:inbox")


def _back(request: HttpRequest) -> HttpResponse:
    """Return to the list that was shown."""
    shown = f"?show={ALL}" if request.POST.get("show") == ALL else ""
    return redirect(reverse("notices:inbox") + shown)


def _moment(text: str) -> dt.datetime:
    """Return the moment of a marking; raise `Invalid` for anything else."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(field="moment") from None
    if moment.tzinfo is None:
        raise Invalid(field="moment")
    return moment
