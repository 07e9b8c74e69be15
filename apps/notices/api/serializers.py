"""Notices as JSON, in the language that the request asks for."""

from rest_framework import serializers

from apps.core.pagination import LARGEST


class NoticesQuery(serializers.Serializer):
    """Which notices, and which stretch of them."""

    unread = serializers.BooleanField(default=False, help_text="Only those not read yet.")
    after = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST, default=50)


class NoticeSerializer(serializers.Serializer):
    """One notice: what happened, why it concerns you, what you can do by when."""

    id = serializers.UUIDField(source="notice.id")
    act = serializers.IntegerField(source="notice.seq", help_text="Place in the journal.")
    kind = serializers.CharField(source="notice.kind")
    title = serializers.CharField(source="said.title")
    why = serializers.CharField(source="said.why")
    what_to_do = serializers.CharField(source="said.what_to_do")
    path = serializers.CharField(source="notice.path", help_text="Page where it can be done.")
    due_at = serializers.DateTimeField(source="notice.due_at", allow_null=True)
    written_at = serializers.DateTimeField(source="notice.written_at")
    read_at = serializers.DateTimeField(source="notice.read_at", allow_null=True)


class NoticesSerializer(serializers.Serializer):
    """A stretch of one's inbox, the newest first."""

    notices = NoticeSerializer(many=True)
    unread = serializers.IntegerField(help_text="How many are not read, counted up to 100.")
    after = serializers.CharField(help_text="Give this as `after` to go on; empty at the end.")
