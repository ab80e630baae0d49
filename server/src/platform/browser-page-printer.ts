import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { OperationalError } from '@securescan/core';
import { createHostPorts, findBrowser, type NodeHostPorts } from '@securescan/host-node';
import { ToolsConfig } from '../config/tools.config';
import { PagePrinter, type PrintOrder } from '../ports/page-printer.port';

/** The largest report that our own limits allow takes half of it on two busy cores. */
const LONGEST_MS = 120_000;

/** A browser of this machine, started for each page and gone with it: it would take hundreds of megabytes all day. */
@Injectable()
export class BrowserPagePrinter extends PagePrinter implements BeforeApplicationShutdown {
  private readonly host: NodeHostPorts = createHostPorts();
  private readonly stop = new AbortController();
  private running: Promise<unknown> | null = null;

  constructor(private readonly config: ToolsConfig) {
    super();
  }

  async print({ page, signal }: PrintOrder): Promise<Uint8Array> {
    const browser = this.browser();
    if (this.running !== null) throw new PrinterBusyError();
    const printed = this.host.printPdf({
      browser,
      page,
      signal: AbortSignal.any([signal, this.stop.signal]),
      timeoutMs: LONGEST_MS,
    });
    this.running = printed;
    try {
      return await printed;
    } finally {
      this.running = null;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await Promise.allSettled([this.running]);
    await this.host.killAll();
  }

  /** Looked for each time: one may be installed while we run. */
  private browser(): string {
    const { executable, problem } = findBrowser({ named: this.config.chromium });
    if (executable === null) throw new OperationalError('TOOL_NOT_FOUND', onServer(problem));
    return executable;
  }
}

class PrinterBusyError extends OperationalError {
  constructor() {
    super('REPORTS_BUSY', 'A report is being printed already; try again in a moment.');
  }
}

/** What a command line would be told to write, a caller of the API asks for. */
function onServer(problem: string): string {
  return problem.replace(
    'write --output html and print that',
    'ask for format=html and print that',
  );
}
