"""Element sets, SGP4 in batches, and the formats they are exchanged in."""
