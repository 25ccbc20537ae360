/** The end of what a program printed, as one line. */
export const lastLines = (text: string, count = 4): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-count)
    .join(' | ');
