import type { Json, JsonObject } from '../../template/types.ts';
import { codeLocation } from '../code-location.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import type { SamSource } from '../types.ts';

/** `Code` of a function: its image, its inline code, or where its archive is. */
export function codeOf({ logicalId, properties }: SamSource): JsonObject {
  const { InlineCode, CodeUri, ImageUri, SourceKMSKeyArn } = properties;
  if (packageType(properties, logicalId) === 'Image') {
    if (!given(ImageUri) || !truthy(ImageUri))
      refuse(logicalId, ['ImageUri'], 'an image function needs an ImageUri');
    return { ImageUri: ImageUri as Json };
  }
  const code = given(InlineCode)
    ? { ZipFile: InlineCode }
    : given(CodeUri)
      ? codeLocation(logicalId, 'CodeUri', CodeUri)
      : refuse(logicalId, [], 'a function needs its code: one of CodeUri and InlineCode');
  return truthy(SourceKMSKeyArn) ? { ...code, SourceKMSKeyArn } : code;
}

function packageType({ PackageType }: JsonObject, logicalId: string): 'Zip' | 'Image' {
  if (!truthy(PackageType) || PackageType === 'Zip') return 'Zip';
  if (PackageType === 'Image') return 'Image';
  return refuse(logicalId, ['PackageType'], 'PackageType has to be Zip or Image');
}

/** Refuses what does not go with the way in which a function is packaged. */
export function checkPackage({ logicalId, properties }: SamSource): void {
  const { Runtime, Handler, ImageConfig, Layers } = properties;
  if (packageType(properties, logicalId) === 'Zip') {
    if (!truthy(Runtime) || !truthy(Handler))
      refuse(logicalId, [], 'a function needs Runtime and Handler, unless its PackageType is Image');
    if (truthy(ImageConfig)) refuse(logicalId, ['ImageConfig'], 'ImageConfig needs PackageType Image');
  } else if (truthy(Handler) || truthy(Runtime) || truthy(Layers))
    refuse(logicalId, [], 'an image function has no Runtime, Handler or Layers; remove them');
}
