"""One municipality as a file: everything its registry entries declare to leave with it, with its history."""
