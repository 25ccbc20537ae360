"""
Answers, from AWS's own transform, what it makes of templates.

Reads one JSON object a line and answers each with one line: {"text": YAML} with {"template": {...}};
{"template": {...} or "text": YAML, "uploads": [[logical ID, property, value]], "region": ..., "parameters": {...}, "policies": {...}} with {"template": {...}} or
{"refused": [texts]};
{"schema": true} with {"schema": {type: JSON schema of its properties}};
{"crashed": text} where it fails by an error of its own, which AWS reports as an internal one.
"""

import importlib
import json
import logging
import pkgutil
import sys
from types import SimpleNamespace
from unittest.mock import patch

import samtranslator.internal.schema_source as schemas
import samtranslator.translator.arn_generator as arns
from samtranslator.model import apigateway
from samtranslator.model.exceptions import InvalidDocumentException, InvalidResourceException
from samtranslator.plugins.application.serverless_app_plugin import ServerlessAppPlugin
from samtranslator.policy_template_processor.processor import PolicyTemplatesProcessor
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

logging.disable(logging.CRITICAL)

# The shape of its policy templates is checked anew for each template; it does not change.
PolicyTemplatesProcessor._is_valid_templates_dict = staticmethod(lambda *_: True)


class Policies:
    def __init__(self, policies):
        self.policies = policies

    def load(self):
        return self.policies


def application(self, call, logical_id, *args):
    """Stands in for the repository of applications: a template for all but some names."""
    name = args[0]
    if name in ("no-access", "non-existent", "invalid-semver"):
        raise InvalidResourceException(logical_id, f"Cannot access application: {name}.")
    return {
        "ApplicationId": name,
        "Status": "EXPIRED" if name == "expired" else "ACTIVE",
        "TemplateId": "id-xx-xx",
        "TemplateUrl": "https://awsserverlessrepo-changesets-xxx.s3.amazonaws.com/signed-url",
    }


ServerlessAppPlugin._sar_service_call = application

# What is deployed each time has the time in its logical ID.
apigateway.time = SimpleNamespace(time=lambda: 0)


def plain(schema):
    """A schema without its texts."""
    if isinstance(schema, dict):
        hidden = ("title", "markdownDescription", "__samPassThrough")
        return {key: plain(value) for key, value in schema.items() if key not in hidden or key == "properties"}
    return [plain(item) for item in schema] if isinstance(schema, list) else schema


def schema_of_types():
    found = {}
    for module in pkgutil.iter_modules(schemas.__path__):
        if module.name.startswith("aws_serverless_"):
            source = importlib.import_module(f"{schemas.__name__}.{module.name}")
            found[source.Resource.__fields__["Type"].type_.__args__[0]] = plain(source.Properties.schema())
    return found


def answer(request):
    if "schema" in request:
        return {"schema": schema_of_types()}
    if "text" in request:
        try:
            # Dates without quotes are texts to CloudFormation.
            request["template"] = json.loads(json.dumps(yaml_parse(request["text"]), default=str))
        except Exception as error:  # noqa: BLE001: what is no YAML is no template
            return {"template": None, "crashed": f"{type(error).__name__}: {error}"}
    for logical_id, name, value in request.get("uploads", []):
        request["template"]["Resources"][logical_id]["Properties"][name] = value
    region = request.get("region")
    if region is None:
        return {"template": request["template"]}
    arns._get_region_from_session.cache_clear()
    arns._region_to_partition.cache_clear()
    arns.ArnGenerator.BOTO_SESSION_REGION_NAME = None
    with patch("boto3.session.Session.region_name", region):
        try:
            made = transform(request["template"], request.get("parameters", {}), Policies(request.get("policies", {})))
            return {"template": made}
        except InvalidDocumentException as error:
            return {"refused": [cause.message for cause in error.causes]}
        except Exception as error:  # noqa: BLE001: a crash is an answer
            return {"crashed": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
