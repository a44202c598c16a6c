"""What only shows across papers: copied text, names of other places, figures that do not fit."""
