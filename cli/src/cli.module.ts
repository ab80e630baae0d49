import { Inject, Module } from '@nestjs/common';
import type {
  DynamicModule,
  INestApplicationContext,
  LoggerService,
  NestApplicationOptions,
  OnApplicationShutdown,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createHostPorts } from '@securescan/host-node';
import type { HostPortsOptions, NodeHostPorts } from '@securescan/host-node';
import { HOST_PORTS } from './host-ports.token';
import { writeNotice } from './output/terminal';
import type { Terminal } from './output/terminal';
import { DiffRunner } from './services/diff-runner';
import { Engine } from './services/engine';
import { SbomMaker } from './services/sbom-maker';
import { ScannerInspection } from './services/scanner-inspection';
import { ScanRunner } from './services/scan-runner';

@Module({ providers: [Engine, DiffRunner, SbomMaker, ScannerInspection, ScanRunner] })
export class CliModule implements OnApplicationShutdown {
  constructor(@Inject(HOST_PORTS) private readonly ports: NodeHostPorts) {}

  static with(options: HostPortsOptions): DynamicModule {
    const useFactory = (): NodeHostPorts => createHostPorts(options);
    return { module: CliModule, providers: [{ provide: HOST_PORTS, useFactory }] };
  }

  /** Whatever way a command ends, no child outlives it. */
  onApplicationShutdown(): Promise<void> {
    return this.ports.killAll();
  }
}

/** Lends the services of the command line to `use` and closes them afterwards. */
export async function withServices<T>(
  terminal: Terminal,
  use: (services: INestApplicationContext) => Promise<T>,
  host: HostPortsOptions = {},
): Promise<T> {
  const options: NestApplicationOptions = { logger: stderrLogger(terminal), abortOnError: false };
  const services = await NestFactory.createApplicationContext(CliModule.with(host), options);
  try {
    return await use(services);
  } finally {
    await services.close();
  }
}

/** Standard output is data only, so the framework complains on standard error and is silent when all is well. */
function stderrLogger(terminal: Terminal): LoggerService {
  const complain = (message: unknown): void => {
    writeNotice(terminal, String(message));
  };
  return { log: () => undefined, warn: complain, error: complain, fatal: complain };
}
