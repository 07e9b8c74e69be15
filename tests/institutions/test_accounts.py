import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from apps.institutions.errors import CodeNotAccepted
from apps.institutions.models import User
from apps.institutions.offices import Office
from apps.institutions.services import code_spend, person_restore, person_suspend
from apps.journal.selectors import acts_after
from apps.reactions.runner import settle
from tests.factories import institutions as make
from tests.institutions.browser import (
    arm,
    code_at,
    code_of,
    link_in_mail,
    sign_in,
    wait_for_a_fresh_code,
)

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "email": "Meera@Example.org",
    "name": "Meera Iyer",
    "password1": make.PASSWORD,
    "password2": make.PASSWORD,
}


@pytest.fixture(autouse=True)
def no_attempts_yet():
    cache.clear()


@pytest.fixture
def browser() -> Client:
    return Client()


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_a_person_registers_checks_the_address_and_signs_in(browser):
    browser.post("/accounts/signup/", SIGN_UP)
    early = sign_in(browser, "meera@example.org")
    path = link_in_mail(r"/accounts/confirm-email/[^/]+/")
    browser.post(path)
    sign_in(browser, "meera@example.org")
    settle()

    assert early.headers["Location"] == "/accounts/confirm-email/"
    assert signed_in(browser)
    user = User.objects.get()
    assert (user.email, user.name) == ("meera@example.org", "Meera Iyer")
    [act] = acts_after(0, limit=10, sealed=True)
    assert (act.kind, act.subject, act.payload) == ("institutions.person.registered", user.pk, {})
    [public] = acts_after(0, limit=10)
    assert public.kind == "sealed"


def test_a_taken_address_is_answered_like_a_free_one(browser):
    make.person(email="meera@example.org")

    taken = browser.post("/accounts/signup/", SIGN_UP)
    free = Client().post("/accounts/signup/", SIGN_UP | {"email": "new@example.org"})

    assert (taken.status_code, taken.headers["Location"]) == (302, free.headers["Location"])
    assert User.objects.count() == 2
    assert [message.to for message in mail.outbox] == [["meera@example.org"], ["new@example.org"]]


def test_a_weak_password_is_refused(browser):
    weak = {"password1": "password", "password2": "password"}

    answer = browser.post("/accounts/signup/", SIGN_UP | weak)

    assert answer.status_code == 200
    assert not User.objects.exists()


def test_a_password_is_reset_by_mail(browser):
    make.person(email="meera@example.org", password="the old one was long")

    browser.post("/accounts/password/reset/", {"email": "meera@example.org"})
    path = link_in_mail(r"/accounts/password/reset/key/[^/\s]+/")
    form = browser.get(path).headers["Location"]
    new = {"password1": make.PASSWORD, "password2": make.PASSWORD}
    browser.post(form, new)
    sign_in(browser, "meera@example.org")

    assert signed_in(browser)


def test_an_unknown_address_is_told_nothing_on_the_page(browser):
    make.person(email="meera@example.org")

    known = browser.post("/accounts/password/reset/", {"email": "meera@example.org"})
    unknown = browser.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert known.headers["Location"] == unknown.headers["Location"]


def test_guessing_a_password_is_slowed_down(browser):
    make.person(email="meera@example.org", password=make.PASSWORD)

    for _ in range(6):
        sign_in(browser, "meera@example.org", "wrong")
    sign_in(browser, "meera@example.org")

    assert not signed_in(browser)


def test_a_sign_in_with_an_authenticator_app_needs_its_code(browser):
    user = make.person(password=make.PASSWORD)
    sign_in(browser, user.email)
    secret = arm(browser)
    later = Client()

    half = sign_in(later, user.email)
    wrong = later.post("/accounts/2fa/authenticate/", {"code": "000000"})
    before = signed_in(later)
    code = code_of(secret)
    spaced = f" {code[:3]} {code[3:]} "
    later.post("/accounts/2fa/authenticate/", {"code": spaced})

    assert half.headers["Location"] == "/accounts/2fa/authenticate/"
    assert (wrong.status_code, before) == (200, False)
    assert signed_in(later)


@pytest.mark.parametrize("shape", ["{a}{b}", " {a}{b}", "{a} {b}", "{a}\u00a0{b} ", "{a}-{b}"])
def test_a_code_works_once_however_it_is_written(browser, shape):
    user = make.person(password=make.PASSWORD)
    sign_in(browser, user.email)
    secret = arm(browser)
    first, second = Client(), Client()
    for each in (first, second):
        sign_in(each, user.email)
    code = code_of(secret)

    first.post("/accounts/2fa/authenticate/", {"code": code})
    again = shape.format(a=code[:3], b=code[3:])
    second.post("/accounts/2fa/authenticate/", {"code": again})

    assert (signed_in(first), signed_in(second)) == (True, False)


@pytest.mark.parametrize(("steps", "let_in"), [(-2, False), (-1, True), (0, True), (1, False)])
def test_a_code_counts_in_its_half_minute_and_in_the_next(browser, steps, let_in):
    user = make.person(password=make.PASSWORD)
    sign_in(browser, user.email)
    secret = arm(browser)
    later = Client()
    sign_in(later, user.email)
    wait_for_a_fresh_code()

    later.post("/accounts/2fa/authenticate/", {"code": code_at(secret, steps)})

    assert signed_in(later) is let_in


@pytest.mark.parametrize("steps", [-1, 0])
def test_a_spent_code_is_refused_whatever_allauth_remembers(browser, steps):
    user = make.person(password=make.PASSWORD)
    sign_in(browser, user.email)
    secret = arm(browser)
    held = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    wait_for_a_fresh_code()
    code = code_at(secret, steps)

    code_spend(authenticator=held, code=code)

    with pytest.raises(CodeNotAccepted):
        code_spend(authenticator=held, code=code)


def test_a_recovery_code_works_once(browser):
    user = make.person(password=make.PASSWORD)
    sign_in(browser, user.email)
    arm(browser)
    kept = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    code = kept.wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    for each in (first, second):
        sign_in(each, user.email)

    first.post("/accounts/2fa/authenticate/", {"code": code})
    second.post("/accounts/2fa/authenticate/", {"code": code})

    assert (signed_in(first), signed_in(second)) == (True, False)


def test_secrets_of_second_factors_are_not_stored_in_clear(browser):
    user = make.person(password=make.PASSWORD)
    sign_in(browser, user.email)

    secret = arm(browser)

    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_an_officer_is_led_to_a_second_factor_and_then_let_in(browser):
    user = make.person(password=make.PASSWORD)
    make.officer(Office.REGULATOR, user=user)
    sign_in(browser, user.email)

    led = browser.get("/")
    secret = arm(browser)
    again = browser.get("/")
    asked = browser.post(again.headers["Location"], {"code": code_of(secret)})

    assert led.headers["Location"].startswith("/accounts/2fa/totp/activate/")
    assert again.headers["Location"] == "/accounts/2fa/reauthenticate/?next=%2F"
    assert asked.headers["Location"] == "/"
    assert browser.get("/").status_code == 200


def test_an_officer_keeps_the_last_second_factor(browser):
    user = make.person(password=make.PASSWORD)
    make.officer(Office.REGULATOR, user=user)
    sign_in(browser, user.email)
    arm(browser)

    browser.post("/accounts/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).count() == 1


def test_a_suspended_person_is_signed_out_and_told_why(browser):
    user = make.person(password=make.PASSWORD)
    sign_in(browser, user.email)
    judge = make.actor(make.administrator())

    suspension = person_suspend(actor=judge, user=user, reason="Sold seats.")
    page = browser.get("/")
    barred = sign_in(browser, user.email)
    person_restore(actor=judge, suspension=suspension)
    sign_in(browser, user.email)

    for answer in (page, barred):
        assert answer.status_code == 403
        assert "Sold seats." in answer.content.decode()
    assert signed_in(browser)
