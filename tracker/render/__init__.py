"""Values → something to look at: pure functions. Floor 4; only `terminal` imports rich."""
