import type { Assembly } from '../../assembly/types.ts';
import type { Drawing } from '../../console/types.ts';
import type { StackReport } from '../../report/model.ts';
import { redactReport } from '../../report/redact.ts';
import { unknown } from '../../stages/plan/find-stack.ts';
import { drawPictures } from '../../stages/report/draw-pictures.ts';
import type { Run } from '../../stages/run.ts';
import { html } from '../../text/html.ts';
import { drawStack } from '../draw-stack.ts';
import { drawnReport } from '../drawn-report.ts';

/** The map of a service as its sources have it; AWS is not asked. */
export async function drawService({ stacks }: Assembly, run: Run): Promise<Drawing> {
  const drawn = await Promise.all(
    stacks.map((stack) => drawStack(unknown(stack, undefined, 'the map is drawn of the sources'), run)),
  );
  return drawing(drawn, run);
}

/** Stacks as a part of the console's page. */
export async function drawing(stacks: readonly StackReport[], { host }: Run): Promise<Drawing> {
  const report = drawnReport(stacks, { commit: '', runUrl: '' });
  const pictures = await drawPictures(redactReport(report, host.log.redact).stacks, 3);
  const parts = [...(pictures?.drawn ?? [])].map(([name, part]) =>
    stacks.length > 1 ? `<h3>${html(name)}</h3>${part}` : part,
  );
  return {
    html: parts.join('\n') || '<p>There is nothing to draw.</p>',
    style: pictures?.style ?? '',
    script: pictures?.script ?? '',
  };
}
