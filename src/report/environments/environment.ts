import { code, link, plain } from '../escape.ts';
import type { EnvironmentReport } from '../model.ts';
import { durationText, timeText } from './times.ts';

/** The copy of a pull request for people: where it answers, how old it is, when it goes, what it costs while nobody uses it. */
export function environmentMarkdown(environment: EnvironmentReport, now = Date.now()): string {
  const { name, url, logsUrl, billed } = environment;
  const parts = [
    `**Environment ${plain(name)}**`,
    ...(url === undefined ? [] : [link('open it', url), code(url)]),
    ...agesOf(environment, now),
    link('logs', logsUrl),
  ];
  const costs =
    billed.length === 0 ? [] : ['', `Costs money while nobody uses it: ${billed.map(code).join(', ')}`];
  return [parts.join(' · '), ...costs].join('\n');
}

/** The same as one line of text. */
export function environmentText(environment: EnvironmentReport, now = Date.now()): string {
  const { name, url, billed } = environment;
  const costs = billed.length === 0 ? [] : [`costs money while nobody uses it: ${billed.join(', ')}`];
  return [
    `Environment ${name}`,
    ...(url === undefined ? [] : [url]),
    ...agesOf(environment, now),
    ...costs,
  ].join(' · ');
}

const agesOf = ({ created, expires }: EnvironmentReport, now: number): string[] => [
  now - created < 60_000 ? 'new' : `${durationText(now - created)} old`,
  expires === undefined
    ? 'deleted when the pull request is closed'
    : `deleted when the pull request is closed, or after ${timeText(expires)} (${durationText(Math.max(0, expires - now))})`,
];
