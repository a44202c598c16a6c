"""Sentences in, evidence for requirements out."""
