/** Templates of public repositories that are refused, and why that is right. A path that ends in `*` stands for all below. */
export const KNOWN: readonly { readonly path: string; readonly reason: string }[] = [];
