"""Settings of the API: who is let in, how often, and how its document is named."""

import environ

env = environ.Env()

# How many proxies of our own stand before the portal: only they may say whose address it is.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.api.parsers.BoundedJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.institutions.api.TokenAuthentication",
        "apps.institutions.api.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["apps.institutions.api.ScopedPermission"],
    "DEFAULT_THROTTLE_CLASSES": ["apps.institutions.api.ActorThrottle"],
    "NUM_PROXIES": TRUSTED_PROXIES,
    "DEFAULT_SCHEMA_CLASS": "apps.core.api.schema.ProblemSchema",
    "EXCEPTION_HANDLER": "apps.core.api.problems.problem_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# How long a repeated request waits for the first one with its Idempotency-Key.
IDEMPOTENCY_WAIT_MS = env.int("IDEMPOTENCY_WAIT_MS", default=5000)
# Requests in one minute, by who asks.
API_RATES = {
    "anonymous": env.int("API_RATE_ANONYMOUS", default=300),
    "person": env.int("API_RATE_PERSON", default=600),
    "token": env.int("API_RATE_TOKEN", default=6000),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Sangam",
    "DESCRIPTION": "Listings, the rules in force that touch them, and the decisions that follow.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    # Several things have a state, a kind or an access; their lists keep names of their own.
    "ENUM_NAME_OVERRIDES": {
        "AccessEnum": "apps.listings.readers.own.ACCESS",
        "AppealGroundEnum": "apps.cases.states.Ground",
        "AssignmentStateEnum": "apps.reviews.states.AssignmentState",
        "BallotOutcomeEnum": "apps.voting.states.Outcome",
        "BallotStateEnum": "apps.voting.states.BallotState",
        "CaseStateEnum": "apps.cases.states.CaseState",
        "CommentStateEnum": "apps.proposals.states.CommentState",
        "ContestGroundEnum": "apps.cases.states.ContestGround",
        "DecisionKindEnum": "apps.cases.states.DecisionKind",
        "ListingStateEnum": "apps.listings.states.ListingState",
        "OutcomeEnum": "apps.compliance.api.serializers.OUTCOMES",
        "DivergenceStateEnum": "apps.policy.states.DivergenceState",
        "SectorEnum": "apps.institutions.sectors.Sector",
        "SimulationStateEnum": "apps.compliance.states.SimulationState",
        "RestrictingOutcomeEnum": "apps.cases.api.drafts.RESTRICTING",
        "ProposableKindEnum": "apps.proposals.api.serializers.PROPOSABLE",
        "ProposalStateEnum": "apps.proposals.states.ProposalState",
        "RoundStateEnum": "apps.reviews.states.RoundState",
        "RuleKindEnum": "apps.policy.states.StatuteKind",
        "RuleStateEnum": "apps.policy.states.RuleState",
        "RuleStayStateEnum": "apps.policy.states.RuleStayState",
        "RunStateEnum": "apps.listings.states.RunState",
        "VerdictKindEnum": "apps.reviews.states.VerdictKind",
    },
}

# What holds for a model that is not in the register: allow, condition, restrict, suspend, prohibit.
UNREGISTERED_OUTCOME = env("UNREGISTERED_OUTCOME", default="suspend")

# For how many days an asker's own questions are kept; the privacy notice says so.
QUESTIONS_KEPT_DAYS = env.int("QUESTIONS_KEPT_DAYS", default=400)
# Fewer questions of one kind on a day than this are not counted in public.
QUESTIONS_TOLD_FROM = 10

# --- Bundles: what others decide by without asking ------------------------------------------------
# After so many seconds a bundle is past its age: who keeps none younger lets nothing through whose
# outcome is named here. A new one is built where the last is older than so many seconds.
BUNDLE_MAX_AGE = env.int("BUNDLE_MAX_AGE", default=86_400)
BUNDLE_EVERY = env.int("BUNDLE_EVERY", default=60)
BUNDLE_FAIL_CLOSED = env.list("BUNDLE_FAIL_CLOSED", default=["restrict", "suspend", "prohibit"])

# What a draft would change is worked out while one waits where the register holds no more versions
# than this; beyond it a worker does it, and the page shows how far it is.
SIMULATE_AT_ONCE = env.int("SIMULATE_AT_ONCE", default=20_000)
