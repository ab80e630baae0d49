import { Inject, Injectable } from '@nestjs/common';
import {
  makeSbom,
  type HostPorts,
  type SbomRequest,
  type SbomResult,
} from '@securescan/scan-engine';
import { HOST_PORTS } from '../host-ports.token';

@Injectable()
export class SbomMaker {
  constructor(@Inject(HOST_PORTS) private readonly ports: HostPorts) {}

  /** As the engine's `makeSbom`, on this machine. */
  make(request: SbomRequest): Promise<SbomResult> {
    return makeSbom(request, this.ports);
  }
}
