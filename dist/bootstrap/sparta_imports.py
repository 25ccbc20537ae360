"""
What AWS's runtime has imported before a function is: here it is imported with the first use of it, which many functions
never come to. It comes from where it would have come from then, and never from a file of the function with the same name.
"""

import os
import sys
from importlib.machinery import PathFinder

OWN = os.path.dirname(os.path.abspath(__file__))
EARLY = frozenset(
    "_colorize _json _socket _struct _weakrefset array codeop collections contextlib copyreg enum functools json keyword "
    "linecache logging math operator re reprlib select selectors socket sre_compile sre_constants sre_parse string struct "
    "textwrap threading token tokenize traceback types warnings weakref".split()
)

# Where copies of this program are left, as long as `python.py` says so.
COPIES = None if sys.dont_write_bytecode else sys.pycache_prefix


class EarlyFinder:
    def __init__(self, path):
        self.path = path
        self.has_logging = False

    def find_spec(self, name, _path=None, _target=None):
        if name.startswith("sparta_"):
            return PathFinder.find_spec(name, [OWN])
        if name not in EARLY:
            return None
        spec = PathFinder.find_spec(name, self.path)
        # Functions that load it once more do so to have nothing set up, and have it that way in Lambda.
        if name == "logging" and not self.has_logging:
            self.has_logging = True
            _follow(spec.loader)
        return spec


def _follow(loader):
    def exec_module(module):
        # Nobody finds it there later.
        del loader.exec_module
        loader.exec_module(module)
        _set_up_logging()

    loader.exec_module = exec_module


def _set_up_logging():
    kept = sys.dont_write_bytecode, sys.pycache_prefix
    sys.dont_write_bytecode, sys.pycache_prefix = COPIES is None, COPIES
    import sparta_logging

    sys.dont_write_bytecode, sys.pycache_prefix = kept
    sparta_logging.set_up()


def import_late():
    # In front is the folder of this program.
    finder = EarlyFinder(sys.path[1:])
    sys.meta_path.insert(0, finder)
    if "logging" in sys.modules:
        finder.has_logging = True
        _set_up_logging()
