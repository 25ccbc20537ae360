import { rewriteReply, WITHIN_DESERIALIZER } from './rewrite-reply.ts';
import { xmlText } from './xml-text.ts';

/** A resource that a stack has. */
export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

/** What stands in a reply of ListStackResources, and the reply without it. */
export interface Summaries {
  readonly resources: readonly StackResource[];
  readonly rest: string;
}

const LIST = /<StackResourceSummaries>([\s\S]*)<\/StackResourceSummaries>/;

/**
 * Takes the resources out of a reply of ListStackResources: they are most of it, and a parser of all XML takes ten times as
 * long for them.
 *
 * @returns `undefined` where anything in it is not as CloudFormation writes it; a parser has to read it then
 */
export function takeSummaries(reply: string): Summaries | undefined {
  const [list, inner = ''] = LIST.exec(reply) ?? [];
  if (list === undefined || /\r|<!|<\w+\s|<member\s*\/>/.test(inner)) return undefined;
  const members = inner.split('</member>');
  if (members.pop()?.trim() !== '') return undefined;
  const resources: StackResource[] = [];
  for (const member of members) {
    // A member in a member would be a list, of which CloudFormation has none there.
    if (member.lastIndexOf('<member>') !== member.search(/\S/)) return undefined;
    const logicalId = textOf(member, 'LogicalResourceId');
    const type = textOf(member, 'ResourceType');
    if (!logicalId || !type) return undefined;
    resources.push({
      logicalId,
      physicalId: textOf(member, 'PhysicalResourceId'),
      type,
      status: textOf(member, 'ResourceStatus'),
      reason: textOf(member, 'ResourceStatusReason'),
    });
  }
  return { resources, rest: reply.replace(list, () => '') };
}

/** The template that a reply of GetTemplate holds, and the reply without it. */
export interface TakenTemplate {
  readonly template: string;
  readonly rest: string;
}

/**
 * Takes the template out of a reply of GetTemplate, for the same reason.
 *
 * @returns `undefined` where it is not only text, or has ends of lines that a parser of XML would change
 */
export function takeTemplate(reply: string): TakenTemplate | undefined {
  const [element, text = ''] = /<TemplateBody>([^<\r]+)<\/TemplateBody>/.exec(reply) ?? [];
  if (element === undefined || text.trim() === '') return undefined;
  return { template: xmlText(text), rest: reply.replace(element, () => '') };
}

function textOf(member: string, name: string): string {
  const open = `<${name}>`;
  const start = member.indexOf(open);
  if (start < 0) return '';
  const end = member.indexOf(`</${name}>`, start);
  return end < 0 ? '' : xmlText(member.slice(start + open.length, end));
}

/** What is used of a command. */
interface Command {
  readonly middlewareStack: {
    add(middleware: ReturnType<typeof rewriteReply>, options: typeof WITHIN_DESERIALIZER): void;
  };
}

/**
 * Lets something be taken out of the reply to a command, before the SDK reads the rest.
 *
 * @returns gives what was taken, when the command was sent; `undefined` where the SDK has read all of it
 */
export function takeOut<Taken extends { readonly rest: string }>(
  { middlewareStack }: Command,
  take: (reply: string) => Taken | undefined,
): () => Taken | undefined {
  let taken: Taken | undefined;
  const shorten = (body: string): string => {
    taken = take(body);
    return taken?.rest ?? body;
  };
  middlewareStack.add(rewriteReply(shorten), WITHIN_DESERIALIZER);
  return () => taken;
}
