// Only what is used: the rest of the package is left out of the bundle, which start-up time pays for.
export {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
  visit,
} from 'jsonc-parser';
