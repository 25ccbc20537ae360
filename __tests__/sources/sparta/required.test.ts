import { expect, it } from '@jest/globals';
import { requiredSparta } from '../../../src/sources/sparta/required.ts';

it.each([
  ['require github.com/mweagle/Sparta/v3 v3.0.0-20211207063921-bcda2dc60a55', 3],
  ['require (\n\tgithub.com/mweagle/Sparta v1.15.0 // the last\n)', 1],
  ['require (\n\tgithub.com/mweagle/Sparta/v3 v3.0.0 // indirect\n)', undefined],
  ['// github.com/mweagle/Sparta v1.15.0', undefined],
  ['module github.com/mweagle/Sparta', undefined],
  ['require github.com/mweagle/SpartaX v1.0.0', undefined],
])('%j requires version %s', (goMod, major) => {
  expect(requiredSparta(goMod)).toBe(major);
});
