"""A versioned diff and amendment tracker for Chinese law.

The functions to use are in `tracker.api`. This module stays light: `tracker --version` must start
about as fast as Python itself.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
