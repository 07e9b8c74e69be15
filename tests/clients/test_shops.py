"""The examples as a marketplace runs them, against a portal that answers over HTTP."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from apps.compliance.services.bundles import public_key
from apps.policy.engine import Outcome
from apps.policy.services import ClauseDraft
from apps.reactions.runner import settle
from tests.factories import listings, policy

EXAMPLES = settings.BASE_DIR / "clients" / "python" / "examples"
SHOP = """
import asyncio, json, sys, time
import asgi_shop, wsgi_shop

def by_wsgi(path, query):
    said = []
    environ = {"PATH_INFO": path, "QUERY_STRING": query}
    body = b"".join(wsgi_shop.application(environ, lambda *told: said.append(told)))
    return said[0][0], json.loads(body)

async def by_asgi(path, query):
    said = []
    async def send(message):
        said.append(message)
    scope = {"type": "http", "path": path, "query_string": query.encode()}
    await asgi_shop.shop(wsgi_shop.kept)(scope, None, send)
    return said[0]["status"], json.loads(said[1]["body"])

while wsgi_shop.kept.table is None:
    time.sleep(0.05)
asked = [(path, query) for path, query in json.loads(sys.argv[1])]
told = [(by_wsgi(*one), asyncio.run(by_asgi(*one))) for one in asked]
print(json.dumps({"told": told, "django": "django" in sys.modules}))
"""


@pytest.mark.django_db(transaction=True)
def test_a_shop_refuses_a_download_with_its_reasons_and_where_to_contest(
    installed, live_server, tmp_path, settings
):
    settings.PORTAL_URL = live_server.url
    free = listings.listing(external_id="acme/painter", task="text-to-image")
    barred = listings.listing(external_id="acme/writer")
    version = policy.entered(
        policy.rule_draft(
            'listing.task == "text-generation" && req.use == "medical"',
            outcome=Outcome.PROHIBIT,
            clauses=[ClauseDraft(text="A generator shall not heal.")],
        )
    )
    settle()
    name, public = public_key()
    asked = [
        ("/models/acme/writer", "use=medical&place=IN"),
        ("/models/acme/writer", "use=medical&place=FR"),
        (f"/models/{free.code}", "use=medical&place=IN"),
        ("/models/nobody/nothing", ""),
        ("/models/acme/writer", "use=gardening"),
    ]

    done = subprocess.run(
        [sys.executable, "-c", SHOP, json.dumps(asked)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{installed}:{EXAMPLES}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_PROXY": "localhost,127.0.0.1",
            "SANGAM_PORTAL": live_server.url,
            "SANGAM_KEYS": json.dumps({name: public}),
            "SANGAM_FOLDER": str(tmp_path / "kept"),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["django"] is False
    statuses = [(wsgi[0][:3], asgi[0]) for wsgi, asgi in said["told"]]
    assert statuses == [("451", 451), ("200", 200), ("200", 200), ("451", 451), ("400", 400)]
    assert all(wsgi[1] == asgi[1] for wsgi, asgi in said["told"])
    assert said["told"][0][0][1] == {
        "refused": "prohibit",
        "reasons": [
            {
                "text": "A generator shall not heal.",
                "link": f"{live_server.url}/rules/{version.rule.code}/v1/#clause-1",
            }
        ],
        "contest": f"{live_server.url}/listings/{barred.code}/#contest",
    }
