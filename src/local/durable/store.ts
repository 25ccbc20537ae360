import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type Json } from '../../template/types.ts';
import type { ExecutionRecord } from './types.ts';

/** Where executions are kept, so that they outlive the process. */
export interface ExecutionStore {
  save(execution: ExecutionRecord): void;
  remove(execution: ExecutionRecord): void;
  /** All of them; what cannot be read is told and left alone. */
  load(warn: (message: string) => void): readonly ExecutionRecord[];
}

/**
 * Keeps each execution in a file of its own, which is replaced as a whole: whoever is killed meanwhile leaves the former
 * one. A checkpoint is answered only after its file is there.
 */
export function storeIn(folder: string): ExecutionStore {
  const fileOf = ({ arn }: ExecutionRecord): string =>
    join(folder, `${createHash('sha256').update(arn).digest('hex').slice(0, 32)}.json`);
  return {
    save(execution) {
      mkdirSync(folder, { recursive: true });
      const file = fileOf(execution);
      // Payloads may be secrets.
      writeFileSync(`${file}.${process.pid}.new`, JSON.stringify(execution), { mode: 0o600 });
      renameSync(`${file}.${process.pid}.new`, file);
    },
    remove: (execution) => rmSync(fileOf(execution), { force: true }),
    load(warn) {
      const found: ExecutionRecord[] = [];
      for (const name of names(folder)) {
        const file = join(folder, name);
        try {
          const content: Json = JSON.parse(readFileSync(file, 'utf8'));
          if (!isRecord(content)) throw new Error('it is no execution');
          found.push(content as unknown as ExecutionRecord);
        } catch (error) {
          warn(`${file} is left out: ${error instanceof Error ? error.message : error}`);
        }
      }
      return found.sort((a, b) => a.startedAt - b.startedAt);
    },
  };
}

/** For executions that nobody asks for later. */
export const NO_STORE: ExecutionStore = { save() {}, remove() {}, load: () => [] };

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    // Nothing was kept yet.
    return [];
  }
}

const isRecord = (content: Json): boolean =>
  isObject(content) &&
  typeof content.arn === 'string' &&
  typeof content.functionId === 'string' &&
  typeof content.status === 'string' &&
  Array.isArray(content.operations) &&
  Array.isArray(content.events);
