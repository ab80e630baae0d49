import { secretInImage, sensitivePort } from './exposure-rules';
import { remoteAdd, unpinnedImage } from './image-rules';
import type { DockerfileRule } from './rule';
import { openPermissions, pipCache, pipedInstaller, recommendedPackages } from './run-rules';
import { missingUser, rootUser } from './user-rules';

/** Ids begin with DL as hadolint's do, whose numbers have four digits: none of them means the same. */
export const DOCKERFILE_RULES: readonly DockerfileRule[] = [
  unpinnedImage,
  rootUser,
  pipedInstaller,
  recommendedPackages,
  sensitivePort,
  remoteAdd,
  secretInImage,
  openPermissions,
  pipCache,
  missingUser,
];
