"""What a file is, told from its first bytes and never from its name."""

LARGEST = 5 * 1024 * 1024
MOST = 3
BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "text/plain": "txt",
}


def media_type(content: bytes) -> str:
    """Return the media type of a file that may be taken; empty where it may not."""
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "text/plain" if _is_text(content) else ""


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    plain = all(sign.isprintable() or sign in "\n\r\t" for sign in text)
    return bool(text.strip()) and plain and not text.lstrip("\ufeff \r\n\t").startswith("<")
