"""What is fast enough, and how much better the alignment is than simpler ways: `make bench`."""
