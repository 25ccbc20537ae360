import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackAssembly } from '../assembly/types.ts';
import { SUMMARY_LIMIT, writeSummary } from '../github/summary.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';
import { renderMermaid } from '../picture/mermaid.ts';
import type { Picture } from '../picture/types.ts';
import { ProblemError } from '../problem.ts';
import { codeBlock, plain } from '../report/escape.ts';
import { renderHtml } from '../report/html.ts';
import type { Report, StackReport } from '../report/model.ts';
import { redactReport } from '../report/redact.ts';
import { checkToRead } from '../stages/assemble/check-template.ts';
import { assemble } from '../stages/assemble/index.ts';
import { findStack } from '../stages/plan/find-stack.ts';
import { planStack } from '../stages/plan/index.ts';
import { drawPictures } from '../stages/report/draw-pictures.ts';
import type { Run } from '../stages/run.ts';
import { drawStack } from './draw-stack.ts';
import { drawnReport } from './drawn-report.ts';
import { connectionFor } from './provision.ts';
import { runOf } from './run.ts';

/** Bytes of Mermaid text for one stack: what Mermaid draws, and GitHub with it. */
const MOST_MERMAID = 40_000;
/** Of all stacks together, in a summary that other steps write to as well. */
const MOST_SUMMARY = SUMMARY_LIMIT / 4;
/** A diagram of nothing: Mermaid takes no empty text for one. */
const EMPTY = 'flowchart LR';
const NOTHING_DRAWN = 'There is nothing to draw, or no room for it here; the page has it all.';

/**
 * Draws the service, as text for a terminal, the job summary and programs, and as a page. AWS is only read, and not even
 * that without credentials.
 */
export async function describeCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  const { format = 'mermaid', diff } = inputs;
  if (format === 'yaml' || format === 'terraform')
    throw new ProblemError({
      subject: 'input format',
      message: `a picture cannot be printed as ${format}`,
      next: 'Give mermaid, json or svg; yaml is for expand, terraform for policy.',
    });
  const aws = await connectionFor(inputs, host, !diff);
  const run = runOf(inputs, host, { noop: true, aws });
  const { assembly, toSave } = await assemble(run);
  checkToRead(assembly, run);
  const stacks = await Promise.all(assembly.stacks.map((stack) => drawnStack(stack, run)));
  const { redact } = host.log;
  const report = redactReport(
    drawnReport(stacks, { commit: host.event.sha, runUrl: host.event.runUrl }),
    redact,
  );
  const page = await writePage(report, run);
  await writeSummary(host.env.GITHUB_STEP_SUMMARY, redact(inMarkdown(report.stacks)), host.log);
  host.log.info(`The picture as a page: ${page}`);
  const answer = redact(await answerOf(report.stacks, format)).trimEnd();
  return { ok: true, report: undefined, outputs: {}, stackOutputs: {}, toSave, answer };
}

async function drawnStack(assembled: StackAssembly, run: Run): Promise<StackReport> {
  const found = await findStack(assembled, run.aws, run.host.log);
  const { stack, deployed } = found;
  let compared: StackReport | undefined;
  if (run.inputs.diff) {
    if (deployed.kind === 'unknown' || deployed.kind === 'unreadable')
      throw new ProblemError({
        subject: stack.stackName,
        message: `the deployed stack cannot be read: ${deployed.why}`,
        next: 'Leave out diff, or give credentials that may read it.',
      });
    ({ report: compared } = await planStack(found, 'preview', run));
    if (compared.picture) return compared;
  }
  const drawn = await drawStack(found, run);
  const { picture, resourceTexts } = drawn;
  return { ...drawn, ...compared, ...(picture && { picture }), ...(resourceTexts && { resourceTexts }) };
}

async function writePage(report: Report, { output, inputs, host }: Run): Promise<string> {
  const title = inputs.diff ? undefined : report.target.stackNames.join(', ');
  await mkdir(output, { recursive: true });
  const path = join(output, 'report.html');
  await writeFile(
    path,
    host.log.redact(renderHtml(report, { pictures: await drawPictures(report.stacks), title })),
  );
  return path;
}

async function answerOf(stacks: readonly StackReport[], format: 'mermaid' | 'json' | 'svg'): Promise<string> {
  const drawn = stacks.flatMap(({ stackName, picture }) => (picture ? [{ stackName, picture }] : []));
  if (format === 'json') return JSON.stringify({ version: 1, stacks: drawn.map(forPrograms) }, undefined, 2);
  const [first] = drawn;
  if (format === 'mermaid')
    return drawn
      .map(
        ({ stackName, picture }) =>
          `${drawn.length > 1 ? `%% ${stackName}\n` : ''}${renderMermaid(picture, MOST_MERMAID) || EMPTY}`,
      )
      .join('\n\n');
  if (!first || drawn.length > 1)
    throw new ProblemError({
      subject: 'input format',
      message: `an SVG file shows one stack, and here are ${drawn.length}`,
      next: 'Name one with the input stacks.',
    });
  const { renderSvg } = await import('../picture/svg/index.ts');
  return renderSvg(first.picture, first.stackName);
}

const forPrograms = ({ stackName, picture }: { readonly stackName: string; readonly picture: Picture }) => ({
  stackName,
  nodes: picture.nodes,
  edges: picture.edges,
  left: picture.left,
});

function inMarkdown(stacks: readonly StackReport[]): string {
  const most = Math.min(MOST_MERMAID, MOST_SUMMARY / stacks.length);
  return stacks
    .flatMap(({ stackName, picture }) => {
      if (!picture) return [];
      const text = renderMermaid(picture, most);
      return [`### ${plain(stackName)}`, text === '' ? NOTHING_DRAWN : codeBlock('mermaid', text)];
    })
    .join('\n\n');
}
