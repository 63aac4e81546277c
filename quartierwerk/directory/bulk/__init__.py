"""One fact set in many offers at once: chosen from the list, looked at before, each offer whole or not at all."""
