/** Hashes of deployments hang on the order of every map of a definition: only AWS's own transform tells which is right. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { transform } from '../../../src/sam/index.ts';
import { apiTemplates } from '../../support/api-templates.ts';
import { firstDifference, type SamTranslator, startSamTranslator } from '../../support/sam-translator.ts';

let reference: SamTranslator;
beforeAll(async () => {
  reference = await startSamTranslator();
});
afterAll(() => reference.stop());

const context = { region: 'eu-west-1', seconds: 0 };

describe('REST APIs', () => {
  it('get the deployments that AWS gives them', async () => {
    let valid = 0;
    await fc.assert(
      fc.asyncProperty(apiTemplates, async (template) => {
        const theirs = await reference.transform(template, context);
        const ours = transform(template, context);
        if ('template' in theirs) {
          valid++;
          expect(ours.problems).toEqual([]);
          expect(firstDifference(ours.template, theirs.template)).toBeUndefined();
        } else expect(ours.problems).not.toEqual([]);
      }),
      { numRuns: 20 },
    );
    expect(valid).toBeGreaterThan(5);
  });
});
