"""What became of decisions: tasks of teams and people until they are done or withdrawn with a reason."""
