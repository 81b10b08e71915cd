"""Pages of ballots, lots and open elections."""
