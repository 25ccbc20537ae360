// Only what is used: the rest of the package is left out of the bundle, which start-up time pays for.
export {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  Pair,
  parseDocument,
  type Scalar,
  type ScalarTag,
  type YAMLMap,
  type YAMLParseError,
} from 'yaml';
