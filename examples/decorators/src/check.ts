interface Deployment {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

/** CodeDeploy asks before it moves calls to the new version. */
export async function handler({ DeploymentId, LifecycleEventHookExecutionId }: Deployment) {
  const name = '@aws-sdk/client-codedeploy';
  const { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } = await import(name);
  const command = new PutLifecycleEventHookExecutionStatusCommand({
    deploymentId: DeploymentId,
    lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
    status: 'Succeeded',
  });
  await new CodeDeployClient().send(command);
}
