"""What participation holds: voices with their answers, bundles, processes and votes."""
