"""Reads a text in JSON from each line, and answers in a line what PyYAML, and libyaml through it, make of it."""

import json
import sys

import yaml

MOST_VALUES = 200_000


def tree(node, parents, budget):
    """A node as [kind, content, tag, start]; aliases are written out."""
    budget[0] -= 1
    if budget[0] < 0 or id(node) in parents:
        raise OverflowError
    start = node.start_mark.index
    if isinstance(node, yaml.ScalarNode):
        return ["scalar", node.value, node.tag, start, not node.style]
    parents = parents | {id(node)}
    if isinstance(node, yaml.SequenceNode):
        return ["sequence", [tree(item, parents, budget) for item in node.value], node.tag, start]
    entries = [[tree(key, parents, budget), tree(value, parents, budget)] for key, value in node.value]
    return ["mapping", entries, node.tag, start]


def read(text, loader_class):
    loader = loader_class(text)
    try:
        node = loader.get_single_node()
        return {"tree": None if node is None else tree(node, frozenset(), [MOST_VALUES])}
    except OverflowError:
        return {"endless": True}
    except yaml.YAMLError as error:
        return {"refused": getattr(error, "problem", None) or str(error)}
    finally:
        loader.dispose()


for line in sys.stdin:
    text = json.loads(line)
    answer = [read(text, yaml.SafeLoader), read(text, yaml.CSafeLoader)]
    print(json.dumps(answer), flush=True)
