"""What is read along with a case, as everyone who judges it needs it."""

ABOUT = ("listing__provider__claimed_by", "listing__brought_by", "provider__claimed_by", "officer")
