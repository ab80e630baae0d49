import { assertNever, OperationalError } from '@securescan/core';
import type {
  ProcessRequest,
  ProcessResult,
  ProcessRunner,
  SlotLane,
  WorkspaceFactory,
} from '@securescan/scan-engine';
import { decoded } from '../process-runner';
import type { FromThread, ToThread, Wish } from './thread-messages';

type Answer = Extract<ToThread, { readonly loan: number }>;

interface Borrowed {
  readonly lent: Promise<Answer>;
  /** Resolves when what was given back is gone. */
  readonly closed: Promise<void>;
  readonly giveBack: () => void;
}

/** A thread's side of its loans. */
export class Borrower {
  private loans = 0;
  private readonly listeners = new Map<number, (answer: Answer) => void>();

  constructor(private readonly send: (message: FromThread) => void) {}

  /** To be called with every answer to a loan. */
  receive(answer: Answer): void {
    this.listeners.get(answer.loan)?.(answer);
  }

  readonly lane: SlotLane = {
    run: async (work, signal) => {
      const slot = this.borrow({ kind: 'slot' });
      const onAbort = (): void => slot.giveBack();
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) slot.giveBack();
      const answer = await slot.lent;
      signal.removeEventListener('abort', onAbort);
      try {
        signal.throwIfAborted();
        refuse(answer);
        return await work();
      } finally {
        slot.giveBack();
      }
    },
  };

  readonly workspaces: WorkspaceFactory = {
    withWorkspace: async (use) => {
      const workspace = this.borrow({ kind: 'workspace' });
      const answer = await workspace.lent;
      try {
        return await use(refuse(answer).directory);
      } finally {
        workspace.giveBack();
        await workspace.closed;
      }
    },
  };

  readonly processes: ProcessRunner = {
    run: async ({ signal, onStart, ...order }: ProcessRequest): Promise<ProcessResult> => {
      onStart?.();
      const process = this.borrow({ kind: 'process', order });
      signal.addEventListener('abort', process.giveBack, { once: true });
      if (signal.aborted) process.giveBack();
      const answer = await process.lent;
      signal.removeEventListener('abort', process.giveBack);
      if (answer.kind === 'exited') return decoded(answer.result);
      throw refusal(answer);
    },
  };

  private borrow(wish: Wish): Borrowed {
    this.loans += 1;
    const loan = this.loans;
    const lent = Promise.withResolvers<Answer>();
    const closed = Promise.withResolvers<undefined>();
    this.listeners.set(loan, (answer) => {
      lent.resolve(answer);
      if (answer.kind !== 'closed' && answer.kind !== 'refused') return;
      this.listeners.delete(loan);
      closed.resolve(undefined);
    });
    this.send({ kind: 'borrow', loan, wish });
    return {
      lent: lent.promise,
      closed: closed.promise,
      giveBack: () => this.send({ kind: 'give-back', loan }),
    };
  }
}

function refuse(answer: Answer): Extract<Answer, { kind: 'lent' }> {
  if (answer.kind === 'lent') return answer;
  throw refusal(answer);
}

function refusal(answer: Answer): OperationalError {
  switch (answer.kind) {
    case 'refused':
      return new OperationalError('TOOL_FAILED', answer.reason);
    case 'closed':
    case 'exited':
    case 'lent':
      return new OperationalError('TOOL_FAILED', 'A loan ended before it began.');
    default:
      return assertNever(answer);
  }
}
