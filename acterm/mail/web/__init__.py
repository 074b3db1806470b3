"""Links: where they lead, who registered that, and what stands between."""
