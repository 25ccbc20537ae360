import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pythonTools } from '../../scripts/venv.ts';
import type { Json, JsonObject } from '../../src/template/types.ts';

const DRIVER = resolve(import.meta.dirname, 'sam-cli.py');

/** Why there is no answer: SAM CLI ends with an error, or not at all. */
export type Refused = { readonly refused: string } | { readonly endless: true };

/** SAM CLI's own classes in a Python process that stays: hundreds of questions take seconds. */
export class SamCli {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: ((line: string) => void)[] = [];
  #failure: Error | undefined;
  #errors = '';

  static async start(): Promise<SamCli> {
    const tools = await pythonTools('sam-cli');
    if ('missing' in tools) throw new Error(tools.missing);
    return new SamCli(join(tools.bin, 'python'));
  }

  private constructor(python: string) {
    this.#process = spawn(python, [DRIVER]);
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#waiting.shift()?.(line));
    this.#process.stderr.on('data', (data: Buffer) => {
      this.#errors += String(data);
    });
    this.#process.on('exit', () => {
      this.#failure = new Error(`SAM CLI ended: ${this.#errors}`);
      for (const answer of this.#waiting.splice(0)) answer('');
    });
  }

  /** What `sam deploy` is given in a folder with these files, samconfig.toml among them; by the names in there. */
  async settings(
    files: Readonly<Record<string, string>>,
  ): Promise<{ readonly settings: Readonly<Record<string, Json>> } | Refused> {
    return (await this.#ask({ files })) as { settings: Record<string, Json> } | Refused;
  }

  /** What it makes of a template with resource metadata, and what it calls each resource. */
  async normalise(
    template: JsonObject,
  ): Promise<{ readonly template: JsonObject; readonly ids: Readonly<Record<string, string>> } | Refused> {
    return (await this.#ask({ template })) as { template: JsonObject; ids: Record<string, string> } | Refused;
  }

  async #ask(request: object): Promise<unknown> {
    const line = await new Promise<string>((answer) => {
      this.#waiting.push(answer);
      this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    });
    if (this.#failure) throw this.#failure;
    return JSON.parse(line);
  }

  /** Ends once the process has ended. */
  async stop(): Promise<void> {
    const ended = new Promise((done) => this.#process.once('exit', done));
    this.#process.stdin.end();
    await ended;
  }
}
