"""What a meeting talks about: taken from the proposal or added by hand, in the order of the day."""
