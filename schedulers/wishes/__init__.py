"""Must-meets that cannot all hold: which rules clash, and what loosening each of them would give."""
