import pytest
from django.db import IntegrityError, connection, transaction

from apps.core.clock import now
from apps.listings.models import Provider


@pytest.mark.django_db(transaction=True)
def test_a_provider_does_not_enter_without_an_act():
    with pytest.raises(IntegrityError, match="changed without an act"), transaction.atomic():
        Provider.objects.create(code="PV-00001-0", name="Nobody", slug="nobody", entered_at=now())

    assert Provider.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["listings_listing", "listings_listingversion"])
def test_the_runtime_role_cannot_delete_from_the_register(table):
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"delete from {table}")
