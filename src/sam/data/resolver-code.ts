// Made by scripts/sam-connectors.ts from aws-sam-translator (Apache-2.0). Do not edit.
/** The code of a resolver that only calls its functions. */
export const RESOLVER_CODE =
  '\nexport function request(ctx) {\n    return {};\n}\n\nexport function response(ctx) {\n    return ctx.prev.result;\n}\n';
