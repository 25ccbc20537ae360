"""Profiles the start and the first invocation with cProfile, and leaves who called whom, and for how long, in a file."""

import cProfile
import json


class Profile:
    def __init__(self, file):
        self.file = file
        self.profiler = cProfile.Profile()
        self.profiler.enable()

    def around(self, handler):
        """The handler, after whose first call the profile is written."""

        def profiled(event, context):
            try:
                return handler(event, context)
            finally:
                self.write()

        return profiled

    def write(self):
        if self.profiler is None:
            return
        self.profiler.disable()
        self.profiler.create_stats()
        places = {place: at for at, place in enumerate(self.profiler.stats)}
        functions = [
            {
                "file": file,
                "line": line,
                "name": name,
                "self": own,
                "total": total,
                "callers": [
                    {"at": places[caller], "total": called[3]}
                    for caller, called in callers.items()
                    if caller in places
                ],
            }
            for (file, line, name), (_, _, own, total, callers) in self.profiler.stats.items()
        ]
        self.profiler = None
        with open(self.file, "w") as out:
            json.dump({"functions": functions}, out)
