import { Injectable } from '@nestjs/common';
import { ControlChannel } from '../../ports/control-channel.port';
import { JobQueue } from '../../ports/job-queue.port';

/** Reaches whoever runs scans: by the queue that starts them and the channel that stops them. */
@Injectable()
export class ScanDispatch {
  constructor(
    private readonly jobs: JobQueue,
    private readonly control: ControlChannel,
  ) {}

  async start(scanId: string): Promise<void> {
    await this.jobs.add('scan.run', { scanId });
  }

  async stop(scanId: string): Promise<void> {
    await this.control.send('scan.cancel', { scanId });
  }
}
