"""What measures the portal: `make bench` and its kin."""

WORKER = "X-Bench-Worker"  # the header that says which worker answered
