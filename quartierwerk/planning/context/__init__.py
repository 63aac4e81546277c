"""The log of what changes around the plan: laws and decisions of others, what they touch, and who follows them up (R2.15)."""
