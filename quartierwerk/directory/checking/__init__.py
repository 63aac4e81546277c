"""Where the municipality wants it: what organisations' editors write waits until somebody of the staff looked at it."""
