"""Archives: what they hold is taken out within bounds, each member to be read as a source of its own."""
