import type { JsonObject } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
import type { ScannerReport } from '../../scanner';
import { readNmapReport, type NmapReport, type OpenPort, type ReportedHost } from './read-report';
import { exposureOf } from './services';

/**
 * A finding for each open port that `nmap -oX -` reports, for each host of a range. The subject is the host as it was asked
 * for. Throws ScannerOutputError for what is not a whole report of nmap.
 */
export function parseNmap(stdout: string, subject: string): ScannerReport {
  const report = readNmapReport(stdout);
  return {
    findings: report.hosts.flatMap((host) =>
      host.ports.map((port) => toFinding(host, port, subject)),
    ),
    assessed: null,
    skipped: [],
    notes: notesOn(report),
  };
}

/** A host that does not answer is no host without open ports. */
function notesOn({ hosts, hostsDown }: NmapReport): string[] {
  const timedOut = hosts.filter(({ isTimedOut }) => isTimedOut).map(({ address }) => address);
  return [
    ...(hostsDown > 0 ? [`hosts that did not answer: ${String(hostsDown)}`] : []),
    ...timedOut.map(
      (address) => `${address} took too long and was given up: its ports are not known`,
    ),
  ];
}

function toFinding(host: ReportedHost, port: OpenPort, subject: string): ParsedFinding {
  const exposure = exposureOf(port);
  const name = `${String(port.port)}/${port.protocol}`;
  const service = serviceText(port);
  const place = addressAndPort(host.address, name);
  return {
    ruleId: `open-port-${String(port.port)}`,
    severity: exposure.severity,
    title: service === '' ? `Open port ${name}` : `Open port ${name}: ${service}`,
    description: `${answersAt(place, service, port)} ${exposure.reason}`,
    filePath: null,
    lineStart: null,
    lineEnd: null,
    cwe: exposure.cwe,
    remediation: exposure.remediation,
    metadata: metadataOf(host, port, { subject, references: exposure.references }),
    discriminator: place,
  };
}

/** What answers, as far as nmap knows: `ssh OpenSSH 9.2p1`. */
function serviceText({ service, product, version, isEncrypted }: OpenPort): string {
  const kind = isEncrypted && service !== '' ? `${service} over TLS` : service;
  return [kind, product, version].filter((part) => part !== '').join(' ');
}

function answersAt(place: string, service: string, { isGuessed }: OpenPort): string {
  if (service === '') return `${place} is open.`;
  if (!isGuessed) return `${place} answers as ${service}.`;
  return `${place} is open. What answers there did not say what it is; the number of the port stands for ${service}.`;
}

/** IPv6 in brackets, so that its last group and the port stay apart. */
function addressAndPort(address: string, port: string): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function metadataOf(
  { address, names }: ReportedHost,
  port: OpenPort,
  { subject, references }: { readonly subject: string; readonly references: readonly string[] },
): JsonObject {
  return {
    target_host: subject === '' ? address : subject,
    host_addr: address,
    port: port.port,
    protocol: port.protocol,
    service: port.service,
    product: port.product,
    version: port.version,
    ...(port.extraInfo === '' ? {} : { extra_info: port.extraInfo }),
    ...(port.isEncrypted ? { tunnel: 'ssl' } : {}),
    ...(names.length === 0 ? {} : { hostnames: [...names] }),
    ...(port.cpes.length === 0 ? {} : { cpe: [...port.cpes] }),
    references: [...references],
  };
}
