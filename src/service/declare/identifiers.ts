import { canonicalJson, sha256 } from '../../hash/canonical.ts';

/** Logical IDs have up to 255 characters; the rest is for what is put after. */
const LENGTH = 200;

/** `photos-in`, `Photos_in` and `photos in` are all `PhotosIn`: letters and digits, which logical IDs are made of. */
export const pascal = (text: string): string =>
  text
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
    .slice(0, LENGTH);

/** Eight characters that stand for a value. */
export const shortHash = (value: unknown): string => sha256(canonicalJson(value)).slice(0, 8);
