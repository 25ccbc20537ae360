"""
Starts `sparta_runtime`. Compiled copies of it are left in a folder that the host names, and never beside these files, which
are a part of the action. What the function imports is its own affair.
"""

import importlib
import importlib.machinery
import sys

kept = sys.dont_write_bytecode, sys.pycache_prefix
sys.dont_write_bytecode = len(sys.argv) < 2
if len(sys.argv) > 1:
    sys.pycache_prefix = sys.argv.pop()

from sparta_runtime import main

sys.dont_write_bytecode, sys.pycache_prefix = kept
main()
