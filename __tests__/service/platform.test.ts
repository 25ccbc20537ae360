/** The examples of docs/platform.md: what a reader copies is taken by the action, and by AWS's schemas. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { routesOf } from '../../src/local/http-api/routes/index.ts';
import { expand } from '../../src/sam/expanded.ts';
import { checkService } from '../../src/service/check/index.ts';
import { parseService } from '../../src/service/parse.ts';
import { parseTemplate } from '../../src/template/read/parse.ts';
import { lint, templateOf } from './declare/support.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/platform.md'), 'utf8');
const example = (beginning: string): string => {
  const found = [...page.matchAll(/```yaml\n(.*?)```/gs)].find(([, text = '']) => text.startsWith(beginning));
  return found?.[1] ?? '';
};
/** AWS has announced it; its schema of functions has not followed. */
const NOT_YET = /'RuntimeConfig' was unexpected|'custom' is not one of/;

it('the definition and the template are taken', async () => {
  const parsed = parseService(parse(example('name: newest')));
  if (!('service' in parsed)) throw new Error(JSON.stringify(parsed));
  const { faults } = checkService(parsed.service, { kindOf: () => 'file', today: '2026-11-29' });
  expect(faults).toEqual([]);

  const { template } = parseTemplate(example('Transform'), 'template.yaml');
  const made = expand({ template, known: {} });
  if (made.kind !== 'made') throw new Error(JSON.stringify(made));
  expect(routesOf(made.template)).toMatchObject([
    { method: 'GET', path: '/', tenantFrom: 'method.request.header.x-customer' },
  ]);

  const findings = await lint({ definition: templateOf(parsed.service), template: made.template });
  expect(findings.filter((each) => !NOT_YET.test(each) && /:E\d+:/.test(each))).toEqual([]);
});
