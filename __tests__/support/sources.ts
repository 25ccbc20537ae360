/** What the files of src/ say of themselves: read with a parser, types and dynamic imports included. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync } from '@swc/core';

/** A source file. */
export interface Source {
  /** Files that it imports, by their paths from the folder that was read; what lies outside of it is left out. */
  readonly imports: readonly string[];
  /** Names of the types that it exports. */
  readonly types: readonly string[];
  /** The most parameters that one of its functions takes. */
  readonly parameters: number;
  readonly lines: number;
}

/** All source files of a folder by their paths, which have `/` between folders. */
export function readSources(folder: string): ReadonlyMap<string, Source> {
  const files = globSync('**/*.{ts,mjs,py}', { cwd: folder }).map((file) => file.replaceAll('\\', '/'));
  return new Map(
    files.sort().map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const { specifiers, ...rest } = file.endsWith('.py') ? NO_MODULE : parseSource(text);
      const paths = specifiers.flatMap((each) =>
        each.startsWith('.') ? [posix.join(dirname(file), each)] : [],
      );
      const imports = [...new Set(paths.filter((path) => !path.startsWith('../')))];
      return [file, { ...rest, imports, lines: text.split('\n').length - 1 }] as const;
    }),
  );
}

interface Parsed extends Omit<Source, 'imports' | 'lines'> {
  /** As written, those of packages as well. */
  readonly specifiers: readonly string[];
}

const NO_MODULE: Parsed = { specifiers: [], types: [], parameters: 0 };

type Node = Readonly<Record<string, unknown>>;

/** Statements and types that name another file, and the field of each that has the name. */
const NAMED_IN: Readonly<Record<string, string>> = {
  ImportDeclaration: 'source',
  ExportAllDeclaration: 'source',
  ExportNamedDeclaration: 'source',
  TsExternalModuleReference: 'expression',
  TsImportType: 'argument',
};

const TYPES = new Set(['TsInterfaceDeclaration', 'TsTypeAliasDeclaration', 'ClassDeclaration']);

/** Reads one text. */
export function parseSource(text: string): Parsed {
  const specifiers: string[] = [];
  const types: string[] = [];
  let parameters = 0;
  const addSpecifier = (literal: unknown): void => {
    const { type, value } = (literal ?? {}) as Node;
    if (type === 'StringLiteral') specifiers.push(String(value));
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    const type = String(node.type);
    const field = NAMED_IN[type];
    if (field) addSpecifier(node[field]);
    if (type === 'CallExpression' && (node.callee as Node).type === 'Import')
      addSpecifier((node.arguments as Node[])[0]?.expression);
    if (type === 'ExportDeclaration') {
      const declared = node.declaration as Node;
      const name = (declared.id ?? declared.identifier) as Node | undefined;
      if (TYPES.has(String(declared.type))) types.push(String(name?.value));
    }
    if (Array.isArray(node.params) && !type.startsWith('Ts'))
      parameters = Math.max(parameters, node.params.length);
    for (const [name, each] of Object.entries(node)) if (name !== 'span') visit(each);
  };
  visit(parseSync(text, { syntax: 'typescript', target: 'es2024' }));
  return { specifiers, types, parameters };
}

/** Files by those that import them. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** The circles of a graph: groups of files that all lead to one another, each sorted. */
export function circlesOf(imports: Imports): string[][] {
  const numbers = new Map<string, number>();
  const path: string[] = [];
  const circles: string[][] = [];
  /** Tarjan's algorithm: the lowest number that a file leads to. */
  const visit = (file: string): number => {
    const number = numbers.size;
    numbers.set(file, number);
    path.push(file);
    let lowest = number;
    for (const other of imports.get(file) ?? []) {
      const known = numbers.get(other);
      if (known === undefined) lowest = Math.min(lowest, visit(other));
      else if (path.includes(other)) lowest = Math.min(lowest, known);
    }
    if (lowest === number) {
      const group = path.splice(path.indexOf(file));
      if (group.length > 1 || imports.get(file)?.includes(file)) circles.push(group.sort());
    }
    return lowest;
  };
  for (const file of imports.keys()) if (!numbers.has(file)) visit(file);
  return circles;
}

/** All files that some lead to, themselves included. */
export function reachedFrom(starts: readonly string[], imports: Imports): ReadonlySet<string> {
  const reached = new Set(starts);
  for (const file of reached) for (const other of imports.get(file) ?? []) reached.add(other);
  return reached;
}

/**
 * Imports that the rules do not allow, as `importer -> imported`. The rule of a file is that of the longest path that it
 * lies under. A file may always import from the place that its rule is about.
 *
 * @param rules by folder (`template/`) or file, the folders and files that may be known there
 */
export function forbiddenImports(
  imports: Imports,
  rules: Readonly<Record<string, readonly string[]>>,
): string[] {
  const isIn = (file: string, place: string): boolean =>
    place.endsWith('/') ? file.startsWith(place) : file === place;
  const placeOf = (file: string): string | undefined =>
    Object.keys(rules)
      .filter((place) => isIn(file, place))
      .sort((a, b) => b.length - a.length)[0];
  return [...imports].flatMap(([file, others]) => {
    const place = placeOf(file);
    if (place === undefined) return [`${file} has no rule`];
    const allowed = [place, ...(rules[place] ?? [])];
    return others
      .filter((other) => !allowed.some((each) => isIn(other, each)))
      .map((other) => `${file} -> ${other}`);
  });
}
