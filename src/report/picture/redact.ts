import type { Picture } from '../../picture/types.ts';

/** A picture without secrets in its texts. Its identifiers are never shown. */
export const redactPicture = (
  { nodes, edges, left }: Picture,
  redact: (text: string) => string,
): Picture => ({
  nodes: nodes.map((node) => ({
    ...node,
    name: redact(node.name),
    path: node.path.map(redact),
    details: node.details.map(redact),
  })),
  edges: edges.map((edge) => ({ ...edge, label: redact(edge.label) })),
  left,
});
