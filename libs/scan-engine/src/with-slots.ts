import type { HostPorts, ProcessRequest, ProcessResult } from './ports';
import type { SlotLane } from './slot-scheduler';

/** The same ports, but that every child process waits for one of the scan's slots. Its time limit begins with the start. */
export function withSlots(ports: HostPorts, lane: SlotLane): HostPorts {
  const run = async (request: ProcessRequest): Promise<ProcessResult> => {
    try {
      return await lane.run(() => {
        request.onStart?.();
        return ports.processes.run(request);
      }, request.signal);
    } catch (error) {
      if (!request.signal.aborted) throw error;
      // Expected: it was cancelled while it waited.
      return { end: 'cancelled', exitCode: null, stdout: '', stderrTail: '', durationMs: 0 };
    }
  };
  return { ...ports, processes: { run } };
}
