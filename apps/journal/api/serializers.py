"""Acts as JSON; an act never names a person."""

from typing import Any

from rest_framework import serializers

from apps.journal.selectors import JournalAct

LARGEST_SEQ = 2**63 - 1


class FeedQuery(serializers.Serializer):
    """Where to go on reading, and how many acts to take."""

    after = serializers.IntegerField(
        min_value=0, max_value=LARGEST_SEQ, default=0, help_text="Position already read."
    )
    limit = serializers.IntegerField(min_value=1, max_value=1000, default=100)


class ActSerializer(serializers.Serializer):
    """One act in its place; of a sealed one the place, the day and a commitment."""

    seq = serializers.IntegerField()
    kind = serializers.CharField()
    by = serializers.SerializerMethodField(help_text="Whether a person or the portal did it.")
    subject = serializers.UUIDField(allow_null=True)
    concerns = serializers.ListField(child=serializers.UUIDField())
    payload = serializers.DictField()
    cause = serializers.IntegerField(allow_null=True, help_text="The act that led here.")
    visibility = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    commitment = serializers.CharField(allow_blank=True)

    def get_by(self, act: JournalAct) -> str | None:
        """Say what kind of actor it was; of a sealed act nothing."""
        if act.sealed:
            return None
        return "person" if act.actor else "portal"

    def to_representation(self, act: JournalAct) -> dict[str, Any]:
        """Leave out the empty subject of a sealed act."""
        shown = super().to_representation(act)
        return shown | {"subject": None} if act.sealed else shown


class FeedSerializer(serializers.Serializer):
    """One stretch of the journal."""

    acts = ActSerializer(many=True)
    after = serializers.IntegerField(help_text="Give this as `after` to go on.")
    position = serializers.IntegerField(help_text="Place of the newest act.")
