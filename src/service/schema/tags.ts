import * as s from './kinds.ts';

/** Tags of a stack or a function. Source: AWS Tagging User Guide, "Tag naming limits and requirements". */
export const tags = s.map(s.text({ max: 256 }), {
  pattern: /^(?!aws:).{1,128}$/i,
  accepts: 'a name of up to 128 characters that does not begin with aws:, which is kept for AWS',
});
