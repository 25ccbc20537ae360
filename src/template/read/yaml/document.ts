import { BlockReader } from './block.ts';
import { Cursor, END, YamlFault } from './cursor.ts';
import type { Builder } from './nodes.ts';

const PERCENT = 37;
const DOT = 46;

/** A YAML text, and what has been made of it. */
export interface YamlDocument<Item> {
  /** `undefined`: it cannot be read to its end. */
  readonly root: Item | undefined;
  /** What is no YAML, in the order of the text. */
  readonly faults: readonly YamlFault[];
}

/**
 * Reads YAML 1.1 as the tools of AWS read it, which all use PyYAML or its port to Java: inside of quotes and brackets,
 * indentation means nothing.
 *
 * @param source without a byte order mark
 */
export function readYaml<Item>(source: string, builder: Builder<Item>): YamlDocument<Item> {
  let reader: BlockReader<Item> | undefined;
  try {
    const cursor = new Cursor(source);
    reader = new BlockReader(cursor, builder);
    const root = readRoot(cursor, reader);
    const after = endProblem(cursor);
    return { root, faults: after ? [...reader.faults, after] : reader.faults };
  } catch (fault) {
    if (!(fault instanceof YamlFault)) throw fault;
    return { root: undefined, faults: [...(reader?.faults ?? []), fault] };
  }
}

function readRoot<Item>(cursor: Cursor, reader: BlockReader<Item>): Item {
  readDirectives(cursor);
  let isFresh = true;
  if (cursor.isDocumentMark()) {
    if (cursor.code === DOT) throw new YamlFault('"..." ends a document that has not begun', cursor.at);
    cursor.at += 3;
    cursor.overBlanks();
    isFresh = cursor.isLineEnd();
    cursor.toToken();
  }
  return cursor.code === END || cursor.isDocumentMark() ? reader.none() : reader.root(isFresh);
}

/** `%YAML 1.1`, `%TAG !e! tag:example.org,2000:`; others mean nothing here. */
function readDirectives(cursor: Cursor): void {
  cursor.toToken();
  while (cursor.code === PERCENT && cursor.column === 0) {
    const start = cursor.at;
    const end = cursor.lineEnd(start);
    const [name = '', first = '', second = ''] = cursor.text.slice(start, end).split(/ +/);
    if (!/^%[\w-]+$/.test(name)) throw new YamlFault(`${name} is no directive; quote the text`, start);
    if (name === '%YAML' && !first.startsWith('1.'))
      throw new YamlFault(`YAML ${first} cannot be read; its version is 1.1`, start);
    if (name === '%TAG') cursor.handles.set(first, second);
    cursor.at = end;
    cursor.toToken();
    if (cursor.code !== PERCENT && !(cursor.isDocumentMark() && cursor.text.startsWith('---', cursor.at)))
      throw new YamlFault(`"---" has to follow the line ${name}`, start);
  }
}

/** What follows on the document; only one is read. */
function endProblem(cursor: Cursor): YamlFault | undefined {
  let isClosed = false;
  while (cursor.isDocumentMark() && cursor.text.startsWith('...', cursor.at)) {
    cursor.at += 3;
    isClosed = true;
    cursor.toToken();
  }
  if (cursor.code === END) return undefined;
  if (cursor.isDocumentMark())
    return new YamlFault('the file holds several documents, divided by ---; only one is read', cursor.at);
  const where = isClosed ? '"..."' : 'the value that is all of the file';
  return new YamlFault(`nothing can follow ${where}`, cursor.at);
}
