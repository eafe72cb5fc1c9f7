"""Who is who: articles of two laws linked, split and merged. Floor 2; `passes` is the way in.

`board` holds both sides and the links so far, `candidates` and `assign` find the likely ones,
`order` says where one should lie, `splits` finds what came apart or grew together.
"""
