"""The public kick-off: its date and invitation in many languages, and what people said there as needs (R2.07)."""
