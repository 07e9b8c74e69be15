"""Every governance act, once, append-only: audit trail, outbox and public log in one."""
