import { AsyncLocalStorage } from 'node:async_hooks';

/** A value that everything started within a call can see, across awaits, and nothing else can. */
export class AsyncScope<T> {
  private readonly storage = new AsyncLocalStorage<T>();

  run<R>(value: T, work: () => Promise<R>): Promise<R> {
    return this.storage.run(value, work);
  }

  current(): T | undefined {
    return this.storage.getStore();
  }
}
