"""
Starts `sparta_runtime`. Compiled copies of it are left in a folder that the host names, and never beside these files, which
are a part of the action. What the function imports is its own affair.
"""

import importlib
import importlib.machinery
import sys

kept = sys.dont_write_bytecode, sys.pycache_prefix
copies = sys._xoptions.pop("sparta_copies", None)
sys.dont_write_bytecode = copies is None
if copies is not None:
    sys.pycache_prefix = copies

from sparta_runtime import main

sys.dont_write_bytecode, sys.pycache_prefix = kept
main()
