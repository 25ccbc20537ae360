import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';

const app = new App();

/** Data lives longer than code: it has a stack of its own. */
const data = new Stack(app, 'Data', { stackName: 'cdk-data' });
const table = new Table(data, 'Table', {
  partitionKey: { name: 'id', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
});

/** Uses the table of the other stack, so it is deployed after it. */
const service = new Stack(app, 'Service', { stackName: 'cdk-service' });
for (const name of ['Reader', 'Writer']) {
  const handler = new LambdaFunction(service, name, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(name.toLowerCase()),
    environment: { TABLE: table.tableName },
  });
  if (name === 'Reader') table.grantReadData(handler);
  else table.grantWriteData(handler);
  new CfnOutput(service, `${name}Function`, { value: handler.functionName });
}
