import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface NpmRegistry {
  readonly url: string;
  /** Method, path and body of every request so far. */
  readonly requests: readonly string[];
  close(): void;
}

/** Two public advisories, and the versions that a registry would know of the packages. */
const ADVISORIES = {
  minimist: [
    {
      id: 1097678,
      url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
      title: 'Prototype Pollution in minimist',
      severity: 'critical',
      vulnerable_versions: '<0.2.4 || >=1.0.0 <1.2.6',
      cwe: ['CWE-1321'],
      cvss: { score: 9.8, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
    },
  ],
  lodash: [
    {
      id: 1106913,
      url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
      title: 'Command Injection in lodash',
      severity: 'high',
      vulnerable_versions: '<4.17.21',
      cwe: ['CWE-77', 'CWE-94'],
      cvss: { score: 7.2, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' },
    },
  ],
};
const VERSIONS: Readonly<Record<string, Record<string, object>>> = {
  minimist: { '0.0.8': {}, '1.2.0': {}, '1.2.8': {} },
  lodash: { '4.17.15': {}, '4.17.21': {} },
  mkdirp: { '0.5.1': { dependencies: { minimist: '0.0.8' } }, '1.0.4': {} },
};

/** A registry on this machine that speaks npm's endpoint for advisories and knows a few packages; or answers with errors. */
export async function startNpmRegistry(
  answers: 'advisories' | 'errors' = 'advisories',
): Promise<NpmRegistry> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const sent = Buffer.concat(chunks);
      const isPacked = request.headers['content-encoding'] === 'gzip';
      const body = isPacked ? gunzipSync(sent).toString() : '';
      requests.push(`${request.method ?? ''} ${request.url ?? ''} ${body}`.trim());
      response.setHeader('content-type', 'application/json');
      if (answers === 'errors') {
        response.statusCode = 405;
        response.end('{"statusCode":405,"message":"no advisories here","error":"no"}');
        return;
      }
      response.end(JSON.stringify(answerTo(request.url ?? '')));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answerTo(url: string): object {
  if (url.endsWith('/advisories/bulk')) return ADVISORIES;
  const name = url.slice(1);
  const versions = VERSIONS[name] ?? {};
  const whole = Object.entries(versions).map(([version, rest]): [string, object] => [
    version,
    { name, version, dist: { tarball: 'http://localhost/x.tgz' }, ...rest },
  ]);
  const latest = Object.keys(versions).at(-1);
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(whole) };
}
