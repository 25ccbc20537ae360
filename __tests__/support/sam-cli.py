"""
Answers, from SAM CLI's own code, what it makes of settings and of resource metadata.

Reads one JSON object a line and answers each with one line:
{"files": {path: text}} with {"settings": {name: value}}, what `sam deploy` is given where samconfig.toml is among them,
or {"refused": text}; {"template": {...}} with {"template": {...}, "ids": {logical id: id}}, or {"refused": text}.
{"endless": true}: its regular expressions find no end within a second.
"""

import json
import logging
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

os.environ["SAM_CLI_TELEMETRY"] = "0"
os.environ["HOME"] = tempfile.mkdtemp()
logging.disable(logging.CRITICAL)

import click
from samcli.cli.cli_config_file import ConfigProvider
from samcli.commands.deploy.command import cli as deploy
from samcli.lib.samlib.resource_metadata_normalizer import ResourceMetadataNormalizer
from samcli.lib.telemetry.event import EventTracker

EventTracker.track_event = lambda *_args, **_kwargs: None

OPTIONS = {option.name: option for option in deploy.params}
folder = tempfile.mkdtemp()
os.chdir(folder)


def settings(files):
    for name in os.listdir(folder):
        path = Path(folder, name)
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, text in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with click.Context(deploy, info_name="deploy") as context:
        config = ConfigProvider(section="parameters")(None, "default", ["deploy"])
        found = {}
        for name, value in config.items():
            if name in OPTIONS:
                found[name] = OPTIONS[name].type_cast_value(context, value)
        return {"settings": found}


def normalise(template):
    ids = {}
    for logical_id, resource in template["Resources"].items():
        if isinstance(resource, dict):
            ids[logical_id] = ResourceMetadataNormalizer.get_resource_id(resource, logical_id)
    ResourceMetadataNormalizer.normalize(template)
    return {"template": template, "ids": ids}


class Endless(BaseException):
    pass


def give_up(_signal, _frame):
    raise Endless


signal.signal(signal.SIGVTALRM, give_up)

for line in sys.stdin:
    request = json.loads(line)
    signal.setitimer(signal.ITIMER_VIRTUAL, 1)
    try:
        answer = normalise(request["template"]) if "template" in request else settings(request["files"])
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except Endless:
        answer = {"endless": True}
    except Exception as error:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        answer = {"refused": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer, default=str), flush=True)
