"""What the plan shows on the first page: decisions and delays, what changed, the matrix in short; for a department its
own items."""
