"""Deadline rules and days off as taken in on 23 November 2026."""

import json
from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).parent.parent / "reference"


def _read(name):
    return json.loads((FOLDER / name).read_text("utf-8"))


def take_in(apps, schema_editor):
    alias = schema_editor.connection.alias
    rule_of = apps.get_model("clocks", "DeadlineRule")
    for row in _read("2026_11_deadlines.json")["rules"]:
        row["valid_from_date"], row["valid_until_date"] = (
            row.pop("valid_from"),
            row.pop("valid_until"),
        )
        rule_of.objects.using(alias).create(**row)
    calendar_of, holiday_of = (apps.get_model("clocks", n) for n in ("HolidayCalendar", "Holiday"))
    for row in _read("2026_11_calendars.json")["calendars"]:
        calendar = calendar_of.objects.using(alias).create(
            jurisdiction=row["jurisdiction"],
            weekend=row["weekend"],
            known_from_date=row["known_from"],
            known_until_date=row["known_until"],
            source=row["source"],
        )
        holiday_of.objects.using(alias).bulk_create(
            holiday_of(calendar=calendar, **holiday) for holiday in row["holidays"]
        )


def take_out(apps, schema_editor):
    for name in ("Holiday", "HolidayCalendar", "DeadlineRule"):
        apps.get_model("clocks", name).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("clocks", "0002_laws")]
    operations = [migrations.RunPython(take_in, take_out)]
