"""What became of it: found again by the code; not solved, taken back."""
