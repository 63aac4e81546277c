"""What the law wants beside every portal: who answers for it, and what happens to data; with the municipality's own page."""
