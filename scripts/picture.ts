/**
 * `node scripts/picture.ts`: draws the comment that `npm run demo` leaves in demo-out/ as docs/images/comment.svg, in the colours
 * of GitHub's light theme and, where the reader's machine is dark, of its dark one.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pictureOf } from './picture/svg.ts';

const root = resolve(import.meta.dirname, '..');
const path = join(root, 'docs', 'images', 'comment.svg');
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, pictureOf(readFileSync(join(root, 'demo-out', 'comment-for-review.md'), 'utf8')));
