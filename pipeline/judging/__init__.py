"""Evidence in, one draft verdict per requirement out."""
