"""Work figures: every counted result in a speech, with its exact words, bounds and object."""

from .finding import find_figures

__all__ = ["find_figures"]
