import { App, CfnOutput, NestedStack, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';

/** A part of a service with a template of its own. */
class Greeter extends NestedStack {
  constructor(scope, id, name) {
    super(scope, id);
    this.function = new LambdaFunction(this, 'Function', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'app.handler',
      code: Code.fromAsset('greeter'),
      environment: { NAME: name },
    });
  }
}

const stack = new Stack(new App(), 'Greetings', { stackName: 'cdk-nested' });
const greeter = new Greeter(stack, 'Greeter', 'world');
new CfnOutput(stack, 'Function', { value: greeter.function.functionName });
