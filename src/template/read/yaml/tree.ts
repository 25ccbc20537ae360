import { readYaml } from './document.ts';
import type { Builder, YamlAlias, YamlMapping, YamlScalar, YamlSequence } from './nodes.ts';

/** All that a text says, with places: for finding and changing what stands in it. */
export type YamlTree =
  | YamlScalar
  | (YamlSequence<YamlTree> & { readonly items: readonly YamlTree[] })
  | (YamlMapping<YamlTree> & { readonly values: readonly YamlTree[] })
  | YamlAlias<YamlTree>;

const TREE: Builder<YamlTree> = {
  scalar: (node) => node,
  sequence: (node) => node,
  mapping: (node) => node,
  alias: (node) => node,
};

/** The tree of a text; `undefined` where it cannot be read to its end. */
export const yamlTree = (text: string): YamlTree | undefined => readYaml(text, TREE).root;
