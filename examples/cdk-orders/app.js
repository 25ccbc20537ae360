import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';

/** Takes orders over HTTP, keeps them in a table, and reads its prices from a file in a bucket. */
const stack = new Stack(new App(), 'Orders', {
  stackName: 'cdk-orders',
  description: 'Takes orders, keeps them in a table.',
  tags: { team: 'shop' },
});

const table = new Table(stack, 'Table', {
  partitionKey: { name: 'id', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
});
const prices = new Asset(stack, 'Prices', { path: 'prices/prices.json' });

const takeOrder = new LambdaFunction(stack, 'TakeOrder', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromAsset('function'),
  environment: {
    TABLE: table.tableName,
    PRICES_BUCKET: prices.s3BucketName,
    PRICES_KEY: prices.s3ObjectKey,
  },
});
table.grantWriteData(takeOrder);
prices.grantRead(takeOrder);

const api = new HttpApi(stack, 'Api');
api.addRoutes({
  path: '/orders',
  methods: [HttpMethod.POST],
  integration: new HttpLambdaIntegration('TakeOrderIntegration', takeOrder),
});

new CfnOutput(stack, 'Url', { value: api.apiEndpoint });
new CfnOutput(stack, 'Function', { value: takeOrder.functionName });
