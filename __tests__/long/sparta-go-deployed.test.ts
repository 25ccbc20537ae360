import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { callName } from '../support/aws-calls.ts';
import { describeWithGo, GO_SETTINGS } from '../support/go.ts';
import { startProxy } from '../support/proxy.ts';
import { runCli } from '../support/runner.ts';
import { ADA, spartaApplication } from '../support/sparta-application.ts';

const app = spartaApplication();

describeWithGo('a Sparta application', () => {
  it('is previewed twice with the same result and no change in AWS, deployed, changed in place and found unchanged', async () => {
    const changing: string[] = [];
    const proxy = await startProxy(app.aws.endpoint, (_, { method, url, headers, body }) => {
      const { operation, mutating } = callName(method, url, headers, body);
      if (mutating) changing.push(operation);
    });
    const through = { env: { AWS_ENDPOINT_URL: proxy.url } };
    const first = await app.preview(through);
    expect(first.errors).toEqual([]);
    expect(first.outputs).toMatchObject({ operation: 'preview', 'stack-name': 'Greeter', changed: 'true' });
    const shown = app.comment();
    const made = await app.template(first.outputs.template);
    const second = await app.preview(through);
    expect(await app.template(second.outputs.template)).toEqual(made);
    expect(app.comment().replaceAll(/[\d.]+ m?s\b/g, '')).toBe(shown.replaceAll(/[\d.]+ m?s\b/g, ''));
    expect(changing).toEqual([]);
    await proxy.stop();

    const created = await app.step();
    expect(created.errors).toEqual([]);
    expect(created.outputs).toMatchObject({ operation: 'create', 'stack-status': 'CREATE_COMPLETE' });
    expect(await app.invoke('Greeter_Hello', ADA)).toEqual({ message: 'Hello, Ada' });
    expect(await app.invoke('Greeter_Goodbye', { name: 'Ada' })).toEqual({ message: 'Goodbye, Ada' });
    expect((await app.preview()).outputs).toMatchObject({ changed: 'false' });
    expect((await app.step()).outputs).toMatchObject({ operation: 'none', changed: 'false' });

    await app.change('main.go', '"Goodbye, "', '"Bye, "');
    await app.preview();
    expect(app.comment()).toContain('| 🔵 code | `Goodbye` | AWS::Lambda::Function | code |');
    expect(app.comment()).not.toMatch(/BuildID|TemplateCreationTime|APIGatewayDeployment/);
    const updated = await app.step({ inplace: 'true' });
    expect(updated.errors).toEqual([]);
    expect(updated.outputs).toMatchObject({ operation: 'in-place', changed: 'true' });
    expect(await app.invoke('Greeter_Goodbye', { name: 'Ada' })).toEqual({ message: 'Bye, Ada' });
    expect((await app.step({ inplace: 'true' })).outputs).toMatchObject({ operation: 'none' });
  });

  it('runs here', async () => {
    const event = join('events', 'Hello', 'ada.json');
    const args = ['invoke', '--function', 'Hello', '--event', event];
    const { stdout, exitCode } = await runCli(args, app.workspace.path, GO_SETTINGS);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('{"message":"Hello, Ada"}');
  });

  it('that does not compile, or is not sound, is told of with its place', async () => {
    await app.change('main.go', 'name := request', 'name = request');
    const broken = await app.step({ noop: 'true' });
    expect(broken.exitCode).toBe(1);
    expect(broken.errors.join('\n')).toMatch(/main\.go:\d+:\d+|undefined: name/);
    await app.change('main.go', 'name = request', 'name := request');
    await app.change('main.go', '"Goodbye", goodbye', '"Hello", goodbye');
    const twice = await app.step({ noop: 'true' });
    expect(twice.exitCode).toBe(1);
    expect(twice.errors.join('\n')).toContain('Multiple definitions of lambda: Hello');
  });
});
