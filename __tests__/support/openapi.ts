import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

/** GitHub's published description of its REST API, asked about one operation at a time. */
export interface OpenApi {
  /** What in a request or an answer differs from the description; empty when nothing does. */
  requestProblems(
    operation: OperationKey,
    request: { readonly query: URLSearchParams; readonly body: unknown },
  ): string[];
  responseProblems(operation: OperationKey, status: number, body: unknown): string[];
  /** The description's own example of an answer; of a list, its first item. */
  example(operation: OperationKey, status: number): Record<string, unknown>;
}

/** Such as `['get', '/repos/{owner}/{repo}']`. */
export type OperationKey = readonly [method: string, path: string];

interface Node {
  readonly [key: string]: Node;
}

/** `nullable` of a schema that names no type, which validators do not take, in words that they do. */
function nullable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value) return value;
  const { nullable: isNullable, ...schema } = value;
  return isNullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** Reads the description that @octokit/openapi carries. */
export function loadOpenApi(): OpenApi {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');
  const description = JSON.parse(readFileSync(file, 'utf8'), (_, value) => nullable(value)) as Node;
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, coerceTypes: false });
  ajv.addSchema(description, 'github');

  /** Follows keys and `$ref`s; the pointer is that of what was found. */
  const find = (keys: readonly string[]): { node: Node; pointer: string } | undefined => {
    let node: Node | undefined = description;
    let pointer = '';
    const follow = (): void => {
      for (let ref = reference(node); ref !== undefined; ref = reference(node)) {
        const target = ref.slice(2).split('/').map(fromPointer);
        node = target.reduce<Node | undefined>((at, key) => at?.[key], description);
        pointer = `/${target.map(toPointer).join('/')}`;
      }
    };
    for (const key of keys) {
      node = node?.[key];
      pointer += `/${toPointer(key)}`;
      follow();
    }
    return node && { node, pointer };
  };
  const mismatch = (what: string, keys: readonly string[], value: unknown): string[] => {
    const schema = find(keys);
    if (!schema || ajv.validate({ $ref: `github#${schema.pointer}` }, value)) return [];
    return [`${what}: ${ajv.errorsText()}`];
  };
  const content = ['content', 'application/json'];

  return {
    requestProblems([method, path], { query, body }) {
      const keys = ['paths', path, method];
      const parameters = Object.values(find([...keys, 'parameters'])?.node ?? {}).map((each, index) => {
        const place = find([...keys, 'parameters', String(index)]);
        return { ...(place?.node ?? each), pointer: place?.pointer } as unknown as Parameter;
      });
      const unknown = [...query.keys()].filter(
        (name) => !parameters.some((each) => each.in === 'query' && each.name === name),
      );
      const values = parameters
        .filter((each) => each.in === 'query' && query.has(each.name))
        .flatMap(({ name, schema }) => {
          const raw = query.get(name) ?? '';
          const value = schema.type === 'integer' ? Number(raw) : raw;
          return ajv.validate({ ...schema }, value) ? [] : [`${name}=${raw}: ${ajv.errorsText()}`];
        });
      const expected = find([...keys, 'requestBody', ...content, 'schema']);
      const bodyProblems = expected
        ? mismatch('body', [...keys, 'requestBody', ...content, 'schema'], body)
        : [];
      return [...unknown.map((name) => `unknown query parameter ${name}`), ...values, ...bodyProblems].map(
        (problem) => `${method} ${path}: ${problem}`,
      );
    },
    responseProblems([method, path], status, body) {
      const keys = ['paths', path, method, 'responses', String(status)];
      if (!find(keys)) return [`${method} ${path}: answers no ${status}`];
      return mismatch(`${method} ${path} ${status}`, [...keys, ...content, 'schema'], body);
    },
    example([method, path], status) {
      const examples = ['paths', path, method, 'responses', String(status), ...content, 'examples'];
      const [name = ''] = Object.keys(find(examples)?.node ?? {});
      const value: unknown = find([...examples, name, 'value'])?.node;
      return structuredClone(Array.isArray(value) ? value[0] : value) as Record<string, unknown>;
    },
  };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: { readonly type?: string };
}

const reference = (node: Node | undefined): string | undefined =>
  typeof node?.$ref === 'string' ? node.$ref : undefined;
const toPointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const fromPointer = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');
