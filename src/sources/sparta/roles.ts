import { chmod, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { programEnvironment } from '../../packaging/inputs/variables.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import { runProgram } from '../../packaging/toolchains/run-program.ts';
import { findUp } from '../../packaging/workspace/source-files.ts';
import type { Json, Template } from '../../template/types.ts';
import { replaceText } from './adopt.ts';
import type { Application } from './application.ts';

/** What the application is told a role's ARN is; what it stands for is verified afterwards. */
const UNVERIFIED = 'arn:aws:iam::000000000000:role/';

/** Answers `GetRole` for an application that asks AWS for roles while it is built. */
export interface RoleServer {
  /** Environment of the application's build. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names that were asked for. */
  readonly asked: ReadonlySet<string>;
  close(): void;
}

/**
 * Sparta looks up each role that is given by name, even where nothing is to be changed, and cannot be told where AWS is.
 * A copy of Sparta, whose one file that configures its clients is another one, stands in for it while the application
 * runs here; what is deployed is compiled without that.
 *
 * @param folder receives the copy; absolute
 */
export async function serveRoles(
  application: Application,
  folder: string,
  context: BuildContext,
): Promise<RoleServer> {
  const copy = join(folder, 'sparta');
  await rm(folder, { recursive: true, force: true });
  const { module, path, version } = await requiredModule(application, context);
  const replaced = join('aws', 'config.go');
  const isKept = (file: string) =>
    relative(path, file) !== replaced && !/^docs(_source)?$/.test(relative(path, file));
  await cp(path, copy, { recursive: true, filter: isKept });
  await makeWritable(copy);
  await writeFile(join(copy, replaced), CONFIG);
  const modFile = join(folder, 'go.mod');
  await cp(join(module, 'go.sum'), join(folder, 'go.sum'));
  await writeFile(
    modFile,
    `${await readFile(join(module, 'go.mod'), 'utf8')}\nreplace ${version} => ${copy}\n`,
  );
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const name = new URLSearchParams(body).get('RoleName') ?? '';
      asked.add(name);
      response.setHeader('content-type', 'text/xml');
      response.end(roleAnswer(name));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const flags = [context.env.GOFLAGS, '-mod=mod', `-modfile=${modFile}`].filter(Boolean).join(' ');
  return {
    environment: { GOFLAGS: flags, SPARTA_ACTION_ROLES: `http://127.0.0.1:${port}` },
    asked,
    close: () => server.close(),
  };
}

/** Go keeps its modules read-only; folders that are would neither take the other file nor be removed by the next run. */
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
}

/** The application's module, the folder of Sparta's source, and how a `replace` names it. */
async function requiredModule({ directory, major }: Application, { space, env, log, signal }: BuildContext) {
  const name = `github.com/mweagle/Sparta${major > 1 ? `/v${major}` : ''}`;
  const options = { directory, env: programEnvironment(env), log, signal };
  const { stdout } = await runProgram(['go', 'list', '-m', '-f', '{{.Dir}}', name], options);
  return { module: findUp(space, directory, 'go.mod') ?? directory, path: stdout.trim(), version: name };
}

/** Source: IAM API reference, GetRole. */
const roleAnswer = (name: string): string =>
  `<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role><Path>/</Path>` +
  `<Arn>${UNVERIFIED}${name.replaceAll(/[^\w+=,.@-]/g, '')}</Arn><RoleName>${name.replaceAll(/[^\w+=,.@-]/g, '')}</RoleName>` +
  `<RoleId>AROAUNVERIFIED</RoleId><CreateDate>2020-01-01T00:00:00Z</CreateDate></Role></GetRoleResult></GetRoleResponse>`;

/** Puts in what the roles really are; one that could not be looked up is named in the account that it is deployed to. */
export function withRoles(template: Template, arns: ReadonlyMap<string, string>): Template {
  return replaceText(template, (text): Json | undefined => {
    if (!text.startsWith(UNVERIFIED)) return undefined;
    const name = text.slice(UNVERIFIED.length);
    return arns.get(name) ?? { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${name}` };
  }) as Template;
}

/** Go: the functions of Sparta's package `aws`, with IAM answered by the build. */
const CONFIG = `package aws

import (
	"context"
	"os"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/rs/zerolog"
)

func NewConfig(ctx context.Context, logger *zerolog.Logger) (sdk.Config, error) {
	return NewConfigWithLevel(ctx, 0, logger)
}

func NewConfigWithLevel(ctx context.Context, level sdk.ClientLogMode, logger *zerolog.Logger) (sdk.Config, error) {
	return NewConfigWithConfigLevel(ctx, sdk.Config{}, level, logger)
}

func NewConfigWithConfig(ctx context.Context, given sdk.Config, logger *zerolog.Logger) (sdk.Config, error) {
	return NewConfigWithConfigLevel(ctx, given, 0, logger)
}

func NewConfigWithConfigLevel(ctx context.Context, _ sdk.Config, level sdk.ClientLogMode, _ *zerolog.Logger) (sdk.Config, error) {
	made, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return made, err
	}
	made.ClientLogMode = level
	if made.Region == "" {
		made.Region = "us-east-1"
	}
	made.EndpointResolver = sdk.EndpointResolverFunc(func(service, region string) (sdk.Endpoint, error) {
		if service == "IAM" {
			return sdk.Endpoint{URL: os.Getenv("SPARTA_ACTION_ROLES"), SigningRegion: "us-east-1"}, nil
		}
		return sdk.Endpoint{}, &sdk.EndpointNotFoundError{}
	})
	given := made.Credentials
	made.Credentials = sdk.CredentialsProviderFunc(func(ctx context.Context) (sdk.Credentials, error) {
		if found, err := given.Retrieve(ctx); err == nil {
			return found, nil
		}
		return sdk.Credentials{AccessKeyID: "none", SecretAccessKey: "none"}, nil
	})
	return made, nil
}
`;
