"""How well the machine reads: its findings against an answer key written by people."""
