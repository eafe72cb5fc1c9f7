"""Where the law begins and ends in its source. Floor 1, behind the marks; `parts` is the way in."""
