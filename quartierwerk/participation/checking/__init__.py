"""Before anybody else reads it, a person reads it: words masked, held back, translated."""
