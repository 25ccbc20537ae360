/** What SAM's transform makes of the examples, against AWS's own. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transform } from '../../src/sam/index.ts';
import { parseTemplate } from '../../src/template/read/parse.ts';
import { isObject, type JsonObject } from '../../src/template/types.ts';
import { firstDifference, type SamTranslator, startSamTranslator } from '../support/sam-translator.ts';

const root = resolve(import.meta.dirname, '../..');
const files = globSync(['examples/*/template.{json,yaml}', '__tests__/golden/*.json'], { cwd: root }).sort();

let reference: SamTranslator;
beforeAll(async () => {
  reference = await startSamTranslator();
});
afterAll(() => reference.stop());

/** Where code is once it was uploaded: what SAM is given. */
function uploaded(template: JsonObject): JsonObject {
  const resources = isObject(template.Resources) ? template.Resources : {};
  for (const resource of Object.values(resources)) {
    const properties = isObject(resource) ? resource.Properties : undefined;
    if (!isObject(properties)) continue;
    for (const name of ['CodeUri', 'ContentUri', 'DefinitionUri'])
      if (typeof properties[name] === 'string') properties[name] = `s3://uploads/${name}`;
  }
  return template;
}

const CONTEXTS = ['eu-west-1', 'cn-north-1', 'us-gov-west-1'].map((region) => ({
  region,
  parameters: { Stage: 'prod' },
}));

describe('transform', () => {
  it('has examples to make', () => expect(files.length).toBeGreaterThan(8));

  it.each(files)('makes the same of %s', async (file) => {
    const template = uploaded(parseTemplate(readFileSync(resolve(root, file), 'utf8'), file).template);
    for (const context of CONTEXTS) {
      const theirs = await reference.transform(template, context);
      const ours = transform(template, context);
      expect(ours.problems).toEqual([]);
      if (!('template' in theirs)) throw new Error(JSON.stringify(theirs));
      expect(firstDifference(ours.template, theirs.template)).toBeUndefined();
    }
  });
});
