"""What each model holds, why and how long."""
