import json

from aws_durable_execution_sdk_python import DurableContext, durable_execution
from aws_durable_execution_sdk_python.config import Duration


@durable_execution
def handler(event: dict, context: DurableContext) -> dict:
    order = json.loads(event["Records"][0]["body"])
    reservation = context.step(lambda _: f"reservation-{order['id']}", name="reserve")
    context.wait(Duration.from_days(1), name="cool-down")
    charged = context.map(
        order["items"],
        lambda item, price, index, _all: item.step(lambda _: price * 2, name=f"charge-{index}"),
        name="charge",
    )
    return {"reservation": reservation, "charged": sum(charged.get_results())}
