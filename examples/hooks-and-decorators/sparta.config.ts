import {
  type ArchiveContext,
  defineService,
  type LambdaDecoratorContext,
  type TemplateContext,
} from 'sparta-action';

/** Tells when a function fails. */
function errorAlarm({ template, logicalId }: LambdaDecoratorContext): void {
  template.Resources[`${logicalId}Errors`] = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: logicalId } }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    },
  };
}

/** One topic for everything that goes wrong in the service. */
function alertTopic({ template }: TemplateContext): void {
  template.Resources.Alerts = { Type: 'AWS::SNS::Topic' };
  template.Outputs = { AlertsTopic: { Value: { Ref: 'Alerts' } } };
}

/** Every function knows which stage it runs in. */
function aboutFile({ add, stage }: ArchiveContext): void {
  add('about.json', JSON.stringify({ stage }));
}

export default defineService(({ stage }) => ({
  name: `hooks-${stage}`,
  functions: {
    stage: { handler: 'src/stage.mjs', decorators: [errorAlarm] },
  },
  decorators: [alertTopic],
  hooks: {
    preBuild: () => console.log('preBuild'),
    postBuild: 'echo "postBuild of $SPARTA_HOOK_SERVICE"',
    archive: aboutFile,
    preMarshall: () => console.log('preMarshall'),
    postMarshall: ({ template }) => {
      template.Metadata = { Owner: 'team-hello' };
    },
    validate: ({ template }) => {
      const count = Object.keys(template.Resources).length;
      if (count > 50) throw new Error(`${count} resources are more than this team looks after`);
    },
    rollback: ({ error }) => console.log(`rolled back: ${error.message}`),
  },
}));
