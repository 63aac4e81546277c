"""Planning: the concept as current records – fields of action, resources, needs, measures, goals – and who does what."""
