import { flag, Setting } from './setting';

export class ToolsConfig {
  /** Lets the API install scanners: pinned releases from PyPI, run as the server's user. */
  @Setting('SECURESCAN_ALLOW_INSTALL', flag)
  readonly allowInstall: boolean = false;
}
