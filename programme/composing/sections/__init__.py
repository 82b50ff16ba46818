"""The parts of composed documents, one for each area."""
