import pytest
from django.core.management import call_command

from apps.core.actor import ANONYMOUS, OPERATOR, SYSTEM
from apps.core.errors import MoveRefused, NotPermitted
from apps.journal.models import RecordedAct
from apps.licensing.errors import LicenceAmbiguous
from apps.licensing.models import Edition, Licence, UnresolvedLicence
from apps.licensing.selectors import licence_names, licence_resolve
from apps.licensing.services import licences_load, name_set_aside, name_settle, names_queue
from apps.licensing.states import NAMES, NameState
from tests.factories.licensing import waiting_name


@pytest.mark.django_db
def test_the_register_is_loaded_once(capsys):
    assert licences_load(actor=OPERATOR) is None

    call_command("licences_load")

    assert capsys.readouterr().out == "This edition is loaded already.\n"
    assert Edition.objects.count() == 1
    assert Licence.objects.count() == 40
    assert RecordedAct.objects.count() == 0


@pytest.mark.django_db
def test_a_new_edition_is_loaded_with_its_act():
    Edition.objects.all().delete()
    Licence.objects.filter(id="mit").update(name="spoiled")

    edition = licences_load(actor=OPERATOR)

    assert Licence.objects.get(id="mit").name == "MIT"
    [act] = RecordedAct.objects.all()
    assert (act.kind, act.subject) == ("licensing.register.loaded", edition.id)


@pytest.mark.django_db
def test_a_name_waits_once_however_often_it_is_met():
    assert names_queue(actor=SYSTEM, met={"Studio licence 3": "", "other": "", "unknown": ""}) == 1
    assert names_queue(actor=SYSTEM, met={"STUDIO  license-3": ""}) == 0

    [name] = UnresolvedLicence.objects.all()
    assert (name.text, name.state) == ("Studio licence 3", NameState.WAITING)


@pytest.mark.django_db
def test_a_settled_name_resolves_from_then_on():
    name = waiting_name("Studio licence 3")
    assert licence_resolve("studio licence 3") is None

    name_settle(actor=OPERATOR, name_id=name.id, licence=Licence.objects.get(id="mit"))

    assert licence_resolve("studio licence 3").id == "mit"
    assert licence_names().resolve("Studio-License 3") == "mit"


@pytest.mark.django_db
def test_a_family_tag_settles_nothing():
    name = waiting_name()

    with pytest.raises(LicenceAmbiguous):
        name_settle(actor=OPERATOR, name_id=name.id, licence=Licence.objects.get(id="openrail"))

    name.refresh_from_db()
    assert name.state == NameState.WAITING


@pytest.mark.django_db
def test_a_stranger_settles_no_name():
    name = waiting_name()

    with pytest.raises(NotPermitted):
        name_settle(actor=ANONYMOUS, name_id=name.id, licence=Licence.objects.get(id="mit"))
    with pytest.raises(NotPermitted):
        name_set_aside(actor=ANONYMOUS, name_id=name.id)

    name.refresh_from_db()
    assert name.state == NameState.WAITING
    assert RecordedAct.objects.exclude(kind="licensing.names.met").count() == 0


@pytest.mark.parametrize("source", NameState.values)
@pytest.mark.parametrize("target", NameState.values)
def test_every_step_of_a_name_is_as_the_table_says(source, target):
    name = UnresolvedLicence(state=source)
    allowed = {("waiting", "settled"), ("waiting", "set-aside"), ("set-aside", "settled")}

    if (source, target) in allowed:
        NAMES.move(name, target)
        assert name.state == target
    else:
        with pytest.raises(MoveRefused):
            NAMES.move(name, target)
        assert name.state == source
