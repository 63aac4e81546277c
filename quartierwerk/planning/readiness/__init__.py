"""How ready the municipality is: seven hints for the practice, proven by records, and campaigns that take stock."""
