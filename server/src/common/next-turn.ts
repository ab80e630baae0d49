/** Lets timers and sockets have their turn before a long piece of work goes on. */
export function nextTurn(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
