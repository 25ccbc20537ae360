import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, it } from '@jest/globals';
import { PASSWORD, startRegistry, USERNAME, withoutContainerTools } from '../packaging/image/registry.ts';
import { startEmulator } from '../support/emulator.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { GO_SETTINGS, withoutGo } from '../support/go.ts';
import { expectGolden } from '../support/golden.ts';
import { startProxy } from '../support/proxy.ts';
import { runAction } from '../support/runner.ts';

const reason = withoutGo ?? withoutContainerTools();
if (reason) console.warn(`the image example is not tested: ${reason}`);

/** The emulator runs no images without a container engine: that the program answers is tested with the local command. */
(reason ? it.skip : it)(
  'an image is built, pushed to ECR, named by its digest, and not built again',
  async () => {
    const [aws, registry] = [await startEmulator(), await startRegistry()];
    const token = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64');
    const access = { authorizationData: [{ authorizationToken: token, proxyEndpoint: registry.url }] };
    const proxy = await startProxy(
      aws.endpoint,
      () => undefined,
      (target) => (target.endsWith('.GetAuthorizationToken') ? access : undefined),
    );
    const workspace = await exampleWorkspace('oci');
    // Podman without anything of the host's: works in containers too.
    const env = {
      ...aws.env,
      ...GO_SETTINGS,
      AWS_ENDPOINT_URL: proxy.url,
      STORAGE_DRIVER: 'vfs',
      BUILDAH_ISOLATION: 'chroot',
    };
    const step = (inputs: Record<string, string>) =>
      runAction({ workspace: workspace.path, inputs: { 'container-tool': 'podman', ...inputs }, env });
    try {
      const preview = await step({ noop: 'true' });
      expect(preview).toMatchObject({ exitCode: 0, errors: [] });
      const template = await readFile(join(workspace.path, '.sparta/oci/deploy.json'), 'utf8');
      expectGolden('oci', template.replaceAll(new URL(registry.url).host, 'registry.example'));

      const local = await step({ command: 'invoke', function: 'hello', event: '{"name": "Ada"}' });
      expect(local).toMatchObject({ exitCode: 0, errors: [] });
      expect(local.stdout).toContain('{"message":"Hello, Ada"}');

      const refused = await step({ noop: 'false' });
      expect(refused.errors.join()).toMatch(/there is no ECR repository oci\. .*create-ecr-repository: true/);

      const created = await step({ noop: 'false', 'create-ecr-repository': 'true' });
      expect(created).toMatchObject({ exitCode: 0, errors: [], outputs: { operation: 'create' } });
      const uri = /pushed: (\S+@sha256:[0-9a-f]{64})/.exec(created.stdout)?.[1];
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const lambda = new LambdaClient({ region: 'us-east-1', endpoint: aws.endpoint, credentials });
      const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: 'oci-hello' }));
      lambda.destroy();
      expect(Code?.ImageUri).toBe(uri);

      const again = await step({ noop: 'false' });
      expect(again.outputs.operation).toBe('none');
      expect(again.stdout).toContain('unchanged since an earlier run');
    } finally {
      await workspace.remove();
      await proxy.stop();
      await registry.stop();
      await aws.stop();
    }
  },
);
