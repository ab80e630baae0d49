import type { NodeHostPorts } from '@securescan/host-node';
import { withServices } from '../cli.module';
import { HOST_PORTS } from '../host-ports.token';
import { interruptible } from '../interruption';
import { writeNotice, type Terminal } from './terminal';

/** Prints a report in HTML as PDF. Rejects with ScanCancelledError when it is interrupted; by then no browser of ours runs. */
export function printReport(
  page: Iterable<string>,
  browser: string,
  terminal: Terminal,
): Promise<Uint8Array> {
  return interruptible(
    (signal) =>
      withServices(terminal, (services) =>
        services.get<NodeHostPorts>(HOST_PORTS).printPdf({ browser, page, signal }),
      ),
    () => {
      writeNotice(terminal, 'interrupted, stopping the browser');
    },
  );
}
