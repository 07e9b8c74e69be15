"""One of each thing that an address can name."""

import datetime as dt

from apps.cases.services import (
    Answer,
    allegation_send,
    appeal_file,
    case_assign,
    report_link,
    response_give,
    urgent_act,
)
from apps.cases.states import Stance
from apps.compliance.services import (
    ExemptionDraft,
    MeasureDraft,
    SandboxDraft,
    exemption_grant,
    measure_impose,
    reassess,
    sandbox_grant,
)
from apps.compliance.states import MeasureSource
from apps.core.actor import SYSTEM, Actor
from apps.core.clock import now
from apps.institutions.models import Membership, OfficeHolding
from apps.institutions.models import Role as Standing
from apps.institutions.offices import Subject
from apps.institutions.selectors.tokens import secret_digest
from apps.institutions.services import (
    Offer,
    conflict_declare,
    erasure_request,
    invitation_send,
)
from apps.licensing.models import UnresolvedLicence
from apps.listings.models import Listing
from apps.listings.selectors import listing_by_code
from apps.listings.services import (
    claim_open,
    fact_dispute,
    import_open,
    marketplace_enter,
    offer_make,
)
from apps.policy.engine import Outcome
from apps.proposals.services import comment_post, comment_remove, removal_appeal
from apps.reactions.runner import settle
from tests.authorisation.roles import Role, World
from tests.factories import (
    cases,
    contests,
    institutions,
    listings,
    markets,
    notices,
    policy,
    proposals,
    reviews,
    voting,
)

SECRET = "an-invitation-that-everybody-knows"

NARROW = "!listing.has_model_card && listing.downloads < 1000000000"


def fill(world: World) -> None:
    """Make the things; each is kept in the world by its name."""
    community = institutions.actor(world.people[Role.COMMUNITY])
    world.things |= _own_things(world, community) | _law(world) | _market(world, community)
    world.things |= _deliberation(world, community)
    world.things |= _casework(world)
    world.things |= _contested(world)


def _own_things(world: World, community: Actor) -> dict:
    owner = institutions.actor(world.people[Role.A_OWNER])
    offer = Offer(organisation=world.company_a, role=Standing.MEMBER)
    invited = world.people[Role.COMMUNITY].email
    invitation = invitation_send(actor=owner, email=invited, offer=offer)
    invitation.digest = secret_digest(SECRET)
    invitation.save()
    member = Membership.objects.get(user=world.people[Role.A_MEMBER])
    return {
        "erasure": erasure_request(actor=community).pk,
        "interest": conflict_declare(actor=community, interest="A friend.", matter="L-00312-U").pk,
        "invitation": invitation.pk,
        "invitation_secret": SECRET,
        "membership": member.pk,
        "office": OfficeHolding.objects.get(user=world.people[Role.CHAIR]).pk,
        "notice": notices.notice(world.people[Role.A_OWNER]).pk,
        "waiting": institutions.organisation("Waiting Works", confirmed=False).code,
    }


def _law(world: World) -> dict:
    regulator = institutions.actor(world.people[Role.REGULATOR])
    # Narrower than what the tables send, so that it does not cover that.
    version = policy.entered(policy.rule_draft(NARROW), actor=regulator)
    listing = listings.listing()
    until = now() + dt.timedelta(days=30)
    sandbox = sandbox_grant(
        actor=regulator,
        draft=SandboxDraft(
            name="Health trial",
            jurisdictions=["IN"],
            uses=[],
            cohort_cap=3,
            exit_plan="All offers end with the trial.",
            legal_basis="Guidelines, section 4",
            until_at=until,
        ),
    )
    exemption = exemption_grant(
        actor=regulator,
        draft=ExemptionDraft(
            rule=version.rule,
            listing=listing,
            reason="A supervised trial.",
            until_at=until,
            jurisdictions=["IN"],
            uses=["finance"],
        ),
    )
    return {
        "rule": version.rule.code,
        "listing": listing.code,
        "provider": listing.provider.slug,
        "sandbox": sandbox.code,
        "exemption": exemption.code,
        "ballot": voting.opened().code,
    }


def _market(world: World, community: Actor) -> dict:
    """What company A keeps, and what someone of the community disputes of it."""
    owner = institutions.actor(world.people[Role.A_OWNER])
    version = listings.version(
        actor=owner, organisation=world.company_a, licence_text="A licence of our own"
    )
    claim = claim_open(
        actor=owner,
        organisation=world.company_a,
        provider_id=listings.listing().provider.pk,
        statement="We are.",
    )
    market = marketplace_enter(actor=owner, organisation=world.company_a, name="Model Bazaar")
    offer = offer_make(actor=owner, marketplace=market, listing=version.listing, sku="A-1")
    markets.accede(market)
    _order(version.listing)
    dispute = fact_dispute(actor=community, version=version, fact="task", statement="No.")
    run = import_open(actor=owner, organisation=world.company_a, file_name="rows.jsonl")
    return {
        "own_listing": version.listing.code,
        "claim": claim.pk,
        "market": market.slug,
        "offer": offer.pk,
        "dispute": dispute.pk,
        "run": run.pk,
        "licence_name": UnresolvedLicence.objects.get(text="A licence of our own").pk,
    }


def _order(listing: Listing) -> None:
    """Set a measure on what company A's marketplace offers, so that it owes something."""
    measure_impose(
        actor=SYSTEM,
        draft=MeasureDraft(
            listing=listing,
            outcome=Outcome.SUSPEND,
            source=MeasureSource.COURT,
            reference="O-1",
            reason="Ordered.",
            jurisdictions=[],
            uses=[],
        ),
    )
    reassess(versions=[listing.current_id])


def _deliberation(world: World, community: Actor) -> dict:
    """Proposals of someone of the community, and comments by them in each state."""
    author, clerk = (
        world.people[Role.COMMUNITY],
        institutions.actor(world.people[Role.CLERK]),
    )
    consulted = proposals.consulted(author)
    posted, removed, appealed = (
        comment_post(actor=community, proposal=consulted, text=f"Comment {number}.").pk
        for number in range(3)
    )
    for comment in consulted.revisions.get().comments.filter(pk__in=[removed, appealed]):
        comment_remove(actor=clerk, comment=comment, reason="Off the matter.")
    last = consulted.revisions.get().comments.get(pk=appealed)
    removal_appeal(actor=community, comment=last, reason="It is not.")
    asked = reviews.review_round(reviewers=[world.people[Role.REVIEWER]])
    reviewed = reviews.answered().round
    return {
        "round": asked.pk,
        "reviewed": reviewed.pk,
        "assignment": asked.assignments.get().pk,
        "draft": proposals.started(author).code,
        "submitted": proposals.submitted(author).code,
        "consulted": consulted.code,
        "posted": posted,
        "removed": removed,
        "appealed": appealed,
    }


def _casework(world: World) -> dict:
    """A report with a file, and cases of company A's listing in several states."""
    institutions.mandate(world.people[Role.REGULATOR], "IN", Subject.MISUSE)
    listing = listing_by_code(world.things["own_listing"])
    filed = cases.filed(files=[cases.note()])
    decided = cases.decided_of(listing)
    heard = cases.filed()
    report_link(actor=institutions.actor(cases.officer()), report=heard.report, case=decided.case)
    appealed = cases.decided_of(listing).case
    appeal = appeal_file(actor=cases.speaker(appealed), case=appealed, text="Too hard.")
    urgent = urgent_act(
        actor=institutions.actor(cases.on_duty()),
        case=cases.opened(listing=listing),
        outcome=Outcome.SUSPEND,
        jurisdictions=["IN"],
        necessity="People are in danger now.",
    )
    regulator = world.people[Role.REGULATOR]
    shift = institutions.shift(regulator)
    held, asked = (
        case_assign(
            actor=institutions.actor(cases.officer()),
            case=cases.opened(listing=listing),
            officer=regulator,
        )
        for _time in range(2)
    )
    allegation_send(actor=institutions.actor(regulator), case=asked, text="They were lost.")
    answer = Answer(stance=Stance.CONTESTED, statement="They were carried.")
    response_give(actor=cases.speaker(asked), case=asked, answer=answer)
    return {
        "case_unknown": cases.opened().code,
        "case_held": held.code,
        "case_heard": asked.code,
        "urgent": urgent.pk,
        "shift": shift.pk,
        "report": filed.report.pk,
        "evidence": filed.report.evidence.get().pk,
        "receipt": heard.receipt,
        "receipt_waiting": filed.receipt,
        "case_triaged": cases.opened(listing=listing).code,
        "case_alleged": cases.alleged(listing).code,
        "case_decided": decided.case.code,
        "appeal": appeal.pk,
    }


def _contested(world: World) -> dict:
    """A rule that another regulator entered and that catches company A's listing, contested."""
    author = institutions.actor(institutions.regulator("IN"))
    mild = policy.rule_draft("listing.downloads < 1000", outcome=Outcome.CONDITION)
    version = policy.entered(mild, actor=author)
    settle()
    listing = listing_by_code(world.things["own_listing"])
    return {
        "contesting": version.rule.code,
        "contest": contests.filed(listing, version, stay="It cannot wait.").code,
    }
