throw new RangeError('init crash');
export const handler = 1;
