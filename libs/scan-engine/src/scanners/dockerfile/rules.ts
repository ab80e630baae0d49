import { credentialsInBuild, passwordInImage, secretFile } from './credential-rules';
import { secretInImage, sensitivePort } from './exposure-rules';
import { remoteAdd, unpinnedImage } from './image-rules';
import { movingSource, unsignedPackages } from './origin-rules';
import { rootWithoutPassword, setuidFile, sudoInBuild, weakIsolation } from './privilege-rules';
import type { DockerfileRule } from './rule';
import { openPermissions, pipCache, pipedInstaller, recommendedPackages } from './run-rules';
import { exposedDaemon, openDebugger, remoteAccess, searchPath } from './service-rules';
import {
  plainDownload,
  uncheckedByVariable,
  uncheckedCertificate,
  uncheckedHostKey,
} from './transport-rules';
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
  sudoInBuild,
  uncheckedCertificate,
  uncheckedByVariable,
  unsignedPackages,
  credentialsInBuild,
  passwordInImage,
  secretFile,
  setuidFile,
  weakIsolation,
  exposedDaemon,
  remoteAccess,
  uncheckedHostKey,
  plainDownload,
  movingSource,
  openDebugger,
  rootWithoutPassword,
  searchPath,
];
