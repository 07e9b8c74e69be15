"""Listings, companies and a marketplace of the demonstration."""

import io
import json
from pathlib import Path

from apps.compliance.selectors.answers import Question
from apps.compliance.selectors.catalogues import Matched, decide_all
from apps.compliance.services import Line, questions_write
from apps.core.actor import OPERATOR
from apps.core.clock import now
from apps.institutions.scopes import Scope
from apps.institutions.services import token_issue
from apps.listings.models import LineageEdge, Listing, Provider
from apps.listings.readers.own import read_own
from apps.listings.services import (
    AccessionDraft,
    claim_confirm,
    claim_open,
    edge_dispute,
    fact_dispute,
    follow_begin,
    listings_import,
    marketplace_accede,
    marketplace_enter,
    offer_make,
    rows_write,
)
from apps.policy.states import StatuteKind
from config.demo.people import Cast

SOURCE = "demo"
MODELS = Path(__file__).with_name("models.jsonl")
INVENTED = Path(__file__).with_name("invented.jsonl")
CHAPTERS = 4
OFFERED = (
    "bigscience/bloomz",
    "meta-llama/Llama-3.1-8B",
    "mistralai/Mistral-7B-v0.1",
    "openai/whisper-large-v3",
    "stabilityai/stable-diffusion-xl-base-1.0",
    "ai4bharat/indictrans2-en-indic-1B",
    "kaveri/kaveri-7b-hi",
    "facebook/nllb-200-distilled-600M",
)
ASKED = (("general", "GB"), ("general", "IN"), ("medical", "EU"), ("marketing", "KE"))
FOLLOWED = ("bigscience/bloomz", "sarvamai/sarvam-m", "kaveri/kaveri-7b-hi")


def list_models(chapter: int) -> None:
    """Enter one chapter's part of the real models, the oldest first."""
    rows = [json.loads(line) for line in MODELS.read_text("utf-8").splitlines()]
    rows.sort(key=lambda row: (row.get("released_date", ""), row["external_id"]))
    size = -(-len(rows) // CHAPTERS)
    part = rows[(chapter - 1) * size : chapter * size]
    read = [read_own(line, row, SOURCE) for line, row in enumerate(part, start=1)]
    rows_write(actor=OPERATOR, organisation=None, rows=read)


def companies(cast: Cast) -> None:
    """Let two companies bring their invented models, and claim the names they publish under."""
    lines = INVENTED.read_text("utf-8").splitlines()
    unusable = json.dumps({"name": "Kaveri Draft", "provider": "Kaveri Language Works"})
    for key, actor, extra in (("kaveri", "owner", [unusable]), ("fjord", "fjord", [])):
        own = [line for line in lines if json.loads(line)["external_id"].startswith(f"{key}/")]
        listings_import(
            actor=cast.actor(actor),
            organisation=cast.organisations[key],
            file_name=f"{key}.jsonl",
            body=io.BytesIO("\n".join([*own, *extra]).encode()),
        )
    for key, actor, name in (
        ("kaveri", "owner", "Kaveri Language Works"),
        ("fjord", "fjord", "Fjord Vision"),
    ):
        claim = claim_open(
            actor=cast.actor(actor),
            organisation=cast.organisations[key],
            provider_id=Provider.objects.get(name=name).pk,
            statement="It is our own name (invented for this demonstration).",
        )
        if key == "kaveri":
            claim_confirm(actor=cast.actor("in"), claim_id=claim.pk)


def marketplace(cast: Cast) -> None:
    """Open a marketplace that accedes to instruments and offers some models."""
    owner = cast.actor("market")
    shelf = marketplace_enter(
        actor=owner,
        organisation=cast.organisations["shelf"],
        name="Open Shelf",
        website="https://openshelf.example",
    )
    marketplace_accede(
        actor=owner,
        marketplace=shelf,
        draft=AccessionDraft(
            rule_kinds=[StatuteKind.INSTRUMENT, StatuteKind.POLICY],
            jurisdictions=["KE", "IN", "EU"],
            basis="Letter of accession (invented for this demonstration)",
        ),
    )
    for number, name in enumerate(OFFERED, start=1):
        offer_make(actor=owner, marketplace=shelf, listing=_listing(name), sku=f"OS-{number:04d}")


def token(cast: Cast) -> str:
    """Issue the marketplace's token; its secret is told once."""
    issued = token_issue(
        actor=cast.actor("market"),
        name="Open Shelf’s server",
        scopes=[
            Scope.DECISIONS_READ,
            Scope.LISTINGS_READ,
            Scope.JOURNAL_READ,
            Scope.ACKNOWLEDGEMENTS_WRITE,
        ],
        days=365,
        organisation=cast.organisations["shelf"],
    )
    return issued.secret


def ask(cast: Cast, times: int) -> None:
    """Let the marketplace's server ask for what it offers, some questions more often."""
    questions = [
        Question(model=name, use=use, jurisdiction=place)
        for name in OFFERED
        for use, place in ASKED
    ]
    found = zip(questions, decide_all(questions), strict=True)
    lines = [Line.of(one, got.decision) for one, got in found if isinstance(got, Matched)]
    for turn in range(times):
        questions_write(asker=cast.organisations["shelf"].pk, moment=now(), lines=lines[turn:])


def voices(cast: Cast) -> None:
    """Let members of the community dispute a fact and an edge, and follow some listings."""
    clip = _listing("openai/clip-vit-large-patch14")
    if clip.current:
        fact_dispute(
            actor=cast.actor("samaj"),
            version=clip.current,
            fact="released_date",
            statement="The paper is of 2021; which of its checkpoints is meant here?",
            evidence="https://arxiv.org/abs/2103.00020",
        )
    edge = LineageEdge.objects.get(
        child__listing__external_id="kaveri/kaveri-clinic", parent_name="bigscience/bloomz-560m"
    )
    edge_dispute(
        actor=cast.actor("member"),
        edge_id=edge.pk,
        statement="Its tokenizer is that of another model (invented for this demonstration).",
    )
    for name in FOLLOWED:
        follow_begin(actor=cast.actor("samaj"), listing=_listing(name))


def _listing(external_id: str) -> Listing:
    return Listing.objects.select_related("current").get(source=SOURCE, external_id=external_id)
