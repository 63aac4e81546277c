"""From a voice to a need of the concept in one step."""
