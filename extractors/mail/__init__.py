"""Mails: the letter is a source with text of its own, what hangs on it are members."""
