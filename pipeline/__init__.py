"""Documents in, findings and reports out."""
