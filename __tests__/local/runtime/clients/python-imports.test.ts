/** What our Python runtime imports only when it is needed, or takes from below a module of the standard library. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { observe } from './observe.ts';

const bootstrap = resolve(import.meta.dirname, '../../../../src/local/runtime/bootstrap');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'python-imports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script beside our programs, and reads the JSON that it prints. */
function printed(script: string): unknown {
  const env = { ...process.env, PYTHONPATH: bootstrap, PYTHONDONTWRITEBYTECODE: '1', AWS_EXECUTION_ENV: '' };
  return JSON.parse(execFileSync('python3', ['-c', script], { encoding: 'utf8', env }));
}

/** What is seen of a function of one file. */
async function seen(files: Readonly<Record<string, string>>, event: string) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const copies = join(folder, 'copies');
  const client = {
    file: 'python3',
    args: () => ['-u', '-X', `sparta_copies=${copies}`, join(bootstrap, 'python.py')],
    channel: true,
  };
  const subject = { taskRoot: folder, handler: 'app.handler', runtime: 'python3.12' };
  const [observation] = await observe(client, subject, [{ payload: event }]);
  return observation;
}

describe('the Python runtime', () => {
  it('knows all that importing what AWS imports leads to', () => {
    const script = `
import sys
before = set(sys.modules)
import json, logging, math, socket, struct, traceback
after = {name.split(".")[0] for name in set(sys.modules) - before}
from sparta_imports import EARLY
frozen = {"importlib", "os", "time"}
json.dump(sorted(after - EARLY - set(sys.builtin_module_names) - frozen), sys.stdout)`;
    expect(printed(script)).toEqual([]);
  });

  it('imports them from where they are, whatever the files of the function are called', async () => {
    const shadow = 'raise RuntimeError("the own one of the function")';
    const names = ['json', 'logging', 'string', 'token', 'traceback', 'types'];
    const app = `
import logging, json, string, sys
def handler(event, context):
    logging.getLogger().warning("said")
    print(sys.path[0], sys.argv[1:], sys.pycache_prefix, logging.__spec__.loader.__dict__.keys())
    return json.dumps(event)`;
    const files = Object.fromEntries(names.map((name) => [`${name}.py`, shadow]));
    const observation = await seen({ ...files, 'app.py': app }, '{"a":1}');
    expect(observation?.posts.map(({ body }) => String(body))).toEqual(['"{\\"a\\": 1}"']);
    expect(observation?.written).toMatch(/^\[WARNING\]\t\S+Z\t\S+\tsaid$/m);
    expect(observation?.written).toContain(`${folder} [] None dict_keys(['name', 'path'])`);
  });

  it('sets logging up once, and not again for a function that loads it anew', async () => {
    const app = `
import importlib, logging
def handler(event, context):
    first = len(logging.getLogger().handlers)
    importlib.reload(logging)
    return [first, len(logging.getLogger().handlers)]`;
    const observation = await seen({ 'app.py': app }, '1');
    expect(observation?.posts.map(({ body }) => String(body))).toEqual(['[1, 0]']);
  });

  it('leaves compiled copies where it is told, of its own files only', async () => {
    const app = 'import logging, other\ndef handler(event, context):\n    return event';
    await seen({ 'app.py': app, 'other.py': '' }, '1');
    const files = readdirSync(join(folder, 'copies'), { recursive: true, encoding: 'utf8' });
    const copied = files.map((file) => /(\w+)\.[\w-]+\.pyc$/.exec(file)?.[1]).filter(Boolean);
    expect(copied.every((name) => name?.startsWith('sparta_'))).toBe(true);
    expect(copied).toContain('sparta_logging');
    expect(readdirSync(bootstrap)).not.toContain('__pycache__');
    expect(readdirSync(join(folder, '__pycache__')).join()).toMatch(/app\..*other\./);
  });

  it('tells where an error was although no file can be opened any more', async () => {
    const app = `
import os, resource
def handler(event, context):
    held = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    while True:
        held.append(open(os.devnull))`;
    const observation = await seen({ 'app.py': app }, '1');
    const body: unknown = JSON.parse(String(observation?.posts[0]?.body));
    expect(body).toMatchObject({
      errorType: 'OSError',
      stackTrace: [`  File "${folder}/app.py", line 7, in handler\n`],
    });
  });

  it('reads and writes JSON as the standard library does', () => {
    const script = `
import json, sys
from sparta_json import from_json, to_json
texts = ["", " ", "1", " 1", "1 ", "1\\n\\t", "1 2", "nul", "{", "[1,]", '{"a": 1, "a": 2}', "NaN", "-Infinity", "[Infinity]",
    "-0.0", "1e400", "12345678901234567890123", '"\\\\ud800"', '"\\t"', '"grüße 😀"', '[[{"a": [null, true, false]}]]',
    '{"a" : 1}', "[" * 3000, "[" * 500 + "]" * 500, "\\ufeff1", "tru", '"', "1\\u00a0"]
def outcome(read, body):
    try:
        return repr(read(body))
    except BaseException as error:
        return type(error).__name__ + ": " + str(error)
bodies = texts + [text.encode(code, "surrogatepass") for text in texts for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be")]
bodies += [b"\\xff", b'"\\xff"', b'"\\xed\\xa0\\x80"', b"\\x001", b'"a\\x00b"']
wrong = [repr(body) for body in bodies if outcome(from_json, body) != outcome(json.loads, body)]
values = [None, True, 1, -1.5, float("nan"), float("inf"), 1e22, 10**30, "", "grüße 😀\\u2028\\x7f\\n", [], {}, [1, [2, {"a": "b"}]], {"a": {"b": None}}]
wrong += [repr(value) for value in values if to_json(value) != json.dumps(value)]
json.dump(wrong, sys.stdout)`;
    expect(printed(script)).toEqual([]);
  });
});
