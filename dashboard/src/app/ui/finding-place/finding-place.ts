import type { FindingBody, JsonValue } from '@securescan/contracts';

type Placed = Pick<FindingBody, 'file_path' | 'line_start' | 'metadata'>;

/**
 * Where a finding is, as far as its scanner says: `src/a.ts:12`, the address that answered, `10.1.2.3:443/tcp`,
 * `lodash 4.17.20`.
 */
export function placeOf(finding: Placed): string {
  return fileOf(finding) ?? placeInMetadata(finding) ?? 'whole target';
}

function fileOf({ file_path, line_start }: Placed): string | null {
  if (file_path === null || line_start === null) return file_path;
  return `${file_path}:${line_start}`;
}

function placeInMetadata({ metadata }: Placed): string | null {
  const of = (name: string): string | null => plain(metadata[name]);
  return (
    of('url') ??
    of('target_url') ??
    serviceOf(of('host_addr'), of('port'), of('protocol')) ??
    packageOf(of('package'), of('installed_version')) ??
    of('resource') ??
    of('path') ??
    (of('baseline_scope') === 'host' ? 'this machine' : null)
  );
}

function serviceOf(
  host: string | null,
  port: string | null,
  protocol: string | null,
): string | null {
  if (host === null || port === null) return host;
  const address = host.includes(':') ? `[${host}]` : host;
  return `${address}:${port}${protocol === null ? '' : `/${protocol}`}`;
}

function packageOf(name: string | null, version: string | null): string | null {
  return name === null || version === null ? name : `${name} ${version}`;
}

function plain(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
