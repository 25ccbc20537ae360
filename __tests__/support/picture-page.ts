import { resolve } from 'node:path';
import { changedPicture } from '../../src/picture/changes.ts';
import { pictureOf } from '../../src/picture/graph/index.ts';
import { renderHtml } from '../../src/report/html.ts';
import type { StackReport } from '../../src/report/model.ts';
import { drawPictures } from '../../src/stages/report/draw-pictures.ts';
import type { JsonObject } from '../../src/template/types.ts';
import { yamlText } from '../../src/template/write/yaml-text.ts';
import { report, stackReport } from '../report/sample.ts';
import { largeService } from './large-service.ts';
import { sourceOf } from './pictures.ts';

/** What would do something in a page, if it were more than text there. */
export const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)></template></svg>';

/** A large service, of which a table is replaced, a function changes, and one thing has a hostile name. */
export function largeReport(): StackReport {
  const resources: JsonObject = {
    ...largeService(true),
    Evil: {
      Type: 'AWS::SNS::Topic',
      Metadata: { 'aws:cdk:path': `Shop/${HOSTILE.replaceAll('/', '|')}/Resource` },
      Properties: { DisplayName: HOSTILE },
    },
  };
  const edited = (id: string, Properties: JsonObject): JsonObject => {
    const resource = resources[id] as JsonObject;
    return { [id]: { ...resource, Properties: { ...(resource.Properties as JsonObject), ...Properties } } };
  };
  const after: JsonObject = {
    ...resources,
    ...edited('D5S2Table', { KeySchema: [{ AttributeName: 'order', KeyType: 'HASH' }] }),
    ...edited('D3S1Take', { Timeout: 20 }),
  };
  const picture = changedPicture(
    pictureOf(sourceOf(resources)),
    pictureOf(sourceOf(after)),
    new Map([
      ['D5S2Table', 'replaced'],
      ['D3S1Take', 'changed'],
    ]),
  );
  const resourceTexts = Object.fromEntries(Object.entries(after).map(([id, value]) => [id, yamlText(value)]));
  return stackReport(resources, after, { stackName: 'shop', picture, resourceTexts });
}

/** The scripts are those of the bundle. */
const SCRIPTS = resolve(import.meta.dirname, '../../dist/page');

export async function pageOf(...stacks: StackReport[]): Promise<string> {
  return renderHtml(report(stacks), { pictures: await drawPictures(stacks, undefined, SCRIPTS) });
}
