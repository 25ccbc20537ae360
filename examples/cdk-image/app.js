import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Architecture, DockerImageCode, DockerImageFunction } from 'aws-cdk-lib/aws-lambda';

/** A function that is a container image, built from the Dockerfile in `function`. */
const stack = new Stack(new App(), 'Image', { stackName: 'cdk-image' });
const handler = new DockerImageFunction(stack, 'Hello', {
  architecture: Architecture.X86_64,
  code: DockerImageCode.fromImageAsset('function', {
    platform: Platform.LINUX_AMD64,
    buildArgs: { GREETING: 'Hello' },
  }),
});
new CfnOutput(stack, 'Function', { value: handler.functionName });
