"""What a newcomer needs to know of the demonstration: who to sign in as."""

from config.demo.people import PASSWORD, everyone

NOTE = "Demonstration: the models are real, people, cases and these rules are invented."


def signins(token: str = "", receipt: str = "") -> str:
    """Return the sign-ins as lines of text; token and receipt are told only when they are new."""
    people = list(everyone())
    width = max(len(person.email) for person in people)
    lines = [NOTE, f"Sign in with the password {PASSWORD} as:"]
    for person in people:
        code = " (with a code)" if person.second_factor else ""
        lines.append(f"  {person.email:<{width}}  {person.role}{code}")
    lines.append("A code of the moment: manage.py demo_code EMAIL")
    if token:
        lines.append(f"Token of the marketplace Open Shelf, told once: {token}")
    if receipt:
        lines.append(f"Receipt of a report on an invented model, told once: {receipt}")
    return "\n".join(lines)
