"""Plain data for programs, a module a kind of document. Floor 4; `documents` writes them all."""
