/** Whether a Content-Type or an Accept value (its first type) is among media types such as `image/*`. */
export function mediaTypeMatches(types: readonly string[], value: string | undefined): boolean {
  const given = (value ?? '').split(/[,;]/)[0]?.trim().toLowerCase() ?? '';
  return types.some((type) => {
    const wanted = type.toLowerCase();
    if (wanted === '*/*' || wanted === given) return true;
    return wanted.endsWith('/*') && given.startsWith(wanted.slice(0, -1));
  });
}
