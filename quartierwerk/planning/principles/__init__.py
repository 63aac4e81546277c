"""The guiding principle (Leitbild): drafted, commented on paragraph by paragraph, adopted, cited by measures."""
