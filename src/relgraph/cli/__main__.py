"""`python -m relgraph.cli` is `relgraph`."""

from relgraph.cli import main

main()
