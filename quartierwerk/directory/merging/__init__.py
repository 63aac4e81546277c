"""Two entries that mean the same become one: what each says, what moves along, and where old addresses lead."""
