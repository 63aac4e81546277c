"""Groups that write and steer the concept, whose seats they have, and what their mandate asks (R2.01, R2.02)."""
