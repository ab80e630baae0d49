import { flag, Setting, text } from './setting';

export class ToolsConfig {
  /** Lets the API install scanners: pinned releases from PyPI, run as the server's user. */
  @Setting('SECURESCAN_ALLOW_INSTALL', flag)
  readonly allowInstall: boolean = false;

  /** Program of the browser that prints reports, by absolute path. Empty: looked for on PATH. */
  @Setting('SECURESCAN_CHROMIUM', text)
  readonly chromium: string = '';
}
