"""Decisions answered before Django: the same answers, from what a worker keeps."""

from config.hot.answering import Hot

__all__ = ["Hot"]
