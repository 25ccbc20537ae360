var __defProp = Object.defineProperty;
var __name = (target, value) => __defProp(target, "name", { value, configurable: true });

// lib/service/decorators/add.js
function add(template, id, resource) {
  template.Resources[id] = resource;
}
__name(add, "add");
function output(template, name, Value, Description) {
  const outputs = template.Outputs ?? {};
  template.Outputs = { ...outputs, [name]: { Description, Value } };
}
__name(output, "output");
function namedFunction(service, name) {
  if (!Object.hasOwn(service.functions ?? {}, name))
    throw new Error(`there is no function ${name}`);
  return name;
}
__name(namedFunction, "namedFunction");

// lib/service/decorators/alarms.js
var METRICS = {
  errors: { MetricName: "Errors", Statistic: "Sum" },
  throttles: { MetricName: "Throttles", Statistic: "Sum" },
  duration: { MetricName: "Duration", ExtendedStatistic: "p99" },
  iteratorAge: { MetricName: "IteratorAge", Statistic: "Maximum" }
};
var alarms = /* @__PURE__ */ __name((options = {}) => /* @__PURE__ */ __name(function alarms2({ template, logicalId: logicalId2, functionName: functionName2 }) {
  const thresholds = { errors: 1, throttles: 1, ...options };
  for (const [name, metric] of Object.entries(METRICS)) {
    const threshold = thresholds[name];
    if (threshold === void 0 || threshold === false)
      continue;
    add(template, `${logicalId2}${metric.MetricName}Alarm`, {
      Type: "AWS::CloudWatch::Alarm",
      Properties: {
        AlarmDescription: `${metric.MetricName} of ${functionName2}`,
        Namespace: "AWS/Lambda",
        ...metric,
        Dimensions: [{ Name: "FunctionName", Value: { Ref: logicalId2 } }],
        Period: options.period ?? 300,
        EvaluationPeriods: options.periods ?? 1,
        Threshold: threshold,
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
        // No calls are no reason for alarm.
        TreatMissingData: "notBreaching",
        ...options.notify && { AlarmActions: options.notify, OKActions: options.notify }
      }
    });
  }
}, "alarms"), "alarms");

// lib/hash/canonical.js
function canonicalJson(value) {
  return JSON.stringify(value, (_key, item) => typeof item === "object" && item !== null && !Array.isArray(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)) : item);
}
__name(canonicalJson, "canonicalJson");
function sha256(data) {
  return process.getBuiltinModule("node:crypto").hash("sha256", data);
}
__name(sha256, "sha256");

// lib/service/declare/identifiers.js
var LENGTH = 200;
var pascal = /* @__PURE__ */ __name((text) => text.split(/[^a-zA-Z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("").slice(0, LENGTH), "pascal");
var shortHash = /* @__PURE__ */ __name((value) => sha256(canonicalJson(value)).slice(0, 8), "shortHash");

// lib/template/types.js
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
__name(isObject, "isObject");

// lib/service/declare/resources.js
var ref = /* @__PURE__ */ __name((id) => ({ Ref: id }), "ref");
var getAtt = /* @__PURE__ */ __name((id, attribute) => ({ "Fn::GetAtt": [id, attribute] }), "getAtt");
var sub = /* @__PURE__ */ __name((text, variables) => ({
  "Fn::Sub": variables ? [text, variables] : text
}), "sub");
var join = /* @__PURE__ */ __name((...parts) => ({ "Fn::Join": ["", parts] }), "join");

// lib/service/declare/draft.js
function newDraft(service, names) {
  return {
    service,
    names,
    resources: new Map(Object.entries(service.resources ?? {})),
    outputs: /* @__PURE__ */ new Map(),
    faults: [],
    warnings: [],
    grants: /* @__PURE__ */ new Map(),
    waiting: /* @__PURE__ */ new Map(),
    notifications: /* @__PURE__ */ new Map(),
    customResources: [],
    assets: []
  };
}
__name(newDraft, "newDraft");
function addResource(draft, id, resource) {
  const free = draft.resources.has(id) ? `${id}${shortHash(resource)}` : id;
  draft.resources.set(free, resource);
  return free;
}
__name(addResource, "addResource");

// lib/service/declare/apis/domain.js
function addDomain(context, domain, stage) {
  if (!domain)
    return;
  const { draft, id } = context;
  const name = addResource(draft, `${id}Domain`, {
    Type: "AWS::ApiGatewayV2::DomainName",
    Properties: {
      DomainName: domain.name,
      DomainNameConfigurations: [
        { CertificateArn: domain.certificate, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" }
      ]
    }
  });
  addResource(draft, `${id}Mapping`, {
    Type: "AWS::ApiGatewayV2::ApiMapping",
    Properties: {
      ApiId: ref(id),
      DomainName: ref(name),
      Stage: ref(stage),
      ...domain.basePath !== void 0 && { ApiMappingKey: domain.basePath }
    }
  });
  addRecord(context, domain, name);
}
__name(addDomain, "addDomain");
function addRestDomain(context, domain, stage) {
  if (!domain)
    return;
  const { draft, id } = context;
  const name = addResource(draft, `${id}Domain`, {
    Type: "AWS::ApiGateway::DomainName",
    Properties: {
      DomainName: domain.name,
      RegionalCertificateArn: domain.certificate,
      EndpointConfiguration: { Types: ["REGIONAL"] },
      SecurityPolicy: "TLS_1_2"
    }
  });
  addResource(draft, `${id}Mapping`, {
    Type: "AWS::ApiGateway::BasePathMapping",
    Properties: {
      RestApiId: ref(id),
      DomainName: ref(name),
      Stage: ref(stage),
      ...domain.basePath !== void 0 && { BasePath: domain.basePath }
    }
  });
  addRecord(context, domain, name);
}
__name(addRestDomain, "addRestDomain");
function addRecord({ draft, id }, { name, zone }, domain) {
  if (zone === void 0)
    return;
  addResource(draft, `${id}Record`, {
    Type: "AWS::Route53::RecordSet",
    Properties: {
      HostedZoneId: zone,
      Name: name,
      Type: "A",
      AliasTarget: {
        DNSName: getAtt(domain, "RegionalDomainName"),
        HostedZoneId: getAtt(domain, "RegionalHostedZoneId")
      }
    }
  });
}
__name(addRecord, "addRecord");

// lib/service/declare/apis/index.js
var apiId = /* @__PURE__ */ __name((name) => `${pascal(name)}Api`.replace(/ApiApi$/, "Api"), "apiId");

// lib/service/decorators/api-domain.js
var apiDomain = /* @__PURE__ */ __name((api, domain) => /* @__PURE__ */ __name(function apiDomain2({ template, service }) {
  const definition = service.apis?.[api];
  if (!definition)
    throw new Error(`there is no API ${api}`);
  const id = apiId(api);
  const draft = newDraft({ name: service.name }, NO_FUNCTIONS);
  const addTo = definition.kind === "rest" ? addRestDomain : addDomain;
  addTo({ draft, path: [], id, name: api }, domain, `${id}Stage`);
  for (const [each, resource] of draft.resources)
    add(template, each, resource);
  const scheme = definition.kind === "websocket" ? "wss" : "https";
  const address = `${scheme}://${domain.name}${domain.basePath === void 0 ? "" : `/${domain.basePath}`}`;
  output(template, `${id}DomainUrl`, address, `Address of the API ${api} at its own domain`);
}, "apiDomain"), "apiDomain");
var NO_FUNCTIONS = {
  functionId: /* @__PURE__ */ __name((name) => name, "functionId"),
  aliasId: /* @__PURE__ */ __name((name) => name, "aliasId"),
  versionId: /* @__PURE__ */ __name(() => void 0, "versionId"),
  roleId: /* @__PURE__ */ __name(() => void 0, "roleId"),
  logGroup: /* @__PURE__ */ __name((name) => name, "logGroup")
};

// lib/service/marshal/ids.js
function logicalId(name) {
  return name.split(/[^a-zA-Z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
__name(logicalId, "logicalId");

// lib/service/decorators/cloud-map.js
var cloudMap = /* @__PURE__ */ __name((options) => /* @__PURE__ */ __name(function cloudMap2({ template, service }) {
  const { namespace, namespaceId, resources = {} } = options;
  if (namespaceId === void 0) {
    add(template, "CloudMapNamespace", {
      Type: "AWS::ServiceDiscovery::HttpNamespace",
      Properties: { Name: namespace ?? { Ref: "AWS::StackName" } }
    });
  }
  add(template, "CloudMapService", {
    Type: "AWS::ServiceDiscovery::Service",
    Properties: {
      Name: options.service,
      NamespaceId: namespaceId ?? { Ref: "CloudMapNamespace" },
      Type: "HTTP"
    }
  });
  const instances = [
    ...Object.keys(service.functions ?? {}).map((name) => {
      const id = logicalId(name);
      return [
        id,
        name,
        { Type: "AWS::Lambda::Function", Id: { Ref: id }, Arn: { "Fn::GetAtt": [id, "Arn"] } }
      ];
    }),
    ...Object.entries(resources).map(([id, attributes]) => {
      const resource = service.resources?.[id];
      if (!resource)
        throw new Error(`there is no resource ${id}`);
      return [id, id, { Type: resource.Type, Id: { Ref: id }, ...attributes }];
    })
  ];
  for (const [id, name, attributes] of instances) {
    add(template, `${id}Instance`, {
      Type: "AWS::ServiceDiscovery::Instance",
      Properties: {
        ServiceId: { Ref: "CloudMapService" },
        InstanceId: name,
        InstanceAttributes: { Name: name, ...attributes }
      }
    });
  }
}, "cloudMap"), "cloudMap");

// lib/service/decorators/cloudfront.js
var NO_CACHE = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
var ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
var CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";
var cloudFrontDistribution = /* @__PURE__ */ __name((options) => /* @__PURE__ */ __name(function cloudFrontDistribution2({ template, service }) {
  const { id = "Distribution", names, certificate, zone, cachePolicy = NO_CACHE } = options;
  const { host, path } = originOf(service, options.origin);
  if (names && certificate === void 0)
    throw new Error("names need a certificate");
  add(template, id, {
    Type: "AWS::CloudFront::Distribution",
    Properties: {
      DistributionConfig: {
        Enabled: true,
        HttpVersion: "http2and3",
        IPV6Enabled: true,
        Origins: [
          {
            Id: "origin",
            DomainName: host,
            ...path !== void 0 && { OriginPath: path },
            CustomOriginConfig: { OriginProtocolPolicy: "https-only", OriginSSLProtocols: ["TLSv1.2"] }
          }
        ],
        DefaultCacheBehavior: {
          TargetOriginId: "origin",
          ViewerProtocolPolicy: "redirect-to-https",
          AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
          Compress: true,
          CachePolicyId: cachePolicy,
          OriginRequestPolicyId: ALL_BUT_HOST
        },
        ...names && {
          Aliases: names,
          ViewerCertificate: {
            AcmCertificateArn: certificate ?? "",
            MinimumProtocolVersion: "TLSv1.2_2021",
            SslSupportMethod: "sni-only"
          }
        }
      }
    }
  });
  for (const [index, name] of (zone === void 0 ? [] : names ?? []).entries()) {
    for (const Type of ["A", "AAAA"]) {
      add(template, `${id}Record${index}${Type}`, {
        Type: "AWS::Route53::RecordSet",
        Properties: {
          HostedZoneId: zone ?? "",
          Name: name,
          Type,
          AliasTarget: { DNSName: { "Fn::GetAtt": [id, "DomainName"] }, HostedZoneId: CLOUDFRONT_ZONE }
        }
      });
    }
  }
  const address = {
    "Fn::Join": ["", ["https://", names?.[0] ?? { "Fn::GetAtt": [id, "DomainName"] }]]
  };
  output(template, `${id}Url`, address, "Address of the distribution");
}, "cloudFrontDistribution"), "cloudFrontDistribution");
function originOf(service, origin) {
  if ("host" in origin)
    return origin;
  if ("functionUrl" in origin) {
    const id = logicalId(namedFunction(service, origin.functionUrl));
    if (!service.functions?.[origin.functionUrl]?.url)
      throw new Error(`the function ${origin.functionUrl} has no url`);
    return {
      host: { "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": [`${id}Url`, "FunctionUrl"] }] }] }
    };
  }
  const api = service.apis?.[origin.api];
  if (!api)
    throw new Error(`there is no API ${origin.api}`);
  const host = { "Fn::Sub": `\${${apiId(origin.api)}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}` };
  const stage = api.stage ?? (api.kind === "http" ? void 0 : "prod");
  return { host, ...stage !== void 0 && { path: `/${stage}` } };
}
__name(originOf, "originOf");

// lib/template/assets/lambda-version.js
var NOT_VERSIONED = /* @__PURE__ */ new Set([
  "CodeSigningConfigArn",
  "FunctionScalingConfig",
  "PublishToLatestPublished",
  "RecursiveLoop",
  "ReservedConcurrentExecutions",
  "RuntimeManagementConfig",
  "Tags"
]);
function versionHash({ Properties }, codeHash) {
  const held = Object.entries(isObject(Properties) ? Properties : {}).filter(([name]) => !NOT_VERSIONED.has(name));
  return sha256(canonicalJson({ ...Object.fromEntries(held), codeHash }));
}
__name(versionHash, "versionHash");

// lib/service/marshal/published.js
function publishedResources(id, fn, resource, codeHash) {
  const wanted = publishesVersion(fn);
  const content = versionHash(resource, codeHash).slice(0, 10);
  const versionId = `${id}Version${content}`;
  const details = typeof fn.version === "object" ? fn.version : {};
  const version = {
    Type: "AWS::Lambda::Version",
    // Older versions stay callable: aliases may send them a share of the calls. They go with the function.
    DeletionPolicy: "Retain",
    UpdateReplacePolicy: "Retain",
    Properties: {
      FunctionName: { Ref: id },
      ...details.description !== void 0 && { Description: details.description },
      ...provisioned(details.provisionedConcurrency)
    }
  };
  const aliases = Object.entries(fn.aliases ?? {}).map(([name, alias]) => [
    aliasId(id, name),
    {
      Type: "AWS::Lambda::Alias",
      Properties: {
        Name: name,
        FunctionName: { Ref: id },
        FunctionVersion: { "Fn::GetAtt": [versionId, "Version"] },
        ...alias.description !== void 0 && { Description: alias.description },
        ...provisioned(alias.provisionedConcurrency),
        ...alias.weights && {
          RoutingConfig: {
            AdditionalVersionWeights: Object.entries(alias.weights).map(([FunctionVersion, FunctionWeight]) => ({
              FunctionVersion,
              FunctionWeight
            }))
          }
        }
      }
    }
  ]);
  const url = fn.url === true ? {} : fn.url || void 0;
  return {
    Resources: {
      ...wanted && { [versionId]: version },
      ...Object.fromEntries(aliases),
      ...url && urlResources(id, url)
    },
    ...url && {
      Outputs: {
        [`${id}Url`]: {
          Description: `Address of ${id}`,
          Value: { "Fn::GetAtt": [`${id}Url`, "FunctionUrl"] }
        }
      }
    }
  };
}
__name(publishedResources, "publishedResources");
var publishesVersion = /* @__PURE__ */ __name((fn) => Boolean(fn.version || fn.snapStart || fn.aliases !== void 0), "publishesVersion");
var aliasId = /* @__PURE__ */ __name((id, name) => `${id}${logicalId(name)}Alias`, "aliasId");
var provisioned = /* @__PURE__ */ __name((executions) => executions === void 0 ? {} : { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: executions } }, "provisioned");
function urlResources(id, url) {
  const { auth = "iam", alias, streaming, cors } = url;
  const target = alias === void 0 ? { Ref: id } : { Ref: aliasId(id, alias) };
  const open = /* @__PURE__ */ __name((Action, more) => ({
    Type: "AWS::Lambda::Permission",
    Properties: { Action, FunctionName: target, Principal: "*", ...more }
  }), "open");
  return {
    [`${id}Url`]: {
      Type: "AWS::Lambda::Url",
      ...alias !== void 0 && { DependsOn: aliasId(id, alias) },
      Properties: {
        AuthType: auth === "none" ? "NONE" : "AWS_IAM",
        TargetFunctionArn: { "Fn::GetAtt": [id, "Arn"] },
        ...alias !== void 0 && { Qualifier: alias },
        InvokeMode: streaming ? "RESPONSE_STREAM" : "BUFFERED",
        ...cors && { Cors: corsProperties(cors) }
      }
    },
    ...auth === "none" && {
      [`${id}UrlPermission`]: open("lambda:InvokeFunctionUrl", { FunctionUrlAuthType: "NONE" }),
      [`${id}UrlInvokePermission`]: open("lambda:InvokeFunction", { InvokedViaFunctionUrl: true })
    }
  };
}
__name(urlResources, "urlResources");
function corsProperties(cors) {
  const all = [
    ["AllowOrigins", cors.origins],
    ["AllowMethods", cors.methods],
    ["AllowHeaders", cors.headers],
    ["ExposeHeaders", cors.exposeHeaders],
    ["AllowCredentials", cors.credentials],
    ["MaxAge", cors.maxAge]
  ];
  return Object.fromEntries(all.filter((pair) => pair[1] !== void 0));
}
__name(corsProperties, "corsProperties");

// lib/service/decorators/published-alias.js
function addVersion({ template, logicalId: logicalId2, marshalled, codeHash }) {
  const fn = marshalled.Resources[logicalId2];
  Object.assign(template.Resources, publishedResources(logicalId2, { version: true }, fn, codeHash).Resources);
}
__name(addVersion, "addVersion");
function addToAlias(context, alias, more) {
  const { template, logicalId: logicalId2, service, functionName: functionName2 } = context;
  const { aliases = {} } = service.functions?.[functionName2] ?? {};
  if (!Object.hasOwn(aliases, alias)) {
    throw new Error(`the function has no alias ${alias}; give it aliases: { ${alias}: {} }`);
  }
  const id = aliasId(logicalId2, alias);
  add(template, id, more);
  return id;
}
__name(addToAlias, "addToAlias");

// lib/service/decorators/concurrency.js
var concurrency = /* @__PURE__ */ __name(({ reserved, provisioned: provisioned2 }) => /* @__PURE__ */ __name(function concurrency2(context) {
  const { template, logicalId: logicalId2 } = context;
  if (reserved !== void 0)
    add(template, logicalId2, { Properties: { ReservedConcurrentExecutions: reserved } });
  if (!provisioned2)
    return;
  const { alias = "live", minimum, maximum, utilisation = 0.7, schedule: schedule2 = [] } = provisioned2;
  const id = addToAlias(context, alias, {
    Properties: { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: minimum } }
  });
  if (maximum === void 0 && schedule2.length === 0)
    return;
  add(template, `${id}Scaling`, {
    Type: "AWS::ApplicationAutoScaling::ScalableTarget",
    DependsOn: [id],
    Properties: {
      ServiceNamespace: "lambda",
      ScalableDimension: "lambda:function:ProvisionedConcurrency",
      ResourceId: { "Fn::Sub": `function:\${${logicalId2}}:${alias}` },
      MinCapacity: minimum,
      MaxCapacity: maximum ?? minimum,
      ...schedule2.length > 0 && {
        ScheduledActions: schedule2.map((each, index) => ({
          ScheduledActionName: `${logicalId2}-${index + 1}`,
          Schedule: `cron(${each.cron})`,
          ScalableTargetAction: { MinCapacity: each.minimum, MaxCapacity: each.maximum }
        }))
      }
    }
  });
  if (maximum === void 0)
    return;
  add(template, `${id}ScalingPolicy`, {
    Type: "AWS::ApplicationAutoScaling::ScalingPolicy",
    Properties: {
      PolicyName: `${logicalId2}-${alias}-utilisation`,
      PolicyType: "TargetTrackingScaling",
      ScalingTargetId: { Ref: `${id}Scaling` },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: utilisation,
        PredefinedMetricSpecification: {
          PredefinedMetricType: "LambdaProvisionedConcurrencyUtilization"
        }
      }
    }
  });
}, "concurrency"), "concurrency");

// lib/service/decorators/dashboard.js
var CHARTS = [
  [
    "calls",
    [
      ["Invocations", "Sum"],
      ["Errors", "Sum"],
      ["Throttles", "Sum"]
    ]
  ],
  [
    "milliseconds",
    [
      ["Duration", "Average"],
      ["Duration", "p99"]
    ]
  ],
  ["at once", [["ConcurrentExecutions", "Maximum"]]]
];
var dashboard = /* @__PURE__ */ __name(({ name, period = 300 } = {}) => /* @__PURE__ */ __name(function dashboard2({ template, service }) {
  const functions = Object.keys(service.functions ?? {});
  const width = 24 / CHARTS.length;
  const widgets = functions.flatMap((fn, row) => CHARTS.map(([title, metrics], column) => ({
    type: "metric",
    x: column * width,
    y: row * 6,
    width,
    height: 6,
    properties: {
      title: `${fn}: ${title}`,
      region: "${AWS::Region}",
      period,
      metrics: metrics.map(([metric, stat]) => [
        "AWS/Lambda",
        metric,
        "FunctionName",
        `\${${logicalId(fn)}}`,
        { stat }
      ])
    }
  })));
  const body = { "Fn::Sub": JSON.stringify({ widgets }) };
  add(template, "Dashboard", {
    Type: "AWS::CloudWatch::Dashboard",
    Properties: { DashboardName: name ?? { Ref: "AWS::StackName" }, DashboardBody: body }
  });
  const url = "https://${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#dashboards:name=${Dashboard}";
  output(template, "DashboardUrl", { "Fn::Sub": url }, "The dashboard in the console");
}, "dashboard"), "dashboard");

// lib/service/declare/statements.js
var VERSION = "2012-10-17";
var trust = /* @__PURE__ */ __name((service, condition) => ({
  Version: VERSION,
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      ...condition && { Condition: condition }
    }
  ]
}), "trust");
var policyDocument = /* @__PURE__ */ __name((grants) => {
  const statements = grants.map(({ actions, resources, condition }) => ({
    Effect: "Allow",
    Action: [...actions],
    Resource: [...resources],
    ...condition && { Condition: condition }
  }));
  const different = new Map(statements.map((each) => [canonicalJson(each), each]));
  return { Version: VERSION, Statement: [...different.values()] };
}, "policyDocument");

// lib/runtimes.js
var LANGUAGES = {
  node: {
    prefix: "nodejs",
    byDefault: "nodejs24.x",
    runs: "node",
    inlineFile: "index.js",
    onAl2023From: "20",
    deprecatedFrom: {
      nodejs: "2016-08-30",
      "nodejs4.3": "2020-03-05",
      "nodejs6.10": "2019-08-12",
      "nodejs8.10": "2020-03-06",
      "nodejs10.x": "2021-07-30",
      "nodejs12.x": "2023-03-31",
      "nodejs14.x": "2023-12-04",
      "nodejs16.x": "2024-06-12",
      "nodejs18.x": "2025-09-01",
      "nodejs20.x": "2026-04-30",
      "nodejs22.x": "2027-04-30",
      "nodejs24.x": "2028-04-30",
      "nodejs26.x": void 0
    }
  },
  python: {
    prefix: "python",
    byDefault: "python3.14",
    runs: "python",
    inlineFile: "index.py",
    onAl2023From: "3.12",
    deprecatedFrom: {
      "python2.7": "2021-07-15",
      "python3.6": "2022-07-18",
      "python3.7": "2023-12-04",
      "python3.8": "2024-10-14",
      "python3.9": "2025-12-15",
      "python3.10": "2026-10-31",
      "python3.11": "2027-06-30",
      "python3.12": "2028-10-31",
      "python3.13": "2029-06-30",
      "python3.14": "2029-06-30",
      "python3.15": void 0
    }
  },
  provided: {
    prefix: "provided",
    byDefault: "provided.al2023",
    runs: "go",
    deprecatedFrom: {
      provided: "2024-01-08",
      "provided.al2": "2026-07-31",
      "provided.al2023": "2029-06-30"
    }
  },
  go: { prefix: "go1.x", deprecatedFrom: { "go1.x": "2024-01-08" } },
  java: {
    prefix: "java",
    onAl2023From: "21",
    deprecatedFrom: {
      java8: "2024-01-08",
      "java8.al2": "2027-06-30",
      "java8.al2023": void 0,
      java11: "2027-06-30",
      "java11.al2023": void 0,
      java17: "2027-06-30",
      "java17.al2023": void 0,
      java21: "2029-06-30",
      java25: "2029-06-30"
    }
  },
  ruby: {
    prefix: "ruby",
    onAl2023From: "3.3",
    deprecatedFrom: {
      "ruby2.5": "2021-07-30",
      "ruby2.7": "2023-12-07",
      "ruby3.2": "2026-03-31",
      "ruby3.3": "2027-03-31",
      "ruby3.4": "2028-03-31",
      "ruby4.0": "2029-03-31"
    }
  },
  dotnet: {
    prefix: "dotnet",
    onAl2023From: "8",
    deprecatedFrom: {
      "dotnetcore1.0": "2019-06-27",
      "dotnetcore2.0": "2019-05-30",
      "dotnetcore2.1": "2022-01-05",
      "dotnetcore3.1": "2023-04-03",
      dotnet6: "2024-12-20",
      dotnet8: "2026-11-10",
      dotnet10: "2028-11-14"
    }
  },
  custom: { prefix: "custom", deprecatedFrom: { custom: void 0 } }
};
var ROWS = Object.entries(LANGUAGES);
var DATES = new Map(ROWS.flatMap(([, { deprecatedFrom }]) => Object.entries(deprecatedFrom)));
var RUNTIME_PREFIXES = ROWS.map(([, { prefix }]) => prefix);
var DEFAULT_RUNTIMES = {
  node: LANGUAGES.node.byDefault,
  python: LANGUAGES.python.byDefault,
  go: LANGUAGES.provided.byDefault
};
var RUNTIMES = [...DATES.keys()].sort();

// lib/service/declare/custom-resource.js
var TIMEOUT = 900;
var SERVICE_TIMEOUT = TIMEOUT + 60;

// lib/service/declare/compute/ids.js
var named = /* @__PURE__ */ __name((kind) => (name) => {
  const id = pascal(name);
  return id.endsWith(kind) ? id : `${id}${kind}`;
}, "named");
var capacityId = named("CapacityProvider");
var connectorId = named("NetworkConnector");
var microvmImageId = named("MicrovmImage");

// lib/service/declare/states/check.js
var TERMINAL = ["Succeed", "Fail"];
var TYPES = ["Task", "Pass", "Wait", "Choice", "Parallel", "Map", ...TERMINAL];

// lib/service/declare/states/integrations.js
var HERE = "arn:${AWS::Partition}:${Service}:${AWS::Region}:${AWS::AccountId}:";
var byArn = /* @__PURE__ */ __name((parameter, ...actions) => (parameters) => {
  const arn = parameters[parameter];
  return arn === void 0 ? void 0 : [{ actions, resources: [arn] }];
}, "byArn");
var table = /* @__PURE__ */ __name((...actions) => ({ TableName: name }) => {
  if (name === void 0)
    return void 0;
  const own2 = idIn(name);
  if (own2 !== void 0)
    return [{ actions, resources: [getAtt(own2, "Arn")] }];
  if (typeof name === "string" && name.startsWith("arn:"))
    return [{ actions, resources: [name] }];
  return [{ actions, resources: [sub(`${HERE}table/\${Name}`, { Service: "dynamodb", Name: name })] }];
}, "table");
var queue = /* @__PURE__ */ __name(({ QueueUrl: url }) => {
  if (url === void 0)
    return void 0;
  const own2 = idIn(url);
  const part = /* @__PURE__ */ __name((index) => ({ "Fn::Select": [index, { "Fn::Split": ["/", url] }] }), "part");
  const arn = own2 === void 0 ? join("arn:", ref("AWS::Partition"), ":sqs:", ref("AWS::Region"), ":", part(3), ":", part(4)) : getAtt(own2, "Arn");
  return [{ actions: ["sqs:SendMessage"], resources: [arn] }];
}, "queue");
var putEvents = /* @__PURE__ */ __name(({ Entries: entries }) => {
  const names = (Array.isArray(entries) ? entries : []).map((entry) => isObject(entry) ? entry.EventBusName ?? "default" : "default");
  const arn = /* @__PURE__ */ __name((name) => {
    const own2 = idIn(name);
    if (own2 !== void 0)
      return getAtt(own2, "Arn");
    if (typeof name === "string" && name.startsWith("arn:"))
      return name;
    return sub(`${HERE}event-bus/\${Name}`, { Service: "events", Name: name });
  }, "arn");
  return [{ actions: ["events:PutEvents"], resources: names.map(arn) }];
}, "putEvents");
var startExecution = /* @__PURE__ */ __name(({ StateMachineArn: arn }) => {
  if (arn === void 0)
    return void 0;
  const name = { "Fn::Select": [6, { "Fn::Split": [":", arn] }] };
  return [
    { actions: ["states:StartExecution"], resources: [arn] },
    {
      actions: ["states:DescribeExecution", "states:StopExecution"],
      resources: [sub(`${HERE}execution:\${Name}:*`, { Service: "states", Name: name })]
    },
    {
      actions: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      resources: [
        sub(`${HERE}rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`, { Service: "events" })
      ]
    }
  ];
}, "startExecution");
var INTEGRATIONS = {
  "dynamodb:deleteItem": table("dynamodb:DeleteItem"),
  "dynamodb:getItem": table("dynamodb:GetItem"),
  "dynamodb:putItem": table("dynamodb:PutItem"),
  "dynamodb:updateItem": table("dynamodb:UpdateItem"),
  "aws-sdk:dynamodb:query": table("dynamodb:Query"),
  "aws-sdk:dynamodb:scan": table("dynamodb:Scan"),
  "aws-sdk:secretsmanager:getSecretValue": byArn("SecretId", "secretsmanager:GetSecretValue"),
  "aws-sdk:sfn:startExecution": byArn("StateMachineArn", "states:StartExecution"),
  "events:putEvents": putEvents,
  "sns:publish": byArn("TopicArn", "sns:Publish"),
  "sqs:sendMessage": queue,
  "states:startExecution": byArn("StateMachineArn", "states:StartExecution"),
  "states:startExecution.sync": startExecution,
  "states:startExecution.sync:2": startExecution
};
var idIn = /* @__PURE__ */ __name((value) => isObject(value) && typeof value.Ref === "string" && !value.Ref.startsWith("AWS::") ? value.Ref : void 0, "idIn");

// lib/service/marshal/index.js
var functionName = /* @__PURE__ */ __name((name, fn) => fn.functionName ?? { "Fn::Sub": `\${AWS::StackName}-${name}` }, "functionName");

// lib/service/decorators/deployments.js
var versioning = /* @__PURE__ */ __name(() => /* @__PURE__ */ __name(function versioning2(context) {
  addVersion(context);
}, "versioning"), "versioning");
var safeDeployment = /* @__PURE__ */ __name((options) => /* @__PURE__ */ __name(function safeDeployment2(context) {
  const { template, logicalId: logicalId2, service } = context;
  const { shift, alias = "live", alarms: alarms2, before, after } = options;
  const id = `${logicalId2}Deployment`;
  const hooks = [before, after].filter((name) => name !== void 0).map((name) => namedFunction(service, name));
  add(template, `${id}Application`, {
    Type: "AWS::CodeDeploy::Application",
    Properties: { ComputePlatform: "Lambda" }
  });
  add(template, `${id}Role`, {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: trust("codedeploy.amazonaws.com"),
      ManagedPolicyArns: [
        {
          "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited"
        }
      ],
      ...hooks.length > 0 && {
        Policies: [
          {
            PolicyName: "Hooks",
            PolicyDocument: policyDocument([
              {
                actions: ["lambda:InvokeFunction"],
                resources: hooks.map((name) => ({ "Fn::GetAtt": [logicalId(name), "Arn"] }))
              }
            ])
          }
        ]
      }
    }
  });
  add(template, `${id}Group`, {
    Type: "AWS::CodeDeploy::DeploymentGroup",
    Properties: {
      ApplicationName: { Ref: `${id}Application` },
      ServiceRoleArn: { "Fn::GetAtt": [`${id}Role`, "Arn"] },
      DeploymentConfigName: `CodeDeployDefault.Lambda${shift}`,
      DeploymentStyle: { DeploymentType: "BLUE_GREEN", DeploymentOption: "WITH_TRAFFIC_CONTROL" },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: [
          "DEPLOYMENT_FAILURE",
          "DEPLOYMENT_STOP_ON_REQUEST",
          ...alarms2 ? ["DEPLOYMENT_STOP_ON_ALARM"] : []
        ]
      },
      ...alarms2 && { AlarmConfiguration: { Enabled: true, Alarms: alarms2.map((Name) => ({ Name })) } }
    }
  });
  for (const hook of new Set(hooks)) {
    if (service.functions?.[hook]?.role !== void 0)
      continue;
    add(template, `${logicalId(hook)}${logicalId2}HookPolicy`, {
      Type: "AWS::IAM::Policy",
      Properties: {
        PolicyName: `${logicalId2}Hook`,
        PolicyDocument: policyDocument([
          {
            actions: ["codedeploy:PutLifecycleEventHookExecutionStatus"],
            resources: [
              {
                "Fn::Sub": `arn:\${AWS::Partition}:codedeploy:\${AWS::Region}:\${AWS::AccountId}:deploymentgroup:\${${id}Application}/\${${id}Group}`
              }
            ]
          }
        ]),
        Roles: [{ Ref: `${logicalId(hook)}Role` }]
      }
    });
  }
  const named2 = /* @__PURE__ */ __name((name) => functionName(name, service.functions?.[name] ?? {}), "named");
  addToAlias(context, alias, {
    UpdatePolicy: {
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: `${id}Application` },
        DeploymentGroupName: { Ref: `${id}Group` },
        ...before !== void 0 && { BeforeAllowTrafficHook: named2(before) },
        ...after !== void 0 && { AfterAllowTrafficHook: named2(after) }
      }
    }
  });
}, "safeDeployment"), "safeDeployment");

// lib/service/decorators/load-balancer.js
var loadBalancer = /* @__PURE__ */ __name((options) => /* @__PURE__ */ __name(function loadBalancer2({ template, service }) {
  const { subnets, securityGroups, certificate, internal, rules = [] } = options;
  add(template, "LoadBalancer", {
    Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    Properties: {
      Type: "application",
      Scheme: internal ? "internal" : "internet-facing",
      Subnets: subnets,
      SecurityGroups: securityGroups,
      LoadBalancerAttributes: [{ Key: "routing.http.drop_invalid_header_fields.enabled", Value: "true" }]
    }
  });
  for (const name of /* @__PURE__ */ new Set([options.default, ...rules.map((rule2) => rule2.function)])) {
    for (const [id, resource] of targetOf(service, name))
      add(template, id, resource);
  }
  add(template, "LoadBalancerListener", {
    Type: "AWS::ElasticLoadBalancingV2::Listener",
    Properties: {
      LoadBalancerArn: { Ref: "LoadBalancer" },
      ...certificate === void 0 ? { Port: 80, Protocol: "HTTP" } : {
        Port: 443,
        Protocol: "HTTPS",
        Certificates: [{ CertificateArn: certificate }],
        SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06"
      },
      DefaultActions: [forward(options.default)]
    }
  });
  if (certificate !== void 0)
    add(template, "LoadBalancerRedirect", REDIRECT);
  for (const [index, rule2] of rules.entries()) {
    add(template, `LoadBalancerRule${index + 1}`, {
      Type: "AWS::ElasticLoadBalancingV2::ListenerRule",
      Properties: {
        ListenerArn: { Ref: "LoadBalancerListener" },
        Priority: index + 1,
        Conditions: conditions(rule2),
        Actions: [forward(rule2.function)]
      }
    });
  }
  const url = { "Fn::Sub": `${certificate === void 0 ? "http" : "https"}://\${LoadBalancer.DNSName}` };
  output(template, "LoadBalancerUrl", url, "Address of the load balancer");
}, "loadBalancer"), "loadBalancer");
var REDIRECT = {
  Type: "AWS::ElasticLoadBalancingV2::Listener",
  Properties: {
    LoadBalancerArn: { Ref: "LoadBalancer" },
    Port: 80,
    Protocol: "HTTP",
    DefaultActions: [
      { Type: "redirect", RedirectConfig: { Protocol: "HTTPS", Port: "443", StatusCode: "HTTP_301" } }
    ]
  }
};
var targetId = /* @__PURE__ */ __name((name) => `${logicalId(name)}TargetGroup`, "targetId");
var forward = /* @__PURE__ */ __name((name) => ({ Type: "forward", TargetGroupArn: { Ref: targetId(name) } }), "forward");
function targetOf(service, name) {
  const id = logicalId(namedFunction(service, name));
  const permission2 = `${id}LoadBalancerPermission`;
  return [
    [
      permission2,
      {
        Type: "AWS::Lambda::Permission",
        Properties: {
          Action: "lambda:InvokeFunction",
          FunctionName: { "Fn::GetAtt": [id, "Arn"] },
          Principal: "elasticloadbalancing.amazonaws.com",
          SourceArn: {
            "Fn::Sub": "arn:${AWS::Partition}:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/*"
          }
        }
      }
    ],
    [
      targetId(name),
      {
        Type: "AWS::ElasticLoadBalancingV2::TargetGroup",
        DependsOn: [permission2],
        Properties: { TargetType: "lambda", Targets: [{ Id: { "Fn::GetAtt": [id, "Arn"] } }] }
      }
    ]
  ];
}
__name(targetOf, "targetOf");
function conditions({ function: name, paths, hosts, methods }) {
  const all = [
    ...paths ? [{ Field: "path-pattern", PathPatternConfig: { Values: paths } }] : [],
    ...hosts ? [{ Field: "host-header", HostHeaderConfig: { Values: hosts } }] : [],
    ...methods ? [{ Field: "http-request-method", HttpRequestMethodConfig: { Values: methods } }] : []
  ];
  if (all.length === 0)
    throw new Error(`the rule for ${name} has neither paths, hosts nor methods`);
  return all;
}
__name(conditions, "conditions");

// lib/service/decorators/log-aggregation.js
var logAggregation = /* @__PURE__ */ __name((options = {}) => /* @__PURE__ */ __name(function logAggregation2({ template, service }) {
  const { stream, shards, pattern = "", except = [] } = options;
  if (stream === void 0) {
    add(template, "LogStream", {
      Type: "AWS::Kinesis::Stream",
      Properties: shards === void 0 ? { StreamModeDetails: { StreamMode: "ON_DEMAND" } } : { ShardCount: shards, StreamModeDetails: { StreamMode: "PROVISIONED" } }
    });
    output(template, "LogStreamArn", { "Fn::GetAtt": ["LogStream", "Arn"] }, "Stream with the logs of all functions");
  }
  const arn = stream ?? { "Fn::GetAtt": ["LogStream", "Arn"] };
  const here = { "Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*" };
  add(template, "LogStreamRole", {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: trust("logs.amazonaws.com", { StringLike: { "aws:SourceArn": here } })
    }
  });
  add(template, "LogStreamPolicy", {
    Type: "AWS::IAM::Policy",
    Properties: {
      PolicyName: "Logs",
      PolicyDocument: policyDocument([{ actions: ["kinesis:PutRecord"], resources: [arn] }]),
      Roles: [{ Ref: "LogStreamRole" }]
    }
  });
  for (const [name, fn] of Object.entries(service.functions ?? {})) {
    if (except.includes(name))
      continue;
    const id = logicalId(name);
    add(template, `${id}LogsToStream`, {
      Type: "AWS::Logs::SubscriptionFilter",
      // CloudWatch Logs tries the role when the filter is made.
      DependsOn: ["LogStreamPolicy"],
      Properties: {
        LogGroupName: fn.logging?.group ?? { Ref: `${id}LogGroup` },
        FilterPattern: pattern,
        DestinationArn: arn,
        RoleArn: { "Fn::GetAtt": ["LogStreamRole", "Arn"] }
      }
    });
  }
}, "logAggregation"), "logAggregation");

// lib/service/decorators/outputs.js
var publishOutput = /* @__PURE__ */ __name((name, { attribute = "Arn", description } = {}) => /* @__PURE__ */ __name(function publishOutput2({ template, logicalId: logicalId2, functionName: functionName2 }) {
  const value = attribute === "Ref" ? { Ref: logicalId2 } : { "Fn::GetAtt": [logicalId2, attribute] };
  output(template, name, value, description ?? `${attribute} of ${functionName2}`);
}, "publishOutput"), "publishOutput");
var s3Artifact = /* @__PURE__ */ __name((artifact) => Object.assign(/* @__PURE__ */ __name(function s3Artifact2() {
}, "s3Artifact"), { artifact }), "s3Artifact");
export {
  alarms,
  apiDomain,
  cloudFrontDistribution,
  cloudMap,
  concurrency,
  dashboard,
  loadBalancer,
  logAggregation,
  publishOutput,
  s3Artifact,
  safeDeployment,
  versioning
};
