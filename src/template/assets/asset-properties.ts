import type { LocationForm } from './targets.ts';

/** A property that may hold a local path, what becomes of the path, and how the property wants the location. */
export interface AssetProperty {
  /** Dotted, below Properties. */
  readonly property: string;
  readonly packaging: 'archive' | 'file' | 'template';
  readonly form: LocationForm;
  /** What becomes of a resource that has neither this property nor one of `unless`, and is no image. */
  readonly missing?: {
    readonly unless: readonly string[];
    /** It makes no sense, or SAM packages the folder of the template. */
    readonly means: 'error' | 'own-folder';
  };
}

const uri: LocationForm = { kind: 's3-uri' };
const url: LocationForm = { kind: 'https-url' };
const s3BucketAndKey: LocationForm = { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' };
const bucketAndKey: LocationForm = { kind: 'object', bucket: 'Bucket', key: 'Key' };
/** Web functions in CloudFormation's own words: SAM packages its own type only, but a path can mean nothing else here. */
const WEB_CODE = 'BuildConfig.CodeConfig.S3Object';

/**
 * The properties that `sam package` treats as local artifacts. Sources: the AWS SAM developer guide, `sam package`; what
 * it does without the property, SAM CLI 1.170; the CloudFormation reference of each type.
 */
export const ASSET_PROPERTIES: Readonly<Record<string, readonly AssetProperty[]>> = {
  'AWS::Serverless::Function': [
    {
      property: 'CodeUri',
      packaging: 'archive',
      form: uri,
      missing: { unless: ['InlineCode', 'ImageUri'], means: 'own-folder' },
    },
  ],
  'AWS::Lambda::Function': [
    { property: 'Code', packaging: 'archive', form: s3BucketAndKey, missing: { unless: [], means: 'error' } },
  ],
  'AWS::Serverless::WebFunction': [
    {
      property: 'CodeUri',
      packaging: 'archive',
      form: uri,
      missing: { unless: ['InlineCode'], means: 'own-folder' },
    },
  ],
  'AWS::Lambda::WebFunctionRevision': [
    { property: WEB_CODE, packaging: 'archive', form: bucketAndKey, missing: { unless: [], means: 'error' } },
  ],
  'AWS::Serverless::LayerVersion': [
    {
      property: 'ContentUri',
      packaging: 'archive',
      form: uri,
      missing: { unless: [], means: 'own-folder' },
    },
  ],
  'AWS::Lambda::LayerVersion': [
    {
      property: 'Content',
      packaging: 'archive',
      form: s3BucketAndKey,
      missing: { unless: [], means: 'error' },
    },
  ],
  'AWS::Serverless::Api': [{ property: 'DefinitionUri', packaging: 'file', form: uri }],
  'AWS::Serverless::HttpApi': [{ property: 'DefinitionUri', packaging: 'file', form: uri }],
  'AWS::ApiGateway::RestApi': [{ property: 'BodyS3Location', packaging: 'file', form: bucketAndKey }],
  'AWS::ApiGatewayV2::Api': [{ property: 'BodyS3Location', packaging: 'file', form: bucketAndKey }],
  'AWS::Serverless::StateMachine': [{ property: 'DefinitionUri', packaging: 'file', form: uri }],
  'AWS::StepFunctions::StateMachine': [
    { property: 'DefinitionS3Location', packaging: 'file', form: bucketAndKey },
  ],
  'AWS::AppSync::GraphQLSchema': [{ property: 'DefinitionS3Location', packaging: 'file', form: uri }],
  'AWS::AppSync::Resolver': [
    { property: 'RequestMappingTemplateS3Location', packaging: 'file', form: uri },
    { property: 'ResponseMappingTemplateS3Location', packaging: 'file', form: uri },
    { property: 'CodeS3Location', packaging: 'file', form: uri },
  ],
  'AWS::AppSync::FunctionConfiguration': [
    { property: 'RequestMappingTemplateS3Location', packaging: 'file', form: uri },
    { property: 'ResponseMappingTemplateS3Location', packaging: 'file', form: uri },
    { property: 'CodeS3Location', packaging: 'file', form: uri },
  ],
  'AWS::Serverless::GraphQLApi': [
    { property: 'SchemaUri', packaging: 'file', form: uri },
    { property: 'Functions.*.CodeUri', packaging: 'file', form: uri },
    { property: 'Resolvers.*.*.CodeUri', packaging: 'file', form: uri },
  ],
  'AWS::ElasticBeanstalk::ApplicationVersion': [
    { property: 'SourceBundle', packaging: 'file', form: s3BucketAndKey },
  ],
  'AWS::CloudFormation::ModuleVersion': [{ property: 'ModulePackage', packaging: 'file', form: uri }],
  'AWS::CloudFormation::ResourceVersion': [
    { property: 'SchemaHandlerPackage', packaging: 'file', form: uri },
  ],
  // SAM packages neither of these: the folder has the Dockerfile of which AWS makes the image.
  'AWS::Serverless::MicrovmImage': [{ property: 'CodeUri', packaging: 'archive', form: uri }],
  'AWS::Lambda::MicrovmImage': [{ property: 'CodeArtifact.Uri', packaging: 'archive', form: uri }],
  'AWS::Glue::Job': [{ property: 'Command.ScriptLocation', packaging: 'file', form: uri }],
  'AWS::CloudFormation::Stack': [{ property: 'TemplateURL', packaging: 'template', form: url }],
  'AWS::Serverless::Application': [{ property: 'Location', packaging: 'template', form: url }],
  'AWS::CloudFormation::StackSet': [{ property: 'TemplateURL', packaging: 'file', form: url }],
};

/** Functions and layers: Lambda unpacks what these properties point to. */
export const isLambdaCode = (type: string, property: string): boolean =>
  (/^AWS::(Serverless|Lambda)::(Function|WebFunction|LayerVersion)$/.test(type) &&
    /^(CodeUri|Code|ContentUri|Content)$/.test(property)) ||
  (type === 'AWS::Lambda::WebFunctionRevision' && property === WEB_CODE);

/** Types whose code is a server: other limits apply to it. */
export const isWebFunction = (type: string): boolean =>
  type === 'AWS::Serverless::WebFunction' || type === 'AWS::Lambda::WebFunctionRevision';
