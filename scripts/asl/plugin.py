"""
What the public tests of Step Functions expect around them, for pytest: clients, things that they make, and snapshots that were
recorded against AWS. The state machines run at ASL_MACHINES, all else at ASL_OTHERS. See scripts/asl.ts.
"""
import contextlib
import io
import importlib.abc
import importlib.machinery
import json
import os
import sys
import types
import urllib.request
import uuid
import zipfile

from unittest.mock import MagicMock

import boto3
import pytest
from botocore.config import Config
from jsonpath_ng.ext import parse

MACHINES = os.environ["ASL_MACHINES"]
OTHERS = os.environ["ASL_OTHERS"]
REGION = "us-east-1"
ACCOUNT = "000000000000"
KEYS = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "test", "region_name": REGION}
OWN_FUNCTIONS = os.environ.get("ASL_FUNCTIONS")



class NoSuchJsonPathError(Exception):
    pass


def extract_json(path, value):
    found = [each.value for each in parse(path).find(value)]
    if not found:
        raise NoSuchJsonPathError(path)
    return found[0] if len(found) == 1 else found


GIVEN = {
    # The tests ask whether they run against AWS.
    "is_aws_cloud": lambda: False,
    "in_default_partition": lambda: True,
    "extract_json": extract_json,
    "NoSuchJsonPathError": NoSuchJsonPathError,
    "__version__": "0",
    "PUBLICATION_TIMEOUT": 20,
    "PUBLICATION_RETRIES": 1,
    "to_json_str": lambda value, **_: json.dumps(value, separators=(",", ":"), default=str),
}


class StandIn(types.ModuleType):
    """Takes the place of what a test imports for other things than Step Functions: it may need a newer Python, or servers."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__") and name not in GIVEN:
            raise AttributeError(name)
        return GIVEN.get(name) or MagicMock(name=name)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("localstack.services", "localstack.version", "localstack.aws.connect", "localstack.testing.aws", "aws_cdk", "tests.aws.services.", "tests.aws.test_")):
            if name.startswith("tests.aws.services.") and name.startswith("tests.aws.services.stepfunctions"):
                return None
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, Finder())

from localstack_snapshot.snapshots.transformer import RegexTransformer  # noqa: E402

pytest_plugins = ["localstack.testing.pytest.stepfunctions.fixtures"]


def pytest_configure(config):
    for name in ("aws", "snapshot"):
        config.addinivalue_line("markers", f"{name}: of the tests")


def told(error):
    """What differs from the recording, a line for each place."""
    lines = [str(error)]
    for each in getattr(error, "result", None) or []:
        if each:
            continue
        for kind, places in each.result.to_dict().items():
            for place in places if isinstance(places, (dict, list)) else [places]:
                values = places[place] if isinstance(places, dict) else ""
                lines.append(f"{kind} {place} {values}"[:900])
    return "\n".join(lines)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.when == "call" or report.outcome != "passed":
        if report.when == "teardown":
            return
        text = told(call.excinfo.value) if call.excinfo else ""
        line = {"test": item.nodeid, "outcome": report.outcome, "message": text[:20000]}
        with open(os.environ["ASL_RESULTS"], "a") as file:
            file.write(json.dumps(line) + "\n")


class Clients:
    def __init__(self, config=None):
        self._config = config
        self._made = {}

    def __getattr__(self, name):
        service = {"lambda_": "lambda"}.get(name, name)
        if service not in self._made:
            url = MACHINES if service == "stepfunctions" else OTHERS
            config = Config(retries={"mode": "standard", "max_attempts": 1}, read_timeout=80, connect_timeout=5, inject_host_prefix=False)
            self._made[service] = boto3.client(
                service, endpoint_url=url, config=config.merge(self._config) if self._config else config, **KEYS
            )
        return self._made[service]


@pytest.fixture(scope="session")
def aws_client():
    return Clients()


@pytest.fixture(scope="session")
def aws_client_factory():
    return lambda config=None, **_: Clients(config)


@pytest.fixture(scope="session")
def aws_client_no_retry():
    return Clients()


@pytest.fixture(scope="session")
def account_id():
    return ACCOUNT


@pytest.fixture(scope="session")
def region_name():
    return REGION


@pytest.fixture(scope="session")
def partition():
    return "aws"


@pytest.fixture
def snapshot(request, _snapshot_session):
    from localstack.testing.snapshots.transformer_utility import (
        SNAPSHOT_BASIC_TRANSFORMER,
        TransformerUtility,
    )

    _snapshot_session.transform = TransformerUtility
    _snapshot_session.add_transformer(RegexTransformer(ACCOUNT, "1" * 12), priority=2)
    _snapshot_session.add_transformer(RegexTransformer(REGION, "<region>"), priority=2)
    _snapshot_session.add_transformer(RegexTransformer(r"arn:aws:", "arn:<partition>:"), priority=2)
    # Functions are unpacked elsewhere here.
    _snapshot_session.add_transformer(RegexTransformer(r"/[\w./-]*/asl-code/\w+/", "/var/task/"), priority=-2)
    _snapshot_session.add_transformer(SNAPSHOT_BASIC_TRANSFORMER, priority=2)
    if os.environ.get("ASL_ENDS"):
        only_ends(_snapshot_session)
    return _snapshot_session


def end_of(key, value):
    """How an execution ended: the type of its last event, and the output or error there."""
    if "get_execution_history" not in key or not isinstance(value, dict) or not value.get("events"):
        return value
    last = value["events"][-1]
    details = next((each for name, each in last.items() if name.endswith("EventDetails")), {})
    end = {"type": last["type"], **{name: details[name] for name in ("output", "error") if name in details}}
    if isinstance(end.get("output"), str):
        # Spaces between its parts say nothing.
        with contextlib.suppress(ValueError):
            end["output"] = json.loads(end["output"])
    return end


def only_ends(session):
    match, recorded = session.match, session.recorded_state or {}
    session.recorded_state = {key: end_of(key, value) for key, value in recorded.items()}
    session.match = lambda key, value: match(key, end_of(key, value))


@pytest.fixture
def cleanups():
    made = []
    yield made
    for each in reversed(made):
        try:
            each()
        except Exception:
            pass


def archive(text):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        target.writestr("handler.py", text)
    return content.getvalue()


@pytest.fixture
def create_lambda_function(aws_client):
    def create(func_name, handler_file, runtime="python3.12", envvars=None, timeout=30, handler="handler.handler", **_):
        text = open(handler_file).read() if os.path.exists(handler_file) else handler_file
        arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{func_name}"
        if OWN_FUNCTIONS:
            body = {"name": func_name, "text": text, "environment": envvars or {}, "timeout": timeout or 30}
            urllib.request.urlopen(urllib.request.Request(OWN_FUNCTIONS, json.dumps(body).encode(), method="POST"))
            return {"CreateFunctionResponse": {"FunctionArn": arn, "FunctionName": func_name}}
        with contextlib.suppress(Exception):
            aws_client.iam.create_role(RoleName="any", AssumeRolePolicyDocument="{}")
        answer = aws_client.lambda_.create_function(
            FunctionName=func_name,
            Runtime=runtime,
            Handler=handler,
            Role=f"arn:aws:iam::{ACCOUNT}:role/any",
            Code={"ZipFile": archive(text)},
            Timeout=timeout or 30,
            Environment={"Variables": envvars or {}},
        )
        return {"CreateFunctionResponse": answer}

    return create


@pytest.fixture
def sqs_create_queue(aws_client):
    def create(**kwargs):
        kwargs.setdefault("QueueName", f"queue-{uuid.uuid4().hex[:8]}")
        return aws_client.sqs.create_queue(**kwargs)["QueueUrl"]

    return create


@pytest.fixture
def sns_create_topic(aws_client):
    def create(**kwargs):
        kwargs.setdefault("Name", f"topic-{uuid.uuid4().hex[:8]}")
        return aws_client.sns.create_topic(**kwargs)

    return create


@pytest.fixture
def s3_create_bucket(aws_client):
    def create(**kwargs):
        kwargs.setdefault("Bucket", f"bucket-{uuid.uuid4().hex[:8]}")
        aws_client.s3.create_bucket(**kwargs)
        return kwargs["Bucket"]

    return create


@pytest.fixture
def s3_bucket(s3_create_bucket):
    return s3_create_bucket()


@pytest.fixture
def dynamodb_create_table(aws_client):
    def create(table_name=None, partition_key="id", **_):
        name = table_name or f"table-{uuid.uuid4().hex[:8]}"
        return aws_client.dynamodb.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": partition_key, "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": partition_key, "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )

    return create


@pytest.fixture
def create_role_with_policy():
    return lambda *_, **__: (f"role-{uuid.uuid4().hex[:8]}", f"arn:aws:iam::{ACCOUNT}:role/any")


@pytest.fixture
def create_state_machine_iam_role():
    return lambda _: f"arn:aws:iam::{ACCOUNT}:role/test-sfn-role-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def sns_allow_topic_sqs_queue():
    return lambda **_: None
