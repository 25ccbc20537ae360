import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isNewest } from './notes.ts';

/** What is released, and where. */
export interface Release {
  /** Such as `https://api.github.com`. */
  readonly api: string;
  /** `owner/name` */
  readonly repository: string;
  readonly token: string;
  readonly tag: string;
  /** The commit that the tag names. */
  readonly commit: string;
  readonly notes: string;
  /** Paths of the files that are attached. */
  readonly files: readonly string[];
}

interface Published {
  readonly id: number;
  readonly tag_name: string;
  readonly draft: boolean;
  readonly immutable?: boolean;
  readonly html_url: string;
  readonly upload_url: string;
  readonly assets: readonly { readonly name: string; readonly digest?: string | null }[];
}

interface GitHub {
  json<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  send(
    method: string,
    url: string,
    body?: { readonly type: string; readonly bytes: Uint8Array },
  ): Promise<string>;
}

/**
 * Makes the release of a tag and moves the tag of its major version. Everything is attached to a draft first: nothing can
 * be attached to an immutable release. Running it again continues, or finds that all is done.
 *
 * @throws Error when GitHub refuses something, when another release of the tag is published, or when the release did not
 * become immutable: that is a setting of the repository, which a workflow's token may not read
 */
export async function publishRelease(release: Release, say: (line: string) => void): Promise<void> {
  const github = connect(release);
  const at = `/repos/${release.repository}`;
  const found = await github.json<readonly Published[]>('GET', `${at}/releases?per_page=100`);
  const ours = found.filter(({ tag_name }) => tag_name === release.tag);
  const former = ours.find(({ draft }) => !draft);
  const published = former ?? (await make(release, { github, drafts: ours }));
  if (former) await checkAssets(former, release.files);
  if (published.immutable !== true)
    throw new Error(
      `${published.html_url} is published and not immutable: switch on "Release immutability" in the repository's settings, delete the release (its tag stays), and run this job again`,
    );
  say(`${published.html_url} ${former ? 'was published before' : 'is published'}, and is immutable`);
  await moveMajor(release, { github, say });
}

/** An unfinished draft of an earlier attempt is made anew. */
async function make(
  { repository, tag, notes, files }: Release,
  { github, drafts }: { readonly github: GitHub; readonly drafts: readonly Published[] },
): Promise<Published> {
  const at = `/repos/${repository}/releases`;
  for (const { id } of drafts) await github.json('DELETE', `${at}/${id}`);
  const draft = await github.json<Published>('POST', at, {
    tag_name: tag,
    name: tag,
    body: notes,
    draft: true,
  });
  for (const path of files) {
    const url = draft.upload_url.replace(/\{.*$/, `?name=${encodeURIComponent(basename(path))}`);
    await github.send('POST', url, { type: 'application/octet-stream', bytes: await readFile(path) });
  }
  return github.json<Published>('PATCH', `${at}/${draft.id}`, { draft: false, make_latest: 'legacy' });
}

/** A release that is published cannot be mended: what is attached has to be what was built. */
async function checkAssets({ assets, html_url }: Published, files: readonly string[]): Promise<void> {
  for (const path of files) {
    const digest = `sha256:${createHash('sha256')
      .update(await readFile(path))
      .digest('hex')}`;
    const attached = assets.find(({ name }) => name === basename(path));
    if (attached?.digest !== digest)
      throw new Error(
        `${html_url} is published with ${attached ? `another ${attached.name}` : `no ${basename(path)}`}: release a new version`,
      );
  }
}

/** `v1` is a tag without a release, so it can be moved. */
async function moveMajor(
  { repository, tag, commit }: Release,
  { github, say }: { readonly github: GitHub; readonly say: (line: string) => void },
): Promise<void> {
  const major = tag.slice(0, tag.indexOf('.'));
  const at = `/repos/${repository}/git`;
  const refs = await github.json<readonly { readonly ref: string }[]>(
    'GET',
    `${at}/matching-refs/tags/${major}`,
  );
  const tags = refs.map(({ ref }) => ref.replace('refs/tags/', ''));
  if (!isNewest(tag, tags)) {
    say(`${major} stays where it is: there is a later version than ${tag}`);
    return;
  }
  if (tags.includes(major))
    await github.json('PATCH', `${at}/refs/tags/${major}`, { sha: commit, force: true });
  else await github.json('POST', `${at}/refs`, { ref: `refs/tags/${major}`, sha: commit });
  say(`${major} is ${tag} now`);
}

function connect({ api, token }: Release): GitHub {
  const send: GitHub['send'] = async (method, url, body) => {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
        ...(body && { 'content-type': body.type }),
      },
      ...(body && { body: new Uint8Array(body.bytes) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(
        `${method} ${new URL(url).pathname}: GitHub answered ${response.status} ${text.slice(0, 500)}`,
      );
    return text;
  };
  return {
    send,
    async json<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
      const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const text = await send(method, `${api}${path}`, bytes && { type: 'application/json', bytes });
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    },
  };
}
