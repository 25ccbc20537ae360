import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pythonTools } from '../../scripts/venv.ts';
import type { TransformContext } from '../../src/sam/index.ts';
import { isObject, type Json, type JsonObject } from '../../src/template/types.ts';

/** What AWS's own transform says of a template. */
export type TheirAnswer =
  | { readonly template: JsonObject }
  | { readonly refused: readonly string[] }
  /** An error of its own, which AWS reports as an internal one. */
  | { readonly crashed: string };

/** A property that names a place in S3 once its code is uploaded. */
export type Upload = readonly [logicalId: string, property: string, value: string];

/** aws-sam-translator in a process of its own, asked about one template after the other. */
export interface SamTranslator {
  transform(template: JsonObject, context: TransformContext): Promise<TheirAnswer>;
  /** The same of a template in YAML, with locations of uploaded code in it. */
  transformText(
    source: { readonly text: string; readonly uploads: readonly Upload[] },
    context: TransformContext,
  ): Promise<TheirAnswer>;
  /** A YAML text as its own reader has it. */
  read(text: string): Promise<JsonObject>;
  /** What properties SAM's types have, as JSON schema, by type. */
  schemas(): Promise<Readonly<Record<string, JsonObject>>>;
  stop(): Promise<void>;
}

export async function startSamTranslator(): Promise<SamTranslator> {
  const tools = await pythonTools('sam-cli');
  if ('missing' in tools) throw new Error(tools.missing);
  const script = resolve(import.meta.dirname, 'sam-translator.py');
  const child = spawn(join(tools.bin, 'python'), [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  const ask = (request: object): Promise<string> =>
    new Promise((answered) => {
      waiting.push(answered);
      child.stdin.write(`${JSON.stringify(request)}\n`);
    });
  const transformed = async (
    source: object,
    { region, parameters, managedPolicies }: TransformContext,
  ): Promise<TheirAnswer> =>
    JSON.parse(await ask({ ...source, region, parameters, policies: managedPolicies })) as TheirAnswer;
  return {
    transform: (template, context) => transformed({ template }, context),
    transformText: (source, context) => transformed(source, context),
    read: async (text) => (JSON.parse(await ask({ text })) as { template: JsonObject }).template,
    schemas: async () =>
      (JSON.parse(await ask({ schema: true })) as { schema: Record<string, JsonObject> }).schema,
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'close');
    },
  };
}

/**
 * Where two templates differ first, in words; `undefined`: nowhere. Lists are compared without their order, as the
 * reference's own tests do; that of layers counts.
 */
export function firstDifference(ours: JsonObject, theirs: JsonObject): string | undefined {
  return differs(sorted(ours), sorted(theirs), []);
}

function differs(
  ours: Json | undefined,
  theirs: Json | undefined,
  path: readonly string[],
): string | undefined {
  if (ours === theirs) return undefined;
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
      const found = differs(ours[index], theirs[index], [...path, String(index)]);
      if (found) return found;
    }
    return undefined;
  }
  if (isObject(ours) && isObject(theirs)) {
    for (const key of [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort()) {
      const found = differs(ours[key], theirs[key], [...path, key]);
      if (found) return found;
    }
    return undefined;
  }
  const text = (value: Json | undefined): string => JSON.stringify(value)?.slice(0, 300) ?? 'nothing';
  return `${path.join('.')}: ours ${text(ours)}, theirs ${text(theirs)}`;
}

function sorted(value: Json, key = ''): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item));
    if (key === 'Layers') return items;
    return items
      .map((item) => [JSON.stringify(item), item] as const)
      .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      .map(([, item]) => item);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name] ?? null, name)]),
  );
}
