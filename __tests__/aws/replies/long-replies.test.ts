import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { takeSummaries, takeTemplate } from '../../../src/aws/replies/long-replies.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (each) => `&${NAMES[each]};`).replace(/[^\x20-\x7e]/g, numbered);
const NAMES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};
const numbered = (each: string): string => `&#x${each.charCodeAt(0).toString(16)};`;

/** Texts with much of what is written otherwise in XML. */
const text = fc.string({
  unit: fc.constantFrom('a', 'Z', '&', '<', '>', '"', "'", ';', 'amp', 'lt', '#', '\n', ' '),
});
const filled = text.map((each) => `x${each}`);

const summary = fc.record({ logicalId: filled, physicalId: text, type: filled, status: text, reason: text });
const element = (name: string, value: string): string =>
  value === '' ? '' : `<${name}>${escaped(value)}</${name}>`;
const BEFORE = '<?xml version="1.0"?><ListStackResourcesResponse><ListStackResourcesResult>';
const AFTER = '<NextToken>next</NextToken></ListStackResourcesResult></ListStackResourcesResponse>';
const replyOf = (inner: string): string =>
  `${BEFORE}<StackResourceSummaries>${inner}</StackResourceSummaries>${AFTER}`;

describe('a reply of ListStackResources', () => {
  it('gives its resources, and is left without them', () => {
    fc.assert(
      fc.property(fc.array(summary), fc.constantFrom('', '\n  '), (resources, blank) => {
        const inner = resources.map(
          ({ logicalId, physicalId, type, status, reason }) =>
            `${blank}<member>${element('ResourceType', type)}<LastUpdatedTimestamp>2026-11-30T08:29:12.367Z</LastUpdatedTimestamp>` +
            `<DriftInformation><StackResourceDriftStatus>NOT_CHECKED</StackResourceDriftStatus></DriftInformation>${blank}` +
            element('LogicalResourceId', logicalId) +
            element('PhysicalResourceId', physicalId) +
            element('ResourceStatusReason', reason) +
            `${element('ResourceStatus', status)}</member>`,
        );
        const taken = takeSummaries(replyOf(`${inner.join('')}${blank}`));
        expect(taken).toEqual({ resources, rest: `${BEFORE}${AFTER}` });
      }),
    );
  });

  it.each([
    [
      'a list in a resource',
      '<member><LogicalResourceId>A</LogicalResourceId><X><member>1</member></X></member>',
    ],
    ['no logical ID', '<member><ResourceType>T</ResourceType></member>'],
    [
      'attributes',
      '<member><LogicalResourceId a="b">A</LogicalResourceId><ResourceType>T</ResourceType></member>',
    ],
    [
      'marked sections',
      '<member><LogicalResourceId><![CDATA[A]]></LogicalResourceId><ResourceType>T</ResourceType></member>',
    ],
    ['half of a resource', '<member><LogicalResourceId>A</LogicalResourceId>'],
  ])('is left to the parser with %s', (_, inner) => {
    expect(takeSummaries(replyOf(inner))).toBeUndefined();
  });

  it('is left to the parser where it is an error, or cut', () => {
    expect(
      takeSummaries('<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>'),
    ).toBeUndefined();
    expect(takeSummaries(`${BEFORE}<StackResourceSummaries><member>`)).toBeUndefined();
  });
});

describe('a reply of GetTemplate', () => {
  const [before, after] = [
    '<GetTemplateResponse><GetTemplateResult>',
    '</GetTemplateResult></GetTemplateResponse>',
  ];

  it('gives its template, and is left without it', () => {
    fc.assert(
      fc.property(filled, (template) => {
        const reply = `${before}<TemplateBody>${escaped(template)}</TemplateBody>${after}`;
        expect(takeTemplate(reply)).toEqual({ template, rest: `${before}${after}` });
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n'],
    ['marked sections', '<![CDATA[{}]]>'],
    ['ends of lines that XML changes', '{\r\n}'],
  ])('is left to the parser with %s in it', (_, body) => {
    expect(takeTemplate(`${before}<TemplateBody>${body}</TemplateBody>${after}`)).toBeUndefined();
  });
});
