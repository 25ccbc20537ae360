import type { Finding } from '../../aws/stack/early-validation.ts';
import type { Log } from '../../log.ts';
import { type Place, problemLine } from '../../problem.ts';
import type { TemplateDocument } from '../../template/document.ts';

/** Where the template has what a finding is about. */
function placeOf({ logicalId, path }: Finding, template: TemplateDocument): Place | undefined {
  if (path[0] === 'Resources') return template.locate(path);
  return logicalId === '' ? undefined : template.locate(['Resources', logicalId, ...path]);
}

/** Findings as annotations at their lines of the source. */
export function tellFindings(findings: readonly Finding[], template: TemplateDocument, log: Log): void {
  for (const finding of findings) {
    const { severity, logicalId: subject, message, next } = finding;
    const line = problemLine({ ...(subject && { subject }), message, ...(next && { next }) });
    log[severity](line, placeOf(finding, template));
  }
}
