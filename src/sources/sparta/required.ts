/** The major version of Sparta that a `go.mod` requires by itself; `undefined`: none. */
export function requiredSparta(goMod: string): number | undefined {
  const found = /^\s*(?:require\s+)?github\.com\/mweagle\/Sparta(?:\/v(\d+))?\s+v\S+\s*$/m.exec(
    goMod.replaceAll(/\/\/(?! indirect).*$/gm, ''),
  );
  return found ? Number(found[1] ?? 1) : undefined;
}
