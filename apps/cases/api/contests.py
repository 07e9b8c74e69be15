"""Contests of standings over HTTP: everyone reads, a listing's company files, regulators decide."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.cases.models import Contest
from apps.cases.permissions import must_see_contests
from apps.cases.selectors import contest_by_code, contests_page
from apps.cases.services import (
    ContestDraft,
    Ruling,
    contest_file,
    contest_rule,
    contest_withdraw,
    stay_decide,
)
from apps.cases.states import ContestGround, ContestState, StayState
from apps.core.actor import Actor
from apps.institutions.api import ScopedPermission, idempotent
from apps.institutions.auth import actor_of
from apps.institutions.scopes import Scope
from apps.listings.selectors import listing_by_code
from apps.policy.selectors import version_by_number


class ContestQuery(serializers.Serializer):
    """Which contests, and where the next page begins."""

    listing = serializers.CharField(max_length=20, default="", allow_blank=True)
    state = serializers.ChoiceField(ContestState.choices, default="", allow_blank=True)
    after = serializers.CharField(max_length=500, default="", allow_blank=True)


class ContestWrite(serializers.Serializer):
    """What a company contests: a version of a rule that catches its listing now, and why."""

    listing = serializers.CharField(max_length=20)
    rule = serializers.CharField(max_length=20)
    rule_version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    ground = serializers.ChoiceField(ContestGround.choices)
    fact = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="Only on the ground of a wrong fact."
    )
    statement = serializers.CharField(max_length=5000, help_text="Published word for word.")
    confidential = serializers.CharField(
        max_length=5000, default="", allow_blank=True, help_text="For the officer only."
    )
    evidence = serializers.URLField(max_length=500, default="", allow_blank=True)
    stay = serializers.CharField(
        max_length=2000,
        default="",
        allow_blank=True,
        help_text="Why it cannot wait; empty, no stay is asked for.",
    )


class StayWrite(serializers.Serializer):
    """What a regulator decides of a stay, and why."""

    granted = serializers.BooleanField()
    reasons = serializers.CharField(max_length=2000, help_text="Published.")


class RulingWrite(serializers.Serializer):
    """Whether the company is right, and why."""

    upheld = serializers.BooleanField()
    reasons = serializers.CharField(max_length=5000, help_text="Published. Name no person.")
    until_at = serializers.DateTimeField(
        default=None,
        allow_null=True,
        help_text="The day of an exemption that was asked for as such, and of nothing else.",
    )

    def ruling(self) -> Ruling:
        """Return what was ruled, for the service."""
        told = self.validated_data
        return Ruling(upheld=told["upheld"], reasons=told["reasons"], until_at=told["until_at"])


class StayRead(serializers.Serializer):
    """The stay that was asked for."""

    state = serializers.ChoiceField(StayState.choices)
    necessity = serializers.CharField()
    reasons = serializers.CharField()
    due_at = serializers.DateTimeField(source="clock.due_at", allow_null=True)
    exemption = serializers.CharField(source="exemption.code", default=None, allow_null=True)


class ContestRead(serializers.ModelSerializer):
    """A contest as everyone reads it."""

    listing = serializers.CharField(source="listing.code")
    rule = serializers.CharField(source="rule_version.rule.code")
    rule_version = serializers.IntegerField(source="rule_version.number")
    organisation = serializers.CharField(source="organisation.code")
    due_at = serializers.DateTimeField(source="clock.due_at", allow_null=True)
    stay = serializers.SerializerMethodField()
    exemption = serializers.CharField(source="exemption.code", default=None, allow_null=True)
    dispute = serializers.CharField(source="dispute.code", default=None, allow_null=True)

    class Meta:
        model = Contest
        fields = [
            "code",
            "listing",
            "rule",
            "rule_version",
            "organisation",
            "ground",
            "fact",
            "statement",
            "evidence",
            "state",
            "filed_at",
            "due_at",
            "stay",
            "ruled_at",
            "reasons",
            "exemption",
            "dispute",
            "withdrawn_at",
        ]

    @extend_schema_field(StayRead(allow_null=True))
    def get_stay(self, contest: Contest) -> dict[str, Any] | None:
        """Return the stay, where one was asked for."""
        return StayRead(contest.stay).data if hasattr(contest, "stay") else None


class ContestPage(serializers.Serializer):
    """Contests, newest first."""

    contests = ContestRead(many=True)
    after = serializers.CharField(allow_blank=True)


class Contests(APIView):
    """All contests, and where a company files one."""

    write_scope = Scope.CASES_WRITE

    def get_permissions(self) -> list[BasePermission]:
        """Let everyone read, and companies write."""
        return [ScopedPermission() if self.request.method == "POST" else AllowAny()]

    @extend_schema(
        operation_id="contests_list",
        tags=["contests"],
        parameters=[ContestQuery],
        responses=ContestPage,
    )
    def get(self, request: Request) -> Response:
        """Return contests, newest first: all, of one listing, or in one state."""
        query = ContestQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        told = query.validated_data
        listing = listing_by_code(told["listing"]) if told["listing"] else None
        page = contests_page(listing=listing, state=told["state"], after=told["after"])
        return Response(ContestPage({"contests": page.rows, "after": page.after}).data)

    @extend_schema(
        operation_id="contests_create",
        tags=["contests"],
        request=ContestWrite,
        responses={201: ContestRead},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Contest, for the company that keeps a listing, that a rule catches it."""
        sent = ContestWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        told = dict(sent.validated_data)
        listing = listing_by_code(told["listing"])
        version = version_by_number(told["rule"], told["rule_version"])
        draft = ContestDraft(
            ground=ContestGround(told["ground"]),
            statement=told["statement"],
            fact=told["fact"],
            confidential=told["confidential"],
            evidence=told["evidence"],
            stay=told["stay"],
        )
        made = contest_file(
            actor=actor_of(request), listing=listing, rule_version=version, draft=draft
        )
        shown = ContestRead(contest_by_code(made.code))
        return Response(shown.data, status=status.HTTP_201_CREATED)


class OneContest(APIView):
    """One contest."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="contests_retrieve", tags=["contests"], responses=ContestRead)
    def get(self, request: Request, code: str) -> Response:
        """Return a contest with its stay and its ruling."""
        return Response(ContestRead(contest_by_code(code)).data)


class ContestWithdrawal(APIView):
    """Where a company takes a contest back."""

    permission_classes = (ScopedPermission,)
    write_scope = Scope.CASES_WRITE

    @extend_schema(
        operation_id="contests_withdraw",
        tags=["contests"],
        request=None,
        responses={201: ContestRead},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Take a contest back; its stay ends with it."""
        contest_withdraw(actor=actor_of(request), contest=contest_by_code(code))
        shown = ContestRead(contest_by_code(code))
        return Response(shown.data, status=status.HTTP_201_CREATED)


class Desk(APIView):
    """What regulators with a mandate on models decide of a contest."""

    permission_classes = (ScopedPermission,)
    write_scope = Scope.CASES_WRITE

    def contest(self, request: Request, code: str) -> tuple[Actor, Contest]:
        """Return who decides and of what; refuse whoever has no such mandate."""
        actor = actor_of(request)
        must_see_contests(actor)
        return actor, contest_by_code(code)

    def decided(self, code: str) -> Response:
        """Answer with the contest as everyone reads it now."""
        return Response(ContestRead(contest_by_code(code)).data, status=status.HTTP_201_CREATED)


class ContestStayDecision(Desk):
    """Where a regulator decides whether the rule waits until the ruling."""

    @extend_schema(
        operation_id="contests_stay_decide",
        tags=["contests"],
        request=StayWrite,
        responses={201: ContestRead},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Grant or refuse the stay, with public reasons; whoever does so never rules on it."""
        actor, contest = self.contest(request, code)
        sent = StayWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        granted, reasons = told["granted"], told["reasons"]
        stay_decide(actor=actor, contest=contest, granted=granted, reasons=reasons)
        return self.decided(code)


class ContestRuling(Desk):
    """Where a regulator rules on a contest."""

    @extend_schema(
        operation_id="contests_rule",
        tags=["contests"],
        request=RulingWrite,
        responses={201: ContestRead},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Uphold or reject a contest, with public reasons; its stay ends in the same moment."""
        actor, contest = self.contest(request, code)
        sent = RulingWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        contest_rule(actor=actor, contest=contest, ruling=sent.ruling())
        return self.decided(code)
