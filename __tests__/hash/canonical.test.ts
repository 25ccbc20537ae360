import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, canonicalMap } from '../../src/hash/canonical.ts';

it('makes the same of a map and of the texts of its values', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.oneof(fc.string(), fc.nat(20).map(String)), fc.jsonValue()), (map) => {
      const texts = Object.entries(map).map(([key, value]) => [key, canonicalJson(value)]);
      expect(canonicalMap(Object.fromEntries(texts))).toBe(canonicalJson(map));
    }),
  );
});
