/** Capacity providers, network connectors and images of MicroVMs, previewed from a definition and from a SAM template. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parseTemplate } from '../../src/template/read/parse.ts';
import type { Template } from '../../src/template/types.ts';
import { lint } from '../service/declare/support.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { runAction, runCli } from '../support/runner.ts';

const parameters = 'Subnets=subnet-0123456789abcdef0\nSecurityGroups=sg-0123456789abcdef0';
/** AWS has announced it; its schema of functions has not followed. */
const NOT_YET = /'AcceleratorConfig' was unexpected/;

const made = new Map<string, Template>();
const typesIn = ({ Resources }: Template): Set<unknown> =>
  new Set(Object.values(Resources).map((each) => (each as { Type: string }).Type));

it.each(['machines', 'sam-machines'])('%s is previewed', async (name) => {
  const workspace = await exampleWorkspace(name);
  try {
    const inputs = { 'stack-name': 'machines', parameters, noop: 'true' };
    const { exitCode, errors, summary } = await runAction({ workspace: workspace.path, inputs });
    expect([exitCode, errors]).toEqual([0, []]);
    expect(summary).toContain('AWS::Lambda::MicrovmImage');

    const flags = parameters.split('\n').flatMap((each) => ['--parameters', each]);
    const expand = async (): Promise<Template> => {
      const args = ['expand', '--stack-name', 'machines', '--format', 'json', ...flags];
      const { stdout, exitCode: code } = await runCli(args, workspace.path);
      expect(code).toBe(0);
      return parseTemplate(stdout, 'template.json').template;
    };
    const before = await expand();
    expect([...typesIn(before)]).toEqual(
      expect.arrayContaining(
        ['CapacityProvider', 'NetworkConnector', 'MicrovmImage', 'Function'].map(
          (type) => `AWS::Lambda::${type}`,
        ),
      ),
    );
    made.set(name, before);

    // What AWS makes the image of has an address of its content.
    const dockerfile = join(workspace.path, 'sandbox/Dockerfile');
    await writeFile(dockerfile, `${await readFile(dockerfile, 'utf8')}ENV MODE=test\n`);
    const images = ({ Resources }: Template) =>
      Object.values(Resources).filter(
        (each) => (each as { Type: string }).Type === 'AWS::Lambda::MicrovmImage',
      );
    const after = await expand();
    expect(images(after)).toHaveLength(1);
    expect(images(after)).not.toEqual(images(before));
  } finally {
    await workspace.remove();
  }
});

it('AWS has schemas for all of it', async () => {
  const findings = await lint(Object.fromEntries(made));
  expect(findings.filter((each) => !NOT_YET.test(each) && /:E\d+:/.test(each))).toEqual([]);
});
